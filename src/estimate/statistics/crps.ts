/**
 * Continuous ranked probability score: how far a forecast, as a distribution, lies from what happened, in the unit of
 * the forecast; smaller is better (Gneiting and Raftery, JASA 2007). For a forecast of one value it is the absolute error.
 */
import { assert } from "../../base/assert.js";
import { normalCdf, normalDensity } from "../../base/normal.js";

/** Mean of |x - x'| over all ordered pairs, times m squared: by order, each gap counts once a pair across it. */
function pairSum(ensemble: readonly number[]): number {
  const sorted = [...ensemble].sort((a, b) => a - b);
  let sum = 0;
  sorted.forEach((value, i) => {
    sum += (2 * i - sorted.length + 1) * value;
  });
  return 2 * sum;
}

const distance = (ensemble: readonly number[], happened: number): number =>
  ensemble.reduce((sum, value) => sum + Math.abs(value - happened), 0) / ensemble.length;

/** CRPS of the empirical distribution of m values. (s-crps) */
export function crpsEnsemble(ensemble: readonly number[], happened: number): number {
  assert(ensemble.length > 0, "an ensemble has values");
  return distance(ensemble, happened) - pairSum(ensemble) / (2 * ensemble.length * ensemble.length);
}

/** Estimate of the CRPS of the distribution the m values were drawn from: small ensembles are not punished (Ferro 2014). */
export function crpsFair(ensemble: readonly number[], happened: number): number {
  const m = ensemble.length;
  assert(m > 1, "a fair score takes two values");
  return distance(ensemble, happened) - pairSum(ensemble) / (2 * m * (m - 1));
}

/** Closed form for a normal forecast. */
export function crpsNormal(mean: number, deviation: number, happened: number): number {
  assert(deviation > 0, "a deviation above 0");
  const z = (happened - mean) / deviation;
  return deviation * (z * (2 * normalCdf(z) - 1) + 2 * normalDensity(z) - 0.5641895835477563);
}
