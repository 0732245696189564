/** Whatever is drawn parses, builds and runs to an end; a failure shrinks to the smallest fleet that shows it. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import {
  type FleetDocument,
  type FleetOptions,
  fleetManager,
  fleetRegions,
  fleetScenario,
} from "../../../src/chaos/fleet-arbitrary.js";
import { findCycles } from "../../../src/models/fleet/cycles.js";
import { simulate } from "../../../src/run/simulate.js";
import { buildRun } from "../../../src/scenario/build-run.js";
import { parseScenario } from "../../../src/scenario/parse.js";
import type { Run } from "../../../src/scenario/run.js";
import { catalogue, known } from "../../helpers/catalogue.js";

function runOf(document: FleetDocument): Run {
  const parsed = parseScenario(JSON.stringify(document), "generated.yaml", { known });
  if (!parsed.ok) throw new Error(parsed.error.map(formatIssue).join("\n"));
  const run = buildRun("generated", parsed.value.scenario.variants[0]!, catalogue);
  if (!run.ok) throw new Error(run.error.map(formatIssue).join("\n"));
  return run.value;
}

const seed = 17;
const keysOf = (document: FleetDocument, section: string): readonly string[] =>
  Object.keys(document[section] as object);

describe("random fleets", () => {
  it("parse, build, simulate, and have no cycles", () => {
    const intentions = new Set<string>();
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fleetScenario(), (document) => {
        const run = runOf(document);
        for (const change of run.changes) for (const { kind } of change.spec.intend) intentions.add(kind);
        for (const service of run.fleet.services) for (const { kind } of service.needs) kinds.add(kind);
        expect(run.changes.length).toBeGreaterThan(0);
        expect(findCycles(run.spec.fleet)).toEqual([]);
        simulate(run, 1);
      }),
      { seed, numRuns: 300 },
    );
    expect([...intentions].sort()).toEqual(["add", "migrate", "remove", "rename", "update"]);
    expect([...kinds].sort()).toEqual(["any", "hard", "soft", "startup"]);
  });

  it("keep to the sizes, models and guards asked for", () => {
    const options: FleetOptions = {
      services: 3,
      regions: 4,
      groups: 2,
      managers: 1,
      changes: 1,
      models: ["modern"],
      guards: ["budget"],
    };
    fc.assert(
      fc.property(fleetScenario(options), (document) => {
        const own = keysOf(document, "services").filter((name) => /^service-\d+$/.test(name));
        expect(own.length).toBeLessThanOrEqual(3);
        expect(keysOf(document, "regions").length).toBeLessThanOrEqual(2);
        expect(keysOf(document, "managers")).toEqual(["manager-1"]);
        const run = runOf(document);
        expect(run.fleet.regionNames.length).toBeLessThanOrEqual(4);
        expect(run.managers[0]!.spec.model).toBe("modern");
        for (const { guard } of run.managers[0]!.spec.guards.add) expect(guard).toBe("budget");
      }),
      { seed, numRuns: 60 },
    );
  });

  it("have cycles when asked for", () => {
    let cycles = 0;
    fc.assert(
      fc.property(fleetScenario({ cyclic: true }), (document) => {
        if (findCycles(runOf(document).spec.fleet).length > 0) cycles++;
      }),
      { seed, numRuns: 60 },
    );
    expect(cycles).toBeGreaterThan(10);
  });

  it("shrink to what a failure needs", () => {
    const found = fc.check(
      fc.property(fleetScenario(), (document) =>
        runOf(document).changes.every((change) => change.ticket.removes.length === 0),
      ),
      { seed },
    );
    expect(found.failed).toBe(true);
    const [document] = found.counterexample!;
    expect(keysOf(document, "services")).toEqual(["service-1"]);
    expect(keysOf(document, "managers")).toEqual(["manager-1"]);
    expect(document["regions"]).toEqual({ "group-1": { members: ["region-1-1"] } });
    expect(document["changes"]).toHaveLength(1);
  });

  it("come in parts as well", () => {
    fc.assert(
      fc.property(fleetRegions(), fleetManager(), (regions, manager) => {
        const document = { fleetquake: 1, title: "t", regions, services: { a: { manager: "m" } } };
        runOf({ ...document, managers: { m: manager }, changes: [{ at: "1m", intend: { update: ["a"] } }] });
      }),
      { seed, numRuns: 40 },
    );
  });
});
