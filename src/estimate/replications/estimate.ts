/** From replications to what can be said: quantiles and means with their intervals, phases, what the end waited for. */
import { wilson } from "../../base/confidence.js";
import type { Run } from "../../scenario/run.js";
import type { Bands } from "../../trace/bands.js";
import {
  type BootstrapOptions,
  type MeanInterval,
  type TestedMean,
  testedMean,
} from "../statistics/bootstrap.js";
import { sampleQuantile, sortedTimes, type TimeMs } from "../statistics/censored.js";
import { sampleMean } from "../statistics/moments.js";
import {
  type QuantileInterval,
  type QuantileRanks,
  quantileInterval,
  quantileRanks,
} from "../statistics/quantile-interval.js";
import { shareOfMeanError } from "../statistics/ratios.js";
import { bandsOf } from "./bands-of.js";
import { type FigureSpec, type PhaseName, phases } from "./figures.js";
import type { Samples } from "./samples.js";

export const quantiles = [0.5, 0.9, 0.95, 0.99] as const;
export const level = 0.95;

export interface QuantileEstimate {
  readonly q: number;
  /** Null: later than the horizon. */
  readonly value: TimeMs;
  /** From order statistics, at the level; null: too few replications for either side. */
  readonly interval: QuantileInterval | null;
}

/** Times in ms from the start of the outage; counts in logins. */
export interface FigureEstimate extends FigureSpec {
  /** Replications that had not reached it by the horizon; their time counts as the horizon in the mean. */
  readonly censored: number;
  readonly mean: MeanInterval;
  readonly quantiles: readonly QuantileEstimate[];
}

export interface PhaseEstimate {
  readonly name: PhaseName;
  readonly mean: MeanInterval;
  /** Of the mean time from the start of the outage to the last word to the public, with its Monte Carlo error. */
  readonly share: number;
  readonly shareError: number;
}

export interface CriticalService {
  readonly service: string;
  /** Share of the replications in which the end waited for it, with a Wilson interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Estimate {
  readonly runs: number;
  /** For how long every outage was watched, after its start: the horizon of the scenario less the latest start. */
  readonly horizonMs: number;
  /** Replications in which nothing was hurt. */
  readonly unharmed: number;
  /** Replications that the event limit of the scenario ended before the horizon: nobody knows how they go on. */
  readonly cutShort: number;
  readonly figures: readonly FigureEstimate[];
  readonly phases: readonly PhaseEstimate[];
  /** Services on the critical path, most often first; those that never are on it are left out. */
  readonly critical: readonly CriticalService[];
  /** Absent in files of older versions. */
  readonly bands?: Bands | undefined;
}

/** Two replications or more. */
export function estimateOf(run: Run, samples: Samples, seed: number): Estimate {
  const ranks = quantiles.map((q) => quantileRanks(samples.runs, q, level));
  const figures = samples.figures
    .filter(({ kind }) => kind !== "phase")
    .map((figure) => figureEstimate(figure, samples, ranks, seed));
  const recovery = samples.column("recovery");
  return {
    runs: samples.runs,
    horizonMs: samples.followedMs,
    unharmed: recovery.filter((time) => time === 0).length,
    cutShort: samples.cutShort,
    figures,
    phases: phaseEstimates(samples, seed),
    critical: criticalServices(run, samples),
    bands: bandsOf(run, samples),
  };
}

function figureEstimate(
  figure: FigureSpec,
  samples: Samples,
  ranks: readonly (QuantileRanks | null)[],
  seed: number,
): FigureEstimate {
  const sorted = sortedTimes(samples.times(figure.id));
  return {
    ...figure,
    censored: sorted.filter((time) => time === null).length,
    mean: meanOf(samples.restricted(figure.id), { seed, level }),
    quantiles: quantiles.map((q, k) => ({
      q,
      value: sampleQuantile(sorted, q),
      interval: quantileInterval(sorted, ranks[k]!),
    })),
  };
}

const batches = 200;

/**
 * The mean with its bootstrap-t interval. Beyond 400 values the bootstrap is over the means of 200 batches of
 * neighbours: replications are independent, so these are as well, and drawing them costs the same however many there are.
 */
export function meanOf(values: readonly number[], options: BootstrapOptions): MeanInterval {
  const { pValue: _, ...interval } = testedMeanOf(values, options);
  return interval;
}

/** The same with the test against 0. */
export function testedMeanOf(values: readonly number[], options: BootstrapOptions): TestedMean {
  const n = values.length;
  if (n <= 2 * batches) return testedMean(values, options);
  const means = Array.from({ length: batches }, (_, k) =>
    sampleMean(values.slice(Math.floor((k * n) / batches), Math.floor(((k + 1) * n) / batches))),
  );
  const mean = sampleMean(values);
  const ofMeans = testedMean(means, options);
  // Batches may differ by one value, so their mean is not quite that of all.
  const shift = mean - ofMeans.mean;
  const side = (value: number | null): number | null => (value === null ? null : value + shift);
  return { ...ofMeans, mean, low: side(ofMeans.low), high: side(ofMeans.high) };
}

function phaseEstimates(samples: Samples, seed: number): readonly PhaseEstimate[] {
  const columns = phases.map((name) => [...samples.column(`phase ${name}`)]);
  const whole = columns[0]!.map((_, run) => columns.reduce((sum, column) => sum + column[run]!, 0));
  const all = sampleMean(whole);
  return phases.map((name, k) => {
    const mean = meanOf(columns[k]!, { seed, level });
    return {
      name,
      mean,
      share: all === 0 ? 0 : mean.mean / all,
      shareError: shareOfMeanError(columns[k]!, whole),
    };
  });
}

function criticalServices({ fleet }: Run, samples: Samples): readonly CriticalService[] {
  return [...samples.critical]
    .map((count, service) => {
      const { low, high } = wilson(count, samples.runs, level);
      return { service: fleet.serviceNames[service]!, share: count / samples.runs, low, high, count };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count: _, ...item }) => item);
}
