/** Judges cases one after the other: the working part of a search, the same in every worker. */

import { assert } from "../base/assert.js";
import { wideHash } from "../base/hash.js";
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
import type { Memo } from "./memo.js";
import { makeDocument } from "./mutations/material.js";
import { type Decision, isHazard, type Outcome, type OutcomeViolation, violationsOf } from "./outcome.js";
import { caseOf, type Operators } from "./recipe.js";
import { signatureOf } from "./signature.js";

/** plan: one decision; run: the whole run; full: the run and the companions that properties compare it with. */
export type Depth = "plan" | "run" | "full";

export interface SearcherOptions extends SimulateOptions {
  readonly luck: CaseLuck;
  /** The managers are not all of the catalogue: the words of an error may matter to them. */
  readonly exact: boolean;
  /** What searchers of other threads have judged; it only saves work. */
  readonly shared?: Memo;
}

/** Judged cases that are remembered; a search that meets more different ones forgets them all and goes on. */
const judgedMax = 20_000;

interface Found {
  readonly kinds: NonNullable<Outcome>["verdicts"];
  readonly violations: readonly Decision[];
  readonly errorsMet: boolean;
}

interface Judged extends Found {
  /** The violations as outcomes tell them, by what the operators of the recipe make hazards of. */
  readonly told: Map<number, readonly OutcomeViolation[]>;
}

export class Searcher {
  readonly evaluator: Evaluator;
  private readonly planner: Planner;
  private readonly judged = new Map<string, Judged>();
  private readonly asked: Readonly<
    Record<Depth, { readonly is: readonly boolean[]; readonly properties: readonly PropertyRule[] }>
  >;
  /** By operator: the properties that promise nothing under it, as a set of bits. */
  private readonly brokenPromises: ReadonlyMap<string, number>;
  private readonly bitOf: ReadonlyMap<string, number>;

  constructor(
    readonly base: Base,
    private readonly operators: Operators,
    properties: readonly PropertyRule[],
    private readonly options: SearcherOptions,
  ) {
    this.evaluator = new Evaluator(base, options);
    this.planner = new Planner(base.run);
    assert(properties.length < 31, "a set of properties fits into a number");
    this.bitOf = new Map(properties.map((property, k) => [property.name, k]));
    this.brokenPromises = new Map(
      [...operators.keys()].map((op) => [
        op,
        properties.reduce(
          (bits, property, k) => (isHazard(property, [{ op, at: "" }]) ? bits | (1 << k) : bits),
          0,
        ),
      ]),
    );
    const at = (depth: Depth) => {
      const is = properties.map((property) => askedAt(property, depth));
      return { is, properties: properties.filter((_, k) => is[k]!) };
    };
    this.asked = { plan: at("plan"), run: at("run"), full: at("full") };
  }

  judge(recipe: readonly MutationSpec[], depth: Depth): Outcome {
    const item = caseOf(this.base, this.operators, recipe, this.options.luck);
    if (item === null) return null;
    const script = applyCase(runFor(this.base, item), item, makeDocument);
    const { properties } = this.asked[depth];
    if (depth === "plan") {
      const outline = this.planner.outline(script);
      const key = outline.key === null ? null : `plan ${outline.key}`;
      const judged = this.remembered(key, depth, () => {
        const run = outline.judged();
        return { run, verdicts: judgeRun(properties, run, {}) };
      });
      return this.outcome(judged, recipe, null);
    }
    const own = this.ownSignature(item, script);
    const judged = this.remembered(this.keyOf(item, own, depth), depth, () =>
      this.evaluator.evaluate(item, properties),
    );
    return this.outcome(judged, recipe, wideHash(own));
  }

  /** What was decided wrongly in a case, of one property, where a search has judged it before; null: it has not. */
  known(item: Case, property: PropertyRule): readonly Decision[] | null {
    const script = applyCase(runFor(this.base, item), item, makeDocument);
    const own = this.ownSignature(item, script);
    const depths: readonly Depth[] = property.companions === undefined ? ["full", "run"] : ["full"];
    for (const depth of depths) {
      const judged = this.lookUp(this.keyOf(item, own, depth), depth);
      if (judged !== null) return judged.violations.filter((decision) => decision.property === property.name);
    }
    return null;
  }

  /** What `judge` says, or said when it was asked for the same key before. Null: it was never asked. */
  private remembered(key: string | null, depth: Depth, judge: () => Evaluation): Judged {
    const known = key === null ? null : this.lookUp(key, depth);
    if (known !== null) return known;
    const found = this.found(depth, judge());
    // A run that was cut short is no answer to the same question later.
    if (key === null || this.options.interrupt?.() === true) return { ...found, told: new Map() };
    this.sharedAt(depth)?.set(key, JSON.stringify(found));
    return this.keep(key, found);
  }

  private lookUp(key: string, depth: Depth): Judged | null {
    const known = this.judged.get(key);
    if (known !== undefined) return known;
    const told = this.sharedAt(depth)?.get(key) ?? null;
    return told === null ? null : this.keep(key, JSON.parse(told) as Found);
  }

  private keep(key: string, found: Found): Judged {
    const judged: Judged = { ...found, told: new Map() };
    if (this.judged.size >= judgedMax) this.judged.clear();
    this.judged.set(key, judged);
    return judged;
  }

  /** A plan costs less than asking others for it. */
  private sharedAt(depth: Depth): Memo | undefined {
    return depth === "plan" ? undefined : this.options.shared;
  }

  /** Without its violations' sentences a verdict is small. */
  private found(depth: Depth, { run, verdicts }: Evaluation): Found {
    let next = 0;
    return {
      kinds: this.asked[depth].is.map((is) => (is ? verdicts[next++]!.verdict : null)),
      violations: violationsOf(verdicts),
      errorsMet: run.errorsRead > 0,
    };
  }

  private outcome(judged: Judged, recipe: readonly MutationSpec[], signature: number | null): Outcome {
    let broken = 0;
    for (const { op } of recipe) broken |= this.brokenPromises.get(op) ?? 0;
    let violations = judged.told.get(broken);
    if (violations === undefined) {
      violations = judged.violations.map((violation) => {
        const hazard = (broken & (1 << (this.bitOf.get(violation.property) ?? 31))) !== 0;
        return { ...violation, hazard };
      });
      judged.told.set(broken, violations);
    }
    return { verdicts: judged.kinds, violations, errorsMet: judged.errorsMet, signature };
  }

  /** What the managers read, here and in staging. */
  private ownSignature({ events }: Case, script: Script): string {
    const staging = events.filter((event) => event.e === "staging");
    return `${signatureOf(this.base.run, script, this.options.exact)} ${JSON.stringify(staging)}`;
  }

  /** That, and what the companions of a full look would read. */
  private keyOf(item: Case, own: string, depth: Depth): string {
    if (depth !== "full") return `${depth} ${own}`;
    const clean = withoutText(item);
    if (clean === null) return `${depth} ${own}`;
    const script = applyCase(runFor(this.base, clean), clean, makeDocument);
    return `${depth} ${own} ${signatureOf(this.base.run, script, this.options.exact)}`;
  }
}

function askedAt(property: PropertyRule, depth: Depth): boolean {
  if (depth === "plan") return property.onPlan === true;
  return depth === "full" || property.companions === undefined;
}
