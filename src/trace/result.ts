/** The content of result.json (schema/result.schema.json); the same keys name the columns of every table. */

import type { Name } from "../models/fleet/spec.js";
import type { Verdict } from "../models/judging/property.js";
import type { ExpectationResult } from "./expectations.js";
import type { Measures } from "./measures.js";

export interface ResultFile {
  /** Version of fleetquake that wrote it. */
  readonly fleetquake: string;
  readonly scenario: {
    readonly name: string;
    readonly title: string;
    readonly about: string;
    readonly sources: readonly string[];
    readonly startUtcMs: number;
    readonly file: string;
  };
  readonly seed: number;
  readonly variants: readonly VariantResult[];
}

export interface VariantResult extends Measures {
  readonly name: Name;
  /** Properties that fail the run: the default ones, and those that the scenario names. */
  readonly gate: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly expectations: readonly ExpectationResult[];
  /** Of replications 0, 1, .. in ms; null: nothing had to recover; "never": not within the horizon. */
  readonly recoveryTimes: readonly (number | null | "never")[];
  /** SHA-256 over the canonical JSON Lines of the trace. */
  readonly traceSha256: string;
}
