/** How a mechanism of a real incident is written down: a manager policy, the fleet it stands in, and what stops it. */
import type { GuardSpec } from "../../../src/models/managers/contract.js";
import type { ManagerModel } from "../../../src/models/managers/define-manager.js";
import {
  type Policy,
  type PolicyOverrides,
  policyNumbersDefault,
} from "../../../src/models/managers/policy.js";
import type { MutationSpec } from "../../../src/scenario/scenario.js";

/** A manager of the catalogue with a habit that no axis says. */
export interface Habit {
  readonly model: ManagerModel;
  readonly says: string;
}

export interface Mechanism {
  /** As in the list of incidents: a letter for the class, and a number. */
  readonly id: string;
  readonly tickets: readonly string[];
  /** One sentence. */
  readonly about: string;
  /** Where the manager differs from `careful`. */
  readonly policy: PolicyOverrides;
  readonly guards?: readonly GuardSpec[];
  readonly habit?: Habit;
  readonly base: string;
  /** Property, or property, rule, action and cause, that the search has to find violated. */
  readonly expect: string;
  /** What set the incident off, and the mutation that is the same thing here; null: no operator is. */
  readonly trigger: { readonly text: string; readonly recipe: readonly MutationSpec[] | null };
  /** Random cases beside all single mutations, where it takes more of them than usual. */
  readonly random?: number;
  /** What stops it: one axis, one guard, or the manager without its habit. */
  readonly fix:
    | { readonly policy: PolicyOverrides }
    | { readonly guard: GuardSpec }
    | { readonly withoutHabit: true };
}

/** What the policies start from: nothing is removed that no ticket names. Every mechanism says where it differs. */
export const careful: Policy = {
  ...policyNumbersDefault,
  trigger: "levelResync",
  absence: "tombstoneOnly",
  error: "lastKnownGoodEntry",
  cascade: "none",
  ownership: "inventory",
  finalizer: "none",
  selfManagement: "external",
  mapping: "global",
  approval: "none",
  dryRun: "none",
  budget: "unlimited",
  rollout: "all",
  scope: "global",
  versioning: "none",
  failMode: "static",
  softDelete: "none",
  drift: "report",
};
