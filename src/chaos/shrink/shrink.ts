/**
 * Makes a counterexample smaller: first its recipe on the scenario as it is (fewer mutations, simpler operators, earlier
 * sites), then the scenario and the case by value. Every step is strictly smaller and keeps the same decision (property,
 * rule, action, cause); it ends where no single removal does, or where the budget of tries is used up.
 */
import type { PropertyRule } from "../../models/judging/rule.js";
import type { Case } from "../../scenario/case.js";
import type { MutationSpec } from "../../scenario/scenario.js";
import type { Base } from "../base.js";
import { Material } from "../mutations/material.js";
import { type Decision, decisionKey, isHazard } from "../outcome.js";
import { caseOf, mutated, type Operators } from "../recipe.js";
import { passes } from "./passes.js";
import type { Subject } from "./subject.js";
import type { Trials } from "./trials.js";

export interface Shrunk extends Subject {
  /** The case with the fewest mutations on the scenario as it was. */
  readonly full: Case;
  /** Of the smaller scenario. */
  readonly base: Base;
  readonly violation: Decision;
  /** Cases tried. */
  readonly tries: number;
  /** False: the budget ended it before nothing more could be taken out. */
  readonly minimal: boolean;
}

export interface ShrinkOptions {
  readonly property: PropertyRule;
  /** The decision that has to stay. */
  readonly decision: string;
  /** Tries that shrinking may cost, be they known from before or not. */
  readonly triesMax: number;
}

/** Runs one candidate after the other and says whether it still makes the same decision. */
class Trier {
  tries = 0;

  constructor(
    private readonly trials: Trials,
    private readonly options: ShrinkOptions,
  ) {}

  get exhausted(): boolean {
    return this.tries >= this.options.triesMax;
  }

  baseFor({ document }: Subject): Base | null {
    return this.trials.baseFor(document);
  }

  try(subject: Subject): Decision | null {
    this.tries++;
    const { property, decision } = this.options;
    const found = this.trials.decisions(subject, property);
    return found.find((violation) => decisionKey(violation) === decision) ?? null;
  }
}

export function shrink(
  trials: Trials,
  start: Case,
  operators: Operators,
  options: ShrinkOptions,
): Shrunk | null {
  const { document, base } = trials;
  const trier = new Trier(trials, options);
  let violation: Decision | null = trier.try({ document, item: start });
  if (violation === null) return null;
  // A violation stays one: an operator under which nothing is promised would make a hazard of it.
  const promised = !isHazard(options.property, start.recipe);
  const item = simplerRecipe(base, operators, start, (candidate) => {
    if (trier.exhausted || (promised && isHazard(options.property, candidate.recipe))) return false;
    const kept = trier.try({ document, item: candidate });
    violation = kept ?? violation;
    return kept !== null;
  });
  const subject = smallerSubject({ document, item }, trier, (kept) => {
    violation = kept;
  });
  return {
    ...subject,
    full: item,
    base: trier.baseFor(subject)!,
    item: { ...subject.item, recipe: translated(subject, trier, operators) },
    violation,
    tries: trier.tries,
    minimal: !trier.exhausted,
  };
}

/** Fewer mutations, then operators that come earlier, then sites that come earlier. */
function simplerRecipe(
  base: Base,
  operators: Operators,
  start: Case,
  keeps: (candidate: Case) => boolean,
): Case {
  let best = start;
  const attempt = (recipe: readonly MutationSpec[]): boolean => {
    const candidate = caseOf(base, operators, recipe, start.luck);
    if (candidate === null || !keeps(candidate)) return false;
    best = candidate;
    return true;
  };
  for (let k = 0; k < best.recipe.length; ) {
    if (!attempt(best.recipe.filter((_, j) => j !== k))) k++;
    else k = 0;
  }
  for (let k = 0; k < best.recipe.length; k++) earlier(base, operators, best, k, attempt);
  return best;
}

/** Tries every simpler operator at its first site, and then every earlier site of the operator that is left. */
function earlier(
  base: Base,
  operators: Operators,
  best: Case,
  k: number,
  attempt: (recipe: readonly MutationSpec[]) => boolean,
): void {
  const material = mutated(base, operators, best.recipe.slice(0, k));
  if (material === null) return;
  const own = best.recipe[k]!;
  const replaced = (mutation: MutationSpec): readonly MutationSpec[] =>
    best.recipe.map((item, j) => (j === k ? mutation : item));
  for (const operator of operators.values()) {
    const sites = operator.sites(material);
    if (operator.id === own.op) {
      for (const at of sites) {
        if (at === own.at || attempt(replaced({ op: own.op, at }))) return;
      }
      return;
    }
    const [first] = sites;
    if (first !== undefined && attempt(replaced({ op: operator.id, at: first }))) return;
  }
}

const textsOf = (base: Base | null): ReadonlyMap<string, string> =>
  new Map((base?.run.changes.at(-1)?.documents ?? []).map((doc) => [doc.id, doc.text]));

function smallerSubject(start: Subject, trier: Trier, keep: (violation: Decision) => void): Subject {
  let subject = start;
  for (let progress = true; progress && !trier.exhausted; ) {
    progress = false;
    for (const pass of passes) {
      for (let again = true; again && !trier.exhausted; ) {
        again = false;
        for (const candidate of pass.candidates(subject, textsOf(trier.baseFor(subject)))) {
          if (trier.exhausted) break;
          const violation = trier.try(candidate);
          if (violation === null) continue;
          keep(violation);
          subject = candidate;
          progress = true;
          again = true;
          break;
        }
      }
    }
  }
  return subject;
}

/** The recipe in terms of the smaller scenario, where one mutation there makes the same case; else as it was. */
function translated(subject: Subject, trier: Trier, operators: Operators): readonly MutationSpec[] {
  const { recipe } = subject.item;
  const base = trier.baseFor(subject);
  const operator = operators.get(recipe[0]?.op ?? "");
  if (base === null || operator === undefined || recipe.length !== 1) return recipe;
  const wanted = JSON.stringify([subject.item.documents, subject.item.events]);
  for (const at of operator.sites(Material.of(base))) {
    const same = caseOf(base, operators, [{ op: operator.id, at }], subject.item.luck);
    if (same !== null && JSON.stringify([same.documents, same.events]) === wanted)
      return [{ op: operator.id, at }];
  }
  return recipe;
}
