/**
 * Of 1,000 changes made as people make them, how many violate the gate: shares of violating cases by class of mistake,
 * weighted by how often people make such mistakes. Both are uncertain, the weights as Dirichlet(20 w), the shares as
 * Beta(1 + hits, 1 + misses); the interval is over draws of both (models and methods, section 1.3).
 */
import { Luck, nameKey, purpose } from "../base/keyed-random.js";
import { gammaQuantile } from "../base/math.js";
import type { Risk } from "./check-result.js";
import type { MutationClass } from "./mutations/operator.js";

export interface ClassCount {
  readonly cases: number;
  readonly violated: number;
}

/** Pseudo-observations that the weights are worth. */
const weightStrength = 20;
const draws = 4_000;
const drawPurpose = purpose("risk");

export function riskOf(
  counts: ReadonlyMap<MutationClass, ClassCount>,
  weightOf: (name: MutationClass) => number,
  seed: number,
  generator: string,
): Risk | null {
  const classes = [...counts].filter(([, { cases }]) => cases > 0);
  if (classes.length === 0) return null;
  const luck = new Luck(seed, 0);
  const gamma = (name: string, shape: number, draw: number): number => {
    const key = nameKey(name);
    return gammaQuantile(shape, luck.uniform(key.hi, key.lo, drawPurpose, draw));
  };
  const total = classes.reduce((sum, [name]) => sum + weightOf(name), 0);
  const risks = Array.from({ length: draws }, (_, draw) => {
    let weights = 0;
    let risk = 0;
    for (const [name, { cases, violated }] of classes) {
      const weight = gamma(`weight ${name}`, (weightStrength * weightOf(name)) / total, draw);
      const hit = gamma(`hit ${name}`, 1 + violated, draw);
      const miss = gamma(`miss ${name}`, 1 + cases - violated, draw);
      weights += weight;
      risk += (weight * hit) / (hit + miss);
    }
    return (1000 * risk) / weights;
  }).sort((a, b) => a - b);
  const mean = classes.reduce(
    (sum, [name, { cases, violated }]) => sum + (weightOf(name) / total) * (violated / cases),
    0,
  );
  return {
    per1000: 1000 * mean,
    low95: risks[Math.floor(0.025 * draws)]!,
    high95: risks[Math.ceil(0.975 * draws) - 1]!,
    cases: classes.reduce((sum, [, { cases }]) => sum + cases, 0),
    generator,
  };
}
