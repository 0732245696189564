/**
 * What happened in a run, told so that it explains itself: the header holds everything needed to measure, judge and
 * render it, and every event names the events that it follows from.
 */
import type { Name } from "../models/fleet/spec.js";
import type { Action, Cause, Reason, Ticket } from "../models/managers/contract.js";
import type { Policy } from "../models/managers/policy.js";
import type { Spec } from "../scenario/scenario.js";

export interface TraceHeader {
  readonly fleetquake: 1;
  readonly kind: "trace";
  readonly scenario: string;
  readonly variant: string;
  readonly seed: number;
  readonly replication: number;
  /** The canonical scenario of this variant, without provenance. */
  readonly spec: Spec;
  /** The managers as they ran: resolved policy and guard names. */
  readonly managers: readonly {
    readonly name: Name;
    readonly model: string;
    readonly policy: Policy;
    readonly guards: readonly string[];
  }[];
  readonly tickets: readonly Ticket[];
}

/** Common to all events. `id` counts from 0; `because` are ids of earlier events; times in ms after the start. */
interface EventBase {
  readonly id: number;
  readonly t: number;
  readonly because: readonly number[];
}

/** An instance: service and place (a region, a group, or "global"). */
export interface InstanceRef {
  readonly service: Name;
  readonly place: Name;
}

export type TraceEvent = EventBase &
  (
    | {
        readonly e: "change";
        readonly author: string;
        readonly text: string;
        readonly tickets: readonly string[];
        readonly version: number;
        readonly documents: readonly string[];
        /** Services that the author may touch; absent: all. */
        readonly scope?: readonly Name[];
        /** Older documents come back on purpose. */
        readonly rollback?: true;
      }
    | { readonly e: "defect"; readonly manager: Name; readonly defect: string; readonly text: string }
    | {
        readonly e: "fault";
        readonly what: string;
        readonly of: Name;
        readonly gives: string;
        readonly forMs: number;
      }
    | { readonly e: "fault-over"; readonly what: string; readonly of: Name }
    /** A manager read its configuration; errors are those it met, in its own words. */
    | {
        readonly e: "read";
        readonly manager: Name;
        readonly cell: Name;
        readonly version: number;
        readonly whole: string;
        readonly errors: readonly { readonly entry: Name; readonly error: string }[];
        /** Guards in force from now on, where they are stored in the configuration. */
        readonly guards?: readonly string[];
      }
    /** A manager decided: what it proposed, before guards. */
    | {
        readonly e: "plan";
        readonly manager: Name;
        readonly cell: Name;
        readonly why: string;
        readonly actions: readonly Action[];
        readonly waitingOn: readonly Reason[];
      }
    /** A guard let something wait or refused it. */
    | {
        readonly e: "guard";
        readonly manager: Name;
        readonly cell: Name;
        readonly guard: string;
        readonly verdict: "hold" | "reject";
        readonly action: string;
        readonly service: Name;
        readonly cause: Cause;
        readonly places: number;
        readonly text: string;
      }
    | {
        readonly e: "approval";
        readonly manager: Name;
        readonly service: Name;
        readonly by: string;
        readonly granted: boolean;
        readonly text: string;
      }
    /** The world started to carry out an action. */
    | {
        readonly e: "execute";
        readonly manager: Name;
        readonly cell: Name;
        readonly action: string;
        readonly service: Name;
        readonly cause: Cause;
        readonly places: readonly Name[];
        readonly text: string;
      }
    | {
        readonly e: "refused";
        readonly manager: Name;
        readonly service: Name;
        readonly action: string;
        readonly text: string;
      }
    /** An instance's own life: it is gone, stopped, being deployed, running, serving or not. */
    | ({
        readonly e: "removed";
        readonly cause: Cause;
        readonly by: Name;
        readonly dataLost: boolean;
      } & InstanceRef)
    | ({ readonly e: "stopped"; readonly cause: Cause; readonly by: Name } & InstanceRef)
    | ({ readonly e: "crashed" } & InstanceRef)
    | ({ readonly e: "deploying"; readonly by: Name; readonly hand: boolean } & InstanceRef)
    | ({ readonly e: "running" } & InstanceRef)
    | ({
        readonly e: "down";
        readonly reason: "removed" | "stopped" | "crashed" | "dependency" | "updating";
        readonly needs: Name | null;
      } & InstanceRef)
    | ({ readonly e: "up" } & InstanceRef)
    /** Success probability of one request of a capability in a region changed; `served` counts fallbacks as well. */
    | {
        readonly e: "quality";
        readonly capability: Name;
        readonly region: Name;
        readonly success: number;
        readonly served: number;
      }
    | {
        readonly e: "manager";
        readonly manager: Name;
        readonly cell: Name;
        readonly state: "boot" | "down" | "wedged" | "paused" | "resumed";
        /** It ended itself, or stopped reacting, for this reason. */
        readonly text?: string;
      }
    | { readonly e: "handover"; readonly service: Name; readonly from: Name; readonly to: Name }
    | { readonly e: "released"; readonly service: Name; readonly manager: Name }
    /** People. */
    | { readonly e: "phase"; readonly phase: Phase; readonly text: string }
    | {
        readonly e: "work";
        readonly service: Name;
        readonly group: Name;
        readonly places: readonly Name[];
        readonly crew: number;
        readonly state: "start" | "end";
      }
    /** People checked that a capability works again in a region group, and told the public. */
    | {
        readonly e: "verified";
        readonly capability: Name;
        readonly group: Name;
        readonly regions: readonly Name[];
      }
    | {
        readonly e: "published";
        readonly capability: Name;
        readonly group: Name;
        readonly regions: readonly Name[];
      }
    /**
     * What load does to a service at a place. Whole requests a second: what arrives with all retries, the part of it that
     * comes back after an outage, what can be served; and requests that wait. `again`: it has come back just now, or
     * those who could not reach it have.
     */
    | {
        readonly e: "overload";
        readonly service: Name;
        readonly where: Name;
        readonly state: "healthy" | "collapsed" | "draining" | "shedding";
        readonly offered: number;
        readonly returning: number;
        readonly capacity: number;
        readonly waiting: number;
        readonly again: boolean;
      }
    /** Recovery cannot go on: what is missing, and what it waits for. */
    | { readonly e: "stuck"; readonly missing: readonly Name[]; readonly text: string }
    | { readonly e: "end"; readonly verdict: EndVerdict; readonly events: number }
  );

export type Phase =
  | "alert"
  | "detected"
  | "acknowledged"
  | "diagnosed"
  | "decided"
  | "configuration-frozen"
  | "configuration-repaired"
  | "manager-redeploying"
  | "manager-up"
  | "load-shed"
  | "recovered"
  | "closed";

export type EndVerdict = "horizon" | "quiet" | "event-limit" | "interrupted";

export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}
