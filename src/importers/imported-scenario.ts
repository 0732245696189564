/** What an import is made with, and what comes of it. */
import type { Issue } from "../base/issue.js";
import type { Json } from "../base/json.js";
import type { Item } from "./contract.js";

export interface ScenarioOptions {
  readonly title: string;
  /** Services that the scenario's change shall remove, by name or title. */
  readonly remove: readonly string[];
  /** Where the managers of a run read the files from; absent: they read documents that follow from the scenario. */
  readonly configuration?: Json;
  /** The edits of the files by which exactly these items are no longer described; null: people have to write them. */
  readonly editsWithout?: (items: readonly Item[]) => readonly Json[] | null;
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
