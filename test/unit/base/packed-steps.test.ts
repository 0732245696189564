/** Counts that change in steps: what was recorded is read back at any instant, in any order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarser, packSteps, StepCursor, StepRecorder } from "../../../src/base/packed-steps.js";

const channels = 7;
const step = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 40 })),
  channel: fc.nat(channels - 1),
  by: fc.integer({ min: 0, max: 100_000 }),
});

/** Adds, so that counts stay whole numbers from 0; what is read is compared with sums made the plain way. */
function recorded(steps: readonly { afterMs: number; channel: number; by: number }[]) {
  const recorder = new StepRecorder(channels);
  let atMs = 0;
  const told = steps.map(({ afterMs, channel, by }) => {
    atMs += afterMs;
    recorder.add(atMs, channel, by);
    return { atMs, channel, by };
  });
  const at = (ms: number): number[] => {
    const sums = new Array<number>(channels).fill(0);
    for (const item of told) if (item.atMs <= ms) sums[item.channel]! += item.by;
    return sums;
  };
  return { frames: recorder.finish(), times: told.map((item) => item.atMs), at };
}

describe("packed steps", () => {
  it("give back what was recorded, forwards, backwards and between", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(29)), (steps, order) => {
        const { frames, times, at } = recorded(steps);
        const cursor = new StepCursor(packSteps(frames), channels);
        for (const k of order) {
          for (const ms of [times[k] ?? 0, (times[k] ?? 1) - 1, 2 ** 50]) {
            cursor.seek(ms);
            expect([...cursor.values]).toEqual(at(ms));
          }
        }
      }),
    );
  });

  it("write neighbours that change alike as one run", () => {
    const recorder = new StepRecorder(1000);
    for (let channel = 0; channel < 1000; channel++) recorder.add(5, channel, 1);
    // Five milliseconds, one run: from channel 0, 999 more, value 1.
    expect(packSteps(recorder.finish())).toBe("FBAnfB");
  });

  it("know no change that was taken back within its instant", () => {
    const recorder = new StepRecorder(2);
    recorder.add(1, 0, 1);
    recorder.add(1, 0, -1);
    expect(recorder.finish()).toEqual([]);
  });

  it("made coarser are the same at every instant that is kept, and after the last", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(200)), (steps, kept) => {
        const { frames, at } = recorded(steps);
        const instants = [...new Set(kept)].sort((a, b) => a - b);
        const cursor = new StepCursor(packSteps(coarser(frames, instants)), channels);
        for (const ms of [...instants, 2 ** 50]) {
          cursor.seek(ms);
          expect([...cursor.values]).toEqual(at(ms));
        }
      }),
    );
  });
});
