/** A binary heap of event slots: the whole of the plain queue, and the overflow of the ladder. */
import type { EventSlots } from "./event-slots.js";

export class SlotHeap {
  private items = new Int32Array(64);
  size = 0;

  constructor(private readonly slots: EventSlots) {}

  push(slot: number): void {
    if (this.size === this.items.length) {
      const larger = new Int32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    const { items, slots } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!slots.before(slot, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = slot;
  }

  peek(): number {
    return this.items[0]!;
  }

  pop(): number {
    const { items, slots } = this;
    const top = items[0]!;
    const last = items[--this.size]!;
    const size = this.size;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && slots.before(items[child + 1]!, items[child]!)) child++;
      if (!slots.before(items[child]!, last)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return top;
  }

  clear(): void {
    this.size = 0;
  }
}
