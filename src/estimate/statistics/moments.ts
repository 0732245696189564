/** Mean, variance and Monte Carlo error of a sample: numbers of any unit, one a replication. */
import { assert } from "../../base/assert.js";

/** The mean, about the first value so that large times cost no digits. */
export function sampleMean(values: readonly number[]): number {
  assert(values.length > 0, "a mean needs values");
  const origin = values[0]!;
  let sum = 0;
  for (const value of values) sum += value - origin;
  return origin + sum / values.length;
}

/** Unbiased variance, in squared units; 0 for a single value. Two passes. */
export function sampleVariance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = sampleMean(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return squares / (values.length - 1);
}

/** Monte Carlo standard error of the mean, s / sqrt(n), in the unit of the values: how far luck moved the number. */
export const monteCarloError = (values: readonly number[]): number =>
  Math.sqrt(sampleVariance(values) / values.length);

/** Monte Carlo standard error of a share of n runs. */
export const shareError = (share: number, runs: number): number => Math.sqrt((share * (1 - share)) / runs);
