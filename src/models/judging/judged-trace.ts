/**
 * What properties see of a run: the declared intention, the managers, and the events in order. A narrow view of the
 * trace, so that judging needs neither the simulator nor the file format.
 */
import type { CompiledFleet } from "../fleet/compile-fleet.js";
import type { Name } from "../fleet/spec.js";
import type { Cause, Ticket } from "../managers/contract.js";
import type { ManagerSpec } from "../managers/spec.js";

/** An effect on one instance that nobody wants without having asked for it. */
export interface Effect {
  readonly event: number;
  readonly atMs: number;
  readonly action: "delete" | "stop";
  readonly service: Name;
  readonly place: Name;
  readonly cause: Cause;
  readonly by: Name;
  /** The chain of causes contains an error that the manager met. */
  readonly fromError: boolean;
}

/** A service that stopped serving in a place because something it needs is gone. */
export interface Fall {
  readonly event: number;
  readonly atMs: number;
  readonly service: Name;
  readonly place: Name;
  /** Removal or stop that it goes back to; null: a fault or something else. */
  readonly root: Effect | null;
}

export interface JudgedRun {
  readonly fleet: CompiledFleet;
  readonly managers: readonly ManagerSpec[];
  /** Services that the scenario's changes declare to be removed, with the tickets. */
  readonly tickets: readonly Ticket[];
  /** Names of services that tickets remove. */
  readonly ticketed: ReadonlySet<Name>;
  /** Services handed over, with the time. */
  readonly effects: readonly Effect[];
  readonly falls: readonly Fall[];
  /** Actions that managers proposed and that some guard held back: destructive ones. */
  readonly proposedRemovals: number;
  /** Times a manager met an error in what it read. */
  readonly errorsRead: number;
  /** Instances that run at the end, by service. */
  readonly aliveAtEnd: ReadonlyMap<Name, number>;
  /** A manager repeated a deletion or deployment of what it had just done: event ids. */
  readonly restlessPlans: readonly { readonly event: number; readonly atMs: number; readonly text: string }[];
  readonly plans: number;
  /** A limit ended the run before the horizon. */
  readonly cutShort: boolean;
  readonly endMs: number;
}
