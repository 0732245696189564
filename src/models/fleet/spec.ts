/**
 * The fleet as a scenario describes it: plain data with names. `compileFleet` turns it into indices and typed arrays.
 * A *region* is one deployment, a full copy of every regional service; a *region group* is a cell of regions.
 */
import type { Distribution } from "../../base/distribution.js";

export type Name = string;

export interface RegionGroupSpec {
  readonly name: Name;
  /** Regions of the group, in canonical order, names expanded. */
  readonly members: readonly Name[];
  /** Share of the traffic per member relative to other regions (default 1). */
  readonly weight: number;
}

/** One instance a region, one a region group, or one in all. */
export type Placement = "regional" | "group" | "global";

/**
 * hard: down without it. soft: a request needs it with probability `weight`. startup: needed only to start.
 * any: at least `k` of the services `of` (hard on the set).
 * `in` limits the places that count for a wider dependant, or pins a dependency to other regions or groups.
 */
export type NeedSpec =
  | {
      readonly kind: "hard";
      readonly service: Name;
      readonly in: readonly Name[] | null;
      /** How long the dependant lives on after losing it, in ms (cached data, open connections). */
      readonly graceMs: number;
    }
  | {
      readonly kind: "soft";
      readonly service: Name;
      readonly in: readonly Name[] | null;
      readonly weight: number;
    }
  | { readonly kind: "startup"; readonly service: Name; readonly in: readonly Name[] | null }
  | {
      readonly kind: "any";
      readonly of: readonly Name[];
      readonly k: number;
      readonly in: readonly Name[] | null;
    };

/** What a removal does to the data of a stateful service, and how long bringing the data back takes on top of a deploy. */
export interface StateSpec {
  readonly onRemove: "retain" | "delete";
  readonly restore: Distribution;
}

/**
 * While warming up after a start a request succeeds with `success` (0..1), and with cold caches the service can serve the
 * share `capacity` of what it can otherwise; the time is split into equal steps up to 1.
 */
export interface WarmUpSpec {
  readonly forMs: number;
  readonly success: number;
  /** Absent: all of it from the start. */
  readonly capacity?: number;
}

export interface ServiceSpec {
  readonly name: Name;
  readonly title: string;
  /** The manager that deploys and removes it; null: people only. */
  readonly manager: Name | null;
  readonly layer: number;
  readonly placement: Placement;
  readonly replicas: number;
  /** Requests a second one instance can serve; null: enough. */
  readonly capacity: number | null;
  readonly deploy: Distribution;
  readonly needs: readonly NeedSpec[];
  /** People can start it without its manager. */
  readonly byHand: boolean;
  /** Guards that live with the entry refuse its removal (Terraform prevent_destroy). */
  readonly protect: boolean;
  readonly state: StateSpec | null;
  readonly warmUp: WarmUpSpec | null;
}

/**
 * Something that owns services, or other objects, without being a service: an Argo CD Application, a Flux Kustomization, an
 * owner reference. Everything has one owner at most, and nothing owns itself, over whatever detour.
 */
export interface ObjectSpec {
  readonly name: Name;
  readonly manager: Name;
  readonly owns: readonly Name[];
  readonly finalizer: "none" | "cascade" | "orphan";
  readonly prune: boolean;
}

/** What customers see. `share` of all logins need it; a user of a capability with a `fallback` can use that one instead. */
export interface CapabilitySpec {
  readonly name: Name;
  readonly title: string;
  readonly service: Name;
  /** More services that count as the same capability (SMS and phone): it works where every one of them works. */
  readonly alsoServices: readonly Name[];
  readonly share: number;
  /** Capabilities a user falls back to, each with the share (0..1) of this capability's users that have it. */
  readonly fallback: readonly { readonly capability: Name; readonly enrolled: number }[];
}

export interface FleetSpec {
  readonly regionGroups: readonly RegionGroupSpec[];
  readonly services: readonly ServiceSpec[];
  readonly objects: readonly ObjectSpec[];
  readonly capabilities: readonly CapabilitySpec[];
}
