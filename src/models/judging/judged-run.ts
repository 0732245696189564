/**
 * What properties see of a run: the declared intention, the managers, and what happened, grouped so that a fleet of
 * thousands of instances costs no more than one of ten. Built by a fold over the events, from a run or from a trace.
 */
import type { CompiledFleet } from "../fleet/compile-fleet.js";
import type { Name } from "../fleet/spec.js";
import type { Cause, Ticket } from "../managers/contract.js";
import type { ManagerSpec } from "../managers/spec.js";
import type { PropertyBounds } from "./bound.js";

/** One execution of an action that took serving instances away. */
export interface Effect {
  /** First event of an instance that it took away. */
  readonly event: number;
  readonly atMs: number;
  readonly action: "delete" | "stop" | "restart";
  readonly service: Name;
  /** Indices of the compiled fleet, in the order in which they went. */
  readonly instances: readonly number[];
  readonly cause: Cause;
  readonly by: Name;
  readonly cell: Name;
  /** The chain of causes contains an error that the manager met. */
  readonly fromError: boolean;
  /** When the manager decided it, and on which version of the configuration. */
  readonly plannedAtMs: number;
  readonly version: number;
}

/** Instances of a service that stopped serving because something they need is gone. */
export interface Fall {
  readonly event: number;
  readonly atMs: number;
  readonly service: Name;
  readonly places: number;
  /** Removal or stop that it goes back to; null: a fault or something else. */
  readonly root: Effect | null;
}

/** A change or a delivery that reached the managers. */
export interface Happened {
  readonly event: number;
  readonly atMs: number;
  readonly author: string;
  /** Services that the author may touch; null: all. */
  readonly scope: readonly Name[] | null;
  readonly version: number;
  readonly tickets: readonly string[];
  /** Ids of the documents that it wrote. */
  readonly documents: readonly string[];
  /** A rollout brought the documents of before back by itself. */
  readonly rollback: boolean;
}

/** A service went over from one manager to another. */
export interface Handover {
  readonly event: number;
  readonly atMs: number;
  readonly service: Name;
  readonly from: Name;
  readonly to: Name;
}

/** An action on an older version than this manager process had read before. */
export interface StaleAct {
  readonly event: number;
  readonly atMs: number;
  readonly by: Name;
  readonly action: string;
  readonly service: Name;
  readonly cause: Cause;
  readonly version: number;
  readonly newest: number;
}

/** Rounds in which a manager process acted after the last thing that happened from outside. */
export interface LateRounds {
  readonly event: number;
  readonly atMs: number;
  readonly manager: Name;
  readonly cell: Name;
  readonly rounds: number;
  readonly action: string;
  readonly service: Name;
}

/** A manager process read a configuration it had not read before. */
export interface Read {
  readonly event: number;
  readonly atMs: number;
  readonly manager: Name;
  readonly cell: Name;
  readonly version: number;
  readonly whole: string;
  readonly errors: readonly { readonly entry: Name; readonly error: string }[];
  /** Guards in force from now on, where they are stored in the configuration; null: they are kept outside. */
  readonly guards: readonly string[] | null;
}

/** A manager process came or went. `root`: the removal that took it; null: a fault, or what `ended` says. */
export interface ManagerChange {
  readonly event: number;
  readonly atMs: number;
  readonly manager: Name;
  readonly cell: Name;
  readonly state: "boot" | "down" | "wedged" | "paused" | "resumed";
  readonly root: Effect | null;
  /** Why it ended itself, or stopped reacting; null: it did not. */
  readonly ended: string | null;
}

/** A service at a place collapsed under the load that came back, or before its caches were warm again. */
export interface Recollapse {
  readonly event: number;
  readonly atMs: number;
  readonly service: Name;
  readonly where: Name;
  /** Requests a second. */
  readonly offered: number;
  readonly returning: number;
  readonly capacity: number;
}

export interface JudgedRun {
  readonly fleet: CompiledFleet;
  readonly managers: readonly ManagerSpec[];
  /** What the scenario says under `properties:`. */
  readonly bounds: PropertyBounds;
  /** Services that the scenario's changes declare to be removed, with the tickets. */
  readonly tickets: readonly Ticket[];
  /** Names of services that tickets remove. */
  readonly ticketed: ReadonlySet<Name>;
  readonly changes: readonly Happened[];
  readonly reads: readonly Read[];
  readonly effects: readonly Effect[];
  readonly falls: readonly Fall[];
  readonly managerChanges: readonly ManagerChange[];
  readonly handovers: readonly Handover[];
  readonly staleActs: readonly StaleAct[];
  readonly lateRounds: readonly LateRounds[];
  readonly recollapses: readonly Recollapse[];
  /** Times that an instance came back into service. */
  readonly returns: number;
  /** Instances that stopped serving although nobody removed or stopped them. */
  readonly ailing: number;
  /** Principals that agreed to the removal of a service while the run went on, by service; "(plan)": to whole plans. */
  readonly granted: ReadonlyMap<Name, readonly string[]>;
  /** Destructive actions that managers proposed. */
  readonly proposedRemovals: number;
  /** Times that a guard held an action back or refused it. */
  readonly objections: number;
  /** Times a manager met an error in what it read. */
  readonly errorsRead: number;
  /** Instances that run at the end, by service. */
  readonly aliveAtEnd: ReadonlyMap<Name, number>;
  /** By instance of the fleet: 1 while it exists and runs, at the end. */
  readonly alive: Uint8Array;
  /** A manager repeated a deletion or deployment of what it had just done. */
  readonly restlessPlans: readonly { readonly event: number; readonly atMs: number; readonly text: string }[];
  readonly plans: number;
  /** When people put the configuration right; null: they did not have to. */
  readonly repairedAtMs: number | null;
  /** A limit ended the run before the horizon. */
  readonly cutShort: boolean;
  readonly endMs: number;
}
