/** Every guard in front of a manager that it stops, and in a situation in which it stands in nobody's way. */
import { describe, expect, it } from "vitest";
import { gone, removal, type GuardSituation as Situation } from "../../../helpers/guard-fleet.js";

/** The incident: an approved removal leaves an error in the manager's own entry. */
const incident: Situation = {};
const everything = ["api", "boss", "old", "spare", "store", "web"];
/** The same removal by a version without the defect. */
const clean: Situation = { defect: false };
/** Half of the list arrives, for a manager that takes it for the whole truth. */
const halfAList: Situation = {
  model: "pruning",
  defect: false,
  change: "[]",
  faults: "[{ at: 10m, for: 5m, what: source, of: m, gives: partial }]",
};
const pruned: Situation = { ...clean, model: "pruning" };
const omitted = (name: string, rest: string): string =>
  `[{ at: 10m, author: x, edits: [{ delete: applications/${name} }, { set: "managers/m#/manages", to: [${rest}] }] }]`;
const omittedOld: Situation = { model: "pruning", change: omitted("old", "api, spare, store, web") };
const omittedStore: Situation = {
  model: "pruning",
  store: ", protect: true",
  change: `[{ at: 10m, author: x, edits: [{ set: "applications/api#/needs", to: [] }, { delete: applications/store }, { set: "managers/m#/manages", to: [api, old, spare, web] }] }]`,
};

/** Guard, what goes without it and with it, and what goes with it where it should not be in the way. */
const rows: readonly (readonly [
  guard: string,
  situation: Situation,
  without: readonly string[],
  left: readonly string[],
  passing: Situation,
  passes: readonly string[],
])[] = [
  ["schemaStrict", incident, everything, [], clean, ["old"]],
  ["failStatic", incident, everything, ["old"], clean, ["old"]],
  ["tombstoneOnly", omittedOld, ["old"], [], pruned, ["old"]],
  ["nonEmpty", incident, everything, [], clean, ["old"]],
  ["selfProtect", incident, everything, ["old"], clean, ["old"]],
  [
    "bootstrapProtect",
    { ...clean, manager: "reads: [api]", change: removal("store") },
    everything,
    [],
    clean,
    ["old"],
  ],
  ["noCascade", incident, everything, ["boss", "old"], clean, ["old"]],
  ["dependantsCheck", { ...clean, change: removal("store") }, ["store"], [], clean, ["old"]],
  ["{ budget: { max: 3, per: 1h } }", incident, everything, [], clean, ["old"]],
  ["{ fraction: { max: 0.4 } }", incident, everything, [], clean, ["old"]],
  ["{ tokenBucket: { max: 3, per: 1h } }", incident, everything, [], clean, ["old"]],
  [
    "scope",
    { ...clean, change: removal("old").replace("scope: [old]", "scope: [api]") },
    ["old"],
    [],
    clean,
    ["old"],
  ],
  ["approvePerRemoval", incident, everything, ["old"], clean, ["old"]],
  ["twoPerson", incident, everything, ["old"], clean, ["old"]],
  ["planHash", incident, everything, [], clean, ["old"]],
  ["dryRunDiff", incident, everything, [], clean, ["old"]],
  ["serverDryRun", { ...clean, change: removal("store") }, ["store"], [], clean, ["old"]],
  ["externalSelf", incident, everything, ["old"], clean, ["old"]],
  ["readThrough", halfAList, ["api", "old", "spare", "store", "web"], [], pruned, ["old"]],
  [
    "protect",
    { ...incident, store: ", protect: true" },
    everything,
    everything.filter((n) => n !== "store"),
    clean,
    ["old"],
  ],
  ["{ protectExternal: { services: [store] } }", omittedStore, ["store"], [], clean, ["old"]],
];

describe("a guard", () => {
  it.each(rows)("%s stops something", (guard, situation, without, left) => {
    expect(gone(situation, "")).toEqual(without);
    expect(gone(situation, guard)).toEqual(left);
  });

  it.each(rows)("%s lets what was asked for through", (guard, _s, _w, _l, passing, passes) => {
    expect(gone(passing, guard)).toEqual(passes);
  });
});

describe("protection inside the entry", () => {
  it("vanishes together with the entry (terraform #17599)", () => {
    expect(gone(omittedStore, "protect")).toEqual(["store"]);
  });
});
