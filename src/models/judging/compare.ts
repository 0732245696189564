/** Two runs of the same fleet side by side: what one took away and the other did not, and where they end. */
import type { Name } from "../fleet/spec.js";
import type { Effect, JudgedRun } from "./judged-run.js";
import type { Verdict, Violation } from "./property.js";
import type { CompanionKind, Companions } from "./rule.js";
import { plural, verdict } from "./verdicts.js";

/** Effects of `run` on instances that `other` did not take away, without the instances that it did. */
export function takenOnlyIn(run: JudgedRun, other: JudgedRun): readonly Effect[] {
  const there = new Set(other.effects.flatMap((effect) => effect.instances));
  return run.effects.flatMap((effect) => {
    const instances = effect.instances.filter((instance) => !there.has(instance));
    return instances.length === 0 ? [] : [{ ...effect, instances }];
  });
}

/**
 * Times that instances were taken away in `run` beyond those in `other`: what happened once more. What follows once
 * people have put the configuration right, perhaps because they noticed the difference itself, is left out.
 */
export function takenMoreOftenIn(run: JudgedRun, other: JudgedRun): readonly Effect[] {
  const left = new Map<number, number>();
  for (const effect of other.effects) {
    for (const instance of effect.instances) left.set(instance, (left.get(instance) ?? 0) + 1);
  }
  const untilMs = run.repairedAtMs ?? Number.POSITIVE_INFINITY;
  return run.effects.flatMap((effect) => {
    if (effect.plannedAtMs >= untilMs) return [];
    const instances = effect.instances.filter((instance) => {
      const count = left.get(instance) ?? 0;
      if (count > 0) left.set(instance, count - 1);
      return count === 0;
    });
    return instances.length === 0 ? [] : [{ ...effect, instances }];
  });
}

/** Services that end in other places than in `other`. */
export function endsOtherwise(
  run: JudgedRun,
  other: JudgedRun,
): readonly { readonly service: Name; readonly places: number }[] {
  const { fleet } = run;
  const differing: { service: Name; places: number }[] = [];
  fleet.serviceNames.forEach((service, s) => {
    let places = 0;
    for (let i = fleet.firstInstance[s]!; i < fleet.firstInstance[s + 1]!; i++) {
      if (run.alive[i] !== other.alive[i]) places++;
    }
    if (places > 0) differing.push({ service, places });
  });
  return differing;
}

export const endViolations = (
  rule: string,
  run: JudgedRun,
  other: JudgedRun,
  how: string,
): readonly Violation[] =>
  endsOtherwise(run, other).map(({ service, places }) => ({
    atMs: run.endMs,
    rule,
    action: "end",
    service,
    cause: "drift",
    places,
    text: `${service} ends differently in ${plural(places, "place")} ${how}`,
    event: -1,
  }));

/** The run to compare with, or the verdict that there is none to be compared. */
export function companionOf(
  property: string,
  companions: Companions,
  kind: CompanionKind,
  none: string,
): { readonly other: JudgedRun } | { readonly missing: Verdict } {
  const other = companions[kind];
  if (other === undefined)
    return {
      missing: verdict(property, "not-applicable", `nobody made the run "${kind}" to compare with`, 0),
    };
  if (other === null) return { missing: verdict(property, "not-applicable", none, 0) };
  if (other.cutShort)
    return {
      missing: verdict(property, "out-of-budget", `a limit ended the run "${kind}" before the horizon`, 0),
    };
  return { other };
}

/** Did people or a rollout put other documents in place than those that were delivered last? */
export const wasPutRight = ({ repairedAtMs, changes }: JudgedRun): boolean =>
  repairedAtMs !== null || changes.some((change) => change.rollback);
