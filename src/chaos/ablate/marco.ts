/**
 * MARCO (Liffiton et al., 2016) on sets of guards: an independent way to the minimal safe sets, to compare the table
 * with. A map says which sets nothing is known of. A seed from it that is safe is shrunk to a minimal safe set, and
 * everything above that is crossed out; one that is unsafe is grown to a maximal unsafe set, and everything below that
 * is crossed out. Right for up-closed predicates only; of any other one, ask for what contains a safe set.
 */
import { familySize, sizeOf } from "./subsets.js";

export interface Marco {
  readonly minimalSafe: readonly number[];
  readonly maximalUnsafe: readonly number[];
  /** Sets that the predicate was asked about, with repetitions. */
  readonly asked: number;
}

export function marco(guards: number, isSafe: (set: number) => boolean): Marco {
  const explored = new Uint8Array(familySize(guards));
  const all = familySize(guards) - 1;
  const minimalSafe: number[] = [];
  const maximalUnsafe: number[] = [];
  let asked = 0;
  const ask = (set: number): boolean => {
    asked++;
    return isSafe(set);
  };
  // Nothing becomes unexplored again, so the search for seeds goes on where it stopped.
  for (let seed = all; seed >= 0; seed--) {
    while (explored[seed] === 0) {
      if (ask(seed)) {
        const found = shrink(seed, guards, ask);
        minimalSafe.push(found);
        crossOut(explored, all & ~found, found);
      } else {
        const found = grow(seed, guards, ask);
        maximalUnsafe.push(found);
        crossOut(explored, found, 0);
      }
    }
  }
  return { minimalSafe: sorted(minimalSafe), maximalUnsafe: sorted(maximalUnsafe), asked };
}

function shrink(seed: number, guards: number, isSafe: (set: number) => boolean): number {
  let set = seed;
  for (let k = 0; k < guards; k++) {
    const without = set & ~(1 << k);
    if (without !== set && isSafe(without)) set = without;
  }
  return set;
}

function grow(seed: number, guards: number, isSafe: (set: number) => boolean): number {
  let set = seed;
  for (let k = 0; k < guards; k++) {
    const more = set | (1 << k);
    if (more !== set && !isSafe(more)) set = more;
  }
  return set;
}

/** All sets that are `fixed` plus any of `free`. */
function crossOut(explored: Uint8Array, free: number, fixed: number): void {
  for (let part = free; ; part = (part - 1) & free) {
    explored[fixed | part] = 1;
    if (part === 0) return;
  }
}

const sorted = (sets: readonly number[]): readonly number[] =>
  [...sets].sort((a, b) => sizeOf(a) - sizeOf(b) || a - b);
