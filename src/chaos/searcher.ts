/** Judges cases one after the other: the working part of a search, the same in every worker. */
import type { PropertyRule } from "../models/judging/rule.js";
import { Planner } from "../run/planner.js";
import type { SimulateOptions } from "../run/simulate.js";
import { applyCase } from "../scenario/apply-case.js";
import type { Case, CaseLuck } from "../scenario/case.js";
import type { MutationSpec } from "../scenario/scenario.js";
import { judgeRun } from "../trace/judge.js";
import { type Base, runFor } from "./base.js";
import { type Evaluation, Evaluator } from "./evaluate.js";
import { makeDocument } from "./mutations/material.js";
import { type Outcome, violationsOf } from "./outcome.js";
import { caseOf, type Operators } from "./recipe.js";

/** plan: one decision; run: the whole run; full: the run and the companions that properties compare it with. */
export type Depth = "plan" | "run" | "full";

export interface SearcherOptions extends SimulateOptions {
  readonly luck: CaseLuck;
}

export class Searcher {
  readonly evaluator: Evaluator;
  private readonly planner: Planner;

  constructor(
    readonly base: Base,
    private readonly operators: Operators,
    private readonly properties: readonly PropertyRule[],
    private readonly options: SearcherOptions,
  ) {
    this.evaluator = new Evaluator(base, options);
    this.planner = new Planner(base.run);
  }

  judge(recipe: readonly MutationSpec[], depth: Depth): Outcome {
    const item = caseOf(this.base, this.operators, recipe, this.options.luck);
    if (item === null) return null;
    const asked = this.properties.map((property) => askedAt(property, depth));
    const properties = this.properties.filter((_, k) => asked[k]!);
    const { run, verdicts } =
      depth === "plan" ? this.planned(item, properties) : this.evaluator.evaluate(item, properties);
    let next = 0;
    return {
      verdicts: asked.map((is) => (is ? verdicts[next++]!.verdict : null)),
      violations: violationsOf(properties, verdicts, recipe),
      errorsMet: run.errorsRead > 0,
      repeated: false,
    };
  }

  private planned(item: Case, properties: readonly PropertyRule[]): Evaluation {
    const run = this.planner.plan(applyCase(runFor(this.base, item), item, makeDocument));
    return { run, verdicts: judgeRun(properties, run, {}) };
  }
}

function askedAt(property: PropertyRule, depth: Depth): boolean {
  if (depth === "plan") return property.onPlan === true;
  return depth === "full" || property.companions === undefined;
}
