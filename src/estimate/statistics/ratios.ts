/** Monte Carlo errors of figures that divide one estimate by another. */
import { assert } from "../../base/assert.js";
import { sampleMean, sampleVariance } from "./moments.js";

/** Standard error of mean(part) / mean(whole), pairs from the same runs, by the delta method; 0 where the whole is 0. */
export function shareOfMeanError(part: readonly number[], whole: readonly number[]): number {
  assert(part.length === whole.length && part.length >= 2, "two pairs or more");
  const mean = sampleMean(whole);
  if (mean === 0) return 0;
  const ratio = sampleMean(part) / mean;
  const residuals = part.map((value, i) => value - ratio * whole[i]!);
  return Math.sqrt(sampleVariance(residuals) / part.length) / Math.abs(mean);
}

export interface VarianceReduction {
  /** 1 - variance(b) / variance(a); below 0 where b varies more. 0 where a does not vary. */
  readonly share: number;
  /** Its standard error by the jackknife; null: fewer than 3 pairs, or a varies in one of them only. */
  readonly error: number | null;
}

/** By how much less b varies than a, run by run on the same luck. Leaves out one pair after the other. */
export function varianceReduction(a: readonly number[], b: readonly number[]): VarianceReduction {
  assert(a.length === b.length && a.length >= 2, "two pairs or more");
  const before = sampleVariance(a);
  if (before === 0) return { share: 0, error: 0 };
  const share = 1 - sampleVariance(b) / before;
  const n = a.length;
  if (n < 3) return { share, error: null };
  const [withoutA, withoutB] = [variancesWithoutOne(a), variancesWithoutOne(b)];
  if (withoutA.some((variance) => variance <= 1e-12 * before)) return { share, error: null };
  const shares = withoutA.map((variance, i) => 1 - withoutB[i]! / variance);
  return { share, error: Math.sqrt((sampleVariance(shares) * (n - 1) * (n - 1)) / n) };
}

/** The variance of all values but the i-th, from the squares about the mean of all. */
function variancesWithoutOne(values: readonly number[]): readonly number[] {
  const n = values.length;
  const mean = sampleMean(values);
  const squares = sampleVariance(values) * (n - 1);
  return values.map((value) => {
    const apart = value - mean;
    return Math.max(0, squares - (n / (n - 1)) * apart * apart) / (n - 2);
  });
}
