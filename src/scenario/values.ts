/** Small values of the file: durations, shares, distributions, ranges of names, instants. */
import type { Distribution } from "../base/distribution.js";
import { parseDuration } from "../base/duration.js";
import type { DistributionDocument } from "./document-schema.js";

export const ms = (value: string | number): number =>
  typeof value === "number" ? value : (parseDuration(value) ?? 0);

export const share = (value: string | number): number =>
  typeof value === "number" ? value : Math.round(Number(value.slice(0, -1)) * 1e10) / 1e12;

export function toDistribution(value: DistributionDocument): Distribution {
  if (typeof value !== "object") return { law: "constant", valueMs: ms(value) };
  if ("p50" in value) return { law: "lognormal", p50Ms: ms(value.p50), p90Ms: ms(value.p90) };
  if ("mean" in value) return { law: "exponential", meanMs: ms(value.mean) };
  if ("uniform" in value) return { law: "uniform", minMs: ms(value.uniform[0]), maxMs: ms(value.uniform[1]) };
  if ("triangular" in value) {
    const [minMs, modeMs, maxMs] = value.triangular.map(ms) as [number, number, number];
    return { law: "triangular", minMs, modeMs, maxMs };
  }
  if ("weibull" in value)
    return { law: "weibull", shape: value.weibull.shape, scaleMs: ms(value.weibull.scale) };
  if ("gamma" in value) return { law: "gamma", shape: value.gamma.shape, meanMs: ms(value.gamma.mean) };
  if ("pareto" in value) return { law: "pareto", minMs: ms(value.pareto.min), shape: value.pareto.shape };
  return { law: "empirical", samplesMs: value.empirical.map(ms) };
}

/** What is wrong with the numbers of a distribution, or null. */
export function distributionProblem(d: Distribution): string | null {
  switch (d.law) {
    case "lognormal":
      if (d.p50Ms <= 0) return "p50 must be more than 0";
      return d.p90Ms < d.p50Ms ? "p90 is smaller than p50" : null;
    case "exponential":
      return d.meanMs <= 0 ? "the mean must be more than 0" : null;
    case "uniform":
      return d.maxMs < d.minMs ? "the upper bound is smaller than the lower" : null;
    case "triangular":
      return d.minMs <= d.modeMs && d.modeMs <= d.maxMs
        ? null
        : "the three values must grow: smallest, most likely, largest";
    case "weibull":
      return d.scaleMs <= 0 ? "the scale must be more than 0" : null;
    case "gamma":
      return d.meanMs <= 0 ? "the mean must be more than 0" : null;
    case "pareto":
      return d.minMs <= 0 ? "the minimum must be more than 0" : null;
    default:
      return null;
  }
}

export type Expanded =
  | { readonly names: readonly string[] }
  | { readonly problem: string; readonly hint?: string };

/** `DUO1..DUO81` is every name from the first to the last; anything else is itself. */
export function expandRange(text: string): Expanded {
  const dots = text.indexOf("..");
  if (dots < 0) return { names: [text] };
  const first = /^(.*?)(\d+)$/.exec(text.slice(0, dots));
  const last = /^(.*?)(\d+)$/.exec(text.slice(dots + 2));
  if (first === null || last === null) return { problem: `the range "${text}" does not end in numbers` };
  if (first[1] !== last[1])
    return { problem: `the range "${text}" changes the name from "${first[1]}" to "${last[1]}"` };
  const from = Number(first[2]);
  const to = Number(last[2]);
  if (to < from) return { problem: `the range "${text}" goes backwards`, hint: `${last[0]}..${first[0]}` };
  if (to - from > 100_000) return { problem: `the range "${text}" has more than 100000 names` };
  const width = first[2]!.startsWith("0") ? first[2]!.length : 0;
  return {
    names: Array.from(
      { length: to - from + 1 },
      (_, k) => `${first[1]}${String(from + k).padStart(width, "0")}`,
    ),
  };
}

/** `2025-02-13T18:00:00Z` in ms since 1970; undefined for anything else. Without the clock of the engine. */
export function parseInstant(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second, fraction] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number];
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day < 1 || day > lengths[month - 1]!) return undefined;
  return Date.UTC(
    year,
    month - 1,
    day,
    hour,
    minute,
    second,
    match[7] === undefined ? 0 : fraction * [100, 10, 1][match[7].length - 1]!,
  );
}

/** A title for people from a name for machines: `risk-based-auth` is "Risk based auth". */
export function titleOf(name: string): string {
  const words = name.replaceAll(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
