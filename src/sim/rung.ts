/** One rung of the ladder: buckets of equal width over a stretch of time, each a list in order of arrival. */
import type { EventSlots } from "./event-slots.js";

export class Rung {
  /** Whole ms. */
  width = 1;
  private start = 0;
  private limit = 0;
  private buckets = 0;
  /** Bucket that comes next; those before it are empty for good. */
  private current = 0;
  private heads = new Int32Array(64);
  private tails = new Int32Array(64);
  private counts = new Int32Array(64);

  /** About one event a bucket. */
  begin(start: number, range: number, count: number): void {
    this.start = start;
    this.limit = start + range;
    this.width = Math.max(1, Math.ceil(range / count));
    this.buckets = Math.ceil(range / this.width);
    this.current = 0;
    if (this.heads.length < this.buckets) {
      let length = this.heads.length;
      while (length < this.buckets) length *= 2;
      this.heads = new Int32Array(length);
      this.tails = new Int32Array(length);
      this.counts = new Int32Array(length);
    }
    this.counts.fill(0, 0, this.buckets);
  }

  get end(): number {
    return this.limit;
  }

  /**
   * Events due before this are no longer taken by this rung. Never after its end: the last bucket may be wider than
   * what is left of the stretch, and what lies behind it belongs to the rung above.
   */
  get currentStart(): number {
    return Math.min(this.limit, this.start + this.width * this.current);
  }

  get bucketStart(): number {
    return this.currentStart;
  }

  get currentCount(): number {
    return this.counts[this.current]!;
  }

  add(slots: EventSlots, slot: number, dueMs: number): void {
    const bucket = Math.floor((dueMs - this.start) / this.width);
    slots.next[slot] = -1;
    if (this.counts[bucket]!++ === 0) this.heads[bucket] = slot;
    else slots.next[this.tails[bucket]!] = slot;
    this.tails[bucket] = slot;
  }

  addAll(slots: EventSlots, list: number): void {
    for (let slot = list; slot >= 0; ) {
      const next = slots.next[slot]!;
      this.add(slots, slot, slots.due[slot]!);
      slot = next;
    }
  }

  /** Moves to the next bucket with events; false when there is none. */
  advance(): boolean {
    const { counts, buckets } = this;
    let at = this.current;
    while (at < buckets && counts[at] === 0) at++;
    this.current = at;
    return at < buckets;
  }

  /** The current bucket's list; the rung goes on to the next. */
  take(): number {
    const list = this.heads[this.current]!;
    this.counts[this.current] = 0;
    this.current++;
    return list;
  }
}
