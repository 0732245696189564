/**
 * Bootstrap-t intervals of means. Recovery times are skewed to the right; there the normal and the percentile interval
 * miss on the high side, while the bootstrap-t is second-order exact (Hall, Annals of Statistics 1988; Hesterberg, The
 * American Statistician 2015, prefers it to BCa for means). With few values of a long tail it still covers some points
 * less than the level: nobody can know a tail that was not drawn. Draws are keyed, so it is a function of its input.
 * Samples of one size are resampled alike: figures of the same replications keep together, as they should, and thousands
 * of draws are made once.
 */
import { assert } from "../../base/assert.js";
import { Luck, nameKey, purpose } from "../../base/keyed-random.js";
import { restricted, type TimeMs } from "./censored.js";
import { monteCarloError, sampleMean } from "./moments.js";

const pick = purpose("bootstrap pick");
const key = nameKey("bootstrap");

export interface BootstrapOptions {
  /** uint32. */
  readonly seed: number;
  readonly level?: number;
  /** 1999 by default, so that the 2.5 % point is the 50th of the resamples. */
  readonly resamples?: number;
}

/** In the unit of the values. A side is null where the sample does not bound it: too many resamples are all alike. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Monte Carlo standard error of the mean. */
  readonly error: number;
}

/** Draws of one size that are kept: those of an estimate are of two or three sizes. */
const tablesKept = 4;
/** Larger samples are drawn anew each time. */
const keptValuesMax = 400;
let tables: readonly { readonly key: string; readonly picks: Uint16Array }[] = [];

/** Which values the resamples are made of: resamples x n indices below n. */
function picksOf(seed: number, n: number, resamples: number): Uint16Array | Uint32Array {
  if (n > keptValuesMax) return drawPicks(seed, n, new Uint32Array(resamples * n));
  const key = `${seed} ${n} ${resamples}`;
  let table = tables.find((item) => item.key === key);
  if (table === undefined) {
    table = { key, picks: drawPicks(seed, n, new Uint16Array(resamples * n)) };
    tables = [table, ...tables].slice(0, tablesKept);
  }
  return table.picks;
}

function drawPicks<Indices extends Uint16Array | Uint32Array>(
  seed: number,
  n: number,
  picks: Indices,
): Indices {
  const luck = new Luck(seed, 0);
  for (let at = 0; at < picks.length; at++) {
    if (at % n === 0) luck.reset(seed, at / n);
    picks[at] = Math.floor(luck.uniform(key.hi, key.lo, pick, at % n) * n);
  }
  return picks;
}

/** Studentised deviations of the means of resamples, ascending; infinite where all values of a resample are one. */
function studentised(values: readonly number[], mean: number, options: BootstrapOptions): Float64Array {
  const n = values.length;
  const count = options.resamples ?? 1999;
  const picks = picksOf(options.seed, n, count);
  const centred = Float64Array.from(values, (value) => value - mean);
  const deviations = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const from = k * n;
    const first = centred[picks[from]!]!;
    let sum = 0;
    let flat = true;
    for (let i = 0; i < n; i++) {
      const drawn = centred[picks[from + i]!]!;
      sum += drawn;
      if (drawn !== first) flat = false;
    }
    const shift = sum / n;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const apart = centred[picks[from + i]!]! - shift;
      squares += apart * apart;
    }
    const error = Math.sqrt(squares / (n - 1) / n);
    // A resample of one value has no spread, save for rounding, to measure its deviation with.
    deviations[k] = !flat ? shift / error : shift === 0 ? 0 : shift * Number.POSITIVE_INFINITY;
  }
  return deviations.sort();
}

/**
 * Mean with its bootstrap-t interval, 2 values or more. Values that are all alike give one of no width: they show no
 * spread, and `zeroFailuresUpper` says how likely others can still be.
 */
export function meanInterval(values: readonly number[], options: BootstrapOptions): MeanInterval {
  const { pValue: _, ...interval } = testedMean(values, options);
  return interval;
}

export interface TestedMean extends MeanInterval {
  /** Two-sided, that the true mean is 0; null: all values are one that is not 0, so that nothing says how likely others are. */
  readonly pValue: number | null;
}

/**
 * The same with the test of the mean against 0 from the same resamples: how often one is as far from the mean found, in
 * its own errors, as the mean found is from 0 (Davison and Hinkley, Bootstrap Methods, 1997, 4.4).
 */
export function testedMean(values: readonly number[], options: BootstrapOptions): TestedMean {
  assert(values.length >= 2, "an interval of a mean needs two values");
  const mean = sampleMean(values);
  const error = monteCarloError(values);
  if (values.every((value) => value === values[0])) {
    return { mean, low: mean, high: mean, error, pValue: mean === 0 ? 1 : null };
  }
  const deviations = studentised(values, mean, options);
  const count = deviations.length;
  const rank = Math.max(1, Math.round((count + 1) * ((1 - (options.level ?? 0.95)) / 2)));
  const side = (deviation: number): number | null =>
    Number.isFinite(deviation) ? mean - deviation * error : null;
  const found = Math.abs(mean / error);
  const asFar = deviations.filter((deviation) => Math.abs(deviation) >= found).length;
  return {
    mean,
    low: side(deviations[count - rank]!),
    high: side(deviations[rank - 1]!),
    error,
    pValue: (1 + asFar) / (count + 1),
  };
}

/** The same for the restricted mean, ms: no mean of min(time, horizon) lies outside 0 and the horizon. */
export function restrictedMeanInterval(
  times: readonly TimeMs[],
  horizonMs: number,
  options: BootstrapOptions,
): { readonly mean: number; readonly low: number; readonly high: number; readonly error: number } {
  const { mean, low, high, error } = meanInterval(restricted(times, horizonMs), options);
  return { mean, low: Math.max(0, low ?? 0), high: Math.min(horizonMs, high ?? horizonMs), error };
}

/**
 * Mean of a - b, run by run, with its interval: paired, since replication i of both had the same luck. Both n values
 * in one unit; censored times come in as `restricted` ones, which makes it the difference of restricted means.
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  options: BootstrapOptions,
): MeanInterval {
  assert(a.length === b.length, "pairs have two values each");
  return meanInterval(
    a.map((value, i) => value - b[i]!),
    options,
  );
}
