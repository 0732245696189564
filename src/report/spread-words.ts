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

const beyond = "longer than the run";
const timeText = (ms: number | null): string => (ms === null ? beyond : ms === 0 ? "none" : span(ms));
const countText = (count: number | null): string => (count === null ? "?" : thousands(count));

/** "in the middle 6h 10m, four of five 4h 40m to 8h 20m". */
const spreadText = ({ low, middle, high }: Spread, of: (value: number | null) => string): string =>
  `in the middle ${of(middle)}, four of five ${of(low)} to ${of(high)}`;

export const recoverySpread = ({ bands }: Replications): string => spreadText(bands.recovery, timeText);
export const loginsSpread = ({ bands }: Replications): string => spreadText(bands.unservedLogins, countText);
