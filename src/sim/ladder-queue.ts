/**
 * A ladder queue (Tang, Goh and Thng, ACM TOMACS 15(3), 2005) over typed arrays: far events lie unsorted in `top`, are
 * dealt into the buckets of a few rungs as time comes near, and only a small `bottom` is kept sorted. About constant
 * cost an event, whatever the law of the increments. Times are whole ms, so no rung is finer than 1.
 */
import type { EventHandle, EventQueue } from "./event-queue.js";
import { EventSlots } from "./event-slots.js";
import { Rung } from "./rung.js";
import { SlotHeap } from "./slot-heap.js";
import { sortSlots } from "./sort-slots.js";

/** A bucket with more events than this is dealt into a finer rung; measured flat between 32 and 96. */
const bucketMax = 48;
/** Late events are sorted into a bottom of up to this many; a longer one takes them through a heap. */
const insertMax = 64;
/** Rungs below the first; a bucket on the last is sorted however long it is. */
const rungsMax = 10;

export class LadderQueue implements EventQueue {
  dueMs = 0;
  priority = 0;
  handler = 0;
  argument = 0;
  size = 0;
  private readonly slots = new EventSlots();
  /** Sorted slots [head, tail). */
  private bottom = new Int32Array(256);
  private spare = new Int32Array(256);
  private head = 0;
  private tail = 0;
  /** Events that came late for a long bottom. */
  private readonly late = new SlotHeap(this.slots);
  private readonly rungs: Rung[] = [];
  private depth = 0;
  /** Everything due before this is in bottom or late. */
  private bottomLimit = 0;
  private topHead = -1;
  private topTail = -1;
  private topCount = 0;
  private topMin = Number.POSITIVE_INFINITY;
  private topMax = Number.NEGATIVE_INFINITY;
  /** Everything due at or after this is in top. */
  private topStart = 0;

  push(dueMs: number, priority: number, handler: number, argument: number): EventHandle {
    const { slots } = this;
    const slot = slots.take(dueMs, priority, handler, argument);
    this.size++;
    if (dueMs >= this.topStart) {
      slots.next[slot] = -1;
      if (this.topTail < 0) this.topHead = slot;
      else slots.next[this.topTail] = slot;
      this.topTail = slot;
      this.topCount++;
      if (dueMs < this.topMin) this.topMin = dueMs;
      if (dueMs > this.topMax) this.topMax = dueMs;
    } else if (dueMs < this.bottomLimit) {
      if (this.tail - this.head <= insertMax) this.insert(slot);
      else this.late.push(slot);
    } else {
      let r = 0;
      while (dueMs < this.rungs[r]!.currentStart) r++;
      this.rungs[r]!.add(slots, slot, dueMs);
    }
    return slots.handleOf(slot);
  }

  pop(limitMs = Number.POSITIVE_INFINITY): boolean {
    const { slots } = this;
    for (;;) {
      if (this.head === this.tail && this.late.size === 0 && !this.refill()) return false;
      const slot = this.first();
      const dueMs = slots.due[slot]!;
      const live = slots.live[slot] === 1;
      if (live && dueMs > limitMs) return false;
      if (this.late.size > 0 && slot === this.late.peek()) this.late.pop();
      else this.head++;
      if (live) {
        this.dueMs = dueMs;
        this.handler = slots.handler[slot]!;
        this.argument = slots.argument[slot]!;
        this.priority = slots.priority[slot]!;
        this.size--;
      }
      slots.release(slot);
      if (live) return true;
    }
  }

  cancel(handle: EventHandle): boolean {
    if (!this.slots.cancel(handle)) return false;
    this.size--;
    return true;
  }

  clear(): void {
    this.slots.clear();
    this.late.clear();
    this.head = 0;
    this.tail = 0;
    this.depth = 0;
    this.size = 0;
    this.bottomLimit = 0;
    this.topStart = 0;
    this.emptyTop();
  }

  private emptyTop(): void {
    this.topHead = -1;
    this.topTail = -1;
    this.topCount = 0;
    this.topMin = Number.POSITIVE_INFINITY;
    this.topMax = Number.NEGATIVE_INFINITY;
  }

  private first(): number {
    if (this.late.size === 0) return this.bottom[this.head]!;
    const late = this.late.peek();
    if (this.head === this.tail) return late;
    const next = this.bottom[this.head]!;
    return this.slots.before(late, next) ? late : next;
  }

  /** Into the sorted bottom, from its end: what is scheduled late is mostly due late. */
  private insert(slot: number): void {
    if (this.tail === this.bottom.length) this.makeRoom();
    const { bottom, slots } = this;
    let at = this.tail++;
    while (at > this.head && slots.before(slot, bottom[at - 1]!)) {
      bottom[at] = bottom[at - 1]!;
      at--;
    }
    bottom[at] = slot;
  }

  private makeRoom(): void {
    if (this.head > 0) {
      this.bottom.copyWithin(0, this.head, this.tail);
      this.tail -= this.head;
      this.head = 0;
      return;
    }
    this.reserve(this.bottom.length * 2);
  }

  private reserve(capacity: number): void {
    if (this.bottom.length >= capacity) return;
    let length = this.bottom.length;
    while (length < capacity) length *= 2;
    const larger = new Int32Array(length);
    larger.set(this.bottom);
    this.bottom = larger;
    this.spare = new Int32Array(length);
  }

  /** Brings the next events into the empty bottom. False when there are none. */
  private refill(): boolean {
    this.head = 0;
    this.tail = 0;
    for (;;) {
      while (this.depth > 0 && !this.rungs[this.depth - 1]!.advance()) this.depth--;
      if (this.depth === 0) {
        if (this.topCount === 0) {
          // Nothing is left in between: what comes now and is not far goes straight to the bottom.
          this.bottomLimit = this.topStart;
          return false;
        }
        this.dealTop();
        if (this.tail > 0) return true;
        continue;
      }
      const rung = this.rungs[this.depth - 1]!;
      const count = rung.currentCount;
      if (count > bucketMax && rung.width > 1 && this.depth <= rungsMax) {
        this.dealBucket(rung, count);
        continue;
      }
      const list = rung.take();
      this.bottomLimit = rung.currentStart;
      this.sortIntoBottom(list, count);
      return true;
    }
  }

  private dealTop(): void {
    const head = this.topHead;
    const count = this.topCount;
    const start = this.topMin;
    const range = this.topMax - start + 1;
    this.emptyTop();
    if (count <= bucketMax || range === 1) {
      this.topStart = start + range;
      this.bottomLimit = this.topStart;
      this.sortIntoBottom(head, count);
      return;
    }
    const rung = this.nextRung(start, range, count);
    this.topStart = rung.end;
    this.bottomLimit = start;
    rung.addAll(this.slots, head);
  }

  private dealBucket(from: Rung, count: number): void {
    const start = from.bucketStart;
    const range = from.width;
    const head = from.take();
    const rung = this.nextRung(start, range, count);
    this.bottomLimit = start;
    rung.addAll(this.slots, head);
  }

  private nextRung(start: number, range: number, count: number): Rung {
    let rung = this.rungs[this.depth];
    if (rung === undefined) this.rungs.push((rung = new Rung()));
    rung.begin(start, range, count);
    this.depth++;
    return rung;
  }

  private sortIntoBottom(list: number, count: number): void {
    this.reserve(count);
    const { slots, bottom } = this;
    let n = 0;
    for (let slot = list; slot >= 0; slot = slots.next[slot]!) bottom[n++] = slot;
    sortSlots(slots, bottom, this.spare, n);
    this.head = 0;
    this.tail = n;
  }
}
