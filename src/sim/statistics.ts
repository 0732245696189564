/** Collectors of simulation output: counts and moments, time-weighted means, exact quantiles. */
import { assert } from "../base/assert.js";

/** Count, mean and variance in one pass (Welford, Technometrics 1962). */
export class Tally {
  count = 0;
  mean = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  private squares = 0;

  add(value: number): void {
    this.count++;
    const delta = value - this.mean;
    this.mean += delta / this.count;
    this.squares += delta * (value - this.mean);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Unbiased; 0 for fewer than two values. */
  get variance(): number {
    return this.count < 2 ? 0 : this.squares / (this.count - 1);
  }
}

/** The mean of something that changes at points in time, weighted by how long it lasted. */
export class TimeWeighted {
  private area = 0;
  private since: number;
  private readonly start: number;

  constructor(
    nowMs: number,
    private current = 0,
  ) {
    this.start = nowMs;
    this.since = nowMs;
  }

  set(nowMs: number, value: number): void {
    assert(nowMs >= this.since, "time-weighted values come in order of time");
    this.area += this.current * (nowMs - this.since);
    this.since = nowMs;
    this.current = value;
  }

  get value(): number {
    return this.current;
  }

  integral(nowMs: number): number {
    return this.area + this.current * (nowMs - this.since);
  }

  mean(nowMs: number): number {
    const length = nowMs - this.start;
    return length > 0 ? this.integral(nowMs) / length : this.current;
  }
}

/** Keeps every value; quantiles are exact: the smallest value with at least a share q of all at or below it. */
export class Sample {
  private readonly values: number[] = [];
  private sorted = true;

  add(value: number): void {
    this.values.push(value);
    this.sorted = false;
  }

  get count(): number {
    return this.values.length;
  }

  quantile(q: number): number {
    assert(this.values.length > 0 && q >= 0 && q <= 1, "a quantile needs values and a share from 0 to 1");
    if (!this.sorted) this.values.sort((a, b) => a - b);
    this.sorted = true;
    return this.values[Math.max(0, Math.ceil(q * this.values.length) - 1)]!;
  }
}
