/** When to stop replicating: relative precision of the mean (Law, Simulation Modeling and Analysis, 9.4.1). */
import { assert } from "../../base/assert.js";
import { studentQuantile } from "../../base/beta.js";
import { normalQuantile } from "../../base/math.js";
import { monteCarloError, sampleMean } from "./moments.js";

const firstLook = 30;

/**
 * The number of runs of the first look at or after this one: 30, 60, 120, ... Whoever looks after each run stops at a
 * lucky moment and claims too much.
 */
export function nextLook(runs: number): number {
  let look = firstLook;
  while (look < runs) look *= 2;
  return look;
}

export interface Precision {
  readonly mean: number;
  /** Half the width of the t interval, in the unit of the values. */
  readonly halfWidth: number;
  /** Half width over |mean|; null at mean 0. */
  readonly relative: number | null;
  /** Precise enough to stop, at a look. Never before 30 runs. */
  readonly reached: boolean;
}

/**
 * Is the relative error of the mean at most gamma, at the level? The half width over the mean is held against
 * gamma / (1 + gamma), since the error is relative to the true mean, not to the one found.
 */
export function relativePrecision(values: readonly number[], gamma = 0.05, level = 0.95): Precision {
  assert(gamma > 0 && values.length >= 2, "a precision above 0 and two values or more");
  const mean = sampleMean(values);
  const halfWidth = studentQuantile((1 + level) / 2, values.length - 1) * monteCarloError(values);
  const relative = mean === 0 ? null : halfWidth / Math.abs(mean);
  const enough = halfWidth === 0 || (relative !== null && relative <= gamma / (1 + gamma));
  return { mean, halfWidth, relative, reached: nextLook(values.length) === values.length && enough };
}

/** About how many runs that takes, by the normal quantile: 610 for mean 100, deviation 60, 5 %. (s-halfwidth) */
export function runsForPrecision(mean: number, deviation: number, gamma = 0.05, level = 0.95): number {
  const ratio = (normalQuantile((1 + level) / 2) * deviation * (1 + gamma)) / (gamma * Math.abs(mean));
  return Math.ceil(ratio * ratio);
}
