/** What a search found, as plain data: `check.json` holds a list of these, and every other output is made from it. */
import type { VerdictKind } from "../models/judging/property.js";
import type { Witness } from "../scenario/case.js";
import type { MutationSpec } from "../scenario/scenario.js";

/** One search over one variant of one scenario. */
export interface CheckResult {
  readonly scenario: { readonly name: string; readonly title: string; readonly file: string };
  readonly variant: string;
  readonly managers: readonly {
    readonly name: string;
    readonly model: string;
    readonly guards: readonly string[];
  }[];
  readonly seed: number;
  /** SHA-256 of the canonical scenario that was mutated. */
  readonly base: string;
  /** Violated without any mutation, with the first sentence of why. */
  readonly baseViolates: readonly { readonly property: string; readonly because: string }[];
  readonly modes: readonly SearchMode[];
  readonly stoppedBy: "budget" | "wall" | "interrupt" | "first-violation" | "confidence";
  /** In the order of the catalogue. */
  readonly properties: readonly PropertyOutcome[];
  /** One a cause: violations first, then hazards, each in the order of the properties. */
  readonly findings: readonly Finding[];
  /** By operator that was tried: what the manager made of it. */
  readonly profile: readonly OperatorOutcome[];
  /** Present when changes were drawn as people make them (natural weighting). */
  readonly risk: Risk | null;
  /** Present when staging was searched. */
  readonly staging: readonly StagingFinding[] | null;
  /** The command that repeats this search. */
  readonly command: string;
}

export interface SearchMode {
  readonly mode: "examples" | "exhaustive" | "random";
  /** What it covers, in words: "exhaustive for single mutations by 53 operators at 612 sites". Never "proved". */
  readonly about: string;
  /** Name and version of the generator of random cases; null for the others. */
  readonly generator: string | null;
  /**
   * Cases judged; of these, how many were really different; how many the whole mode has. A list of mutations of which one
   * takes the site of another makes no case.
   */
  readonly cases: number;
  readonly distinct: number;
  readonly planned: number;
  /** Cases left out because another one is the same up to names or order. */
  readonly symmetric: number;
  /** plan: judged on what the manager proposes and the guards admit; run: on the whole simulated run. */
  readonly level: "plan" | "run";
}

export interface PropertyOutcome {
  readonly property: string;
  readonly about: string;
  readonly modality: string;
  readonly gate: boolean;
  readonly verdict: VerdictKind;
  readonly because: string;
  /** Cases in which it was tested at all, cases that violated it, cases that are only hazards. */
  readonly exercised: number;
  readonly violated: number;
  readonly hazards: number;
  /**
   * After `runs` random cases without a violation: at 95 % a case of this generator violates it with at most this
   * probability. Null where it was violated or nothing was drawn.
   */
  readonly bound: { readonly runs: number; readonly upper95: number } | null;
}

export interface Finding {
  /** Stable within a result: `no-self-removal-1`. */
  readonly id: string;
  readonly property: string;
  readonly kind: "violation" | "hazard";
  /** First bad decision: "legacy deletes service-manager because of an error". */
  readonly decision: string;
  readonly witness: Witness;
  /** The sentence of the verdict. */
  readonly because: string;
  /** Cases of the search with the same cause, and the operators that lead to it. */
  readonly cases: number;
  readonly operators: readonly string[];
  readonly counterexample: CounterexampleView;
}

/** The smallest case with this cause, told. */
export interface CounterexampleView {
  readonly mutations: readonly {
    readonly op: string;
    readonly at: string;
    readonly label: string;
    readonly incident: string;
  }[];
  readonly size: { readonly services: number; readonly regions: number; readonly mutations: number };
  /** Configuration before and after, by document: unified lines with two of context. */
  readonly diff: readonly DocumentDiff[];
  /** What happens besides the configuration: "the configuration of version 1 is delivered again at 00:15". */
  readonly events: readonly string[];
  /** From the change to the violation, each step a sentence without a full stop; `at` in ms after the start. */
  readonly chain: readonly { readonly at: number; readonly text: string }[];
  readonly outage: {
    readonly removed: number;
    readonly services: readonly string[];
    readonly hurt: number;
    readonly lastsMs: number | null;
    /** Null: nobody was hurt. "never": not restored within the horizon. */
    readonly restoredAtMs: number | "never" | null;
    readonly unservedLogins: number;
  };
  /** Where the mutated configuration comes from, for annotations; line and column count from 1. */
  readonly place: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly document: string;
  };
  readonly replay: string;
  /** File it was saved to; null where it was not. */
  readonly savedAs: string | null;
  /** The scenario file, word for word. */
  readonly text: string;
}

export interface DocumentDiff {
  readonly id: string;
  readonly lines: readonly {
    readonly kind: "same" | "removed" | "added";
    readonly text: string;
    readonly line: number;
  }[];
}

export interface OperatorOutcome {
  readonly op: string;
  readonly name: string;
  readonly level: string;
  readonly sites: number;
  readonly cases: number;
  /** Cases with a violation of the gate, with a hazard only, in which an error was met and kept, in which nothing was noticed. */
  readonly violated: number;
  readonly hazards: number;
  readonly refused: number;
  readonly unnoticed: number;
}

export interface Risk {
  /** Of 1,000 changes made as people make them, how many violate the gate. */
  readonly per1000: number;
  readonly low95: number;
  readonly high95: number;
  readonly cases: number;
  readonly generator: string;
}

export interface StagingFinding {
  readonly property: string;
  /** What is different in staging, in words. */
  readonly difference: string;
  readonly mutations: readonly MutationSpec[];
  readonly labels: readonly string[];
  readonly inStaging: string;
  readonly inProduction: string;
}

/** `check.json`. */
export interface CheckFile {
  readonly fleetquake: string;
  readonly kind: "check";
  readonly results: readonly CheckResult[];
}
