/** What `estimate` writes: the estimate of one variant, and what was worked out around it. */

import type { DurationName, PriorName } from "../../models/people/priors.js";
import type { MeanInterval } from "../statistics/bootstrap.js";
import type { FigureDifference, PropertyDifference } from "./compare.js";
import type { Estimate } from "./estimate.js";

export interface LeverEffect {
  readonly id: string;
  readonly about: string;
  /** Replications of both, on the same luck. */
  readonly runs: number;
  /** ms and logins fewer than without it, mean over the replications. */
  readonly savedMs: MeanInterval;
  readonly savedLogins: MeanInterval;
}

export interface LuckShare {
  readonly id: string;
  readonly about: string;
  /** The set of published figures that it comes from; null: the scenario says how long it takes. */
  readonly prior: PriorName | null;
  /** By how much the variance of the time to recovery shrinks when this luck is always the median one. */
  readonly share: number;
  /** Its Monte Carlo error; null: too few replications. */
  readonly error: number | null;
}

/** What the estimate owes to published figures instead of figures of this fleet. */
export interface PriorUse {
  /** Every duration of the response that the scenario leaves to them. */
  readonly durations: readonly { readonly duration: DurationName; readonly prior: PriorName }[];
  /** By how much the variance shrinks when all of them are at their medians together; null: not simulated. */
  readonly share: number | null;
  readonly error: number | null;
}

/** One bound of `expect: { recovered: ... }`, held against the interval and not against the point. */
export interface BoundVerdict {
  readonly text: string;
  readonly verdict: "holds" | "violated" | "undecided";
  readonly because: string;
}

export interface EstimateResult extends Estimate {
  readonly variant: string;
  readonly seed: number;
  /** SHA-256 of what was simulated (the canonical scenario of the variant); absent in files of older versions. */
  readonly spec?: string | undefined;
  readonly stoppedBy: "runs" | "precision" | "limit" | "wall" | "interrupt";
  /** Half width of the 95 % interval of the mean time to recovery, relative to it; null: the mean is 0. */
  readonly relativeError: number | null;
  readonly bounds: readonly BoundVerdict[];
  readonly levers: readonly LeverEffect[];
  readonly luck: readonly LuckShare[];
  readonly priors: PriorUse;
  /** Unserved logins times the cost of one; null: no cost was given. */
  readonly cost: { readonly perLogin: number; readonly mean: MeanInterval } | null;
}

export interface EstimateFile {
  readonly fleetquake: string;
  readonly kind: "estimate";
  readonly scenario: { readonly name: string; readonly title: string; readonly file: string };
  readonly results: readonly EstimateResult[];
  /** The command that estimates this again. */
  readonly command: string;
}

export interface CompareFile {
  readonly fleetquake: string;
  readonly kind: "compare";
  readonly scenario: { readonly name: string; readonly title: string; readonly file: string };
  /** Names of both sides: variants or models. */
  readonly first: string;
  readonly second: string;
  readonly seed: number;
  readonly stoppedBy: EstimateResult["stoppedBy"];
  /** Replications of each, on the same luck. */
  readonly runs: number;
  /** For how long every outage of both was watched, after its start. */
  readonly horizonMs: number;
  /** Replications of each that the event limit of the scenario ended before the horizon. */
  readonly cutShort: { readonly first: number; readonly second: number };
  /** Figures that only one of them has, such as a region group of its own; nothing to compare. */
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  readonly figures: readonly FigureDifference[];
  readonly properties: readonly PropertyDifference[];
  /** Unserved logins times the cost of one; null: no cost was given. */
  readonly cost: {
    readonly perLogin: number;
    readonly first: number;
    readonly second: number;
    readonly difference: MeanInterval;
  } | null;
}
