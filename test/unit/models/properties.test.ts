/** Every guard stops something, and none lets more through. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { guardCatalogue } from "../../../src/models/guards/catalogue.js";
import { managerModels } from "../../../src/models/managers/catalogue.js";
import { measure } from "../../../src/trace/measure.js";
import { root, runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

/** A removal that goes wrong as in the incident; the manager under test is `m`. */
const fleet = (model: string, more = "", deployedBy = "people", tail = ""): string => `
fleetquake: 1
title: Properties
horizon: 12h
regions: { a: { members: [a-1, a-2] }, b: { members: [b-1, b-2] } }
services:
  boss: { manager: m, placement: global, deploy: 5m }
  store: { manager: m, deploy: 4m }
  api: { manager: m, deploy: 4m, needs: [store] }
  web: { manager: m, deploy: 4m, needs: [api] }
  old: { manager: m, deploy: 4m }
capabilities: { site: { service: web, share: 1 } }
managers:
  m:
    model: ${model}
    service: boss
    deployedBy: ${deployedBy}
    defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }]
    ${more}
changes: [{ at: 10m, author: x, scope: [old], approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]
${tail}`;

describe("guards of this catalogue, in front of the legacy manager", () => {
  const plain = traceOf(runOf(scenarioOf(fleet("legacy"))));
  const removedWith = (guard: string, tail = ""): readonly string[] =>
    measure(traceOf(runOf(scenarioOf(fleet("legacy", `guards: { add: [${guard}] }`, "people", tail)))))
      .removed.services;

  it("removes everything without a guard", () => {
    expect(measure(plain).removed.services).toEqual(["api", "boss", "old", "store", "web"]);
  });

  it.each([
    ["failStatic", ["old"]],
    ["tombstoneOnly", ["old"]],
    ["selfProtect", ["old"]],
    ["bootstrapProtect", ["old"]],
    ["noCascade", ["boss", "old"]],
    ["dependantsCheck", ["boss", "old", "web"]],
    ["{ budget: { max: 3, per: 1h } }", []],
    ["{ fraction: { max: 0.4 } }", []],
    ["scope", ["old"]],
    ["approvePerRemoval", ["old"]],
    ["twoPerson", ["old"]],
    ["dryRunDiff", []],
    ["planHash", []],
    ["nonEmpty", []],
    ["{ tokenBucket: { max: 2, per: 1h } }", []],
  ] as const)("%s leaves these to be removed", (guard, services) => {
    expect(removedWith(guard)).toEqual(services);
  });

  it("a budget judges the whole plan, not what other guards leave of it", () => {
    expect(removedWith("failStatic, { budget: { max: 3, per: 1h } }")).toEqual([]);
  });

  it("each is named and explained", () => {
    for (const guard of guardCatalogue) {
      expect(guard.about.length).toBeGreaterThan(20);
      expect(guard.id).toMatch(/^[GX]\d\d$/);
    }
    expect(new Set(guardCatalogue.map((guard) => guard.name)).size).toBe(guardCatalogue.length);
  });

  it("never lets more through than there was without it", () => {
    const without = new Set(measure(plain).removed.services);
    for (const guard of guardCatalogue) {
      for (const service of removedWith(guard.name)) expect(without.has(service)).toBe(true);
    }
  });
});

describe("documentation in the catalogue", () => {
  it("the README names every model, docs/presets.md every preset", () => {
    const [readme, presets] = ["README.md", "docs/presets.md"].map((file) =>
      readFileSync(join(root, file), "utf8"),
    );
    for (const { name, source } of managerModels)
      expect(source === undefined ? readme : presets).toContain(`\`${name}\``);
  });
});
