/** What levers bring and what luck spreads, from replications on the same luck. */
import { assert } from "../../base/assert.js";
import { formatHoursMinutes } from "../../base/clock-time.js";
import { formatDuration } from "../../base/duration.js";
import type { Expectation } from "../../scenario/scenario.js";
import { sampleVariance } from "../statistics/moments.js";
import { type FigureEstimate, level, meanOf } from "./estimate.js";
import type { BoundVerdict, LeverEffect } from "./estimate-result.js";
import type { Lever } from "./levers.js";
import type { Samples } from "./samples.js";

/** Restricted at the horizon, ms; the first `runs` replications. */
const times = (samples: Samples, runs: number, horizonMs: number): number[] =>
  Array.from(samples.column("recovery").subarray(0, runs), (time) => Math.min(time, horizonMs));

export function leverEffect(
  { id, about }: Pick<Lever, "id" | "about">,
  without: Samples,
  samples: Samples,
  { horizonMs, seed }: { readonly horizonMs: number; readonly seed: number },
): LeverEffect {
  const { runs } = samples;
  assert(without.runs >= runs && runs >= 2, "a lever is compared with the same replications");
  const saved = (before: readonly number[], after: readonly number[], what: string) =>
    meanOf(
      before.map((value, k) => value - after[k]!),
      { seed, name: `lever ${id} ${what}`, level },
    );
  const logins = (of: Samples): number[] => [...of.column("unserved-logins").subarray(0, runs)];
  return {
    id,
    about,
    runs,
    savedMs: saved(times(without, runs, horizonMs), times(samples, runs, horizonMs), "time"),
    savedLogins: saved(logins(without), logins(samples), "logins"),
  };
}

/** By how much the variance shrinks: 0 where it does not, or where there is none. */
export function varianceShare(whole: Samples, pinned: Samples, horizonMs: number): number {
  const { runs } = pinned;
  const before = sampleVariance(times(whole, runs, horizonMs));
  if (before === 0) return 0;
  return Math.max(0, 1 - sampleVariance(times(pinned, runs, horizonMs)) / before);
}

/** Bounds on quantiles of the time to recovery, each held against the interval of the quantile. */
export function boundVerdicts(
  expected: Expectation["recovered"],
  recovery: FigureEstimate,
): readonly BoundVerdict[] {
  if (expected === null) return [];
  const found: BoundVerdict[] = [];
  for (const [name, q] of [
    ["p50", 0.5],
    ["p90", 0.9],
  ] as const) {
    const bound = expected[name];
    if (bound === undefined) continue;
    const interval = recovery.quantiles.find((item) => item.q === q)?.interval ?? null;
    const low =
      interval === null || interval.sides === "upper" ? 0 : (interval.low ?? Number.POSITIVE_INFINITY);
    const high =
      interval === null || interval.sides === "lower"
        ? Number.POSITIVE_INFINITY
        : (interval.high ?? Number.POSITIVE_INFINITY);
    const within = (value: number): boolean =>
      bound.op === ">="
        ? value >= bound.valueMs
        : bound.op === "<="
          ? value <= bound.valueMs
          : bound.op === ">"
            ? value > bound.valueMs
            : value < bound.valueMs;
    const [atLow, atHigh] = [within(low), within(high)];
    const hours = (ms: number): string =>
      Number.isFinite(ms) ? formatHoursMinutes(ms) : "the horizon or later";
    found.push({
      text: `recovered ${name} ${bound.op} ${formatDuration(bound.valueMs)}`,
      verdict: atLow && atHigh ? "holds" : !atLow && !atHigh ? "violated" : "undecided",
      because: `${name} lies between ${hours(low)} and ${hours(high)}, at 95 %`,
    });
  }
  return found;
}
