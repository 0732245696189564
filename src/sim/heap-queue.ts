/** The plain queue: a binary heap. Slower than the ladder, and simple enough to be its oracle. */
import type { EventHandle, EventQueue } from "./event-queue.js";
import { EventSlots } from "./event-slots.js";
import { SlotHeap } from "./slot-heap.js";

export class HeapQueue implements EventQueue {
  dueMs = 0;
  priority = 0;
  handler = 0;
  argument = 0;
  size = 0;
  private readonly slots = new EventSlots();
  private readonly heap = new SlotHeap(this.slots);

  push(dueMs: number, priority: number, handler: number, argument: number): EventHandle {
    const slot = this.slots.take(dueMs, priority, handler, argument);
    this.heap.push(slot);
    this.size++;
    return this.slots.handleOf(slot);
  }

  pop(limitMs = Number.POSITIVE_INFINITY): boolean {
    const { slots, heap } = this;
    while (heap.size > 0) {
      const slot = heap.peek();
      const live = slots.live[slot] === 1;
      if (live && slots.due[slot]! > limitMs) return false;
      heap.pop();
      if (live) {
        this.dueMs = slots.due[slot]!;
        this.priority = slots.priority[slot]!;
        this.handler = slots.handler[slot]!;
        this.argument = slots.argument[slot]!;
        this.size--;
      }
      slots.release(slot);
      if (live) return true;
    }
    return false;
  }

  cancel(handle: EventHandle): boolean {
    if (!this.slots.cancel(handle)) return false;
    this.size--;
    return true;
  }

  clear(): void {
    this.heap.clear();
    this.slots.clear();
    this.size = 0;
  }
}
