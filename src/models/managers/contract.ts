/**
 * What a manager is: a pure step function with explicit memory. It sees a reading of its configuration and an
 * observation of the world, never the world itself; no clock, no randomness, no truth.
 */
import type { Issue } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import type { Name, Placement } from "../fleet/spec.js";
import type { Policy } from "./policy.js";

/** A configuration document as delivered: bytes, or the fault met while fetching it. */
export interface Doc {
  /** File path inside the configuration, e.g. `applications/telephony.yaml`. */
  readonly id: string;
  readonly version: number;
  readonly text: string;
  /** Set when the source could not give it; text is then what arrived (often nothing). */
  readonly fault?: "error" | "empty" | "partial";
}

/** The declared permission to remove services. It comes from the intention of a change, never from mutated text. */
export interface Ticket {
  readonly id: string;
  readonly removes: readonly Name[];
  readonly author: string;
  readonly scope: readonly Name[] | null;
  readonly approvals: readonly { readonly by: string; readonly covers: readonly Name[] }[];
}

/** What the configuration says of one service. `regions` null: everywhere the service is placed. */
export interface EntrySpec {
  readonly name: Name;
  readonly manager: Name | null;
  readonly needs: readonly Name[];
  readonly regions: readonly Name[] | null;
  readonly replicas: number;
  readonly protect: boolean;
  /** For an object that owns services without being one: what it owns. */
  readonly owns?: readonly Name[];
  /** Changes with every edit of the entry: a different revision is an update. */
  readonly revision: string;
}

/** A manager's own entry: what it runs as and what it manages. */
export interface OwnEntrySpec {
  readonly name: Name;
  readonly service: Name | null;
  readonly manages: readonly Name[];
}

/** Presence has four values: these three, and omitted, which only memory or observation can tell. */
export type Entry =
  | { readonly is: "present"; readonly spec: EntrySpec }
  | { readonly is: "removed"; readonly ticket: Ticket; readonly sinceVersion: number }
  | { readonly is: "unknown"; readonly error: Issue };

export interface Reading {
  readonly version: number;
  readonly whole: "complete" | "partial" | "unreadable";
  readonly entries: Readonly<Record<Name, Entry>>;
  /** The manager's own entry, or what is wrong with it. */
  readonly own:
    | { readonly is: "present"; readonly spec: OwnEntrySpec }
    | { readonly is: "unknown"; readonly error: Issue };
  /** Policy and guards when they are stored in the configuration; null when they are kept outside. */
  readonly policy: Partial<Policy> | null;
  readonly guards: readonly Json[] | null;
  /** Errors of this version in what belongs to others: a strict reader rejects the whole version for them. */
  readonly errors?: readonly Issue[];
}

/** Places are region names for regional services, group names for group services, "global" for global ones. */
export type PlaceSet = readonly Name[];

/** What the manager believes about one service; may be stale. */
export interface SeenService {
  readonly placement: Placement;
  /** Places where an instance exists and runs. */
  readonly running: PlaceSet;
  /** Places of this manager's reach where there is none. */
  readonly missing: PlaceSet;
  /** Places where an instance exists but is stopped (scaled to zero, quarantined). */
  readonly stopped: PlaceSet;
  /** Places with a deploy or a delete under way. */
  readonly busy: PlaceSet;
  /** Name of the manager on the label of the instances; null: nobody's. */
  readonly label: Name | null;
  /** The object or manager that owns it by reference, if any. */
  readonly owner: Name | null;
  /** Hard dependants that are running. */
  readonly dependants: readonly Name[];
  /** Revision that the running instances were deployed with. */
  readonly revision: string | null;
  /** Places where an instance runs and does not answer; only managers that watch health are told. */
  readonly ailing?: PlaceSet;
}

export interface Observation {
  /** When it was true. */
  readonly atMs: number;
  /** Counts up with every observed change. */
  readonly revision: number;
  readonly fault: "none" | "error" | "empty" | "partial";
  /** Services within this manager's cells, in canonical order. */
  readonly services: Readonly<Record<Name, SeenService>>;
  /** Objects of this manager that exist. */
  readonly objects: readonly Name[];
  /** Places of the manager's own service where it is gone, as its peers see it. */
  readonly peersMissing: PlaceSet;
}

export type Cause = "explicit" | "omitted" | "error" | "cascade" | "garbage" | "health" | "drift";
export const causes: readonly Cause[] = [
  "explicit",
  "omitted",
  "error",
  "cascade",
  "garbage",
  "health",
  "drift",
];

export type ActionKind = "deploy" | "update" | "restart" | "stop" | "delete" | "release";

/** Why, in one line a person understands; `about` names the entry, document or action that is meant. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly about: Name;
}

/** One service and a set of places: grouped, since 972 single actions cost a hundred times more. */
export interface Action {
  readonly do: ActionKind;
  readonly target: { readonly service: Name; readonly places: PlaceSet };
  readonly cause: Cause;
  readonly because: readonly Reason[];
  readonly basedOn: { readonly version: number; readonly seenRevision: number; readonly epoch: number };
}

/** What became of an earlier action. */
export interface ActionResult {
  readonly action: Action;
  readonly outcome: "done" | "refused" | "failed" | "held";
  readonly why: string | null;
}

/** durable survives a crash of the manager but not its removal; volatile is lost with the process. */
export interface Memory {
  readonly durable: Json;
  readonly volatile: Json;
}

export interface Turn {
  readonly nowMs: number;
  readonly why: "boot" | "edit" | "resync" | "wake" | "result" | "observed";
  readonly reading: Reading;
  readonly seen: Observation;
  readonly results: readonly ActionResult[];
  readonly lease: { readonly held: boolean; readonly epoch: number };
  /** Who I am: names of this manager, its cell and the service and place it runs as. */
  readonly self: Self;
}

export interface Self {
  readonly manager: Name;
  readonly cell: Name;
  readonly service: Name | null;
  /** Names of all managers' services: what a peer or a parent may act on. */
  readonly managerServices: Readonly<Record<Name, Name>>;
  /** Objects of this manager with what they own: services, or other objects. */
  readonly objects: readonly {
    readonly name: Name;
    readonly owns: readonly Name[];
    readonly finalizer: string;
    readonly prune: boolean;
  }[];
}

/** Which changes of the world should wake it before its next wake-up; undefined: every one. */
export interface Watch {
  readonly vanished: readonly Name[];
  readonly appeared: readonly Name[];
}

export interface Step {
  readonly memory: Memory;
  readonly propose: readonly Action[];
  readonly policy: Policy;
  readonly wakeAtMs: number | null;
  readonly waitingOn: readonly Reason[];
  readonly watch?: Watch;
  /**
   * The same reading and the same observation will get the same answer at any later time: nothing is proposed, and
   * nothing in the memory waits for the clock. A periodic look at an unchanged world then costs no step.
   */
  readonly settled?: boolean;
  /**
   * The process ends, or goes on without ever reacting again. Nothing that this step proposes is carried out; what runs
   * is left to itself until somebody starts the process again.
   */
  readonly ends?: { readonly as: "exited" | "wedged"; readonly because: Reason };
}

export interface Manager {
  readonly name: string;
  /** One sentence for `fleetquake managers`. */
  readonly about: string;
  readonly policy: Policy;
  /** Guards that come with it, in order. */
  readonly guards: readonly GuardSpec[];
  /** It is told, and woken, when an instance stops answering or answers again. */
  readonly watchesHealth?: true;
  /** Install, crash or failover: what was volatile is lost. */
  boot(durable: Json | null): Memory;
  /** Pure; the harness caches it by the text of the documents. */
  read(documents: readonly Doc[], self: Self): Reading;
  step(memory: Memory, turn: Turn): Step;
}

/** A guard by name with its options, as scenarios write it: `budget: { max: 3, per: 1h }`. */
export interface GuardSpec {
  readonly guard: string;
  readonly options: Readonly<Record<string, number | string | boolean | readonly (number | string)[]>>;
}
