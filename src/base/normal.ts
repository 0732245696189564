/** The standard normal distribution, forwards; its quantile is in math.ts. */
import { exp, gammaCdf } from "./math.js";

export const normalDensity = (x: number): number => 0.3989422804014327 * exp((-x * x) / 2);

/** P(X <= x). Absolute error about 1e-15, so far tails below that are not to be had. */
export function normalCdf(x: number): number {
  const inside = gammaCdf(0.5, (x * x) / 2);
  return x < 0 ? (1 - inside) / 2 : (1 + inside) / 2;
}
