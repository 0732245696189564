/**
 * Many counts that change in steps over time, as one short text: what a page carries to show any moment of a run.
 *
 * A text is a row of frames, a frame a row of whole numbers from 0: milliseconds since the frame before it, number of
 * runs, then for each run of neighbouring channels that take the same value: channels skipped since the end of the run
 * before it, further channels of the run, value. Numbers are written in base 64 with five bits a digit and the sixth to
 * say that more follow, the variable-length quantities of source maps without their sign.
 */
import { assert } from "./assert.js";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What changes at one instant: channels in ascending order, each with the value that it has from then on. */
export interface StepFrame {
  readonly atMs: number;
  readonly changes: readonly (readonly [channel: number, value: number])[];
}

/** Takes values while time goes on; what ends an instant as it began it is no change. All channels begin at 0. */
export class StepRecorder {
  private readonly frames: StepFrame[] = [];
  private readonly before: Int32Array;
  private readonly now: Int32Array;
  private touched = new Set<number>();
  private atMs = 0;

  constructor(channels: number) {
    this.before = new Int32Array(channels);
    this.now = new Int32Array(channels);
  }

  /** Times never go back. */
  add(atMs: number, channel: number, by: number): void {
    assert(atMs >= this.atMs, "steps are recorded in the order of time");
    if (atMs > this.atMs) this.close();
    this.atMs = atMs;
    this.now[channel]! += by;
    this.touched.add(channel);
  }

  /** Everything so far, in order. */
  finish(): readonly StepFrame[] {
    this.close();
    return this.frames;
  }

  private close(): void {
    const changes = [...this.touched]
      .filter((channel) => this.now[channel] !== this.before[channel])
      .sort((a, b) => a - b)
      .map((channel) => [channel, this.now[channel]!] as const);
    this.touched = new Set();
    if (changes.length === 0) return;
    for (const [channel, value] of changes) this.before[channel] = value;
    this.frames.push({ atMs: this.atMs, changes });
  }
}

/** Fewer frames: what changes between two of the instants (ascending) is seen at the later one; what comes after all of them stays. */
export function coarser(frames: readonly StepFrame[], instants: readonly number[]): readonly StepFrame[] {
  const merged = new Map<number, Map<number, number>>();
  let next = 0;
  for (const { atMs, changes } of frames) {
    while (next < instants.length && instants[next]! < atMs) next++;
    const at = instants[next] ?? atMs;
    const values = merged.get(at) ?? new Map<number, number>();
    for (const [channel, value] of changes) values.set(channel, value);
    merged.set(at, values);
  }
  return [...merged].map(([atMs, values]) => ({
    atMs,
    changes: [...values].sort((a, b) => a[0] - b[0]),
  }));
}

export function packSteps(frames: readonly StepFrame[]): string {
  let text = "";
  const write = (value: number): void => {
    for (let rest = value; ; ) {
      const low = rest % 32;
      rest = (rest - low) / 32;
      text += digits[low + (rest > 0 ? 32 : 0)]!;
      if (rest === 0) return;
    }
  };
  let beforeMs = 0;
  for (const { atMs, changes } of frames) {
    const runs: { first: number; last: number; value: number }[] = [];
    for (const [channel, value] of changes) {
      const run = runs.at(-1);
      if (run !== undefined && run.last + 1 === channel && run.value === value) run.last = channel;
      else runs.push({ first: channel, last: channel, value });
    }
    write(atMs - beforeMs);
    write(runs.length);
    let end = 0;
    for (const { first, last, value } of runs) {
      write(first - end);
      write(last - first);
      write(value);
      end = last + 1;
    }
    beforeMs = atMs;
  }
  return text;
}

/** Reads a packed text and stands at one instant of it. */
export class StepCursor {
  /** By channel, at the instant. */
  readonly values: Int32Array;
  private readonly numbers: Float64Array;
  /** Time of every frame, and where its runs begin in `numbers`. */
  readonly times: Float64Array;
  private readonly starts: Int32Array;
  private done = 0;

  constructor(text: string, channels: number) {
    this.values = new Int32Array(channels);
    this.numbers = numbersOf(text);
    const times: number[] = [];
    const starts: number[] = [];
    let atMs = 0;
    for (let at = 0; at < this.numbers.length; at += 2 + 3 * this.numbers[at + 1]!) {
      atMs += this.numbers[at]!;
      times.push(atMs);
      starts.push(at + 1);
    }
    this.times = Float64Array.from(times);
    this.starts = Int32Array.from(starts);
  }

  /** Goes to an instant, with everything that changes at it. */
  seek(atMs: number): void {
    if (this.done > 0 && this.times[this.done - 1]! > atMs) {
      this.values.fill(0);
      this.done = 0;
    }
    for (; this.done < this.times.length && this.times[this.done]! <= atMs; this.done++)
      this.apply(this.done);
  }

  private apply(frame: number): void {
    const start = this.starts[frame]!;
    let channel = 0;
    for (let run = 0; run < this.numbers[start]!; run++) {
      const at = start + 1 + 3 * run;
      channel += this.numbers[at]!;
      const end = channel + this.numbers[at + 1]! + 1;
      this.values.fill(this.numbers[at + 2]!, channel, end);
      channel = end;
    }
  }
}

function numbersOf(text: string): Float64Array {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const character of text) {
    const digit = digits.indexOf(character);
    value += (digit % 32) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return Float64Array.from(numbers);
}
