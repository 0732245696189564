/** Everything that one simulation needs, all references resolved: the output of `buildRun`. */
import type { ChangeSpec, FaultSpec } from "../models/config/spec.js";
import type { CompiledFleet } from "../models/fleet/compile-fleet.js";
import type { Name } from "../models/fleet/spec.js";
import type { Guard, GuardOptions } from "../models/guards/guard.js";
import type { Doc, Manager, Self, Ticket } from "../models/managers/contract.js";
import type { Policy } from "../models/managers/policy.js";
import type { ManagerSpec } from "../models/managers/spec.js";
import type { Spec } from "./scenario.js";

/** What one process of a manager is responsible for. `group` is a region group index, `region` a region index; -1: all. */
export interface Cell {
  readonly name: Name;
  readonly group: number;
  readonly region: number;
  /** First cell of its manager: the home of everything global. */
  readonly home: boolean;
}

export interface ActiveGuard {
  readonly guard: Guard;
  readonly options: GuardOptions;
}

export interface RunManager {
  readonly index: number;
  readonly spec: ManagerSpec;
  readonly policy: Policy;
  readonly manager: Manager;
  readonly guards: readonly ActiveGuard[];
  readonly cells: readonly Cell[];
  readonly selves: readonly Self[];
  /** Waves of region group indices in which changes reach it; empty: all at once. */
  readonly waves: readonly (readonly number[])[];
  readonly bakeMs: number;
  /** A peer or another manager deploys what it runs as. */
  readonly deployedByAnother: boolean;
}

/** A change ready to happen: the documents after it, and what was declared. */
export interface RunChange {
  readonly spec: ChangeSpec;
  readonly atMs: number;
  readonly version: number;
  readonly documents: readonly Doc[];
  /** What people restore when they repair the configuration after this change: the intention without the mistake. */
  readonly repaired: readonly Doc[];
  readonly ticket: Ticket;
  readonly text: string;
  readonly defects: readonly { readonly manager: Name; readonly defect: string; readonly text: string }[];
  readonly removes: readonly number[];
  readonly adds: readonly number[];
  readonly migrates: readonly { readonly service: number; readonly to: number }[];
  /** Ids of the documents that differ from before. */
  readonly touched: readonly string[];
  /** Cells that it is delivered to; null: all. The others keep what they have. */
  readonly cells: readonly Name[] | null;
  /** Scripted deliveries bring documents and declare nothing. */
  readonly delivery: boolean;
}

/** From `atMs` on the clock of a manager is `byMs` ahead (negative: behind). */
export interface SkewSpec {
  readonly of: Name;
  readonly atMs: number;
  readonly byMs: number;
}

/**
 * What happens to a fleet from outside. It is the part of a run that a search replaces: a simulator keeps its arrays
 * and plays another script on them.
 */
export interface Script {
  readonly documents: readonly Doc[];
  /** By time; equal times in this order. */
  readonly changes: readonly RunChange[];
  readonly faults: readonly FaultSpec[];
  readonly skews: readonly SkewSpec[];
  /** Guards that somebody switched off, by manager. */
  readonly bypassed: ReadonlyMap<Name, ReadonlySet<string>>;
  /** People agree to whatever they are asked (review fatigue, a batch approval). */
  readonly approveAll: boolean;
  /** Purposes of draws that come out at their median instead of by luck. */
  readonly pinned: readonly string[];
}

export interface Run extends Script {
  readonly scenario: string;
  readonly variant: string;
  readonly spec: Spec;
  readonly fleet: CompiledFleet;
  readonly managers: readonly RunManager[];
  /** Manager index by service: who deploys it; -1: people only. */
  readonly managerOfService: Int32Array;
  /** Manager index by service: which manager runs as this service; -1: none. */
  readonly runsManager: Int32Array;
  /** Services that exist only after a change adds them. */
  readonly absentAtStart: ReadonlySet<number>;
  /** Every guard that can be named, for lists of guards that are read in the course of a run. */
  readonly guards: ReadonlyMap<string, Guard>;
  readonly managerServices: ReadonlySet<Name>;
  readonly managerNeeds: ReadonlySet<Name>;
  /** Rank of a service bottom-up, by service. */
  readonly startRank: Int32Array;
}
