/** The property `bounded-recovery`: bounds on quantiles of the time to recovery, which only an estimate can judge. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { formatDuration } from "../../base/duration.js";
import type { Bound, Expectation } from "../../scenario/scenario.js";
import type { FigureEstimate, QuantileEstimate } from "./estimate.js";
import type { BoundVerdict } from "./estimate-result.js";

/** For lists of properties. It is none of those that a run is judged by: one run has no quantiles. */
export const boundedRecovery = {
  name: "bounded-recovery",
  about: "half of the recoveries, or 9 of 10, take no longer than `expect: { recovered: { p50, p90 } }` says",
} as const;

/**
 * Bounds under `recovered` of `expect`, each held against the interval of the quantile: it holds or is violated where
 * both ends of the interval say so, and is undecided otherwise.
 */
export function boundVerdicts(
  expected: Expectation["recovered"],
  recovery: FigureEstimate,
  horizonMs: number,
): readonly BoundVerdict[] {
  const wanted = [
    ["p50", 0.5, expected?.p50],
    ["p90", 0.9, expected?.p90],
  ] as const;
  return wanted.flatMap(([name, q, bound]) => {
    if (bound === undefined) return [];
    const [low, high] = range(recovery.quantiles.find((item) => item.q === q)!, horizonMs);
    const [atLow, atHigh] = [meets(low, bound), meets(high, bound)];
    return [
      {
        text: `recovered ${name} ${bound.op} ${formatDuration(bound.valueMs)}`,
        verdict: atLow && atHigh ? "holds" : !atLow && !atHigh ? "violated" : "undecided",
        because: `${name} lies ${rangeText(low, high, horizonMs)}, at 95 %`,
      },
    ];
  });
}

/** In ms; what is later than the horizon may be anything from there on. */
function range({ interval }: QuantileEstimate, horizonMs: number): readonly [number, number] {
  if (interval === null) return [0, Number.POSITIVE_INFINITY];
  return [
    interval.sides === "upper" ? 0 : (interval.low ?? horizonMs),
    interval.sides === "lower" ? Number.POSITIVE_INFINITY : (interval.high ?? Number.POSITIVE_INFINITY),
  ];
}

function meets(ms: number, { op, valueMs }: Bound): boolean {
  switch (op) {
    case ">=":
      return ms >= valueMs;
    case "<=":
      return ms <= valueMs;
    case ">":
      return ms > valueMs;
    case "<":
      return ms < valueMs;
  }
}

function rangeText(low: number, high: number, horizonMs: number): string {
  if (low >= horizonMs) return `beyond the horizon of ${formatHoursMinutes(horizonMs)}`;
  if (Number.isFinite(high)) return `between ${formatHoursMinutes(low)} and ${formatHoursMinutes(high)}`;
  return low === 0
    ? "anywhere: too few replications to bound it, or too many that did not recover"
    : `above ${formatHoursMinutes(low)}`;
}
