/** Guards and policy that are part of the manager's own entry: what breaks the entry takes them along. */
import { describe, expect, it } from "vitest";
import { type GuardSituation, gone, guardFleet, taken } from "../../../helpers/guard-fleet.js";
import { runOf, scenarioOf, traceOf } from "../../../helpers/scenario.js";

const everything = ["api", "boss", "old", "spare", "store", "web"];
const stored = (guards: string): string => `${guards}], stored: in-configuration, drop: [`;
/** The change leaves an error in the manager's own entry, in which the guard is written. */
const incident: GuardSituation = {};
const edits = (list: string): string =>
  `[{ at: 10m, author: x, approvals: [{ by: y, covers: [] }], edits: [${list}] }]`;

describe("guards stored in the entry that a change breaks", () => {
  it("vanish with it; the same guard kept outside stays", () => {
    expect(gone(incident, "failStatic")).toEqual(["old"]);
    expect(gone(incident, stored("failStatic"))).toEqual(everything);
  });

  it("hold as long as the entry is good", () => {
    const broken = edits('{ set: "applications/spare#/replicas", to: many }');
    expect(gone({ change: broken }, "")).toEqual(["spare"]);
    expect(gone({ change: broken }, stored("failStatic"))).toEqual([]);
  });

  it("stay where the manager keeps its own last good entry", () => {
    const manager = "policy: { error: lastKnownGoodEntry, absence: prune }";
    // The own entry breaks, and two entries vanish: the manager goes by its last good list and would prune them.
    const change = edits(
      '{ set: "managers/m#/manages", to: nothing }, { delete: applications/spare }, { delete: applications/old }',
    );
    expect(gone({ manager, change }, "")).toEqual(["old", "spare"]);
    expect(gone({ manager, change }, stored("tombstoneOnly"))).toEqual([]);
    expect(gone({ manager: "policy: { error: skipEntry }", change }, stored("tombstoneOnly"))).toEqual(
      everything,
    );
  });

  it("are gone once the entry lists none", () => {
    const change = edits(
      '{ set: "applications/spare#/replicas", to: many }, { delete: "managers/m#/guards" }',
    );
    expect(gone({ change }, stored("failStatic"))).toEqual(["spare"]);
    expect(gone({ change: change.replace("m#/guards", "m#/policy") }, stored("failStatic"))).toEqual([]);
  });

  it("include waves: without them in force everything is open", () => {
    const waves = "{ cells: { bake: 1h } }";
    const where = (guards: string) => new Set(taken(incident, guards).map((item) => item.place));
    expect(where(waves)).toEqual(new Set(["a", "a-1", "a-2"]));
    expect(where(stored(waves))).toEqual(new Set(["a", "a-1", "a-2", "b", "b-1", "b-2"]));
  });

  it("that nobody knows are told as errors, and the others hold", () => {
    const change = edits(
      '{ set: "applications/spare#/replicas", to: many }, { set: "managers/m#/guards/0", to: { guard: failStatik } }',
    );
    const { events } = traceOf(runOf(scenarioOf(guardFleet({ change }, stored("protect, failStatic")))));
    const errors = events.flatMap((event) => (event.e === "read" ? event.errors : []));
    expect(errors).toContainEqual({
      entry: "(own entry)",
      error: "guards[0] names failStatik, which is no guard",
    });
    expect(gone({ change }, stored("protect, failStatic"))).toEqual([]);
  });
});

describe("a policy stored in the entry that a change breaks", () => {
  const careful: GuardSituation = { manager: "policy: { error: skipEntry }" };

  it("vanishes with it: the model's own takes over", () => {
    expect(gone(careful, "")).toEqual(["old"]);
    expect(gone(careful, stored(""))).toEqual(everything);
  });

  it("stays where it says that the manager keeps its own last good entry", () => {
    expect(gone({ manager: "policy: { error: lastKnownGoodEntry }" }, stored(""))).toEqual(["old"]);
    expect(gone({ manager: "policy: { error: haltAll }" }, stored(""))).toEqual([]);
  });
});
