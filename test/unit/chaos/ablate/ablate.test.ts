/** Ablations of whole scenarios: answers known by hand, and sets of guards built one by one to compare with. */
import { describe, expect, it } from "vitest";
import { defaultGuards } from "../../../../src/chaos/ablate/ablate.js";
import { Oracle } from "../../../../src/chaos/ablate/oracle.js";
import { Switchboard, withGuards } from "../../../../src/chaos/ablate/switchboard.js";
import { collectWorld } from "../../../../src/chaos/ablate/world.js";
import { buildBase } from "../../../../src/chaos/base.js";
import { createSimulator } from "../../../../src/run/simulate.js";
import { buildRun } from "../../../../src/scenario/build-run.js";
import { judgeRun } from "../../../../src/trace/judge.js";
import { JudgeFold } from "../../../../src/trace/judge-fold.js";
import { ablationOf, gate, guardsNamed, setsOf } from "../../../helpers/ablation.js";
import { catalogue } from "../../../helpers/catalogue.js";
import { type GuardSituation, guardFleet, removal } from "../../../helpers/guard-fleet.js";
import { scenarioFile, scenarioOf } from "../../../helpers/scenario.js";
import { luck } from "../../../helpers/search.js";

const minuteMs = 60_000;

describe("a small fleet", () => {
  const incident = scenarioOf(guardFleet({}, ""));

  it("whose manager reads an error as its own removal: what refuses errors or the manager's removal is enough", () => {
    const found = ablationOf(incident, ["failStatic", "selfProtect", "noCascade", "dependantsCheck"]);
    expect(found.asItIs).toBe(true);
    expect(found.traces[0]!.violates).toContain("no-self-removal");
    expect(setsOf(found.sufficient)).toEqual(["failStatic", "selfProtect"]);
    expect(setsOf(found.redundant)).toEqual(["failStatic selfProtect"]);
    expect(found.stuck).toEqual([]);
    expect(found.verdict).toBe("some-set-suffices");
    const alone = new Map(found.guards.map((row) => [row.guard, row]));
    expect(alone.get("failStatic")).toMatchObject({ stops: 1, left: [], progress: true, shapley: 0.5 });
    expect(alone.get("noCascade")!.left).toContain("no-self-removal");
    expect(alone.get("noCascade")).toMatchObject({ stops: 0, shapley: 0 });
    expect(found.method.crossCheck).toBe("agrees");
  });

  it("with two mistakes needs a guard for each", () => {
    // First the entry of the store is lost, which two others need; hours later the incident comes on top.
    const lost =
      "{ at: 10m, author: x, approvals: [{ by: y, covers: [] }], edits: [{ delete: applications/store }, { set: managers/m#/manages, to: [api, boss, old, spare, web] }] }";
    const change = `[${lost}, ${removal("old", "3h").slice(1)}`;
    const found = ablationOf(scenarioOf(guardFleet({ change }, "")), [
      "failStatic",
      "selfProtect",
      "dependantsCheck",
      "noCascade",
    ]);
    expect(setsOf(found.sufficient)).toEqual(["dependantsCheck failStatic", "dependantsCheck selfProtect"]);
    expect(found.guards.map(({ stops }) => stops)).toEqual([0, 0, 0, 0]);
    const shapley = Object.fromEntries(found.guards.map((row) => [row.guard, row.shapley]));
    expect(shapley["dependantsCheck"]).toBeCloseTo(2 / 3, 12);
    expect(shapley["failStatic"]).toBeCloseTo(1 / 6, 12);
  });

  it("prices: agreements, their time, the delay of the removal without the mistake", () => {
    const found = ablationOf(incident, ["failStatic", "approvePerRemoval", "twoPerson"], {
      changesPerWeek: 4,
    });
    const row = (name: string) => found.guards.find(({ guard }) => guard === name)!;
    expect(row("failStatic")).toMatchObject({ approvals: 0, peopleMinutesPerWeek: 0, delayMs: 0 });
    // People take ten minutes for one agreement; two of them take them side by side, and then the manager looks again.
    const once = { approvals: 1, approvalsPerWeek: 4, peopleMinutesPerWeek: 40, delayMs: 10 * minuteMs };
    expect(row("approvePerRemoval")).toMatchObject(once);
    expect(row("twoPerson")).toMatchObject({
      approvals: 2,
      approvalsPerWeek: 8,
      peopleMinutesPerWeek: 80,
      delayMs: 11 * minuteMs,
    });
    expect(found.sufficient[0]).toMatchObject({ guards: ["failStatic"], cheapest: true });
    expect(found.sufficient.slice(1).every(({ cheapest }) => !cheapest)).toBe(true);
  });

  it("none of guards that look elsewhere is enough", () => {
    const found = ablationOf(incident, ["observedFresh", "uniqueOwner"]);
    expect(found.sufficient).toEqual([]);
    expect(found.verdict).toBe("no-set-suffices");
  });

  it("where nothing goes wrong there is nothing to stop", () => {
    const found = ablationOf(scenarioOf(guardFleet({ defect: false }, "")), ["failStatic"]);
    expect(found.verdict).toBe("nothing-to-stop");
    expect(found.traces).toEqual([]);
  });

  it("guards that the manager has count only with --strip", () => {
    const guarded = scenarioOf(guardFleet({}, "failStatic"));
    expect(ablationOf(guarded, ["failStatic"]).verdict).toBe("nothing-to-stop");
    const stripped = ablationOf(guarded, ["failStatic"], { strip: true });
    expect(setsOf(stripped.sufficient)).toEqual(["failStatic"]);
  });

  it("cases of a small search are found where the variant as it is holds, and they are kept apart", () => {
    const found = ablationOf(scenarioOf(guardFleet({ defect: false }, "")), ["failStatic", "tombstoneOnly"], {
      cases: null,
    });
    expect(found.asItIs).toBe(false);
    expect(found.traces.length).toBeGreaterThan(1);
    for (const { mutations } of found.traces) expect(mutations).toHaveLength(1);
    expect(setsOf(found.sufficient)).toEqual(["tombstoneOnly"]);
  });
});

describe("switching guards", () => {
  const names = ["failStatic", "dependantsCheck", "waves", "cells", "autoHalt", "twoPerson", "selfProtect"];
  const situations: readonly (readonly [string, GuardSituation])[] = [
    ["the incident", {}],
    ["a removal that hurts", { defect: false, change: removal("store") }],
    ["the incident with a repair", { response: "repair" }],
  ];

  it.each(situations)("gives what building every set gives: %s", (_, situation) => {
    const scenario = scenarioOf(guardFleet(situation, ""));
    const variant = scenario.variants[0]!;
    const guards = guardsNamed(names);
    const board = new Switchboard("test", variant, guards, catalogue);
    const base = buildBase("test", variant, [], catalogue);
    if (!base.ok) throw new Error(base.error[0]!.message);
    const properties = [...gate.safety, ...gate.progress];
    const collecting = collectWorld({
      base: base.value,
      board,
      properties,
      operators: [],
      luck,
      own: null,
      cases: 0,
    });
    let step = collecting.next();
    while (step.done !== true) step = collecting.next();
    const { traces } = step.value;
    expect(traces).toHaveLength(1);
    const oracle = new Oracle(board, traces, gate);
    for (let set = 0; set < 1 << names.length; set++) {
      const added = names.filter((_, k) => (set >> k) & 1);
      const spec = withGuards(variant.spec, added, "external");
      const built = buildRun("test", { ...variant, spec }, catalogue);
      if (!built.ok) throw new Error(built.error[0]!.message);
      const fold = new JudgeFold(built.value.fleet, built.value.spec);
      fold.reset(built.value.changes.map((change) => change.ticket));
      createSimulator(built.value).play(built.value, 1, 0, [fold]);
      const violated = judgeRun(properties, fold.result(), {})
        .filter(({ verdict }) => verdict === "violated")
        .map(({ property }) => property);
      expect([added, oracle.violatedOn(0, set)]).toEqual([added, violated]);
    }
  });
});

describe("Duo, 13 February 2025", () => {
  const scenario = scenarioFile("duo-2025-02-13.yaml");
  const variant = scenario.variants.find(({ name }) => name === "legacy")!;
  const found = ablationOf(scenario, defaultGuards, { variant });

  it("five guards would each have stopped it alone; two more only with everything else", () => {
    expect(found.guards).toHaveLength(12);
    const single = ["approvePerRemoval", "failStatic", "scope", "selfProtect", "tombstoneOnly"];
    expect(setsOf(found.sufficient)).toEqual(single);
    expect(found.stuck.map(String).sort()).toEqual(["budget", "schemaStrict"]);
  });

  it("what the post-mortem promises does not all stop it", () => {
    const left = (name: string): readonly string[] => found.guards.find(({ guard }) => guard === name)!.left;
    expect(left("noCascade")).toEqual(["no-self-removal", "no-collateral-removal", "fail-static"]);
    expect(left("cells")).toEqual(["no-collateral-removal", "no-cascading-outage", "fail-static"]);
    expect(left("scope")).toEqual([]);
  });

  it("none of them stops it when it is stored in the entry that was broken", () => {
    expect(found.storage).toHaveLength(5);
    for (const row of found.storage) expect(row).toMatchObject({ external: true, inConfiguration: false });
  });

  it("skipping what contains a safe set gives the table of all sets", () => {
    const full = ablationOf(scenario, defaultGuards, { variant, full: true });
    expect(full.method.table).toBe("full");
    expect(full.method.exceptions.total).toBe(0);
    expect(full.sufficient).toEqual(found.sufficient);
    expect(full.redundant).toEqual(found.redundant);
    expect(full.guards).toEqual(found.guards);
  });
});
