/**
 * Shrinking. The goal: what is reported is the core of a violation and nothing else. Managers with planted bugs are
 * struck by many mistakes of which two matter; what is left has to be those two, on the smallest scenario, and nothing
 * that any pass could still take out may be left.
 */
import { describe, expect, it } from "vitest";
import { type Decision, decisionKey } from "../../../../src/chaos/outcome.js";
import { caseOf } from "../../../../src/chaos/recipe.js";
import { passes } from "../../../../src/chaos/shrink/passes.js";
import { type Shrunk, shrink } from "../../../../src/chaos/shrink/shrink.js";
import type { Action, Cause, Turn } from "../../../../src/models/managers/contract.js";
import { defineManager } from "../../../../src/models/managers/define-manager.js";
import { policyStep } from "../../../../src/models/managers/policy-step.js";
import type { Case } from "../../../../src/scenario/case.js";
import type { MutationSpec, Scenario } from "../../../../src/scenario/scenario.js";
import { scenarioFile } from "../../../helpers/scenario.js";
import { decisionsOf, luck, operators, propertyOf, textsOf, Workbench } from "../../../helpers/search.js";

const takeAway = ({ seen, reading }: Turn, service: string, cause: Cause): readonly Action[] => {
  const places = seen.services[service]?.running ?? [];
  if (places.length === 0) return [];
  const basedOn = { version: reading.version, seenRevision: seen.revision, epoch: 1 };
  return [{ do: "delete", target: { service, places }, cause, because: [], basedOn }];
};
const wrong = ({ reading }: Turn, name: string): boolean => reading.entries[name]?.is === "unknown";

/** Takes the victim away only if it can read neither b nor e. */
const fragile = defineManager({
  name: "fragile",
  about: "misbehaves when two particular entries are wrong together",
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    if (!wrong(turn, "b") || !wrong(turn, "e")) return step;
    return { ...step, settled: false, propose: takeAway(turn, "victim", "drift") };
  },
});

/** Two bugs: one when it cannot read b, another one when it cannot read e. */
const canary = defineManager({
  name: "canary",
  about: "has two bugs of different causes",
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    const propose = [
      ...(wrong(turn, "b") ? takeAway(turn, "victim", "drift") : []),
      ...(wrong(turn, "e") ? takeAway(turn, "f", "garbage") : []),
    ];
    return propose.length === 0 ? step : { ...step, settled: false, propose };
  },
});

const bench = new Workbench([fragile, canary]);
const planted = (model: string): Scenario =>
  bench.scenario(`
fleetquake: 1
title: Planted
horizon: 6h
regions: { eu: { members: [eu-1, eu-2] }, us: { members: [us-1, us-2, us-3] } }
services:
  a: { manager: m, deploy: 2m }
  b: { manager: m, deploy: 2m, needs: [a] }
  c: { manager: m, deploy: 2m, needs: [a, b] }
  d: { manager: m, deploy: 2m }
  e: { manager: m, deploy: 2m, needs: [d] }
  f: { manager: m, deploy: 2m }
  victim: { manager: m, deploy: 2m, needs: [f] }
capabilities: { using: { service: victim, share: 1 } }
managers: { m: { model: ${model} } }
response: { crews: 2, configuration: leave }
`);

const broken = ["a", "b", "c", "d", "e", "f"];
const sixMistakes: readonly MutationSpec[] = broken.map((name) => ({
  op: "T02",
  at: `applications/${name}`,
}));
const property = propertyOf("no-collateral-removal");

const shrunkFrom = (scenario: Scenario, item: Case, decision: Decision, triesMax = 5_000): Shrunk => {
  const found = shrink(bench.trials(scenario), item, operators, {
    property,
    decision: decisionKey(decision),
    triesMax,
  });
  if (found === null) throw new Error("the case does not violate");
  return found;
};

const namesOf = (item: Case): readonly string[] =>
  item.documents.map(({ id }) => /applications\/(\w+)\.yaml/.exec(id)?.[1] ?? id).sort();

const recipeCase = (scenario: Scenario, recipe: readonly MutationSpec[]): Case => {
  const item = caseOf(bench.base(scenario), operators, recipe, luck);
  if (item === null) throw new Error("a site is not there");
  return item;
};

/** Nothing that a pass could take out of it leaves the decision in place. */
function isMinimal(found: Shrunk): boolean {
  const texts = textsOf(found.base);
  return passes.every((pass) =>
    [...pass.candidates(found, texts)].every(
      (candidate) => !bench.keeps(candidate, property, decisionKey(found.violation)),
    ),
  );
}

describe("a violation with six steps of which two matter", () => {
  const scenario = planted("fragile");
  const item = recipeCase(scenario, sixMistakes);
  const [decision] = decisionsOf(bench.base(scenario), item, property);
  const found = shrunkFrom(scenario, item, decision!);

  it("is violated by the two together, and by neither alone", () => {
    const violates = (...names: readonly string[]) =>
      decisionsOf(
        bench.base(scenario),
        recipeCase(
          scenario,
          sixMistakes.filter(({ at }) => names.some((name) => at === `applications/${name}`)),
        ),
        property,
      ).length > 0;
    expect([violates("b", "e"), violates("b"), violates("e"), violates("a", "c", "d", "f")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("shrinks to exactly these two mutations", () => {
    expect(namesOf(found.full)).toEqual(["b", "e"]);
    expect(found.full.recipe).toHaveLength(2);
  });

  it("on the smallest scenario that shows it", () => {
    expect(namesOf(found.item)).toEqual(["b", "e"]);
    const { fleet, response } = found.base.spec;
    expect(fleet.services.map(({ name, needs }) => [name, needs])).toEqual([
      ["b", []],
      ["e", []],
      ["victim", []],
    ]);
    expect(fleet.regionGroups.map(({ members }) => members)).toEqual([["eu-1"]]);
    expect(fleet.capabilities).toEqual([]);
    expect(response.order).toEqual([]);
    expect(found.minimal).toBe(true);
  });

  it("leaves nothing that any pass could still take out", () => expect(isMinimal(found)).toBe(true));

  it("comes out the same twice", () => {
    const again = shrunkFrom(scenario, item, decision!);
    const { base: _one, ...first } = found;
    const { base: _two, ...second } = again;
    expect(second).toEqual(first);
  });

  it("keeps the decision, in the words of the smaller case", () => {
    expect(decisionKey(found.violation)).toBe(decisionKey(decision!));
    expect(bench.keeps(found, property, decisionKey(decision!))).toBe(true);
  });

  it("says so when the tries do not suffice, and still has the violation", () => {
    const early = shrunkFrom(scenario, item, decision!, 12);
    expect(early).toMatchObject({ minimal: false, tries: 12 });
    expect(bench.keeps(early, property, decisionKey(decision!))).toBe(true);
  });
});

describe("a case by value, with no recipe", () => {
  it("shrinks to the two documents that matter and the event that does not is gone", () => {
    const scenario = planted("fragile");
    const documents = ["a", "b", "d", "e"].map((name) => ({
      id: `applications/${name}.yaml`,
      version: 2,
      text: "",
    }));
    const events: Case["events"] = [{ e: "approve-all" }, { e: "skew", of: "m", atMs: 60_000, byMs: -5_000 }];
    const item: Case = { documents, events, luck, recipe: [] };
    const [decision] = decisionsOf(bench.base(scenario), item, property);
    const found = shrunkFrom(scenario, item, decision!);
    expect([namesOf(found.item), found.item.events]).toEqual([["b", "e"], []]);
    expect(isMinimal(found)).toBe(true);
  });
});

describe("a manager with two different bugs", () => {
  const scenario = planted("canary");
  const item = recipeCase(scenario, sixMistakes);
  const decisions = decisionsOf(bench.base(scenario), item, property);

  it("makes two decisions", () =>
    expect(decisions.map(({ cause }) => cause).sort()).toEqual(["drift", "garbage"]));

  it.each([
    ["drift", "b", "victim"],
    ["garbage", "e", "f"],
  ])("keeps the one that was asked for: %s", (cause, document, service) => {
    const found = shrunkFrom(scenario, item, decisions.find((one) => one.cause === cause)!);
    expect(found.violation).toMatchObject({ property: property.name, cause, service });
    expect([namesOf(found.full), namesOf(found.item)]).toEqual([[document], [document]]);
    expect(isMinimal(found)).toBe(true);
  });
});

describe("a case that does not violate", () => {
  it("is not shrunk", () => {
    const scenario = planted("fragile");
    expect(
      shrink(bench.trials(scenario), recipeCase(scenario, []), operators, {
        property,
        decision: "none",
        triesMax: 100,
      }),
    ).toBeNull();
  });
});

describe("the incident", () => {
  it("shrinks to a single region, and nothing is left that could go", () => {
    const scenario = scenarioFile("partial-rollout.yaml");
    const item = recipeCase(scenario, []);
    const [decision] = decisionsOf(bench.base(scenario), item, property);
    const found = shrunkFrom(scenario, item, decision!);
    expect(found.base.spec.fleet.regionGroups.flatMap(({ members }) => members)).toHaveLength(1);
    expect(isMinimal(found)).toBe(true);
  });
});
