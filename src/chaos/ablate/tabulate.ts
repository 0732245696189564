/** The table of all sets: which are safe. Every set is asked about, or only those below which nothing safe was found. */
import { bySize, type Exception, exceptionsOf, type Family, familySize, sizeOf } from "./subsets.js";

export type TableMode = "full" | "up-closure";

export interface Table {
  readonly safe: Family;
  readonly mode: TableMode;
  /** Sets that the predicate was asked about. */
  readonly asked: number;
  /** Where one more guard makes a safe set unsafe. */
  readonly exceptions: readonly Exception[];
}

/** A probe takes every set of at most this size with every guard that can be added to it. */
const probeSize = 2;

/**
 * `full`: asks about every set. Otherwise all sets of at most two guards are asked about together with all that have
 * one guard more, and chains from one guard to all of them, in the order of the guards and against it, from every start;
 * when nothing shows a guard that makes a safe set unsafe, what contains a safe set is taken for safe, else every set is
 * asked about. Yields the number of sets done.
 */
export function* tabulate(
  guards: number,
  isSafe: (set: number) => boolean,
  full: boolean,
): Generator<number, Table> {
  const known = new Int8Array(familySize(guards)).fill(-1);
  let asked = 0;
  const ask = (set: number): number => {
    if (known[set] === -1) {
      known[set] = isSafe(set) ? 1 : 0;
      asked++;
    }
    return known[set]!;
  };
  const sets = bySize(guards);
  const mode = full || !(yield* looksUpClosed(guards, sets, ask)) ? "full" : "up-closure";
  const safe = new Uint8Array(known.length);
  for (const [index, set] of sets.entries()) {
    safe[set] = mode === "up-closure" && containsSafe(set, guards, safe) ? 1 : ask(set);
    if (index % 16 === 0) yield index;
  }
  return { safe, mode, asked, exceptions: exceptionsOf(guards, safe) };
}

function* looksUpClosed(
  guards: number,
  sets: readonly number[],
  ask: (set: number) => number,
): Generator<number, boolean> {
  const probes = sets.filter((set) => sizeOf(set) <= probeSize);
  for (const [index, set] of probes.entries()) {
    if (index % 4 === 0) yield 0;
    if (ask(set) === 0) continue;
    for (let k = 0; k < guards; k++) if (ask(set | (1 << k)) === 0) return false;
  }
  for (let start = 0; start < guards; start++) {
    yield 0;
    for (const direction of [1, guards - 1]) {
      let set = 0;
      let safe = ask(set);
      for (let step = 0; step < guards; step++) {
        set |= 1 << ((start + step * direction) % guards);
        const next = ask(set);
        if (next < safe) return false;
        safe = next;
      }
    }
  }
  return true;
}

/** Smaller sets come first, so looking at those with one guard less is enough. */
function containsSafe(set: number, guards: number, safe: Family): boolean {
  for (let k = 0; k < guards; k++) if ((set >> k) & 1 && safe[set ^ (1 << k)] === 1) return true;
  return false;
}
