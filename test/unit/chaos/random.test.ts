/**
 * Random cases. The goal: what a number of runs promises. Case i is the same whatever the number of cases, every pair of
 * operators comes up, and natural cases come in the shares that their weights say (interval around the expected count).
 */
import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../src/base/confidence.js";
import type { Recipe } from "../../../src/chaos/enumerate.js";
import { naturalWeight } from "../../../src/chaos/mutations/catalogue.js";
import type { MutationClass } from "../../../src/chaos/mutations/operator.js";
import { phasesOf } from "../../../src/chaos/phases.js";
import { generatorName, type RandomOptions, randomRecipes, sited } from "../../../src/chaos/random.js";
import { scenarioFile } from "../../helpers/scenario.js";
import { operators, Workbench } from "../../helpers/search.js";

const base = new Workbench().base(scenarioFile("fail-static.yaml"));
/** All of a list that is made as it is read. */
const listed: (...args: Parameters<typeof randomRecipes>) => readonly Recipe[] = (...args) => {
  const recipes = randomRecipes(...args);
  return recipes.slice(0, recipes.length);
};
const all = sited(base, [...operators.values()]);
const options: RandomOptions = {
  seed: 1,
  runs: 100,
  mutationsMax: 3,
  weighting: "coverage",
  weightOf: (name) => naturalWeight[name],
};
const pairCount = (all.length * (all.length - 1)) / 2;
const classOf = new Map(all.map(({ operator }) => [operator.id, operator.class]));

describe.each(["coverage", "natural"] as const)("random cases by %s", (weighting) => {
  const drawn = (more: Partial<RandomOptions> = {}) => listed(all, { ...options, weighting, ...more });

  it("are the same however many are asked for", () => {
    const many = drawn({ runs: pairCount + 300 });
    for (const runs of [1, 2, 77, pairCount - 1, pairCount, pairCount + 1, pairCount + 150])
      expect(drawn({ runs })).toEqual(many.slice(0, runs));
  });

  it("are as many as asked for, of one to three mutations at sites that there are", () => {
    const sites = new Map(all.map((item) => [item.operator.id, new Set(item.sites)]));
    const recipes = drawn({ runs: pairCount + 500 });
    expect(recipes).toHaveLength(pairCount + 500);
    for (const recipe of recipes) {
      expect(recipe.length).toBeGreaterThanOrEqual(1);
      expect(recipe.length).toBeLessThanOrEqual(3);
      for (const { op, at } of recipe) expect(sites.get(op)!.has(at)).toBe(true);
    }
  });

  it("come out the same twice, and otherwise with another seed", () => {
    expect(drawn()).toEqual(drawn());
    expect(drawn({ seed: 2 })).not.toEqual(drawn());
  });

  it("are none where no operator has a site, or none is asked for", () => {
    expect(listed([], { ...options, weighting })).toEqual([]);
    expect(drawn({ runs: 0 })).toEqual([]);
  });

  it("hold one mutation where more are not allowed", () => {
    expect(drawn({ mutationsMax: 1, runs: 200 }).every((recipe) => recipe.length === 1)).toBe(true);
  });
});

describe("by coverage", () => {
  it("every two operators come together once before anything is drawn", () => {
    const recipes = listed(all, { ...options, runs: pairCount });
    const pairs = recipes.map((recipe) => recipe.map(({ op }) => op).join(" "));
    expect(new Set(pairs).size).toBe(pairCount);
    expect(recipes.every((recipe) => recipe.length === 2)).toBe(true);
  });

  it("every operator is drawn about as often as any other, whatever the number of its sites", () => {
    const drawn = listed(all, { ...options, runs: pairCount + 4_000 })
      .slice(pairCount)
      .flat();
    for (const { operator } of all) {
      const hits = drawn.filter(({ op }) => op === operator.id).length;
      const { low, high } = clopperPearson(hits, drawn.length, 0.9999);
      expect(low).toBeLessThanOrEqual(1 / all.length);
      expect(high).toBeGreaterThanOrEqual(1 / all.length);
    }
  });
});

describe("by natural weight", () => {
  const recipes = listed(all, { ...options, weighting: "natural", runs: 5_000 });
  const covered = (hits: number, of: number, share: number): void => {
    const { low, high } = clopperPearson(hits, of, 0.999);
    expect(low).toBeLessThanOrEqual(share);
    expect(high).toBeGreaterThanOrEqual(share);
  };

  it("classes come in the shares of the field", () => {
    const classes = [...new Set(classOf.values())];
    const total = classes.reduce((sum, name) => sum + naturalWeight[name], 0);
    for (const name of classes) {
      const hits = recipes.filter(([first]) => classOf.get(first!.op) === name).length;
      covered(hits, recipes.length, naturalWeight[name] / total);
    }
  });

  it("a class without weight is never drawn", () => {
    const weightOf = (name: MutationClass) => (name === "text" ? 0 : naturalWeight[name]);
    const without = listed(all, { ...options, weighting: "natural", runs: 2_000, weightOf });
    expect(without.flat().filter(({ op }) => classOf.get(op) === "text")).toEqual([]);
  });

  it("each further mistake is a tenth as likely", () => {
    const ofLength = (length: number) => recipes.filter((recipe) => recipe.length === length).length;
    covered(ofLength(1), recipes.length, 1000 / 1110);
    covered(ofLength(2), recipes.length, 100 / 1110);
    covered(ofLength(3), recipes.length, 10 / 1110);
  });
});

describe("the two ways of drawing", () => {
  it.each(["coverage", "natural"] as const)("are never mixed: %s names its own generator", (weighting) => {
    const asked = { ...options, runs: 500, exhaustive: 1, weighting, examples: [] } as const;
    const phases = [...phasesOf(base, [...operators.values()], asked)];
    const random = phases.filter(({ mode }) => mode === "random");
    expect(random.map(({ generator }) => generator)).toEqual([generatorName(weighting)]);
    const runs = 500 - 1 - all.reduce((sum, { sites }) => sum + sites.length, 0);
    expect(random[0]!.recipes.slice(0, runs)).toEqual(listed(all, { ...options, weighting, runs }));
  });

  it("have no case without operators, and the scenario as it is stays", () => {
    const phases = [...phasesOf(base, [], { ...options, exhaustive: 2, examples: [] })];
    expect(phases.map(({ mode, recipes }) => [mode, recipes])).toEqual([["examples", [[]]]]);
  });
});
