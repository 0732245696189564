/**
 * Guards stand between what a manager proposes and what the world carries out; the harness runs them, not the manager.
 * An admit guard is a predicate over one action; a set guard judges the whole raw plan and holds all of it or nothing.
 * So, within one step, adding a guard can only remove removals.
 */
import type { Name } from "../fleet/spec.js";
import type { Action, Observation, Reading, Self, Ticket } from "../managers/contract.js";
import type { Policy } from "../managers/policy.js";

export type GuardStage = "read" | "admit" | "set" | "schedule" | "topology" | "process";

export type Judgement =
  | { readonly verdict: "admit" }
  | { readonly verdict: "reject"; readonly text: string }
  | {
      readonly verdict: "hold";
      readonly text: string;
      /** When asking again makes sense; absent: when something changes. */
      readonly retryAtMs?: number;
      /** Somebody has to agree first. */
      readonly request?: ApprovalRequest;
    };

export interface ApprovalRequest {
  /** What is asked: `removal:<service>`, `plan:<fingerprint>`. */
  readonly key: string;
  readonly services: readonly Name[];
  /** Principals that agreed already. */
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
  /** Services first proposed for removal by this manager, with the time: distinct intents, not re-proposals. */
  readonly intents: ReadonlyMap<Name, number>;
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
  readonly judgeAction?: (action: Action, context: GuardContext, options: GuardOptions) => Judgement;
  readonly judgeSet?: (context: GuardContext, options: GuardOptions) => Judgement;
}

export const admit: Judgement = { verdict: "admit" };
export const reject = (text: string): Judgement => ({ verdict: "reject", text });

export const isDestructive = (action: Action): boolean => action.do === "delete" || action.do === "stop";

/** Distinct services of the raw plan. */
export const servicesOf = (actions: readonly Action[]): readonly Name[] => [
  ...new Set(actions.map((action) => action.target.service)),
];

export function numberOption(options: GuardOptions, key: string, fallback: number): number {
  const value = options[key];
  return typeof value === "number" ? value : fallback;
}
