/**
 * Guards stand between what a manager proposes and what the world carries out; the harness runs them, not the manager.
 * An admit guard is a predicate over one action; a set guard judges the whole raw plan and holds all of it or nothing.
 * So, within one step, adding a guard can only remove removals.
 */
import type { Name } from "../fleet/spec.js";
import type { Action, Observation, Reading, Self, Ticket } from "../managers/contract.js";
import type { Policy } from "../managers/policy.js";

export type GuardStage = "read" | "admit" | "set" | "schedule" | "topology" | "process";

export interface Hold {
  readonly verdict: "hold";
  readonly text: string;
  /** When asking again makes sense; absent: when something changes. */
  readonly retryAtMs?: number;
  /** Somebody has to agree first. */
  readonly request?: ApprovalRequest;
  /** Where nothing else objects, the places that still run are stopped meanwhile: what can be undone comes first. */
  readonly instead?: "stop";
}

export type Judgement =
  | { readonly verdict: "admit" }
  | { readonly verdict: "reject"; readonly text: string }
  | Hold;

export interface ApprovalRequest {
  /** What is asked: `removal:<service>`, `plan:<fingerprint>`. */
  readonly key: string;
  readonly services: readonly Name[];
  /** Principals that have to agree. */
  readonly count: number;
}

export interface ApprovalState {
  readonly grantedBy: readonly string[];
  readonly refused: boolean;
}

export interface GuardContext {
  readonly nowMs: number;
  readonly self: Self;
  readonly policy: Policy;
  readonly reading: Reading;
  readonly seen: Observation;
  /** Destructive actions of the plan, unfiltered. */
  readonly raw: readonly Action[];
  /** Declared removals, by service. */
  readonly tickets: ReadonlyMap<Name, Ticket>;
  /** The change that the reading comes from; null: the first configuration. */
  readonly change: Pick<Ticket, "author" | "scope" | "approvals"> | null;
  /** Services that managers run as, and everything those need, transitively. */
  readonly managerServices: ReadonlySet<Name>;
  readonly managerNeeds: ReadonlySet<Name>;
  /** Somebody else deploys what this manager runs as: a peer, or another manager. */
  readonly deployedByAnother: boolean;
  /**
   * Distinct intents, not re-proposals: services that this manager proposed to remove, with the time of the first
   * proposal or, once it was carried out, of that.
   */
  readonly intents: ReadonlyMap<Name, number>;
  /** Highest version that anything was carried out from; kept outside the manager, so its removal does not reset it. */
  readonly lastAppliedVersion: number;
  /** Epoch of whoever holds the lease now. */
  readonly currentEpoch: number;
  /** What this manager deployed or took over, as far as it keeps such a list; null: it keeps none. */
  readonly inventory: Readonly<Record<Name, unknown>> | null;
  /** Services that are stopped as a first step of their removal, with the time of the stop. */
  readonly stoppedSince: ReadonlyMap<Name, number>;
  /** Since when no capability is impaired anywhere; null: one is. */
  readonly calmSinceMs: number | null;
  approval(key: string): ApprovalState;
}

export type GuardOptions = Readonly<Record<string, number | string | boolean | readonly (number | string)[]>>;

export interface Guard {
  readonly name: string;
  /** Number in the literature list of the design: G01..G24; own ones start with X. */
  readonly id: string;
  readonly stage: GuardStage;
  /** One sentence for `fleetquake guards`. */
  readonly about: string;
  readonly stops: string;
  readonly cost: string;
  /** When a legitimate removal waits for ever. */
  readonly liveness: string;
  readonly judgeAction?: (action: Action, context: GuardContext, options: GuardOptions) => Judgement;
  readonly judgeSet?: (context: GuardContext, options: GuardOptions) => Judgement;
}

export const admit: Judgement = { verdict: "admit" };
export const reject = (text: string): Judgement => ({ verdict: "reject", text });
export const hold = (text: string, retryAtMs?: number): Judgement =>
  retryAtMs === undefined ? { verdict: "hold", text } : { verdict: "hold", text, retryAtMs };

export const isDestructive = (action: Action): boolean => action.do === "delete" || action.do === "stop";

/** Distinct services of the raw plan. */
export const servicesOf = (actions: readonly Action[]): readonly Name[] => [
  ...new Set(actions.map((action) => action.target.service)),
];

/** The first of an action's service and the removed owners that it follows from: a cascade is as good as its root. */
export function findRoot(action: Action, test: (service: Name) => boolean): Name | undefined {
  const { service } = action.target;
  if (test(service)) return service;
  return action.because.find((reason) => reason.code === "owner-removed" && test(reason.about))?.about;
}

export function numberOption(options: GuardOptions, key: string, fallback: number): number {
  const value = options[key];
  return typeof value === "number" ? value : fallback;
}
