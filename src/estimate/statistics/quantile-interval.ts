/**
 * Intervals of a quantile between two order statistics: no distribution is assumed, the coverage is a sum of binomial
 * probabilities (David and Nagaraja, Order Statistics, 2003, 7.1), exact for continuous times and a lower bound with ties.
 */
import { assert } from "../../base/assert.js";
import { binomialCdf } from "../../base/confidence.js";
import type { TimeMs } from "./censored.js";

/** Ranks are 1-based; `coverage` is the exact probability that the interval holds the quantile, at least the level. */
export type QuantileRanks =
  | { readonly sides: "two"; readonly lowRank: number; readonly highRank: number; readonly coverage: number }
  | { readonly sides: "upper"; readonly highRank: number; readonly coverage: number }
  | { readonly sides: "lower"; readonly lowRank: number; readonly coverage: number };

/** Smallest k with P(X <= k) >= share, X binomial (n, q). */
function binomialQuantile(share: number, n: number, q: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, q) >= share) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Which order statistics of n bound the q quantile. Two-sided with equal tails where n allows (at 95 %: from 72 values
 * for q = 0.95, from 368 for 0.99); else one-sided at the same level: an upper bound where there is one (from 59 and
 * 299 values), which is what a promise needs, else a lower one; null where n is too small for either.
 */
export function quantileRanks(n: number, q: number, level = 0.95): QuantileRanks | null {
  assert(
    Number.isInteger(n) && n >= 0 && q > 0 && q < 1,
    "a quantile of whole n values, at a share in (0, 1)",
  );
  assert(level > 0.5 && level < 1, "a level from 0.5 to 1");
  const below = (rank: number): number => binomialCdf(rank - 1, n, q);
  const tail = (1 - level) / 2;
  const low = binomialQuantile(tail, n, q);
  const high = binomialQuantile(1 - tail, n, q) + 1;
  if (low >= 1 && high <= n) {
    return { sides: "two", lowRank: low, highRank: high, coverage: below(high) - below(low) };
  }
  const upper = binomialQuantile(level, n, q) + 1;
  if (upper <= n) return { sides: "upper", highRank: upper, coverage: below(upper) };
  const lower = binomialQuantile(1 - level, n, q);
  return lower >= 1 ? { sides: "lower", lowRank: lower, coverage: 1 - below(lower) } : null;
}

/** A bound that is null lies beyond the horizon: the true one is later, nobody knows how much. */
export type QuantileInterval =
  | (Extract<QuantileRanks, { sides: "two" }> & { readonly low: TimeMs; readonly high: TimeMs })
  | (Extract<QuantileRanks, { sides: "upper" }> & { readonly high: TimeMs })
  | (Extract<QuantileRanks, { sides: "lower" }> & { readonly low: TimeMs });

/** The interval of the q quantile of `sortedTimes`, as the ranks of `quantileRanks` say. (s-quantileci) */
export function quantileInterval(
  sorted: readonly TimeMs[],
  ranks: QuantileRanks | null,
): QuantileInterval | null {
  if (ranks === null) return null;
  const at = (rank: number): TimeMs => sorted[rank - 1]!;
  switch (ranks.sides) {
    case "two":
      return { ...ranks, low: at(ranks.lowRank), high: at(ranks.highRank) };
    case "upper":
      return { ...ranks, high: at(ranks.highRank) };
    case "lower":
      return { ...ranks, low: at(ranks.lowRank) };
  }
}
