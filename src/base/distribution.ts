/**
 * A random duration as a scenario writes it, in milliseconds. Drawn by inverse CDF, one uniform each, so that two
 * managers that face the same uniform face the same luck.
 */
export type Distribution =
  | { readonly law: "constant"; readonly valueMs: number }
  | { readonly law: "lognormal"; readonly p50Ms: number; readonly p90Ms: number }
  | { readonly law: "exponential"; readonly meanMs: number }
  | { readonly law: "uniform"; readonly minMs: number; readonly maxMs: number }
  | { readonly law: "triangular"; readonly minMs: number; readonly modeMs: number; readonly maxMs: number }
  | { readonly law: "weibull"; readonly shape: number; readonly scaleMs: number }
  | { readonly law: "gamma"; readonly shape: number; readonly meanMs: number }
  | { readonly law: "pareto"; readonly minMs: number; readonly shape: number }
  | { readonly law: "empirical"; readonly samplesMs: readonly number[] };

/** The same law, `factor` times as long. */
export function stretched(law: Distribution, factor: number): Distribution {
  switch (law.law) {
    case "constant":
      return { ...law, valueMs: law.valueMs * factor };
    case "lognormal":
      return { ...law, p50Ms: law.p50Ms * factor, p90Ms: law.p90Ms * factor };
    case "exponential":
    case "gamma":
      return { ...law, meanMs: law.meanMs * factor };
    case "uniform":
      return { ...law, minMs: law.minMs * factor, maxMs: law.maxMs * factor };
    case "triangular":
      return {
        ...law,
        minMs: law.minMs * factor,
        modeMs: law.modeMs * factor,
        maxMs: law.maxMs * factor,
      };
    case "weibull":
      return { ...law, scaleMs: law.scaleMs * factor };
    case "pareto":
      return { ...law, minMs: law.minMs * factor };
    case "empirical":
      return { ...law, samplesMs: law.samplesMs.map((sample) => sample * factor) };
  }
}
