/** What a search keeps of a case: a few numbers a property, and one line a violation. Small, since there are millions. */
import type { Verdict, VerdictKind, Violation } from "../models/judging/property.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { MutationSpec } from "../scenario/scenario.js";

/** Null: a mutation found its site gone, so there was no case. */
export type Outcome = {
  /** By property asked for; `null`: it was not asked this time. */
  readonly verdicts: readonly (VerdictKind | null)[];
  readonly violations: readonly OutcomeViolation[];
  /** A manager met an error in what it read. */
  readonly errorsMet: boolean;
  /** The same script was judged before. */
  readonly repeated: boolean;
} | null;

/** What was decided wrongly; the service is the first that it struck. */
export interface Decision {
  readonly property: string;
  readonly rule: string;
  readonly action: string;
  readonly service: string;
  readonly cause: string;
}

export interface OutcomeViolation extends Decision {
  /** An operator of the case is outside of what the property promises: reported, not failed. */
  readonly hazard: boolean;
}

/** Violations with the same property, rule, action and cause are one decision, whatever service it struck first. */
export const decisionKey = ({ property, rule, action, cause }: Omit<Decision, "service">): string =>
  [property, rule, action, cause].join("|");

export const isHazard = (property: PropertyRule | undefined, recipe: readonly MutationSpec[]): boolean => {
  const assumes = property?.assumes;
  return assumes !== undefined && recipe.some(({ op }) => !assumes.includes(op));
};

/** The violations of a case, one a decision: the earliest of each. */
export function violationsOf(verdicts: readonly Verdict[]): readonly Decision[] {
  const found: Decision[] = [];
  for (const { property, violations } of verdicts) {
    const seen = new Set<string>();
    for (const { rule, action, service, cause } of inOrder(violations)) {
      const item = { property, rule, action, service, cause };
      const key = decisionKey(item);
      if (seen.has(key)) continue;
      seen.add(key);
      found.push(item);
    }
  }
  return found;
}

const inOrder = (violations: readonly Violation[]): readonly Violation[] =>
  [...violations].sort((a, b) => a.atMs - b.atMs || a.event - b.event);
