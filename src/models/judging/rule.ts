/** A property as the gate uses it: a named rule over one run. */
import type { JudgedRun } from "./judged-trace.js";
import type { Verdict } from "./property.js";

export interface PropertyRule {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  readonly modality: "always" | "eventually" | "sometimes";
  /** A manager of the catalogue that breaks it, and one that keeps it. */
  readonly brokenBy: string;
  readonly keptBy: string;
  readonly judge: (run: JudgedRun) => Verdict;
}
