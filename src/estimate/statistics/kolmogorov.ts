/** Critical values of the Kolmogorov-Smirnov distance: full samples only, none censored. (s-ks) */
import { assert } from "../../base/assert.js";
import { log } from "../../base/math.js";

/** The asymptotic c: distances above c / sqrt(n) have probability alpha. 1.3581 at 5 %. */
export const kolmogorovFactor = (alpha: number): number => Math.sqrt(-log(alpha / 2) / 2);

/** Asymptotic critical distance of n values from a known distribution. */
export const kolmogorovCritical = (n: number, alpha = 0.05): number => kolmogorovFactor(alpha) / Math.sqrt(n);

/** Asymptotic critical distance between n and m values (Smirnov). */
export const smirnovCritical = (n: number, m: number, alpha = 0.05): number =>
  kolmogorovFactor(alpha) * Math.sqrt((n + m) / (n * m));

/** P(D_n < d), exact: the matrix power of Marsaglia, Tsang and Wang (Journal of Statistical Software 8, 2003). */
export function kolmogorovCdf(n: number, d: number): number {
  assert(Number.isInteger(n) && n > 0, "a whole number of values");
  if (d <= 0.5 / n) return 0;
  if (d >= 1) return 1;
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const h = k - n * d;
  const base = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) base[i * m + j] = i - j + 1 < 0 ? 0 : 1;
  let power = 1;
  for (let i = 0; i < m; i++) {
    power *= h;
    base[i * m]! -= power;
    base[(m - 1) * m + m - 1 - i]! -= power;
  }
  if (2 * h - 1 > 0) {
    let corner = 1;
    for (let i = 0; i < m; i++) corner *= 2 * h - 1;
    base[(m - 1) * m]! += corner;
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      for (let g = 1; g <= i - j + 1; g++) base[i * m + j]! /= g;
    }
  }
  const { matrix, exponent } = matrixPower(base, m, n);
  let value = matrix[(k - 1) * m + k - 1]!;
  let tens = exponent;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      tens -= 140;
    }
  }
  for (; tens < 0; tens += 140) value /= 1e140;
  for (; tens > 0; tens -= 140) value *= 1e140;
  return value;
}

/** A matrix to the power n, times 10 to the power -exponent, a multiple of 140. */
function matrixPower(base: Float64Array, m: number, n: number): { matrix: Float64Array; exponent: number } {
  if (n === 1) return { matrix: base, exponent: 0 };
  const half = matrixPower(base, m, Math.floor(n / 2));
  let matrix = product(half.matrix, half.matrix, m);
  if (n % 2 === 1) matrix = product(base, matrix, m);
  let exponent = 2 * half.exponent;
  const middle = Math.floor(m / 2) * m + Math.floor(m / 2);
  if (matrix[middle]! > 1e140) {
    matrix = matrix.map((value) => value / 1e140);
    exponent += 140;
  }
  return { matrix, exponent };
}

function product(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const result = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < m; k++) {
      const factor = a[i * m + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < m; j++) result[i * m + j]! += factor * b[k * m + j]!;
    }
  }
  return result;
}

/** Exact critical distance of n values: P(D_n >= d) = alpha. For n up to some hundreds; beyond, take the asymptotic one. */
export function kolmogorovCriticalExact(n: number, alpha = 0.05): number {
  let low = 0.5 / n;
  let high = 1;
  for (let i = 0; i < 60 && high - low > 1e-15; i++) {
    const middle = (low + high) / 2;
    if (kolmogorovCdf(n, middle) < 1 - alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
