import { describe, expect, it } from "vitest";
import { compileFleet } from "../../../src/models/fleet/compile-fleet.js";
import { findCycles } from "../../../src/models/fleet/cycles.js";
import { hardClosure } from "../../../src/models/fleet/hard-closure.js";
import { startOrder } from "../../../src/models/fleet/start-order.js";
import { startable } from "../../../src/models/fleet/startable.js";
import { scenarioOf } from "../../helpers/scenario.js";

const specOf = (services: string, managers = "{ m: { model: legacy } }") =>
  scenarioOf(`
fleetquake: 1
title: Fleet
regions: { a: { members: [r1, r2, r10] }, b: { members: [r3] } }
services: ${services}
managers: ${managers}
`).variants[0]!.spec;

describe("compileFleet", () => {
  const { fleet } = specOf(
    "{ db: { placement: global, manager: m }, cache: { placement: group, manager: m }, api: { manager: m, needs: [db, cache, { kind: any, of: [x, y], k: 1 }] }, x: { manager: m }, y: { manager: m } }",
  );
  const compiled = compileFleet(fleet);

  it("orders names naturally, not as text", () => {
    expect(compiled.regionNames).toEqual(["r1", "r2", "r3", "r10"]);
  });

  it("has one instance a place", () => {
    expect(compiled.instanceCount).toBe(1 + 2 + 4 * 3);
    expect(compiled.placesOf(compiled.serviceIndex.get("cache")!)).toEqual(["a", "b"]);
  });

  it("finds the instance that serves a region", () => {
    const cache = compiled.serviceIndex.get("cache")!;
    expect(compiled.placeName(compiled.instanceAt(cache, 3))).toBe("a");
    expect(compiled.placeName(compiled.instanceAt(cache, 2))).toBe("b");
    const db = compiled.serviceIndex.get("db")!;
    expect(compiled.placeName(compiled.instanceAt(db, 1))).toBe("global");
  });
});

describe("cycles", () => {
  it("are named with their path, from the canonically first service", () => {
    const { fleet } = specOf(
      "{ c: { needs: [a] }, b: { needs: [c] }, a: { needs: [b] }, d: { needs: [a] } }",
    );
    expect(findCycles(fleet)).toEqual([["a", "b", "c"]]);
  });

  it("are not made of soft needs", () => {
    const { fleet } = specOf("{ a: { needs: [b] }, b: { needs: [{ service: a, kind: soft }] } }");
    expect(findCycles(fleet)).toEqual([]);
  });
});

describe("closure and order", () => {
  const { fleet } = specOf(
    "{ top: { needs: [mid] }, mid: { needs: [{ kind: any, of: [low, other], k: 1 }] }, low: {}, other: {} }",
  );

  it("follows hard needs and sets", () => {
    expect([...hardClosure(fleet, "top")].sort()).toEqual(["low", "mid", "other"]);
    expect(hardClosure(fleet, "low").size).toBe(0);
  });

  it("starts what others need first", () => {
    const order = startOrder(fleet);
    expect([...order].sort((a, b) => a[1] - b[1]).map(([name]) => name)).toEqual([
      "low",
      "other",
      "mid",
      "top",
    ]);
  });
});

describe("black start", () => {
  it("names what cannot be started, and what it waits for", () => {
    const spec = specOf(
      "{ boss: { manager: m, placement: global }, git: { manager: m, needs: [db] }, db: { manager: m }, site: { manager: m, needs: [db] } }",
      "{ m: { model: legacy, service: boss, deployedBy: people, reads: [git] } }",
    );
    const { startable: found, missing } = startable(spec.fleet, spec.managers);
    expect(found).toEqual(["boss"]);
    expect(missing.map((item) => item.service)).toEqual(["db", "git", "site"]);
    expect(missing[0]!.waitsFor).toEqual(["git"]);
  });

  it("is possible once people can start enough by hand", () => {
    const spec = specOf(
      "{ boss: { manager: m, placement: global }, git: { manager: m, needs: [db], byHand: true }, db: { manager: m, byHand: true }, site: { manager: m, needs: [db] } }",
      "{ m: { model: legacy, service: boss, deployedBy: people, reads: [git] } }",
    );
    expect(startable(spec.fleet, spec.managers).missing).toEqual([]);
  });
});
