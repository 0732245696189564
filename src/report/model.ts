/** Everything that the report shows. Rendering adds nothing to it: same model, same bytes. */
import type { TopLevelSpec } from "vega-lite";
import type { Assumption, Choice, Observed } from "../scenario/scenario.js";
import type { ResultFile } from "../trace/result.js";
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
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
  /** The script that moves the page; null for a page without script, which says the same and stands still. */
  readonly viewer: string | null;
  /** Null where nothing can be simulated again: a page without script, or one that is made of traces. */
  readonly whatIf: WhatIfModel | null;
}

/** A chart as SVG text, with what it shows in words for those who do not see it. */
export interface Chart {
  readonly svg: string;
  readonly title: string;
  readonly description: string;
  /** What it was drawn from, where vega-lite drew it. */
  readonly spec?: TopLevelSpec;
}
