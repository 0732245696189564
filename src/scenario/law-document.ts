/** A duration law as a scenario writes it: the other way of `toDistribution`. */
import type { Distribution } from "../base/distribution.js";
import { formatDuration } from "../base/duration.js";
import type { DistributionDocument } from "./document-schema.js";

/** Times are rounded to milliseconds, which is what a file can say. */
export function lawDocument(law: Distribution): DistributionDocument {
  switch (law.law) {
    case "constant":
      return formatDuration(law.valueMs);
    case "lognormal":
      return { p50: formatDuration(law.p50Ms), p90: formatDuration(law.p90Ms) };
    case "exponential":
      return { mean: formatDuration(law.meanMs) };
    case "uniform":
      return { uniform: [formatDuration(law.minMs), formatDuration(law.maxMs)] };
    case "triangular":
      return {
        triangular: [formatDuration(law.minMs), formatDuration(law.modeMs), formatDuration(law.maxMs)],
      };
    case "weibull":
      return { weibull: { shape: law.shape, scale: formatDuration(law.scaleMs) } };
    case "gamma":
      return { gamma: { shape: law.shape, mean: formatDuration(law.meanMs) } };
    case "pareto":
      return { pareto: { min: formatDuration(law.minMs), shape: law.shape } };
    case "empirical":
      return { empirical: law.samplesMs.map(formatDuration) };
  }
}
