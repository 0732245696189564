/** A manager as a scenario names it: a model of the catalogue, its version with defects, and what is overridden. */
import type { Name } from "../fleet/spec.js";
import type { GuardSpec } from "./contract.js";
import type { PolicyOverrides } from "./policy.js";

/**
 * A bug that belongs to versions of a manager. `leave-reference-in-own-entry`: when a service is removed, the tooling
 * of this version deletes its document and forgets the reference in the manager's own entry.
 */
export interface DefectSpec {
  readonly id: string;
  readonly after: "removal";
  readonly does: "leave-reference-in-own-entry";
  /** First version without it; compared in natural order. Null: never fixed. */
  readonly fixedIn: string | null;
}

export interface ManagerSpec {
  readonly name: Name;
  /** Name in the catalogue of managers. */
  readonly model: string;
  readonly version: string;
  /** The service it runs as; null: outside the fleet. */
  readonly service: Name | null;
  readonly instances: "one" | "per-group" | "per-region";
  /** What one instance is responsible for. */
  readonly cells: "global" | "by-group" | "by-region";
  /** `people`, or the name of another manager. */
  readonly deployedBy: Name;
  /** Services it needs to read its configuration. */
  readonly reads: readonly Name[];
  readonly defects: readonly DefectSpec[];
  readonly policy: PolicyOverrides;
  readonly guards: {
    readonly add: readonly GuardSpec[];
    readonly drop: readonly string[];
    /** in-configuration: guards and policy are part of the own entry and vanish with it. */
    readonly stored: "external" | "in-configuration";
  };
  /** Waves of region groups for its changes; null: the model's own. */
  readonly rollout: { readonly waves: readonly (readonly Name[])[]; readonly bakeMs: number } | null;
}
