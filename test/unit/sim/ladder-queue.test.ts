import { describe, expect, it } from "vitest";
import type { EventQueue } from "../../../src/sim/event-queue.js";
import { HeapQueue } from "../../../src/sim/heap-queue.js";
import { LadderQueue } from "../../../src/sim/ladder-queue.js";

/** A small generator of its own (mulberry32): the queue under test must not choose its own input. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Increments in ms, drawn from u in [0, 1). */
const laws: Readonly<Record<string, (u: () => number) => number>> = {
  exponential: (u) => Math.floor(-Math.log(1 - u()) * 10_000),
  uniform: (u) => Math.floor(u() * 20_000),
  ties: (u) => Math.floor(u() * 3),
  "nothing but ties": () => 0,
  bursts: (u) => (u() < 0.9 ? 0 : Math.floor(u() * 1_000_000)),
  "far future": (u) => (u() < 0.5 ? Math.floor(u() * 100) : 1e12 + Math.floor(u() * 1e6)),
  camel: (u) => Math.floor((u() < 0.5 ? 1_000 : 100_000) + u() * 50),
  "falling, then the end of numbers": (u) => Math.floor(1e14 * u() * u() * u()),
};

/** Pops that differ between the two queues, out of `operations` random ones. */
function compare(law: (u: () => number) => number, seed: number, pending: number, operations: number) {
  const u = generator(seed);
  const ladder: EventQueue = new LadderQueue();
  const heap: EventQueue = new HeapQueue();
  const handles: [number, number][] = [];
  let errors = 0;
  let pops = 0;
  let argument = 0;
  const push = (now: number): void => {
    const due = now + law(u);
    const priority = Math.floor(u() * 6);
    handles.push([ladder.push(due, priority, 7, argument), heap.push(due, priority, 7, argument)]);
    argument++;
  };
  for (let k = 0; k < pending; k++) push(0);
  while (pops < operations) {
    const choice = u();
    if (choice < 0.04 && handles.length > 0) {
      const [a, b] = handles[Math.floor(u() * handles.length)]!;
      if (ladder.cancel(a) !== heap.cancel(b)) errors++;
    } else {
      const limit = choice < 0.08 ? heap.dueMs + Math.floor(u() * 100) : undefined;
      const popped = heap.pop(limit);
      if (ladder.pop(limit) !== popped) errors++;
      if (popped) {
        pops++;
        const same =
          ladder.dueMs === heap.dueMs &&
          ladder.priority === heap.priority &&
          ladder.handler === heap.handler &&
          ladder.argument === heap.argument;
        if (!same) errors++;
      }
    }
    if (ladder.size !== heap.size) errors++;
    const grow = pops % 20_000 < 4_000 ? 2 : 1;
    if (heap.size < pending) for (let k = 0; k < grow; k++) push(heap.dueMs);
    if (handles.length > 4 * pending) handles.splice(0, handles.length - pending);
    if (u() < 0.000_02) {
      ladder.clear();
      heap.clear();
      for (let k = 0; k < pending; k++) push(0);
    }
  }
  return { errors, pops };
}

describe("ladder queue against the heap", () => {
  for (const [name, law] of Object.entries(laws)) {
    it(`pops 150,000 events in the same order: ${name}`, () => {
      const pops = [10, 300, 20_000].map((pending, k) => compare(law, 17 + k, pending, 50_000));
      expect(pops.map((item) => item.errors)).toEqual([0, 0, 0]);
      expect(pops.every((item) => item.pops === 50_000)).toBe(true);
    });
  }

  it("is empty after everything was popped, and can be used again", () => {
    const queue = new LadderQueue();
    for (let round = 0; round < 3; round++) {
      for (let k = 0; k < 1_000; k++) queue.push((k * 7919) % 1000, 0, 0, k);
      let last = -1;
      while (queue.pop()) {
        expect(queue.dueMs).toBeGreaterThanOrEqual(last);
        last = queue.dueMs;
      }
      expect(queue.size).toBe(0);
      queue.clear();
    }
  });
});
