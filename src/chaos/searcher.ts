/** Judges cases one after the other: the working part of a search, the same in every worker. */
import type { VerdictKind } from "../models/judging/property.js";
import type { PropertyRule } from "../models/judging/rule.js";
import { Planner } from "../run/planner.js";
import type { SimulateOptions } from "../run/simulate.js";
import { applyCase } from "../scenario/apply-case.js";
import type { Case, CaseLuck } from "../scenario/case.js";
import type { Script } from "../scenario/run.js";
import type { MutationSpec } from "../scenario/scenario.js";
import { judgeRun } from "../trace/judge.js";
import { type Base, runFor } from "./base.js";
import { type Evaluation, Evaluator, withoutText } from "./evaluate.js";
import { makeDocument } from "./mutations/material.js";
import { type Decision, isHazard, type Outcome, violationsOf } from "./outcome.js";
import { caseOf, type Operators } from "./recipe.js";
import { signatureOf } from "./signature.js";

/** plan: one decision; run: the whole run; full: the run and the companions that properties compare it with. */
export type Depth = "plan" | "run" | "full";

export interface SearcherOptions extends SimulateOptions {
  readonly luck: CaseLuck;
  /** The managers are not all of the catalogue: the words of an error may matter to them. */
  readonly exact: boolean;
}

/** Judged cases that are remembered; a search that meets more different ones forgets them all and goes on. */
const judgedMax = 20_000;

interface Judged {
  readonly kinds: readonly VerdictKind[];
  readonly violations: readonly Decision[];
  readonly errorsMet: boolean;
}

export class Searcher {
  readonly evaluator: Evaluator;
  private readonly planner: Planner;
  private readonly judged = new Map<string, Judged>();
  private readonly asked: Readonly<
    Record<Depth, { readonly is: readonly boolean[]; readonly properties: readonly PropertyRule[] }>
  >;
  private readonly promises: ReadonlyMap<string, PropertyRule>;

  constructor(
    readonly base: Base,
    private readonly operators: Operators,
    properties: readonly PropertyRule[],
    private readonly options: SearcherOptions,
  ) {
    this.evaluator = new Evaluator(base, options);
    this.planner = new Planner(base.run);
    this.promises = new Map(properties.map((property) => [property.name, property]));
    const at = (depth: Depth) => {
      const is = properties.map((property) => askedAt(property, depth));
      return { is, properties: properties.filter((_, k) => is[k]!) };
    };
    this.asked = { plan: at("plan"), run: at("run"), full: at("full") };
  }

  judge(recipe: readonly MutationSpec[], depth: Depth): Outcome {
    const item = caseOf(this.base, this.operators, recipe, this.options.luck);
    if (item === null) return null;
    const asked = this.asked[depth];
    const script = applyCase(runFor(this.base, item), item, makeDocument);
    // A plan costs less than finding out whether it is a new one.
    const key = depth === "plan" ? null : this.keyOf(item, script, depth);
    let judged = key === null ? undefined : this.judged.get(key);
    const repeated = judged !== undefined;
    if (judged === undefined) {
      const { run, verdicts } =
        depth === "plan"
          ? this.planned(script, asked.properties)
          : this.evaluator.evaluate(item, asked.properties);
      // Without its violations' sentences a verdict is small.
      judged = {
        violations: violationsOf(verdicts),
        kinds: verdicts.map(({ verdict }) => verdict),
        errorsMet: run.errorsRead > 0,
      };
      if (this.judged.size >= judgedMax) this.judged.clear();
      if (key !== null) this.judged.set(key, judged);
    }
    let next = 0;
    const { kinds, violations, errorsMet } = judged;
    return {
      verdicts: asked.is.map((is) => (is ? kinds[next++]! : null)),
      violations: violations.map((violation) => ({
        ...violation,
        hazard: isHazard(this.promises.get(violation.property), recipe),
      })),
      errorsMet,
      repeated,
    };
  }

  /** What the managers read, and what the companions of a full look would read. */
  private keyOf(item: Case, script: Script, depth: Depth): string {
    const own = signatureOf(this.base.run, script, this.options.exact);
    if (depth !== "full") return `${depth} ${own}`;
    const clean = withoutText(item);
    const intact =
      clean === null
        ? ""
        : signatureOf(
            this.base.run,
            applyCase(runFor(this.base, clean), clean, makeDocument),
            this.options.exact,
          );
    const staging = item.events.filter((event) => event.e === "staging");
    return `${depth} ${own} ${intact} ${JSON.stringify(staging)}`;
  }

  private planned(script: Script, properties: readonly PropertyRule[]): Evaluation {
    const run = this.planner.plan(script);
    return { run, verdicts: judgeRun(properties, run, {}) };
  }
}

function askedAt(property: PropertyRule, depth: Depth): boolean {
  if (depth === "plan") return property.onPlan === true;
  return depth === "full" || property.companions === undefined;
}
