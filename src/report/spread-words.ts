/** Headline figures with what other luck makes of them. */
import { thousands } from "../base/format-number.js";
import type { Bands, Spread } from "../trace/bands.js";
import type { ReportModel } from "./model.js";
import { span } from "./words.js";

export interface Replications {
  readonly bands: Bands;
  /** "200 replications of this run". */
  readonly words: string;
  /** Where the times of its curves begin, in ms after the start of the scenario. */
  readonly fromMs: number;
}

/** The replications that tell most: those of an estimate, else those of this run; null: there was one run. */
export function replicationsOf(model: ReportModel): Replications | null {
  const own = ownOf(model);
  const estimated = estimatedOf(model);
  return estimated !== null && estimated.bands.runs > (own?.bands.runs ?? 0) ? estimated : own;
}

/** For curves the replications of this run: they count single regions, an estimate whole region groups. */
export const curveReplicationsOf = (model: ReportModel): Replications | null =>
  ownOf(model) ?? estimatedOf(model, ", counted by whole region groups");

function ownOf({ told: { bands } }: ReportModel): Replications | null {
  if (bands === null) return null;
  return { bands, words: `${thousands(bands.runs)} replications of this run`, fromMs: 0 };
}

function estimatedOf({ evidence: { estimate }, variants }: ReportModel, more = ""): Replications | null {
  if (estimate?.bands === undefined) return null;
  return {
    bands: estimate.bands,
    words: `${thousands(estimate.runs)} replications of estimate.json${more}`,
    fromMs: variants[0]!.result.outage.startedAtMs ?? 0,
  };
}

/** "in the middle 6h 10m, four of five 4h 40m to 8h 20m"; what lies beyond the horizon has no number. */
function spreadText({ low, middle, high }: Spread, of: (value: number) => string): string {
  if (low === null) return "longer than the run in nine of ten";
  if (high === low) return "the same in four of five";
  const half = middle === null ? "in half of them longer than the run" : `in the middle ${of(middle)}`;
  return `${half}, ${high === null ? `${of(low)} or more in nine of ten` : `four of five ${of(low)} to ${of(high)}`}`;
}

const timeText = (ms: number): string => (ms === 0 ? "none" : span(ms));

export const recoverySpread = ({ bands }: Replications): string => spreadText(bands.recovery, timeText);
export const loginsSpread = ({ bands }: Replications): string => spreadText(bands.unservedLogins, thousands);
