/**
 * From outcomes to counts and groups. The goal: every case counts once where it belongs, one cause is one group, and a
 * property that nothing tested is no pass. Outcomes are made by hand; what comes out is counted by hand.
 */
import { describe, expect, it } from "vitest";
import { propertyOutcomes } from "../../../src/chaos/assemble.js";
import { Collector } from "../../../src/chaos/collect.js";
import type { Outcome, OutcomeViolation } from "../../../src/chaos/outcome.js";
import type { VerdictKind } from "../../../src/models/judging/property.js";
import type { PropertyRule } from "../../../src/models/judging/rule.js";
import { verdict } from "../../../src/models/judging/verdicts.js";

const property = (name: string): PropertyRule => ({
  name,
  about: name,
  modality: "always",
  brokenBy: "legacy",
  keptBy: "modern",
  judge: () => verdict(name, "holds", "", 0),
});
const properties = [property("one"), property("two")];
const gate = new Set(["one"]);

const violation = (name: string, cause = "error", service = "s", hazard = false): OutcomeViolation => ({
  property: name,
  rule: "r",
  action: "delete",
  service,
  cause,
  hazard,
});

let last = 0;
const outcome = (
  verdicts: readonly (VerdictKind | null)[],
  violations: readonly OutcomeViolation[] = [],
  more: Partial<NonNullable<Outcome>> = {},
): Outcome => ({ verdicts, violations, errorsMet: false, signature: ++last, ...more });

const recipe = (...ops: readonly string[]) => ops.map((op) => ({ op, at: "x" }));
const collector = () => new Collector(properties, gate);
const resultOf = (all: Collector) => propertyOutcomes(properties, gate, all, () => undefined);

describe("tallies", () => {
  it("count cases by verdict, and a case with two decisions against one property once", () => {
    const all = collector();
    all.add(
      "exhaustive",
      recipe("S01"),
      outcome(["violated", "holds"], [violation("one"), violation("one", "omitted")]),
    );
    all.add("exhaustive", recipe("S02"), outcome(["holds", null]));
    expect(all.tally(0)).toMatchObject({ violated: 1, hazards: 0, drawn: 0 });
    expect([...all.tally(0).kinds]).toEqual([
      ["violated", 1],
      ["holds", 1],
    ]);
    expect([...all.tally(1).kinds]).toEqual([["holds", 1]]);
    expect(all.violatedCases).toBe(1);
    expect(all.findings()).toHaveLength(2);
  });

  it("leave out what was no case", () => {
    const all = collector();
    all.add("random", recipe("S01"), null);
    expect(all.count("random")).toMatchObject({ cases: 0, distinct: 0 });
    expect(all.drawnBy("S01")).toEqual({ cases: 0, violated: 0 });
  });

  it("count cases that no manager can tell apart once, whatever the mode", () => {
    const all = collector();
    all.add("exhaustive", recipe("S01"), outcome(["holds", "holds"], [], { signature: -1 }));
    all.add("exhaustive", recipe("S02"), outcome(["holds", "holds"], [], { signature: -1 }));
    all.add("random", recipe("S03"), outcome(["holds", "holds"], [], { signature: -1 }));
    all.add("random", recipe("S03"), outcome(["holds", "holds"], [], { signature: null }));
    expect(all.count("exhaustive")).toMatchObject({ cases: 2, distinct: 1 });
    expect(all.count("random")).toMatchObject({ cases: 2, distinct: 1 });
  });

  it("of an operator are of single mutations: violated, hazards, refused or unnoticed", () => {
    const all = collector();
    all.add("exhaustive", recipe("S01"), outcome(["violated", "holds"], [violation("one")]));
    all.add(
      "exhaustive",
      recipe("S01"),
      outcome(["holds", "hazard"], [violation("two", "error", "s", true)]),
    );
    all.add("exhaustive", recipe("S01"), outcome(["holds", "holds"], [], { errorsMet: true }));
    all.add("exhaustive", recipe("S01"), outcome(["holds", "holds"]));
    all.add("random", recipe("S01", "S02"), outcome(["violated", "holds"], [violation("one")]));
    expect(all.operator("S01")).toEqual({ cases: 4, violated: 1, hazards: 1, refused: 1, unnoticed: 1 });
    expect(all.operator("S02")).toBeUndefined();
    expect(all.drawnBy("S01")).toEqual({ cases: 1, violated: 1 });
  });
});

describe("groups", () => {
  const filled = () => {
    const all = collector();
    all.add("random", recipe("S01", "S02"), outcome(["violated", "holds"], [violation("one", "error", "a")]));
    all.add("exhaustive", recipe("S02"), outcome(["violated", "holds"], [violation("one", "error", "b")]));
    all.add("exhaustive", recipe("S03"), outcome(["violated", "holds"], [violation("one", "error", "c")]));
    all.add("exhaustive", recipe("S03"), outcome(["holds", "violated"], [violation("two", "drift")]));
    all.add(
      "exhaustive",
      recipe("T01"),
      outcome(["hazard", "holds"], [violation("one", "error", "d", true)]),
    );
    return all;
  };

  it("are one a cause, with the first of the smallest cases, whatever service it struck", () => {
    const [first] = filled().findings();
    expect(first).toMatchObject({
      violation: { property: "one", cause: "error", service: "b" },
      recipe: [{ op: "S02" }],
      cases: 3,
    });
  });

  it("come with violations first, in the order of the properties, and hazards apart", () => {
    expect(
      filled()
        .findings()
        .map(({ violation: { property, hazard } }) => `${property} ${hazard}`),
    ).toEqual(["one false", "two false", "one true"]);
  });

  it("come out the same twice", () => expect(filled().findings()).toEqual(filled().findings()));

  it("name a pair of operators only where neither of the two does it alone", () => {
    const all = collector();
    all.add("exhaustive", recipe("S01"), outcome(["violated", "holds"], [violation("one")]));
    all.add("random", recipe("S01", "S02"), outcome(["violated", "holds"], [violation("one")]));
    all.add("random", recipe("S03", "S04"), outcome(["violated", "holds"], [violation("one")]));
    expect(all.findings()[0]!.operators).toEqual(["S01", "S03+S04"]);
  });

  it("forget a pair of operators once one of the two is seen to do it alone", () => {
    const all = collector();
    all.add("random", recipe("S01", "S02"), outcome(["violated", "holds"], [violation("one")]));
    all.add("random", recipe("S02"), outcome(["violated", "holds"], [violation("one")]));
    expect(all.findings()[0]!.operators).toEqual(["S02"]);
  });

  it("name no operator where nothing was mutated", () => {
    const all = collector();
    all.add("examples", [], outcome(["violated", "holds"], [violation("one")]));
    all.add("exhaustive", recipe("S01"), outcome(["violated", "holds"], [violation("one")]));
    expect(all.findings()[0]).toMatchObject({ recipe: [], cases: 2, operators: [] });
  });
});

describe("the verdict on a property", () => {
  it("is never-exercised where nothing tested it", () => {
    const all = collector();
    for (let k = 0; k < 3; k++)
      all.add("random", recipe("S01"), outcome(["never-exercised", "not-applicable"]));
    const [one, two] = resultOf(all);
    expect(one).toMatchObject({
      verdict: "never-exercised",
      because: "no case tested it",
      exercised: 0,
      bound: null,
    });
    expect(two).toMatchObject({ verdict: "not-applicable", bound: null });
  });

  it("counts one violation above any number of cases that hold", () => {
    const all = collector();
    for (let k = 0; k < 5; k++) all.add("random", recipe("S01"), outcome(["holds", "holds"]));
    all.add("random", recipe("S01"), outcome(["violated", "holds"], [violation("one")]));
    expect(resultOf(all)[0]).toMatchObject({ verdict: "violated", violated: 1, exercised: 6, bound: null });
  });

  it("is a hazard where it was violated only under what it does not promise", () => {
    const all = collector();
    all.add("random", recipe("T01"), outcome(["violated", "holds"], [violation("one", "error", "s", true)]));
    expect(resultOf(all)[0]).toMatchObject({ verdict: "hazard", violated: 0, hazards: 1 });
    expect(all.violatedCases).toBe(0);
  });

  it("is bounded at one in a hundred after 299 clean random cases, and not after 298", () => {
    const all = collector();
    const add = () => all.add("random", recipe("S01"), outcome(["holds", "holds"]));
    for (let k = 0; k < 298; k++) add();
    expect(resultOf(all)[0]!.bound).toMatchObject({ runs: 298 });
    expect(resultOf(all)[0]!.bound!.upper95).toBeGreaterThan(0.01);
    add();
    expect(resultOf(all)[0]!.bound).toMatchObject({ runs: 299 });
    expect(resultOf(all)[0]!.bound!.upper95).toBeLessThanOrEqual(0.01);
  });

  it("has no bound from cases that were not drawn, or that tested nothing", () => {
    const all = collector();
    all.add("exhaustive", recipe("S01"), outcome(["holds", "holds"]));
    all.add("random", recipe("S01"), outcome(["never-exercised", null]));
    expect(resultOf(all).map(({ bound }) => bound)).toEqual([null, null]);
  });
});
