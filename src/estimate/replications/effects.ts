/** What levers bring, what luck spreads, from replications on the same luck. */
import { assert } from "../../base/assert.js";
import { type VarianceReduction, varianceReduction } from "../statistics/ratios.js";
import { level, meanOf } from "./estimate.js";
import type { LeverEffect } from "./estimate-result.js";
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

/** By how much the variance of the time to recovery shrinks, both on the same luck but for what is pinned. */
export function varianceShare(whole: Samples, pinned: Samples, horizonMs: number): VarianceReduction {
  const { runs } = pinned;
  return varianceReduction(times(whole, runs, horizonMs), times(pinned, runs, horizonMs));
}
