/** What an import is made with, and what comes of it. */
import type { Issue } from "../base/issue.js";
import type { Json } from "../base/json.js";

export interface ScenarioOptions {
  readonly title: string;
  /** Services that the scenario's change shall remove, by name or title. */
  readonly remove: readonly string[];
}

export interface ImportedScenario {
  /** In the shape of `src/scenario/document-schema.ts`. */
  readonly document: { readonly [key: string]: Json };
  /** What was taken for granted, for people. */
  readonly notes: readonly string[];
  readonly issues: readonly Issue[];
  readonly counts: Counts;
}

export interface Counts {
  readonly services: number;
  readonly objects: number;
  readonly managers: number;
  readonly statedNeeds: number;
  readonly inferredNeeds: number;
  /** Services of which no file says what they need. */
  readonly unknownNeeds: number;
  /** Owners of which nothing that they own runs. */
  readonly leftOut: number;
}
