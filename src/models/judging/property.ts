/** Verdicts on what a run did. A property is a named rule over the trace of a run. */
export type VerdictKind =
  | "holds"
  | "violated"
  | "never-exercised"
  | "not-applicable"
  | "hazard"
  | "out-of-budget";

export interface Violation {
  readonly atMs: number;
  readonly rule: string;
  readonly action: string;
  readonly service: string;
  readonly cause: string;
  readonly places: number;
  /** One sentence for people. */
  readonly text: string;
  /** Trace event that shows it, and by its causes leads back to the change. */
  readonly event: number;
}

export interface Verdict {
  readonly property: string;
  readonly verdict: VerdictKind;
  /** One sentence for people. */
  readonly because: string;
  /** First violation in ms after the start, null where there is none. */
  readonly at: number | null;
  /** All of them, in the order of the trace. */
  readonly violations: readonly Violation[];
  /** What was counted to know that the rule was exercised. */
  readonly exercised: number;
}
