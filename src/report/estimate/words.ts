/** An estimate in words and numbers, as the terminal and the page say them. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { FigureEstimate, QuantileEstimate } from "../../estimate/replications/estimate.js";
import type { EstimateResult, LeverEffect } from "../../estimate/replications/estimate-result.js";
import type { MeanInterval } from "../../estimate/statistics/bootstrap.js";
import type { PriorName } from "../../models/people/priors.js";

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** An error of a share, in percentage points. */
export const points = (error: number): string => (100 * error).toFixed(1);

/** Seconds where there is no minute, and a sign where there is one. */
export function time(ms: number): string {
  const size = Math.abs(ms);
  const text = size > 0 && size < 60_000 ? `${Math.round(size / 1000)}s` : formatHoursMinutes(size);
  return ms < 0 ? `-${text}` : text;
}

export const stopped: Readonly<Record<EstimateResult["stoppedBy"], string>> = {
  runs: "as many as asked for",
  precision: "enough for the precision",
  limit: "the most that are tried for the precision, which was not reached",
  wall: "stopped by --wall",
  interrupt: "interrupted",
};

/** "6h13m"; what lies beyond the horizon is later than it. */
export const timeUntil = (ms: number | null, horizonMs: number): string =>
  ms === null ? `> ${formatHoursMinutes(horizonMs)}` : time(ms);

/** "6h05m to 6h22m", or the one side that is known; null: too few replications for either. */
export function intervalText({ interval }: QuantileEstimate, horizonMs: number): string | null {
  if (interval === null) return null;
  if (interval.sides === "two")
    return `${timeUntil(interval.low, horizonMs)} to ${timeUntil(interval.high, horizonMs)}`;
  return interval.sides === "upper"
    ? `up to ${timeUntil(interval.high, horizonMs)}`
    : `from ${timeUntil(interval.low, horizonMs)}`;
}

export function quantileText(quantile: QuantileEstimate, horizonMs: number): string {
  const value = timeUntil(quantile.value, horizonMs);
  const interval = intervalText(quantile, horizonMs);
  return interval === null ? value : `${value} (${interval})`;
}

export const meanText = ({ mean, error }: MeanInterval): string => `${time(mean)} ± ${time(error)}`;

/** "8 to 9"; a side that the sample does not bound is "?". */
export const rangeText = ({ low, high }: MeanInterval, of: (value: number) => string): string =>
  `${low === null ? "?" : of(low)} to ${high === null ? "?" : of(high)}`;

/** So many times as much: logins as money. */
export const scaled = ({ mean, low, high, error }: MeanInterval, factor: number): MeanInterval => ({
  mean: mean * factor,
  low: low === null ? null : low * factor,
  high: high === null ? null : high * factor,
  error: error * factor,
});

export const shareText = (share: number, error: number | null): string =>
  error === null ? percent(share) : `${percent(share)} ± ${points(error)}`;

export const priorText = (prior: PriorName): string =>
  prior === "built-in" ? "built-in prior" : `prior: ${prior}`;

/** How the page and the terminal call what is back again. */
export const figureName = ({ of, name }: FigureEstimate): string => (of === "group" ? `in ${name}` : name);

/** Levers that save something, in their order, and those that do not. */
export function helpOf(levers: readonly LeverEffect[]): {
  readonly helps: readonly LeverEffect[];
  readonly others: readonly LeverEffect[];
} {
  const helps = levers.filter(({ savedMs, savedLogins }) => savedMs.mean > 0 || savedLogins.mean > 0);
  return { helps, others: levers.filter((lever) => !helps.includes(lever)) };
}

export const quantileOf = ({ quantiles }: FigureEstimate, q: number): QuantileEstimate =>
  quantiles.find((item) => item.q === q)!;

export const figureOf = ({ figures }: EstimateResult, id: string): FigureEstimate =>
  figures.find((item) => item.id === id)!;

export const amount = (value: number): string =>
  Math.abs(value) < 100 && value !== Math.round(value) ? value.toFixed(2) : thousands(value);
