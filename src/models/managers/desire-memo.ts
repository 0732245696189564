/**
 * What managers worked out lately. A step is pure, so what follows from the very same inputs may be kept; a manager that
 * looks at an unchanged configuration again and again then works it out once. The memo is a short ring and not a map
 * by reading: a search makes a new reading with every case, and hashing and collecting those costs it 40 % of its speed.
 */
import type { Name } from "../fleet/spec.js";
import type { Reading, Self, Turn, Watch } from "./contract.js";
import { type Desired, desiredState } from "./desired-state.js";
import type { DurableMemory } from "./memory.js";
import type { Policy } from "./policy.js";

export interface Desire {
  readonly desired: Desired;
  /** Filled in by the step: the wanted entries as it remembers them; the same object, so that what follows is known too. */
  good: DurableMemory["good"] | null;
  /** Filled in by the step: what to watch for, given what it owns. */
  watch: { readonly mine: ReadonlySet<Name>; readonly watch: Watch } | null;
}

interface Known extends Desire {
  readonly reading: Reading;
  readonly policy: Policy;
  readonly self: Self;
  readonly knownGood: DurableMemory["good"];
  readonly manages: DurableMemory["manages"];
}

const known: Known[] = [];
const knownMax = 128;
let next = 0;

export function rememberedDesire(policy: Policy, durable: DurableMemory, { reading, self }: Turn): Desire {
  const { good, manages } = durable;
  for (const item of known) {
    const same =
      item.reading === reading &&
      item.self === self &&
      item.policy === policy &&
      item.knownGood === good &&
      item.manages === manages;
    if (same) return item;
  }
  const desired = desiredState(policy, durable, reading, self);
  const desire: Known = {
    desired,
    good: null,
    watch: null,
    reading,
    policy,
    self,
    knownGood: good,
    manages,
  };
  known[next] = desire;
  next = (next + 1) % knownMax;
  return desire;
}
