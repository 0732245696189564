/**
 * The beta distribution and what hangs on it: Student's t. From + - * / and square roots, like math.ts. Continued
 * fraction after Lentz (Numerical Recipes 6.4); quantiles by bisection, safe for every shape.
 */
import { assert } from "./assert.js";
import { exp, log, log1p, logGamma } from "./math.js";

/** Continued fraction of the incomplete beta function; converges fast for x < (a + 1) / (a + b + 2). */
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
}

/** Regularised incomplete beta function: P(X <= x) for X beta (a, b) on 0 to 1. Absolute error about 1e-14. */
export function betaCdf(x: number, a: number, b: number): number {
  assert(a > 0 && b > 0, "shapes of a beta distribution are above 0");
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * fraction(x, a, b)) / a
    : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The x at which P(X <= x) = p for X beta (a, b). */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  let low = 0;
  let high = 1;
  // Down to neighbours in floating point; small quantiles have many halvings ahead of them.
  for (let k = 0; k < 1100; k++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (betaCdf(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

/** Quantile of Student's t with `df` degrees of freedom: 2.045 at 0.975 and 29. */
export function studentQuantile(p: number, df: number): number {
  assert(df > 0, "degrees of freedom are above 0");
  const tail = Math.min(p, 1 - p);
  if (tail <= 0) return p > 0.5 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  // Of the two forms the one that does not take a number near 1 from 1.
  let square: number;
  if (tail < 0.25) {
    const x = betaQuantile(2 * tail, df / 2, 0.5);
    square = (df * (1 - x)) / x;
  } else {
    const y = betaQuantile(1 - 2 * tail, 0.5, df / 2);
    square = (df * y) / (1 - y);
  }
  const t = Math.sqrt(square);
  return p < 0.5 ? -t : t;
}
