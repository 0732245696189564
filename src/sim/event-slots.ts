/**
 * Storage of pending events in typed arrays, shared by the queues. A handle is slot + generation * 2^24 in a double:
 * 2^29 reuses of one slot before a generation could repeat.
 */
import { assert } from "../base/assert.js";

const slotSpan = 16_777_216;
/** Sequence numbers below 2^49, so that priority * 2^49 + sequence is exact. */
const prioritySpan = 562_949_953_421_312;

export class EventSlots {
  due: Float64Array;
  /** Priority and sequence in one number: the order among events of the same time. */
  rank: Float64Array;
  handler: Int32Array;
  argument: Int32Array;
  /** Next slot of the same list (bucket, or free list). */
  next: Int32Array;
  priority: Uint8Array;
  /** 1 while pending; 0 once cancelled or free. */
  live: Uint8Array;
  private generation: Uint32Array;
  private free = -1;
  private used = 0;
  private sequence = 0;

  constructor(capacity = 256) {
    this.due = new Float64Array(capacity);
    this.rank = new Float64Array(capacity);
    this.handler = new Int32Array(capacity);
    this.argument = new Int32Array(capacity);
    this.next = new Int32Array(capacity);
    this.priority = new Uint8Array(capacity);
    this.live = new Uint8Array(capacity);
    this.generation = new Uint32Array(capacity);
  }

  take(dueMs: number, priority: number, handler: number, argument: number): number {
    let slot = this.free;
    if (slot >= 0) this.free = this.next[slot]!;
    else {
      if (this.used === this.due.length) this.grow();
      slot = this.used++;
    }
    this.due[slot] = dueMs;
    this.rank[slot] = priority * prioritySpan + this.sequence++;
    this.priority[slot] = priority;
    this.handler[slot] = handler;
    this.argument[slot] = argument;
    this.live[slot] = 1;
    return slot;
  }

  release(slot: number): void {
    this.live[slot] = 0;
    this.generation[slot]!++;
    this.next[slot] = this.free;
    this.free = slot;
  }

  handleOf(slot: number): number {
    return (this.generation[slot]! & 0x1fffffff) * slotSpan + slot;
  }

  /** Marks the event as cancelled; its slot is given back when the queue meets it. */
  cancel(handle: number): boolean {
    const slot = handle % slotSpan;
    if (slot >= this.used || this.live[slot] === 0 || this.handleOf(slot) !== handle) return false;
    this.live[slot] = 0;
    return true;
  }

  /** Does event a come before event b? */
  before(a: number, b: number): boolean {
    const da = this.due[a]!;
    const db = this.due[b]!;
    return da < db || (da === db && this.rank[a]! < this.rank[b]!);
  }

  /** Forgets all events. Generations go on, so that old handles stay dead. */
  clear(): void {
    this.free = -1;
    for (let slot = this.used - 1; slot >= 0; slot--) {
      this.generation[slot]!++;
      this.live[slot] = 0;
      this.next[slot] = this.free;
      this.free = slot;
    }
    this.sequence = 0;
  }

  private grow(): void {
    const capacity = this.due.length * 2;
    assert(capacity <= slotSpan, "no more than 2^24 events are pending at once");
    this.due = copyInto(new Float64Array(capacity), this.due);
    this.rank = copyInto(new Float64Array(capacity), this.rank);
    this.handler = copyInto(new Int32Array(capacity), this.handler);
    this.argument = copyInto(new Int32Array(capacity), this.argument);
    this.next = copyInto(new Int32Array(capacity), this.next);
    this.priority = copyInto(new Uint8Array(capacity), this.priority);
    this.live = copyInto(new Uint8Array(capacity), this.live);
    this.generation = copyInto(new Uint32Array(capacity), this.generation);
  }
}

function copyInto<T extends Float64Array | Int32Array | Uint8Array | Uint32Array>(target: T, source: T): T {
  target.set(source);
  return target;
}
