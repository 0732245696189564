/** How many runs a bound takes that holds whatever the distribution. (s-okamoto) */
import { assert } from "../../base/assert.js";
import { log } from "../../base/math.js";

/**
 * Runs after which a share is within epsilon of the probability, but for a chance delta (Okamoto 1958, Hoeffding 1963).
 * By Massart's constant for the DKW inequality (1990) the whole empirical distribution function then is, too.
 */
export function runsWithin(epsilon: number, delta = 0.05): number {
  assert(epsilon > 0 && delta > 0 && delta < 1, "epsilon above 0, delta in (0, 1)");
  return Math.ceil(log(2 / delta) / (2 * epsilon * epsilon));
}

/** Half height of the DKW band about the empirical distribution function of n values, at the level. */
export const bandHalfHeight = (n: number, level = 0.95): number => Math.sqrt(log(2 / (1 - level)) / (2 * n));
