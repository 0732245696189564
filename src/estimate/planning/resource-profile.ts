/** How much of one resource is free over time: steps, kept sorted. */
export class ResourceProfile {
  /** Step k holds from times[k] up to times[k + 1]; the last one for ever, and there everything is free. */
  private readonly times: Float64Array;
  private readonly free: Int32Array;
  private count = 1;

  constructor(
    private readonly capacity: number,
    usersMax: number,
  ) {
    this.times = new Float64Array(2 * usersMax + 2);
    this.free = new Int32Array(2 * usersMax + 2);
    this.reset();
  }

  reset(): void {
    this.count = 1;
    this.times[0] = 0;
    this.free[0] = this.capacity;
  }

  /** The earliest time from `from` on at which `amount` is free for `duration`. */
  earliest(from: number, duration: number, amount: number): number {
    const { times, free } = this;
    const last = this.count - 1;
    let k = this.stepAt(from);
    let start = from;
    for (;;) {
      if (free[k]! < amount) start = times[++k]!;
      else if (k === last || times[k + 1]! >= start + duration) return start;
      else k++;
    }
  }

  take(start: number, duration: number, amount: number): void {
    const first = this.split(start);
    const end = this.split(start + duration);
    for (let k = first; k < end; k++) this.free[k]! -= amount;
  }

  /** The last step that begins at or before a time. */
  private stepAt(time: number): number {
    const { times } = this;
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (times[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The step that begins exactly at a time, made where there is none. */
  private split(time: number): number {
    const k = this.stepAt(time);
    if (this.times[k] === time) return k;
    const { times, free } = this;
    // By hand: moving a few numbers is faster than a call of copyWithin.
    for (let i = this.count; i > k + 1; i--) {
      times[i] = times[i - 1]!;
      free[i] = free[i - 1]!;
    }
    times[k + 1] = time;
    free[k + 1] = free[k]!;
    this.count++;
    return k + 1;
  }
}
