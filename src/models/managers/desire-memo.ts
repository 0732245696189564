/**
 * What managers worked out lately. A step is pure, so what follows from the very same inputs may be kept; a manager that
 * looks at an unchanged configuration again and again then works it out once. The memo is a short list and not a weak
 * map: a search makes a new reading with every case, and collecting those from weak maps costs more than the memo saves.
 */
import type { Name } from "../fleet/spec.js";
import type { Reading, Self, Turn, Watch } from "./contract.js";
import { type Desired, desiredState } from "./desired-state.js";
import type { DurableMemory } from "./memory.js";
import type { Policy } from "./policy.js";

export interface Desire {
  readonly desired: Desired;
  /** Filled in by the step: what to watch for, given what it owns. */
  watch: { readonly mine: ReadonlySet<Name>; readonly watch: Watch } | null;
}

interface Known extends Desire {
  readonly policy: Policy;
  readonly self: Self;
  readonly good: DurableMemory["good"];
  readonly manages: DurableMemory["manages"];
}

/** In the order in which they were worked out; the oldest go first. */
const known = new Map<Reading, Known>();
const knownMax = 128;

export function rememberedDesire(policy: Policy, durable: DurableMemory, { reading, self }: Turn): Desire {
  const { good, manages } = durable;
  const before = known.get(reading);
  const same =
    before !== undefined &&
    before.self === self &&
    before.policy === policy &&
    before.good === good &&
    before.manages === manages;
  if (same) return before;
  const desired = desiredState(policy, durable, reading, self);
  const desire: Known = { desired, watch: null, policy, self, good, manages };
  known.set(reading, desire);
  if (known.size > knownMax) known.delete(known.keys().next().value!);
  return desire;
}
