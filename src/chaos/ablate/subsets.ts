/** Sets of up to 16 guards as bits of a number, and families of them as a table with one byte a set. */

/** More than this many guards make a table too large to fill. */
export const guardsMax = 16;

/** One byte a set: 1, it belongs to the family. */
export type Family = Uint8Array;

export const familySize = (guards: number): number => 1 << guards;

export function sizeOf(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Positions of the bits, in order. */
export function membersOf(set: number): readonly number[] {
  const members: number[] = [];
  for (let k = 0; set >> k !== 0; k++) if ((set >> k) & 1) members.push(k);
  return members;
}

export const namesOf = (set: number, names: readonly string[]): readonly string[] =>
  membersOf(set).map((k) => names[k]!);

/** Every set, small ones first; equal sizes in the order of the guards. */
export function bySize(guards: number): readonly number[] {
  const sizes = Array.from({ length: familySize(guards) }, (_, set) => sizeOf(set));
  return sizes.map((_, set) => set).sort((a, b) => sizes[a]! - sizes[b]! || compareSets(a, b));
}

/** Of sets of the same size: the one with the earlier guards comes first. */
function compareSets(a: number, b: number): number {
  const difference = a ^ b;
  const lowest = difference & -difference;
  return difference === 0 ? 0 : a & lowest ? -1 : 1;
}

/** Members of the family of which no proper subset belongs to it. */
export function minimalSets(guards: number, has: (set: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (const set of bySize(guards)) {
    if (!found.some((smaller) => (smaller & set) === smaller) && has(set)) found.push(set);
  }
  return found;
}

/** The family and everything that contains one of its members. Its minimal sets are those of the family. */
export function upClosure(guards: number, family: Family): Family {
  const closed = family.slice();
  for (let k = 0; k < guards; k++) {
    for (let set = 0; set < closed.length; set++) if ((set >> k) & 1) closed[set]! |= closed[set ^ (1 << k)]!;
  }
  return closed;
}

/** A set that is safe, and one more guard that makes it unsafe. */
export interface Exception {
  readonly set: number;
  readonly adding: number;
}

/** Where the family is not up-closed; none: it is. */
export function exceptionsOf(guards: number, family: Family): readonly Exception[] {
  const found: Exception[] = [];
  for (let set = 0; set < family.length; set++) {
    if (family[set] === 0) continue;
    for (let adding = 0; adding < guards; adding++) {
      if (((set >> adding) & 1) === 0 && family[set | (1 << adding)] === 0) found.push({ set, adding });
    }
  }
  return found;
}

/** Safe sets that stay safe when any one of their guards is bypassed. */
export const survivesBypass = (set: number, family: Family): boolean =>
  family[set] === 1 && membersOf(set).every((k) => family[set ^ (1 << k)] === 1);
