/** A scenario file as a value. Everything is resolved: names expanded, durations in ms, defaults filled in. */
import type { Json } from "../base/json.js";
import type { ChangeSpec, ConfigurationSpec, FaultSpec } from "../models/config/spec.js";
import type { DemandSpec } from "../models/demand/spec.js";
import type { FleetSpec, Name } from "../models/fleet/spec.js";
import type { PropertyBounds } from "../models/judging/bound.js";
import type { ManagerSpec } from "../models/managers/spec.js";
import type { ResponseSpec } from "../models/people/spec.js";
import type { CaseSpec } from "./case.js";

export interface Limits {
  /** Events handled before the run gives up with the verdict out-of-budget. */
  readonly events: number;
  /** Wall time in ms, watched by the cli only. */
  readonly wallMs: number;
}

/** A mutation as a counterexample file names it: operator and site. */
export interface MutationSpec {
  readonly op: string;
  readonly at: string;
}

/** Everything that one run is built from. */
export interface Spec {
  readonly startUtcMs: number;
  readonly horizonMs: number;
  /** A hard or startup cycle is an error instead of a warning. */
  readonly acyclic: boolean;
  readonly fleet: FleetSpec;
  /** In canonical order of names. */
  readonly managers: readonly ManagerSpec[];
  readonly configuration: ConfigurationSpec;
  readonly changes: readonly ChangeSpec[];
  readonly faults: readonly FaultSpec[];
  readonly mutations: readonly MutationSpec[];
  /** Set in a counterexample file: what differs from the scenario. */
  readonly case: CaseSpec | null;
  readonly response: ResponseSpec;
  readonly demand: DemandSpec;
  readonly limits: Limits;
  /** What the file says under `properties:`: the properties that join the gate, with their bounds. */
  readonly properties: PropertyBounds;
}

/** A bound on a figure of the run: `">= 3h"`, `"<= 90m"`. */
export interface Bound {
  readonly op: ">=" | "<=" | ">" | "<";
  readonly valueMs: number;
}

/** What a variant is expected to show. A scenario file is a test. */
export interface Expectation {
  /** Exactly these of the properties named anywhere in violates/holds are violated. */
  readonly violates: readonly string[];
  /** These hold; "gate" stands for the default gate. */
  readonly holds: readonly string[];
  /** These may stay never-exercised without failing the run. */
  readonly neverExercised: readonly string[];
  /** Time from the start of the outage to the last restoration; never: it must not recover within the horizon. */
  readonly recovered: {
    readonly once?: Bound;
    readonly p50?: Bound;
    readonly p90?: Bound;
    readonly runs?: number;
    readonly never?: true;
  } | null;
  /** Services removed, exactly. */
  readonly removed: readonly Name[] | null;
  /** No capability is down anywhere at any time. */
  readonly noOutage: boolean | null;
}

export interface Variant {
  readonly name: string;
  /** RFC 7396 patch as the file writes it. */
  readonly patch: Json;
  readonly spec: Spec;
  readonly expect: Expectation | null;
}

export interface Assumption {
  /** Where in the file: `regions.us-west-2`. */
  readonly path: string;
  readonly text: string;
}

/** Sources contradict each other: one reading was taken, none was averaged. */
export interface Choice {
  readonly name: string;
  readonly about: string;
  readonly taken: string;
  readonly instead: readonly string[];
  readonly why: string;
}

/** One published point: `restored` of a capability in some regions at a time, and what the time means. */
export interface Observed {
  readonly atMs: number;
  readonly event: "impact_declared" | "identified" | "restored" | "claimed_restored";
  readonly capability: Name;
  /** Regions concerned; null: all. */
  readonly regions: readonly Name[] | null;
  readonly meaning: "published" | "happened";
  readonly source: string;
  readonly note: string;
}

export interface Scenario {
  readonly format: 1;
  /** File stem: `duo-2025-02-13`. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly sources: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly choices: readonly Choice[];
  /** Relative path of the observed timeline, and its rows once loaded. */
  readonly observedFile: string | null;
  readonly observed: readonly Observed[];
  /** At least one; a file without variants has the one named "default". */
  readonly variants: readonly Variant[];
  /** The document as plain data (after YAML), which `formatScenario` writes. */
  readonly document: Json;
}
