/** What levers bring, what luck spreads, from replications on the same luck. */
import { assert } from "../../base/assert.js";
import { type VarianceReduction, varianceReduction } from "../statistics/ratios.js";
import { level, meanOf } from "./estimate.js";
import type { LeverEffect } from "./estimate-result.js";
import type { Lever } from "./levers.js";
import type { Samples } from "./samples.js";

/** Times to recovery of the first replications of both, restricted at where the earlier of them ends. */
function recoveries(without: Samples, samples: Samples): readonly [number[], number[]] {
  const { runs } = samples;
  assert(without.runs >= runs && runs >= 2, "what is changed is compared with the same replications");
  const untilMs = Math.min(without.followedMs, samples.followedMs);
  const of = (side: Samples): number[] => side.restricted("recovery", untilMs).slice(0, runs);
  return [of(without), of(samples)];
}

export function leverEffect(
  { id, about }: Pick<Lever, "id" | "about">,
  without: Samples,
  samples: Samples,
  seed: number,
): LeverEffect {
  const { runs } = samples;
  const saved = (before: readonly number[], after: readonly number[]) =>
    meanOf(
      before.map((value, k) => value - after[k]!),
      { seed, level },
    );
  const logins = (of: Samples): number[] => [...of.column("unserved-logins").subarray(0, runs)];
  return {
    id,
    about,
    runs,
    savedMs: saved(...recoveries(without, samples)),
    savedLogins: saved(logins(without), logins(samples)),
  };
}

/** By how much the variance of the time to recovery shrinks, both on the same luck but for what is pinned. */
export const varianceShare = (whole: Samples, pinned: Samples): VarianceReduction =>
  varianceReduction(...recoveries(whole, pinned));
