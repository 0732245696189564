/**
 * Randomness keyed by meaning: a draw is a pure function of (seed, replication, entity, purpose, index). Entities are
 * keyed by their names, so adding or reordering others changes nobody's luck, and two managers face the same.
 */
import { out, threefry2x32 } from "./threefry.js";

/** 64 bits that stand for a name. */
export interface EntityKey {
  readonly hi: number;
  readonly lo: number;
}

/** A name as 64 bits: its UTF-16 code units in pairs are chained through the cipher. */
export function nameKey(name: string): EntityKey {
  let hi = name.length;
  let lo = 0x243f6a88;
  for (let i = 0; i < name.length; i += 2) {
    const second = i + 1 < name.length ? name.charCodeAt(i + 1) : 0;
    threefry2x32(hi, lo, (name.charCodeAt(i) << 16) | second, i);
    hi = out[0]!;
    lo = out[1]!;
  }
  return { hi, lo };
}

/** The key of an ordered pair, such as a service in a region. */
export function pairKey(a: EntityKey, b: EntityKey): EntityKey {
  threefry2x32(a.hi, a.lo, b.hi, b.lo);
  return { hi: out[0]!, lo: out[1]! };
}

/** What a draw is for, as 32 bits. Compute it once, keep it in a constant. */
export const purpose = (name: string): number => nameKey(name).lo;

/** The luck of one replication. */
export class Luck {
  private seed = 0;
  private replication = 0;
  /** Purposes whose draws come out at the median. */
  private pinned: readonly number[] = [];

  constructor(seed: number, replication: number) {
    this.reset(seed, replication);
  }

  /** Both are uint32. */
  reset(seed: number, replication: number, pinned: readonly number[] = []): void {
    this.seed = seed >>> 0;
    this.replication = replication >>> 0;
    this.pinned = pinned;
  }

  /** A number strictly between 0 and 1 with 53 bits. Two ciphers: (seed, replication) with the entity, then purpose and index. */
  uniform(keyHi: number, keyLo: number, what: number, index: number): number {
    if (this.pinned.length > 0 && this.pinned.includes(what)) return 0.5;
    threefry2x32(this.seed, this.replication, keyHi, keyLo);
    threefry2x32(out[0]!, out[1]!, what, index);
    return ((out[0]! >>> 5) * 67108864 + (out[1]! >>> 6) + 0.5) / 9007199254740992;
  }
}
