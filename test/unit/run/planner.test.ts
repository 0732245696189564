/**
 * One plan instead of a whole run. The goal: a plan does not cry wolf. Over single structure mutations of several
 * scenarios, what the plan calls violated is violated in the run as well, and what a text mutation changes reaches the
 * managers as other bytes of exactly one document.
 */
import { describe, expect, it } from "vitest";
import { singles } from "../../../src/chaos/enumerate.js";
import { sited } from "../../../src/chaos/random.js";
import { caseOf } from "../../../src/chaos/recipe.js";
import { Searcher } from "../../../src/chaos/searcher.js";
import type { PropertyRule } from "../../../src/models/judging/rule.js";
import type { Doc } from "../../../src/models/managers/contract.js";
import { Planner } from "../../../src/run/planner.js";
import { applyCase } from "../../../src/scenario/apply-case.js";
import { scenarioFile } from "../../helpers/scenario.js";
import { luck, operators, propertyOf, Workbench } from "../../helpers/search.js";

const bench = new Workbench();
const properties = ["no-self-removal", "no-collateral-removal", "fail-static"].map(
  (name): PropertyRule => ({ ...propertyOf(name), onPlan: true }),
);
const structure = [...operators.values()].filter(({ level }) => level === "structure");

describe.each([
  ["fail-static.yaml", "keeps-what-it-knew", 1],
  ["fail-static.yaml", "reads-an-error-as-empty", 1],
  ["partial-rollout.yaml", "everywhere-at-once", 1],
  ["partial-rollout.yaml", "cell-by-cell", 1],
  ["rename-flux-3316.yaml", "names-are-things", 1],
  ["rename-flux-3316.yaml", "only-tickets", 1],
  ["cascade-by-ownership.yaml", null, 1],
  ["empty-source-argocd-18480.yaml", null, 1],
  ["bootstrap-loop.yaml", null, 1],
  ["duo-2025-02-13.yaml", "legacy", 6],
  ["duo-2025-02-13.yaml", "promise-smaller-mapping", 6],
] as const)("what the plan calls violated in %s, %s", (file, variant, every) => {
  const scenario = scenarioFile(file);
  const base = bench.base(scenario, variant ?? scenario.variants[0]!.name);
  const recipes = singles(sited(base, structure)).filter((_, k) => k % every === 0);
  const searcher = new Searcher(base, operators, properties, { luck, exact: false });

  it("is violated in the run", () => {
    const exceptions: string[] = [];
    for (const recipe of [[], ...recipes]) {
      const plan = searcher.judge(recipe, "plan");
      if (plan === null || plan.violations.length === 0) continue;
      const run = searcher.judge(recipe, "run")!;
      plan.verdicts.forEach((verdict, k) => {
        if (verdict === "violated" && run.verdicts[k] !== "violated")
          exceptions.push(`${recipe[0]?.op ?? "none"} ${recipe[0]?.at ?? ""}: ${properties[k]!.name}`);
      });
    }
    expect(exceptions).toEqual([]);
  });
});
