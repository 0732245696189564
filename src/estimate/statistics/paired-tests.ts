/** Two variants under the same luck, run by run: exact tests, and what common random numbers were worth. */
import { assert } from "../../base/assert.js";
import { binomialCdf } from "../../base/confidence.js";
import { sampleVariance } from "./moments.js";

/** Two-sided probability, under even odds, of a split at least as uneven as this one. */
const evenOdds = (a: number, b: number): number => Math.min(1, 2 * binomialCdf(Math.min(a, b), a + b, 0.5));

export interface McNemar {
  /** Runs in which only the first failed, and only the second. Those where both agree say nothing about which is better. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Two-sided, exact. */
  readonly pValue: number;
}

/** Exact McNemar test on paired outcomes (true: the run failed), n each. 12 against 2 give 0.012939. */
export function mcnemar(first: readonly boolean[], second: readonly boolean[]): McNemar {
  assert(first.length === second.length, "pairs have two outcomes each");
  let onlyFirst = 0;
  let onlySecond = 0;
  first.forEach((failed, i) => {
    if (failed && !second[i]) onlyFirst++;
    if (!failed && second[i]) onlySecond++;
  });
  return { onlyFirst, onlySecond, pValue: evenOdds(onlyFirst, onlySecond) };
}

export interface SignTest {
  readonly above: number;
  readonly below: number;
  /** Equal pairs, left out. */
  readonly ties: number;
  /** Two-sided, exact. */
  readonly pValue: number;
}

/**
 * Sign test: is the median of the differences 0? Takes a from b run by run; null is later than any time, and two
 * nulls are a tie, so censored runs take part.
 */
export function signTest(a: readonly (number | null)[], b: readonly (number | null)[]): SignTest {
  assert(a.length === b.length, "pairs have two values each");
  let above = 0;
  let below = 0;
  a.forEach((time, i) => {
    const left = time ?? Number.POSITIVE_INFINITY;
    const right = b[i] ?? Number.POSITIVE_INFINITY;
    if (left > right) above++;
    if (left < right) below++;
  });
  return { above, below, ties: a.length - above - below, pValue: evenOdds(above, below) };
}

export interface VarianceRatio {
  /** Variance of a - b had the runs been independent: the sum of both variances. */
  readonly independent: number;
  /** Variance of a - b as run, with common random numbers. */
  readonly paired: number;
  /** How many times as many independent runs would be needed for the same precision; null where `paired` is 0. */
  readonly ratio: number | null;
}

/** What common random numbers were worth. (s-crn: 61 for exponentials of mean 1 and 1.2) */
export function varianceRatio(a: readonly number[], b: readonly number[]): VarianceRatio {
  assert(a.length === b.length && a.length >= 2, "two pairs or more");
  const independent = sampleVariance(a) + sampleVariance(b);
  const paired = sampleVariance(a.map((value, i) => value - b[i]!));
  return { independent, paired, ratio: paired === 0 ? null : independent / paired };
}
