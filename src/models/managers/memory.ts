/** What a policy-driven manager remembers, as plain data inside the contract's Memory. */
import type { Json } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";
import type { EntrySpec, Memory } from "./contract.js";
import type { PolicyOverrides } from "./policy.js";

export interface DurableMemory {
  /** Version of the configuration that was acted on last; 0: none yet. */
  readonly version: number;
  /** Last good entry of every service that it manages. */
  readonly good: Readonly<Record<Name, EntrySpec>>;
  /** The same before the last change of version: what an edge-triggered manager compares with. */
  readonly before: Readonly<Record<Name, EntrySpec>>;
  /** Last good list of what it manages; null: never read. */
  readonly manages: readonly Name[] | null;
  /** Overrides of the last good own entry, where the policy is stored in it and the manager keeps it. */
  readonly policy: PolicyOverrides | null;
  /** Inventory: what it deployed or took over, and with which revision. */
  readonly inventory: Readonly<Record<Name, string>>;
  /** Services stopped before deletion, with the time of the stop. */
  readonly quarantine: Readonly<Record<Name, number>>;
  /** Fingerprint of the removals that were only planned last time (dry run). */
  readonly planned: string;
}

const empty: DurableMemory = {
  version: 0,
  good: {},
  before: {},
  manages: null,
  policy: null,
  inventory: {},
  quarantine: {},
  planned: "",
};

export const bootMemory = (durable: Json | null): Memory => ({
  durable: durable ?? (empty as unknown as Json),
  volatile: { booted: true },
});

export const durableOf = (memory: Memory): DurableMemory => memory.durable as unknown as DurableMemory;

/** The same object when nothing changed, so that the harness can compare by identity. */
export function remember(memory: Memory, next: DurableMemory): Memory {
  const now = durableOf(memory);
  const same =
    now.version === next.version &&
    now.good === next.good &&
    now.before === next.before &&
    now.manages === next.manages &&
    now.policy === next.policy &&
    now.inventory === next.inventory &&
    now.quarantine === next.quarantine &&
    now.planned === next.planned;
  return same ? memory : { durable: next as unknown as Json, volatile: memory.volatile };
}
