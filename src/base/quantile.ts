/** Quantiles, moments and draws of the distributions that a scenario can name. One uniform a draw, by inverse CDF. */
import { assert } from "./assert.js";
import type { Distribution } from "./distribution.js";
import { exp, gammaQuantile, log, log1p, logGamma, normalQuantile, pow } from "./math.js";

/** The 90 % quantile of the standard normal distribution. */
const z90 = 1.2815515655446004;

const lognormalOf = (d: { p50Ms: number; p90Ms: number }): { mu: number; sigma: number } => ({
  mu: log(d.p50Ms),
  sigma: log(d.p90Ms / d.p50Ms) / z90,
});

/** The quantile function with its constants computed once: uniform in (0, 1) to real milliseconds. */
export function compileDistribution(d: Distribution): (uniform: number) => number {
  switch (d.law) {
    case "constant":
      return () => d.valueMs;
    case "lognormal": {
      if (d.p50Ms === 0) return () => 0;
      const { sigma } = lognormalOf(d);
      return (u) => d.p50Ms * exp(sigma * normalQuantile(u));
    }
    case "exponential":
      return (u) => -d.meanMs * log1p(-u);
    case "uniform":
      return (u) => d.minMs + (d.maxMs - d.minMs) * u;
    case "triangular": {
      const width = d.maxMs - d.minMs;
      if (width === 0) return () => d.minMs;
      const left = (d.modeMs - d.minMs) / width;
      return (u) =>
        u < left
          ? d.minMs + Math.sqrt(u * width * (d.modeMs - d.minMs))
          : d.maxMs - Math.sqrt((1 - u) * width * (d.maxMs - d.modeMs));
    }
    case "weibull":
      return (u) => d.scaleMs * pow(-log1p(-u), 1 / d.shape);
    case "gamma":
      return (u) => (d.meanMs / d.shape) * gammaQuantile(d.shape, u);
    case "pareto":
      return (u) => d.minMs / pow(1 - u, 1 / d.shape);
    case "empirical": {
      assert(d.samplesMs.length > 0, "an empirical distribution has samples");
      const sorted = [...d.samplesMs].sort((a, b) => a - b);
      return (u) => sorted[Math.min(sorted.length - 1, Math.floor(u * sorted.length))]!;
    }
  }
}

export const quantileMs = (d: Distribution, uniform: number): number => compileDistribution(d)(uniform);

/** A draw in whole milliseconds, never negative. */
export const sampleMs = (d: Distribution, uniform: number): number =>
  Math.max(0, Math.round(compileDistribution(d)(uniform)));

/** Expectation in ms; Infinity where it does not exist. */
export function meanMs(d: Distribution): number {
  switch (d.law) {
    case "constant":
      return d.valueMs;
    case "lognormal": {
      if (d.p50Ms === 0) return 0;
      const { sigma } = lognormalOf(d);
      return d.p50Ms * exp((sigma * sigma) / 2);
    }
    case "exponential":
    case "gamma":
      return d.meanMs;
    case "uniform":
      return (d.minMs + d.maxMs) / 2;
    case "triangular":
      return (d.minMs + d.modeMs + d.maxMs) / 3;
    case "weibull":
      return d.scaleMs * exp(logGamma(1 + 1 / d.shape));
    case "pareto":
      return d.shape > 1 ? (d.shape * d.minMs) / (d.shape - 1) : Number.POSITIVE_INFINITY;
    case "empirical":
      return d.samplesMs.reduce((sum, value) => sum + value, 0) / d.samplesMs.length;
  }
}

/** Variance in ms squared; Infinity where it does not exist. */
export function varianceMs2(d: Distribution): number {
  switch (d.law) {
    case "constant":
      return 0;
    case "lognormal": {
      if (d.p50Ms === 0) return 0;
      const { sigma } = lognormalOf(d);
      const mean = meanMs(d);
      return (exp(sigma * sigma) - 1) * mean * mean;
    }
    case "exponential":
      return d.meanMs * d.meanMs;
    case "gamma":
      return (d.meanMs * d.meanMs) / d.shape;
    case "uniform":
      return ((d.maxMs - d.minMs) * (d.maxMs - d.minMs)) / 12;
    case "triangular": {
      const { minMs: a, modeMs: c, maxMs: b } = d;
      return (a * a + b * b + c * c - a * b - a * c - b * c) / 18;
    }
    case "weibull": {
      const mean = meanMs(d);
      return d.scaleMs * d.scaleMs * exp(logGamma(1 + 2 / d.shape)) - mean * mean;
    }
    case "pareto": {
      const a = d.shape;
      return a > 2 ? (d.minMs * d.minMs * a) / ((a - 1) * (a - 1) * (a - 2)) : Number.POSITIVE_INFINITY;
    }
    case "empirical": {
      const mean = meanMs(d);
      return (
        d.samplesMs.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / d.samplesMs.length
      );
    }
  }
}
