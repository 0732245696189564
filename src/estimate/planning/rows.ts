/** Lists of indices, one row a job, in two flat arrays; and the order that a relation between jobs allows. */
import { err, ok, type Result } from "../../base/result.js";

/** Row i is values[start[i]] .. values[start[i + 1] - 1]. */
export interface Rows {
  readonly start: Int32Array;
  readonly values: Int32Array;
}

export function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const start = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i++) start[i + 1] = start[i]! + lists[i]!.length;
  return { start, values: Int32Array.from(lists.flat()) };
}

/** All jobs, each after those before it, as near to the given order as that allows; or a shortest loop among those left. */
export function topologicalOrder(
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): Result<Int32Array, readonly number[]> {
  const open = Int32Array.from(before, (list) => list.length);
  const order = new Int32Array(before.length);
  let count = 0;
  for (let i = 0; i < open.length; i++) if (open[i] === 0) order[count++] = i;
  for (let k = 0; k < count; k++) {
    for (const next of after[order[k]!]!) if (--open[next]! === 0) order[count++] = next;
  }
  if (count === order.length) return ok(order);
  const left = new Set<number>();
  for (let i = 0; i < open.length; i++) if (open[i]! > 0) left.add(i);
  let best: readonly number[] | null = null;
  for (const start of left) {
    const loop = shortestLoop(start, after, left);
    if (loop !== null && (best === null || loop.length < best.length)) best = loop;
    if (best !== null && best.length <= 2) break;
  }
  return err(best ?? []);
}

function shortestLoop(
  start: number,
  after: readonly (readonly number[])[],
  among: ReadonlySet<number>,
): readonly number[] | null {
  const cameFrom = new Map<number, number>();
  const open = [start];
  for (const at of open) {
    for (const next of after[at]!) {
      if (next === start) {
        const path = [at];
        for (let back = at; back !== start; path.push(back)) back = cameFrom.get(back)!;
        return path.reverse();
      }
      if (cameFrom.has(next) || !among.has(next)) continue;
      cameFrom.set(next, at);
      open.push(next);
    }
  }
  return null;
}

/** Transitive closure as bits: row i has bit j where j is reached from i. Rows of `words` 32-bit words. */
export class Reach {
  readonly words: number;
  private readonly bits: Int32Array;

  /** `order`: every job after those it reaches is wrong; the reverse of a topological order for `next` = after. */
  constructor(next: Rows, order: Iterable<number>, count: number) {
    this.words = (count + 31) >>> 5;
    this.bits = new Int32Array(this.words * count);
    for (const i of order) {
      const row = i * this.words;
      for (let k = next.start[i]!; k < next.start[i + 1]!; k++) {
        const j = next.values[k]!;
        this.bits[row + (j >>> 5)]! |= 1 << (j & 31);
        const other = j * this.words;
        for (let w = 0; w < this.words; w++) this.bits[row + w]! |= this.bits[other + w]!;
      }
    }
  }

  has(i: number, j: number): boolean {
    return (this.bits[i * this.words + (j >>> 5)]! & (1 << (j & 31))) !== 0;
  }

  /** The jobs that i reaches, ascending. */
  of(i: number): number[] {
    const found: number[] = [];
    for (let w = 0; w < this.words; w++) {
      let word = this.bits[i * this.words + w]!;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        found.push(w * 32 + bit);
        word &= word - 1;
      }
    }
    return found;
  }
}
