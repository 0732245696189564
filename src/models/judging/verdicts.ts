/** Small builders that all properties share. */
import type { Effect } from "./judged-run.js";
import type { Verdict, VerdictKind, Violation } from "./property.js";

export const verdict = (
  property: string,
  kind: VerdictKind,
  because: string,
  exercised: number,
): Verdict => ({
  property,
  verdict: kind,
  because,
  at: null,
  violations: [],
  exercised,
});

/** Groups effects on many places into one violation a service, action and cause: what people want to read. */
export function violationsOf(
  rule: string,
  effects: readonly Effect[],
  text: (effect: Effect, places: number) => string,
): readonly Violation[] {
  const groups = new Map<string, { first: Effect; places: number }>();
  for (const effect of effects) {
    const key = `${effect.service} ${effect.action} ${effect.cause}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: effect, places: effect.instances.length });
    else group.places += effect.instances.length;
  }
  return [...groups.values()].map(({ first, places }) => ({
    atMs: first.atMs,
    rule,
    action: first.action,
    service: first.service,
    cause: first.cause,
    places,
    text: text(first, places),
    event: first.event,
  }));
}

/** Violated when there are violations; else holds when the rule was exercised, else never-exercised. */
export function judged(
  property: string,
  violations: readonly Violation[],
  exercised: number,
  sentences: { violated: string; holds: string; idle: string },
): Verdict {
  if (violations.length > 0) {
    const at = Math.min(...violations.map((violation) => violation.atMs));
    return { property, verdict: "violated", because: sentences.violated, at, violations, exercised };
  }
  return exercised > 0
    ? verdict(property, "holds", sentences.holds, exercised)
    : verdict(property, "never-exercised", sentences.idle, 0);
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
