/** The fluid against the simulation of single requests, and its own turns. */
import { describe, expect, it } from "vitest";
import { FluidFleet, type FluidFlow } from "../../../../src/models/demand/fluid-fleet.js";
import {
  herdBacklog,
  returnWindowMs,
  safeWindowMs,
  waitingAfter,
} from "../../../../src/models/demand/herd.js";
import { type LoadPolicy, noRetry, plainQueue } from "../../../../src/models/demand/load-policy.js";
import { shareToLogIn } from "../../../../src/models/demand/sessions.js";
import { cells, fluidGoodput, goodputOf } from "../../../helpers/stations.js";

const minute = 60_000;
const hour = 60 * minute;
const policy: LoadPolicy = {
  retry: { ...noRetry, max: 3 },
  queue: plainQueue,
  admission: null,
  patienceMs: Number.POSITIVE_INFINITY,
  sessionLifetimeMs: 12 * hour,
};
const flow = (
  rate: number,
  stations: readonly number[],
  fallback: FluidFlow["fallback"] = [],
): FluidFlow => ({
  rate,
  path: stations.map((station) => ({ station, calls: 1 })),
  fallback,
});

function run(fluid: FluidFleet, ms: number): void {
  for (let left = ms; left > 0; ) {
    fluid.settle();
    const step = Math.min(left, fluid.turnsIn() ?? left);
    fluid.advance(step);
    left -= step;
  }
  fluid.settle();
}

/** One station of 1000 a second, out for an hour. */
function afterAnHour(rate: number, of: Partial<LoadPolicy> = {}): FluidFleet {
  const fluid = new FluidFleet([flow(rate, [0])], 1, { ...policy, ...of });
  fluid.setStation(0, null);
  fluid.setFlow(0, 0, 0);
  run(fluid, hour);
  fluid.setStation(0, 1000);
  fluid.setFlow(0, 1, 1);
  return fluid;
}

describe("the fluid", () => {
  it.each(cells.map((cell) => [cell.name, cell] as const))(
    "serves what single requests are served: %s",
    (_, cell) => {
      expect(Math.abs(fluidGoodput(cell) - cell.goodput)).toBeLessThanOrEqual(3);
      expect(Math.abs(fluidGoodput(cell) - goodputOf(cell, 1))).toBeLessThanOrEqual(3);
    },
  );

  it("collapses under the herd, and stays so in the vulnerable band", () => {
    const fluid = afterAnHour(600);
    expect(fluid.waiting[0]).toBe(0);
    run(fluid, 5 * hour);
    expect(fluid.modes[0]).toBe("collapsed");
    expect(fluid.factor[0]).toBe(0);
    expect(fluid.offered[0]).toBe(2400);
    fluid.shed(0);
    run(fluid, 1);
    expect(fluid.modes[0]).toBe("healthy");
    expect(fluid.unsettled).toBe(false);
  });

  it("comes back by itself below its hidden capacity", () => {
    const fluid = afterAnHour(200);
    run(fluid, minute);
    expect(fluid.hasCollapsed).toBe(true);
    run(fluid, 5 * hour);
    expect(fluid.modes[0]).toBe("healthy");
    expect(fluid.queue[0]).toBe(0);
  });

  it("drains in Q / (capacity - rate) once the herd is over", () => {
    const fluid = afterAnHour(200);
    run(fluid, minute);
    expect(fluid.modes[0]).toBe("draining");
    const toDrain = fluid.queue[0]! - 1000 * 10;
    const seconds = toDrain / (1000 - 800);
    run(fluid, Math.floor(1000 * seconds) - 2);
    expect(fluid.modes[0]).toBe("draining");
    run(fluid, 4);
    expect(fluid.modes[0]).toBe("healthy");
  });

  it.each<[string, Partial<LoadPolicy>]>([
    ["admission control", { admission: 0.9 }],
    ["a stack instead of a queue", { queue: { ...plainQueue, order: "lifo" } }],
    ["dropping what expired", { queue: { ...plainQueue, dropExpired: true } }],
    ["a queue that is shorter than clients wait", { queue: { ...plainQueue, bound: 5000 } }],
  ])("never collapses with %s", (_, of) => {
    const fluid = afterAnHour(600, of);
    run(fluid, 30_000);
    expect(fluid.modes[0]).toBe("shedding");
    // A herd of 2.16 million within a minute: 36600 a second for 1000.
    expect(fluid.factor[0]).toBeCloseTo((1000 * (of.admission ?? 1)) / 36_600, 9);
    run(fluid, hour);
    expect(fluid.modes[0]).toBe("healthy");
    expect(fluid.factor[0]).toBe(1);
  });

  it("a smaller capacity makes of the same queue a long one", () => {
    const fluid = afterAnHour(600, { queue: { ...plainQueue, bound: 5000 } });
    fluid.setStation(0, 300);
    run(fluid, minute);
    expect(fluid.hasCollapsed).toBe(true);
  });

  it("users who turn to another way can bring it down", () => {
    const flows = [flow(300, [0], [{ flow: 1, enrolled: 0.8 }]), flow(800, [1])];
    const fluid = new FluidFleet(flows, 2, policy);
    fluid.setStation(0, 1000);
    fluid.setStation(1, 1000);
    run(fluid, hour);
    expect(fluid.modes).toEqual(["healthy", "healthy"]);
    fluid.setStation(0, null);
    fluid.setFlow(0, 0, 0.8);
    fluid.settle();
    expect(fluid.offered[1]).toBe(1040);
    run(fluid, hour);
    expect(fluid.modes[1]).toBe("collapsed");
  });

  it("retries load everything on the way", () => {
    const flows = [flow(200, [0, 1]), flow(300, [1])];
    const fluid = new FluidFleet(flows, 2, policy);
    fluid.setStation(0, 0);
    fluid.setStation(1, 1000);
    fluid.settle();
    expect(fluid.offered[1]).toBe(4 * 200 + 300);
  });
});

describe("the herd", () => {
  it("of half a million for 4000 a second, 1500 of them usual, needs 200 s", () => {
    expect(safeWindowMs(500_000, 4000, 1500)).toBe(200_000);
    expect(herdBacklog(500_000, minute, 4000, 1500)).toBe(350_000);
    expect(herdBacklog(500_000, 200_000, 4000, 1500)).toBe(0);
    expect(safeWindowMs(1, 1500, 1500)).toBeNull();
  });

  it("is those whose session has ended, and at most all", () => {
    const users = 100 * 12 * 3600;
    expect(waitingAfter(0, 100, 390 * minute, policy)).toBeCloseTo(
      users * shareToLogIn(390 * minute, policy.sessionLifetimeMs),
      6,
    );
    expect(waitingAfter(0, 100, 48 * hour, policy)).toBe(users);
  });

  it("is smaller when users lose patience, and as large after two outages of half as after one", () => {
    const impatient = { ...policy, patienceMs: 10 * minute };
    expect(waitingAfter(0, 100, 10 * hour, impatient)).toBeCloseTo(100 * 600, 6);
    const half = waitingAfter(0, 100, 5 * minute, impatient);
    expect(waitingAfter(half, 100, 5 * minute, impatient)).toBeCloseTo(
      waitingAfter(0, 100, 10 * minute, impatient),
      6,
    );
  });

  it("comes within the longest wait, or at once without jitter", () => {
    expect(returnWindowMs(policy)).toBe(minute);
    expect(returnWindowMs({ retry: { ...policy.retry, jitter: "none" } })).toBe(1000);
  });
});
