/** Everything that the report shows. Rendering adds nothing to it: same model, same bytes. */
import type { TopLevelSpec } from "vega-lite";

import type { Ablation } from "../chaos/ablate/ablate-result.js";
import type { CheckResult } from "../chaos/check-result.js";
import type { EstimateResult, PriorUse } from "../estimate/replications/estimate-result.js";
import type { RunTimes } from "../estimate/replications/run-times.js";
import type { Assumption, Choice, Observed } from "../scenario/scenario.js";
import type { Bands } from "../trace/bands.js";
import type { ResultFile } from "../trace/result.js";
import type { Sentence } from "../trace/story.js";
import type { ToldChange } from "../trace/told-changes.js";
import type { VariantView } from "../trace/variant-view.js";
import type { WhatIfModel } from "./what-if/what-if-data.js";

export interface ReportModel {
  readonly result: ResultFile;
  /** The command that writes this report again. */
  readonly command: string;
  /** In the order of `result.variants`; the first is told in full. */
  readonly variants: readonly VariantView[];
  readonly assumptions: readonly Assumption[];
  readonly choices: readonly Choice[];
  readonly observed: readonly Observed[];
  readonly told: Told;
  readonly evidence: Evidence;
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
  /** The script that moves the page; null for a page without script, which says the same and stands still. */
  readonly viewer: string | null;
  /** Null where nothing can be simulated again: a page without script, or one that is made of traces. */
  readonly whatIf: WhatIfModel | null;
}

/** What is told of the first variant alone. */
export interface Told {
  /** The scenario; null: the report was made from saved traces. */
  readonly file: string | null;
  /** At most three. */
  readonly summary: readonly Sentence[];
  readonly changes: readonly ToldChange[];
  /** Over the replications of this run; null: there was one. */
  readonly bands: Bands | null;
  readonly times: RunTimes;
  readonly crews: number;
  readonly priors: PriorUse["durations"];
  /** For how long the run looks, and how many events it may have. */
  readonly limits: { readonly horizonMs: number; readonly events: number };
}

/** Files that other commands left beside the report, of the same scenario and version. */
export interface Evidence {
  /** Of the first variant. */
  readonly estimate: (EstimateResult & { readonly command: string }) | null;
  readonly ablation: Ablation | null;
  /** Of any variant of the report. */
  readonly checks: readonly CheckResult[];
  /** Why a file that lies there is not in the report, a sentence each. */
  readonly leftOut: readonly string[];
}

/** A chart as SVG text, with what it shows in words for those who do not see it. */
export interface Chart {
  readonly svg: string;
  /** The same for a screen of 320 pixels, where the picture has one. */
  readonly narrow?: string;
  readonly title: string;
  readonly description: string;
  /** What it was drawn from, where vega-lite drew it. */
  readonly spec?: TopLevelSpec;
}
