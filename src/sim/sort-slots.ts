/** Sorts event slots by due time and rank: insertion for few, merging of runs for many (ties come in sorted runs). */
import type { EventSlots } from "./event-slots.js";

const insertionMax = 64;

/** Sorts items[0..n); `spare` is as long as `items`. */
export function sortSlots(slots: EventSlots, items: Int32Array, spare: Int32Array, n: number): void {
  if (n <= insertionMax) {
    insertionSort(slots, items, 0, n);
    return;
  }
  for (let from = 0; from < n; from += insertionMax)
    insertionSort(slots, items, from, Math.min(n, from + insertionMax));
  for (let width = insertionMax; width < n; width *= 2) {
    for (let from = 0; from + width < n; from += 2 * width) {
      merge(slots, items, spare, from, from + width, Math.min(n, from + 2 * width));
    }
  }
}

function insertionSort(slots: EventSlots, items: Int32Array, from: number, to: number): void {
  const { due, rank } = slots;
  for (let i = from + 1; i < to; i++) {
    const slot = items[i]!;
    const d = due[slot]!;
    const r = rank[slot]!;
    let at = i;
    while (at > from) {
      const other = items[at - 1]!;
      const e = due[other]!;
      if (e < d || (e === d && rank[other]! < r)) break;
      items[at] = other;
      at--;
    }
    items[at] = slot;
  }
}

function merge(
  slots: EventSlots,
  items: Int32Array,
  spare: Int32Array,
  from: number,
  middle: number,
  to: number,
): void {
  if (slots.before(items[middle - 1]!, items[middle]!)) return;
  for (let i = from; i < middle; i++) spare[i] = items[i]!;
  let left = from;
  let right = middle;
  let at = from;
  while (left < middle) {
    if (right < to && slots.before(items[right]!, spare[left]!)) items[at++] = items[right++]!;
    else items[at++] = spare[left++]!;
  }
}
