/** What clean and failed runs say about a probability. Exact where there is a closed form, else by bisection. */
import { assert } from "./assert.js";
import { exp, expm1, log, log1p, normalQuantile } from "./math.js";

/** After `runs` runs without a failure the probability of one is at most this, at the level (0.95). (s-ruleof3) */
export const zeroFailuresUpper = (runs: number, level = 0.95): number =>
  runs === 0 ? 1 : -expm1(log(1 - level) / runs);

/** Clean runs after which the probability is below p at the level: 299, 2995, 29956 for 1e-2, 1e-3, 1e-4 at 95 %. */
export const runsForUpper = (p: number, level = 0.95): number => Math.ceil(log(1 - level) / log1p(-p));

/** P(X <= k) for X binomial (n, p), summed in logarithms. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  const logP = log(p);
  const logQ = log1p(-p);
  let sum = 0;
  let logTerm = n * logQ;
  for (let i = 0; i <= k; i++) {
    sum += exp(logTerm);
    logTerm += log((n - i) / (i + 1)) + logP - logQ;
  }
  return Math.min(1, sum);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The exact (conservative) interval for a probability after k hits in n runs. (s-binomci) */
export function clopperPearson(k: number, n: number, level = 0.95): Interval {
  assert(k >= 0 && k <= n, "hits are among the runs");
  const tail = (1 - level) / 2;
  return {
    low: k === 0 ? 0 : bisect((p) => 1 - binomialCdf(k - 1, n, p) - tail),
    high: k === n ? 1 : bisect((p) => tail - binomialCdf(k, n, p)),
  };
}

/** Score interval, shorter and not conservative. (s-binomci) */
export function wilson(k: number, n: number, level = 0.95): Interval {
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = k / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The root in (0, 1) of a function that grows from below 0 to above. */
function bisect(f: (p: number) => number): number {
  let low = 0;
  let high = 1;
  for (let k = 0; k < 200 && high - low > 1e-16 * high; k++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Wald's sequential test of p <= p0 against p >= p1, with the errors alpha and beta: after each run either decided or
 * not. 508 clean runs decide for p0 = 0.001 against p1 = 0.01 at 1 % each. (s-sprt)
 */
export class SequentialTest {
  private ratio = 0;
  private readonly failed: number;
  private readonly passed: number;
  private readonly upper: number;
  private readonly lower: number;

  constructor(p0: number, p1: number, alpha = 0.01, beta = 0.01) {
    assert(p0 > 0 && p0 < p1 && p1 < 1, "0 < p0 < p1 < 1");
    this.failed = log(p1 / p0);
    this.passed = log((1 - p1) / (1 - p0));
    this.upper = log((1 - beta) / alpha);
    this.lower = log(beta / (1 - alpha));
  }

  /** Null: not decided yet. "low": p is at most p0; "high": at least p1. */
  add(failed: boolean): "low" | "high" | null {
    this.ratio += failed ? this.failed : this.passed;
    if (this.ratio >= this.upper) return "high";
    return this.ratio <= this.lower ? "low" : null;
  }
}
