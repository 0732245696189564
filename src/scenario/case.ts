/**
 * A case of a search, by value: which documents differ from those of the scenario, what happens besides, and the luck.
 * Replaying it needs no generator; the recipe of mutations only says where it comes from.
 */
import type { FaultSpec } from "../models/config/spec.js";
import type { Name } from "../models/fleet/spec.js";
import type { MutationSpec } from "./scenario.js";

/** A document of one version of the configuration. Version v is what the (v - 1)th change delivers; 1 is the first. */
export interface CaseDocument {
  /** File path inside the configuration: `managers/legacy.yaml`. */
  readonly id: string;
  readonly version: number;
  /** Null: this version does not have it. Later versions inherit it unless a change touches the document. */
  readonly text: string | null;
  /** Set where the text was corrupted: what it would be otherwise. */
  readonly was?: string;
}

/** Something that happens to the fleet from outside, besides the changes of the scenario. Times in ms after the start. */
export type CaseEvent =
  /**
   * The documents of a version are delivered. `as` old: with the version numbers they had; new: as a version of its own,
   * as a rollback or a commit does. `cells`: only these get it. `withoutTickets`: the ledger has expired.
   */
  | {
      readonly e: "deliver";
      readonly atMs: number;
      readonly version: number;
      readonly as: "old" | "new";
      readonly cells: readonly Name[] | null;
      readonly withoutTickets: boolean;
      readonly text: string;
    }
  /** The change that would bring this version only reaches these cells. */
  | { readonly e: "partial"; readonly version: number; readonly cells: readonly Name[] }
  /** Two changes (by index in order of time) come in the other order. */
  | { readonly e: "swap"; readonly first: number; readonly second: number }
  | ({ readonly e: "fault" } & FaultSpec)
  | { readonly e: "skew"; readonly of: Name; readonly atMs: number; readonly byMs: number }
  /** A guard of a manager is switched off for the whole run. */
  | { readonly e: "bypass"; readonly of: Name; readonly guard: string }
  /** Whoever is asked agrees. */
  | { readonly e: "approve-all" }
  /** Staging lacks this document (in all its versions) or this reference; production is not touched. */
  | { readonly e: "staging"; readonly id: string; readonly version: number; readonly text: string | null };

/** What luck decides in a run: the purposes of its draws. */
export const drawPurposes = [
  "detect",
  "acknowledge",
  "diagnose",
  "decide",
  "repairConfiguration",
  "redeployManager",
  "approve",
  "deploy",
  "restore",
  "verify",
  "publish",
] as const;

/** Seed and replication are uint32; `pinned` are purposes of draws (detect, deploy ...) that come out at their median. */
export interface CaseLuck {
  readonly seed: number;
  readonly replication: number;
  readonly pinned: readonly string[];
}

export interface Case {
  readonly documents: readonly CaseDocument[];
  readonly events: readonly CaseEvent[];
  readonly luck: CaseLuck;
  /** Mutations it was made of, in order; provenance only. */
  readonly recipe: readonly MutationSpec[];
}

/** What identifies a violation when it is replayed; never a hash, never a time. */
export interface Witness {
  readonly rule: string;
  readonly action: string;
  readonly service: Name;
  readonly cause: string;
}

/** A case that violates a property, as a scenario file keeps it under `case:`. */
export interface CaseSpec extends Case {
  /** SHA-256 of the canonical scenario that the search started from. */
  readonly base: string;
  readonly property: string;
  readonly witness: Witness;
}
