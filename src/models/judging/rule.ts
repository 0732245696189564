/** A property: a named rule over one run and, for some, over companions of that run. */
import type { BoundShape, PropertyBound } from "./bound.js";
import type { JudgedRun } from "./judged-run.js";
import type { Verdict } from "./property.js";

/**
 * Runs to compare with, each the same run but for one thing.
 * uncorrupted: without the mutations of texts. unchanged: no change and no delivery happens. repeated: the last
 * documents are delivered once more when all is quiet. other-order: changes that touch different documents come in the
 * other order. restarted: every manager process is restarted when all is quiet. reinstalled: the managers go down in
 * the middle of what they do, come back after the configuration was put right. staging: the same change in an
 * environment of one region.
 */
export const companionKinds = [
  "uncorrupted",
  "unchanged",
  "repeated",
  "other-order",
  "restarted",
  "reinstalled",
  "staging",
] as const;
export type CompanionKind = (typeof companionKinds)[number];

/** Null: there is no such run for this case (one change has no other order). Missing: nobody made it. */
export type Companions = Readonly<Partial<Record<CompanionKind, JudgedRun | null>>>;

export interface PropertyRule {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  /**
   * always: no run shows otherwise. eventually: it has happened by the end. sometimes: one run that shows it is enough;
   * a run that does not is never-exercised, and only a search in which none does has found a violation.
   */
  readonly modality: "always" | "eventually" | "sometimes";
  /** A manager of the catalogue that breaks it, and one that keeps it. */
  readonly brokenBy: string;
  readonly keptBy: string;
  /** Operators under which it is promised; a violation under any other one is a hazard. Absent: under all. */
  readonly assumes?: readonly string[];
  /** Runs that `judge` wants to compare with; without them it says `not-applicable`. */
  readonly companions?: readonly CompanionKind[];
  /** It can be judged from one plan alone, without simulating what follows. */
  readonly onPlan?: true;
  /** What a scenario can set a bound on, by name; without it there is nothing to set. */
  readonly bound?: BoundShape;
  /** Companions may be made as they are read: a rule looks at them only once it knows that it needs them. */
  readonly judge: (run: JudgedRun, companions: Companions, bound?: PropertyBound) => Verdict;
}
