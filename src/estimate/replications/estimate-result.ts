/** What `estimate` writes: the estimate of one variant, and what was worked out around it. */

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
  /** Nobody measured it here: the scenario leaves it to a published prior. */
  readonly prior: boolean;
  /** By how much the variance of the time to recovery shrinks when this luck is always the median one. */
  readonly share: number;
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
  readonly stoppedBy: "runs" | "precision" | "limit" | "wall" | "interrupt";
  /** Half width of the 95 % interval of the mean time to recovery, relative to it; null: the mean is 0. */
  readonly relativeError: number | null;
  readonly bounds: readonly BoundVerdict[];
  readonly levers: readonly LeverEffect[];
  readonly luck: readonly LuckShare[];
  /** Unserved logins times the cost of one; null: no cost was given. */
  readonly cost: { readonly perLogin: number; readonly mean: MeanInterval } | null;
}

export interface EstimateFile {
  readonly fleetquake: string;
  readonly kind: "estimate";
  readonly scenario: { readonly name: string; readonly title: string; readonly file: string };
  readonly results: readonly EstimateResult[];
}

export interface CompareFile {
  readonly fleetquake: string;
  readonly kind: "compare";
  readonly scenario: { readonly name: string; readonly title: string; readonly file: string };
  /** Names of both sides: variants or models. */
  readonly first: string;
  readonly second: string;
  readonly seed: number;
  /** Replications of each, on the same luck. */
  readonly runs: number;
  readonly horizonMs: number;
  readonly figures: readonly FigureDifference[];
  readonly properties: readonly PropertyDifference[];
}
