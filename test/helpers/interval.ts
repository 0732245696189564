/** Means of independent replications with their 99 % confidence interval (normal; use 30 replications or more). */
import { expect } from "vitest";
import { normalQuantile } from "../../src/base/math.js";
import { Tally } from "../../src/sim/statistics.js";

/** `comparisons`: how many intervals have to hold together (Bonferroni). */
export function interval99(
  values: readonly number[],
  comparisons = 1,
): { mean: number; low: number; high: number } {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  const half = normalQuantile(1 - 0.005 / comparisons) * Math.sqrt(tally.variance / tally.count);
  return { mean: tally.mean, low: tally.mean - half, high: tally.mean + half };
}

/** Is the exact value inside the interval, and the interval narrow enough to mean something? */
export function covers(values: readonly number[], exact: number, relativeWidth = 0.2): boolean {
  const { low, high } = interval99(values);
  return low <= exact && exact <= high && high - low <= relativeWidth * Math.abs(exact);
}

/** Simulated values that are held against exact ones with `expectMean`, over all tests, rounded up. */
const comparisons = 60;

/** The same, at 99 % for all comparisons together. */
export function expectMean(values: readonly number[], exact: number, relativeWidth = 0.1): void {
  const { low, high } = interval99(values, comparisons);
  expect(low, `above the exact ${exact}`).toBeLessThanOrEqual(exact);
  expect(high, `below the exact ${exact}`).toBeGreaterThanOrEqual(exact);
  expect(high - low, `wide about ${exact}`).toBeLessThanOrEqual(relativeWidth * Math.abs(exact));
}
