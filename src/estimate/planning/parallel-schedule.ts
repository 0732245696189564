/**
 * Parallel schedule generation: forward in time; whenever something is free, the job that comes first in the list among
 * those that may start and fit. It never lets anybody idle who could work, which is how crews behave, but the best
 * schedule may need just that (Kolisch 1996); and one more crew can make it longer (Graham 1966).
 */
import type { Problem } from "./problem.js";

export class ParallelScheduler {
  private readonly open: Int32Array;
  private readonly free: Int32Array;
  /** Least demand of a resource among the jobs that demand anything. */
  private readonly leastUse: Int32Array;
  /** Jobs that may start, by rank. */
  private readonly ready: Int32Array;
  private readyCount = 0;
  /** Running jobs, a heap by end. */
  private readonly running: Int32Array;
  private runningCount = 0;
  private readonly ends: Float64Array;
  private rank: ArrayLike<number> = [];

  constructor(private readonly problem: Problem) {
    const { count, capacity, uses, amounts } = problem;
    this.open = new Int32Array(count);
    this.free = new Int32Array(capacity.length);
    this.ready = new Int32Array(count);
    this.running = new Int32Array(count);
    this.ends = new Float64Array(count);
    this.leastUse = new Int32Array(capacity.length).fill(0x7fffffff);
    for (let j = 0; j < count; j++) {
      const use = new Int32Array(capacity.length);
      for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++) use[uses.values[k]!] = amounts[k]!;
      if (uses.start[j] === uses.start[j + 1]) continue;
      for (let r = 0; r < use.length; r++) this.leastUse[r] = Math.min(this.leastUse[r]!, use[r]!);
    }
  }

  /** Start times by job into `start`, with these durations; smaller ranks first, equal ranks in the order given. */
  schedule(rank: ArrayLike<number>, start: Float64Array, durations: Float64Array): number {
    const { count, before, after, capacity } = this.problem;
    this.rank = rank;
    this.free.set(capacity);
    this.readyCount = 0;
    this.runningCount = 0;
    for (let j = 0; j < count; j++) this.open[j] = before.start[j + 1]! - before.start[j]!;
    let now = 0;
    for (let j = 0; j < count; j++) if (this.open[j] === 0) this.release(j, now, start, durations);
    for (;;) {
      this.startWhatFits(now, start, durations);
      if (this.runningCount === 0) return now;
      now = this.ends[this.running[0]!]!;
      while (this.runningCount > 0 && this.ends[this.running[0]!] === now) {
        const j = this.pop();
        this.give(j, 1);
        for (let k = after.start[j]!; k < after.start[j + 1]!; k++) {
          const next = after.values[k]!;
          if (--this.open[next]! === 0) this.release(next, now, start, durations);
        }
      }
    }
  }

  private release(j: number, now: number, start: Float64Array, durations: Float64Array): void {
    const { uses } = this.problem;
    // Without demands nothing holds it back, whatever its rank.
    if (uses.start[j] === uses.start[j + 1]) {
      start[j] = now;
      this.push(j, now + durations[j]!);
      return;
    }
    let at = this.readyCount++;
    for (; at > 0 && this.comesBefore(j, this.ready[at - 1]!); at--) this.ready[at] = this.ready[at - 1]!;
    this.ready[at] = j;
  }

  private comesBefore(a: number, b: number): boolean {
    const difference = this.rank[a]! - this.rank[b]!;
    return difference < 0 || (difference === 0 && a < b);
  }

  private startWhatFits(now: number, start: Float64Array, durations: Float64Array): void {
    const { ready } = this;
    let kept = 0;
    let at = 0;
    for (; at < this.readyCount && !this.exhausted(); at++) {
      const j = ready[at]!;
      if (this.fits(j)) {
        this.give(j, -1);
        start[j] = now;
        this.push(j, now + durations[j]!);
      } else ready[kept++] = j;
    }
    if (kept < at) ready.copyWithin(kept, at, this.readyCount);
    this.readyCount -= at - kept;
  }

  /** Nothing that demands anything can start. */
  private exhausted(): boolean {
    for (let r = 0; r < this.free.length; r++) if (this.free[r]! < this.leastUse[r]!) return true;
    return false;
  }

  private fits(j: number): boolean {
    const { uses, amounts } = this.problem;
    for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++)
      if (this.free[uses.values[k]!]! < amounts[k]!) return false;
    return true;
  }

  private give(j: number, sign: number): void {
    const { uses, amounts } = this.problem;
    for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++)
      this.free[uses.values[k]!]! += sign * amounts[k]!;
  }

  // ---- the heap: by end, then by index ---------------------------------------------------------------------------

  private endsBefore(a: number, b: number): boolean {
    const difference = this.ends[a]! - this.ends[b]!;
    return difference < 0 || (difference === 0 && a < b);
  }

  private push(j: number, end: number): void {
    const { running } = this;
    this.ends[j] = end;
    let at = this.runningCount++;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.endsBefore(j, running[parent]!)) break;
      running[at] = running[parent]!;
      at = parent;
    }
    running[at] = j;
  }

  private pop(): number {
    const { running } = this;
    const top = running[0]!;
    const last = running[--this.runningCount]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.runningCount) break;
      if (child + 1 < this.runningCount && this.endsBefore(running[child + 1]!, running[child]!)) child++;
      if (!this.endsBefore(running[child]!, last)) break;
      running[at] = running[child]!;
      at = child;
    }
    running[at] = last;
    return top;
  }
}
