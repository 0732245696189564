/** Most managers are data: a name, a policy over the axes, guards. A custom one overrides `boot`, `read` or `step`. */
import type { Doc, GuardSpec, Manager, Memory, Reading, Self, Step, Turn } from "./contract.js";
import { bootMemory } from "./memory.js";
import { type Policy, type PolicyOverrides, policyNumbersDefault } from "./policy.js";
import { policyStep } from "./policy-step.js";

export interface ManagerDefinition {
  readonly name: string;
  readonly about: string;
  /** Where a preset of a real manager has its rules from: documentation, tickets, or "observed" with the version. */
  readonly source?: string;
  /** Where it differs from `plainPolicy`. */
  readonly policy?: PolicyOverrides;
  readonly guards?: readonly GuardSpec[];
  readonly watchesHealth?: true;
  readonly boot?: Manager["boot"];
  readonly read?: Manager["read"];
  /** Gets the policy with the scenario's overrides in it. */
  readonly step?: (policy: Policy, memory: Memory, turn: Turn) => Step;
}

/** An entry of the catalogue: what a scenario's `model:` names. */
export interface ManagerModel {
  readonly name: string;
  readonly about: string;
  /** Where its rules come from, for presets of real managers. */
  readonly source?: string;
  readonly policy: Policy;
  readonly guards: readonly GuardSpec[];
  /** The manager of one run: overrides and guards of the scenario applied, `read` shared by its instances. */
  build(
    policy: Policy,
    guards: readonly GuardSpec[],
    read: (documents: readonly Doc[], self: Self) => Reading,
  ): Manager;
}

/** The plainest manager there is; every definition says where it differs. */
export const plainPolicy: Policy = {
  ...policyNumbersDefault,
  trigger: "level",
  absence: "ignore",
  error: "skipEntry",
  cascade: "none",
  ownership: "label",
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
  drift: "redeploy",
};

export function defineManager(definition: ManagerDefinition): ManagerModel {
  const own: Policy = { ...plainPolicy, ...definition.policy };
  const step = definition.step ?? policyStep;
  return {
    name: definition.name,
    about: definition.about,
    ...(definition.source === undefined ? {} : { source: definition.source }),
    policy: own,
    guards: definition.guards ?? [],
    build: (policy, guards, read) => ({
      name: definition.name,
      about: definition.about,
      policy,
      guards,
      ...(definition.watchesHealth === true ? { watchesHealth: true as const } : {}),
      boot: definition.boot ?? bootMemory,
      read: definition.read ?? read,
      step: (memory, turn) => step(policy, memory, turn),
    }),
  };
}
