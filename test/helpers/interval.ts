/** Mean of independent replications with its 99 % confidence interval (normal; use 30 replications or more). */
import { Tally } from "../../src/sim/statistics.js";

export function interval99(values: readonly number[]): { mean: number; low: number; high: number } {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  const half = 2.5758293035489 * Math.sqrt(tally.variance / tally.count);
  return { mean: tally.mean, low: tally.mean - half, high: tally.mean + half };
}

/** Is the exact value inside the interval, and the interval narrow enough to mean something? */
export function covers(values: readonly number[], exact: number, relativeWidth = 0.2): boolean {
  const { low, high } = interval99(values);
  return low <= exact && exact <= high && high - low <= relativeWidth * Math.abs(exact);
}
