/**
 * Exhaustive cases. The goal: what is left out is left out rightly. On small scenarios all ordered pairs of structure
 * mutations are judged on the plan without any reduction; the reduced list has to find the same decisions.
 */
import { describe, expect, it } from "vitest";
import { pairs, type Recipe, singles } from "../../../src/chaos/enumerate.js";
import { Material } from "../../../src/chaos/mutations/material.js";
import type { Operator } from "../../../src/chaos/mutations/operator.js";
import { decisionKey } from "../../../src/chaos/outcome.js";
import { sited } from "../../../src/chaos/random.js";
import { Searcher } from "../../../src/chaos/searcher.js";
import { canonicalRecipe, symmetryOf } from "../../../src/chaos/symmetry.js";
import type { PropertyRule } from "../../../src/models/judging/rule.js";
import { scenarioFile } from "../../helpers/scenario.js";
import { luck, operators, propertyOf, Workbench } from "../../helpers/search.js";

const bench = new Workbench();
const structure = [...operators.values()].filter(({ level }) => level === "structure");
const onPlan = ["no-self-removal", "no-collateral-removal", "fail-static"].map(
  (name): PropertyRule => ({ ...propertyOf(name), onPlan: true }),
);

/** Two services that nothing tells apart, two cells, a careless manager that lists its services. */
const twins = (model: string, more = "") =>
  bench.base(
    bench.scenario(`
fleetquake: 1
title: Twins
regions: { eu: { members: [eu-1] }, us: { members: [us-1] } }
services:
  boss: { manager: m, placement: global }
  left: { manager: m }
  right: { manager: m }
managers: { m: { model: ${model}, service: boss${more} } }
`),
  );

const searcherOf = (base: ReturnType<typeof twins>) =>
  new Searcher(base, operators, onPlan, { luck, exact: false });

/** Every sequence of two, the second at the sites that the first leaves. */
function allOrderedPairs(base: ReturnType<typeof twins>, chosen: readonly Operator[]): readonly Recipe[] {
  const start = Material.of(base);
  return chosen.flatMap((first) =>
    first.sites(start).flatMap((at) => {
      const patch = first.apply(start, at);
      if (patch === null) return [];
      const after = start.with(patch);
      return chosen.flatMap((second) =>
        second.sites(after).map((other) => [
          { op: first.id, at },
          { op: second.id, at: other },
        ]),
      );
    }),
  );
}

const decisionsOf = (searcher: Searcher, recipes: readonly Recipe[]): ReadonlySet<string> =>
  new Set(
    recipes.flatMap((recipe) =>
      (searcher.judge(recipe, "plan")?.violations ?? []).map((violation) => decisionKey(violation)),
    ),
  );

describe("single mutations", () => {
  it.each(["fail-static.yaml", "duo-2025-02-13.yaml", "partial-rollout.yaml"])(
    "of %s are every operator at every site, each once",
    (file) => {
      const all = sited(bench.base(scenarioFile(file)), [...operators.values()]);
      const recipes = singles(all);
      expect(recipes).toHaveLength(all.reduce((sum, { sites }) => sum + sites.length, 0));
      expect(new Set(recipes.map((recipe) => JSON.stringify(recipe))).size).toBe(recipes.length);
      for (const [mutation] of recipes) {
        const item = all.find(({ operator }) => operator.id === mutation!.op)!;
        expect(item.sites).toContain(mutation!.at);
      }
    },
  );
});

describe.each([
  ["legacy", ", policy: { approval: none }"],
  ["pruning", ", cells: by-group"],
])("pairs with a manager %s%s", (model, more) => {
  const base = twins(model, more);
  const chosen = structure.filter((_, k) => k % 3 === 0);
  const all = sited(base, structure).filter(({ operator }) => chosen.includes(operator));
  const reduced = pairs(base, all, symmetryOf(base));
  const searcher = searcherOf(base);

  it("find the same decisions as all ordered pairs without any reduction", () => {
    const whole = decisionsOf(
      searcher,
      allOrderedPairs(
        base,
        all.map(({ operator }) => operator),
      ),
    );
    expect(whole.size).toBeGreaterThan(0);
    expect([...decisionsOf(searcher, reduced.recipes)].sort()).toEqual([...whole].sort());
  });

  it("come once each, and leave something out", () => {
    const texts = reduced.recipes.map((recipe) => JSON.stringify(recipe));
    expect(new Set(texts).size).toBe(texts.length);
    expect(reduced.symmetric).toBeGreaterThan(0);
    expect(reduced.commuting).toBeGreaterThan(0);
  });

  it("with those that are left out are all that there are", () => {
    const applicable = allOrderedPairs(
      base,
      all.map(({ operator }) => operator),
    ).filter((recipe) => searcher.judge(recipe, "plan") !== null);
    expect(reduced.recipes.length + reduced.symmetric + reduced.commuting).toBe(applicable.length);
  });

  it("without symmetry leave out only what commutes", () => {
    const plain = pairs(base, all, null);
    expect(plain.symmetric).toBe(0);
    expect(plain.commuting).toBe(reduced.commuting);
    expect(plain.recipes.length).toBe(reduced.recipes.length + reduced.symmetric);
  });
});

describe("services that nothing tells apart", () => {
  const base = twins("pruning");
  const searcher = searcherOf(base);
  const exchange = (text: string): string =>
    text.replaceAll(/\b(left|right)\b/g, (name) => (name === "left" ? "right" : "left"));

  it("are one class, and the manager's own is not in it", () => {
    expect(symmetryOf(base).classes).toContainEqual(["left", "right"]);
    expect(symmetryOf(base).classOf.has("boss")).toBe(false);
  });

  it("exchange their outcomes when they exchange their names", () => {
    const start = Material.of(base);
    let compared = 0;
    for (const operator of structure) {
      const sites = operator.sites(start);
      for (const at of sites) {
        const twin = exchange(at);
        if (twin === at || !sites.includes(twin)) continue;
        const [one, other] = [at, twin].map((site) => searcher.judge([{ op: operator.id, at: site }], "run"));
        const told = (outcome: typeof one, rename: (name: string) => string) =>
          outcome?.violations
            .map((item) => [decisionKey(item), item.hazard])
            .concat([[rename("")]])
            .map(String)
            .sort();
        expect(told(other, String)).toEqual(told(one, exchange));
        expect(other?.verdicts).toEqual(one?.verdicts);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  it("have one canonical text for recipes that differ in their names only", () => {
    const symmetry = symmetryOf(base);
    const start = Material.of(base);
    const at = (recipe: readonly (readonly [string, string])[]) =>
      canonicalRecipe(
        symmetry,
        start,
        recipe.map(([op, site]) => ({ op, at: site })),
      );
    const left = at([["S02", "applications/left#/manager"]]);
    expect(at([["S02", "applications/right#/manager"]])).toBe(left);
    expect(at([["S02", "applications/boss#/manager"]])).not.toBe(left);
    expect(
      at([
        ["S02", "applications/left#/manager"],
        ["S02", "applications/left#/name"],
      ]),
    ).not.toBe(
      at([
        ["S02", "applications/left#/manager"],
        ["S02", "applications/right#/name"],
      ]),
    );
  });
});
