/**
 * Times of which some were not reached within the horizon. All runs have one horizon (type I censoring), so a censored
 * time is only known to be later, and order statistics below the horizon are exact all the same.
 */
import { assert } from "../../base/assert.js";
import { sampleMean } from "./moments.js";

/** A time in ms from 0 to the horizon; null: not reached within the horizon. */
export type TimeMs = number | null;

/** A sorted copy; what was not reached comes last. */
export function sortedTimes(times: readonly TimeMs[]): readonly TimeMs[] {
  // Typed arrays sort without a comparison function, ten times as fast.
  const values = Float64Array.from(times, (time) => time ?? Number.POSITIVE_INFINITY).sort();
  return Array.from(values, (time) => (time === Number.POSITIVE_INFINITY ? null : time));
}

/**
 * Of `sortedTimes`, the smallest time by which at least a share q of the runs had reached it (the inverse of the empirical distribution
 * function, type 1 of Hyndman and Fan 1996); null beyond the horizon. It is a time that was seen, never one between
 * two, so that censoring cannot reach into it.
 */
export function sampleQuantile(sorted: readonly TimeMs[], q: number): TimeMs {
  assert(sorted.length > 0 && q > 0 && q <= 1, "a quantile needs values and a share above 0 and up to 1");
  return sorted[rankOf(q, sorted.length) - 1]!;
}

/** ceil(q n), from 1 to n; the product is rounded first, since 0.55 x 100 is a little above 55 in binary. */
function rankOf(q: number, n: number): number {
  const exact = q * n;
  const near = Math.round(exact);
  const rank = Math.abs(exact - near) <= 1e-9 * n ? near : Math.ceil(exact);
  return Math.min(n, Math.max(1, rank));
}

/** Times with what was not reached counted as the horizon, ms: the values of a restricted mean. */
export const restricted = (times: readonly TimeMs[], horizonMs: number): number[] =>
  times.map((time) => {
    assert(time === null || (time >= 0 && time <= horizonMs), "a time lies within the horizon");
    return time ?? horizonMs;
  });

export interface RestrictedMean {
  /** Mean of min(time, horizon), ms. Where `censored` is above 0 the unrestricted mean is larger. */
  readonly meanMs: number;
  readonly horizonMs: number;
  readonly runs: number;
  /** How many of the runs had not reached it. */
  readonly censored: number;
}

/**
 * The restricted mean (Royston and Parmar, BMC Medical Research Methodology 2013): mean time spent before it was reached,
 * up to the horizon. Runs that never got there count in full; leaving them out would praise a manager for its failures.
 */
export const restrictedMean = (times: readonly TimeMs[], horizonMs: number): RestrictedMean => ({
  meanMs: sampleMean(restricted(times, horizonMs)),
  horizonMs,
  runs: times.length,
  censored: times.filter((time) => time === null).length,
});
