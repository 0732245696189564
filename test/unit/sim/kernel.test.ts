import { describe, expect, it } from "vitest";
import { HeapQueue } from "../../../src/sim/heap-queue.js";
import { Kernel, priority } from "../../../src/sim/kernel.js";

const dayMs = 86_400_000;
const always = { untilMs: Number.POSITIVE_INFINITY, eventsMax: Number.POSITIVE_INFINITY };

describe("Kernel", () => {
  it("orders by time, then priority, then the order of scheduling", () => {
    const kernel = new Kernel();
    const seen: number[] = [];
    const note = kernel.register((argument) => seen.push(argument));
    kernel.schedule(5, priority.people, note, 1);
    kernel.schedule(5, priority.world, note, 2);
    kernel.schedule(1, priority.collectors, note, 3);
    kernel.schedule(5, priority.world, note, 4);
    kernel.schedule(5, priority.health, note, 5);
    expect(kernel.run(always)).toBe("empty");
    expect(seen).toEqual([3, 2, 4, 5, 1]);
    expect(kernel.now).toBe(5);
    expect(kernel.eventsHandled).toBe(5);
  });

  it("lets a handler schedule for the same instant", () => {
    const kernel = new Kernel();
    const seen: string[] = [];
    const late = kernel.register(() => seen.push("late"));
    const early = kernel.register(() => {
      seen.push("early");
      kernel.scheduleIn(0, priority.health, late, 0);
    });
    const other = kernel.register(() => seen.push("other"));
    kernel.schedule(3, priority.world, early, 0);
    kernel.schedule(3, priority.managers, other, 0);
    kernel.run(always);
    expect(seen).toEqual(["early", "late", "other"]);
  });

  it("never cancels a later event through the handle of an earlier one, not after 2^16 reuses of its slot", () => {
    const kernel = new Kernel();
    let handled = 0;
    const count = kernel.register(() => handled++);
    const stale = kernel.schedule(0, priority.world, count, 0);
    kernel.run(always);
    for (let k = 0; k < 65_536; k++) {
      const handle = kernel.scheduleIn(1, priority.world, count, 0);
      expect(kernel.cancel(stale)).toBe(false);
      if (k % 2 === 0) expect(kernel.cancel(handle)).toBe(true);
      kernel.run(always);
    }
    expect(handled).toBe(1 + 32_768);
  });

  it("cancels once", () => {
    const kernel = new Kernel();
    const seen: number[] = [];
    const note = kernel.register((argument) => seen.push(argument));
    const handle = kernel.schedule(2, 0, note, 1);
    kernel.schedule(3, 0, note, 2);
    expect(kernel.cancel(handle)).toBe(true);
    expect(kernel.cancel(handle)).toBe(false);
    kernel.run(always);
    expect(seen).toEqual([2]);
  });

  it("says which limit ended it, and goes on from there", () => {
    const kernel = new Kernel();
    let handled = 0;
    const tick = kernel.register(() => {
      handled++;
      kernel.scheduleIn(1_000, priority.world, tick, 0);
    });
    kernel.schedule(0, priority.world, tick, 0);
    expect(kernel.run({ untilMs: 4_500, eventsMax: 100 })).toBe("time-limit");
    expect([handled, kernel.now]).toEqual([5, 4_500]);
    expect(kernel.run({ untilMs: 1e9, eventsMax: 8 })).toBe("event-limit");
    expect(handled).toBe(8);
    const interrupt = (): boolean => true;
    expect(kernel.run({ untilMs: 1e12, eventsMax: 1e9, interrupt })).toBe("interrupted");
  });

  it("keeps integer milliseconds over 60 days", () => {
    const kernel = new Kernel();
    let last = 0;
    const tick = kernel.register(() => {
      last = kernel.now;
      kernel.scheduleIn(61_001, priority.world, tick, 0);
    });
    kernel.schedule(0, priority.world, tick, 0);
    kernel.run({ untilMs: 60 * dayMs, eventsMax: 1e9 });
    expect(last).toBe(Math.floor((60 * dayMs) / 61_001) * 61_001);
  });

  it("refuses the past: that is a bug of ours", () => {
    const kernel = new Kernel();
    const nothing = kernel.register(() => {});
    kernel.schedule(10, 0, nothing, 0);
    kernel.run(always);
    expect(() => kernel.schedule(9, 0, nothing, 0)).toThrow(/before now/);
  });

  it("does the same on a heap, and again after a reset", () => {
    const trace = (kernel: Kernel): string => {
      const seen: string[] = [];
      const spread = kernel.register((argument) => {
        seen.push(`${kernel.now}:${argument}`);
        if (argument < 500) {
          kernel.scheduleIn((argument * 37) % 11, argument % 6, spread, argument + 1);
          kernel.scheduleIn((argument * 91) % 13, (argument + 1) % 6, spread, argument + 7);
        }
      });
      kernel.schedule(0, 0, spread, 490);
      kernel.schedule(0, 3, spread, 488);
      kernel.run(always);
      const first = seen.join();
      seen.length = 0;
      kernel.reset();
      kernel.schedule(0, 0, spread, 490);
      kernel.schedule(0, 3, spread, 488);
      kernel.run(always);
      expect(seen.join()).toBe(first);
      return first;
    };
    expect(trace(new Kernel())).toBe(trace(new Kernel(new HeapQueue())));
  });
});
