/** The nine cells of `meta-des`: one server of 100 a second, clients that time out after 1 s, a pause of 20 s. */
import { Luck } from "../../src/base/keyed-random.js";
import { FluidFleet } from "../../src/models/demand/fluid-fleet.js";
import type { LoadPolicy } from "../../src/models/demand/load-policy.js";
import type { QueueSpec } from "../../src/models/demand/spec.js";
import { type StationSpec, simulateStation } from "../../src/run/request-station.js";

export interface Cell {
  readonly name: string;
  readonly rate: number;
  readonly pause?: false;
  readonly budget?: number;
  readonly queue?: Partial<QueueSpec>;
  /** Answers in time, a second, from 300 s to 400 s. */
  readonly goodput: number;
}

export const cells: readonly Cell[] = [
  { name: "20 a second", rate: 20, goodput: 20.2 },
  { name: "60 a second", rate: 60, goodput: 0 },
  { name: "60 a second without the pause", rate: 60, pause: false, goodput: 60 },
  { name: "60 a second with a retry budget", rate: 60, budget: 0.1, goodput: 59.8 },
  { name: "60 a second with a queue of 50", rate: 60, queue: { bound: 50 }, goodput: 59.1 },
  { name: "60 a second, last in first out", rate: 60, queue: { order: "lifo" }, goodput: 58.2 },
  { name: "60 a second, expired requests dropped", rate: 60, queue: { dropExpired: true }, goodput: 59.1 },
  { name: "90 a second with a retry budget", rate: 90, budget: 0.1, goodput: 0 },
  { name: "90 a second with a queue of 50", rate: 90, queue: { bound: 50 }, goodput: 89.8 },
];

const plain: QueueSpec = { bound: 4000, order: "fifo", dropExpired: false };
const second = 1000;
const pause = { fromMs: 50 * second, untilMs: 70 * second };

export const stationOf = (cell: Omit<Cell, "goodput">): StationSpec => ({
  arrivalsPerSecond: cell.rate,
  servedPerSecond: 100,
  servers: 1,
  timeoutMs: second,
  patienceMs: null,
  retry: { max: 3, meanWaitMs: 100, budget: cell.budget ?? null },
  queue: { ...plain, ...cell.queue },
  pause: cell.pause === false ? null : pause,
  untilMs: 400 * second,
  countFromMs: 300 * second,
});

export const goodputOf = (cell: Cell, seed: number): number =>
  simulateStation(stationOf(cell), new Luck(seed, 0)).goodputPerSecond;

/** The same as a fluid. */
export function fluidGoodput(cell: Cell): number {
  const policy: LoadPolicy = {
    retry: {
      max: 3,
      timeoutMs: second,
      backoff: { baseMs: 100, capMs: 100 },
      jitter: "full",
      budget: cell.budget ?? null,
    },
    queue: { ...plain, ...cell.queue },
    admission: null,
    patienceMs: Number.POSITIVE_INFINITY,
    sessionLifetimeMs: 3600 * second,
  };
  const fluid = new FluidFleet(
    [{ rate: cell.rate, path: [{ station: 0, calls: 1 }], fallback: [] }],
    1,
    policy,
  );
  const turns: readonly (readonly [number, number])[] =
    cell.pause === false
      ? [[0, 100]]
      : [
          [0, 100],
          [pause.fromMs, 0],
          [pause.untilMs, 100],
        ];
  let nowMs = 0;
  let good = 0;
  const runUntil = (untilMs: number): void => {
    while (nowMs < untilMs) {
      fluid.settle();
      const ms = Math.min(fluid.turnsIn() ?? Number.POSITIVE_INFINITY, untilMs - nowMs);
      const counted = Math.max(0, nowMs + ms - Math.max(nowMs, 300 * second));
      good += (cell.rate * fluid.factor[0]! * counted) / second;
      fluid.advance(ms);
      nowMs += ms;
    }
  };
  turns.forEach(([fromMs, capacity], k) => {
    runUntil(fromMs);
    fluid.setStation(0, capacity);
    runUntil(turns[k + 1]?.[0] ?? 400 * second);
  });
  return good / 100;
}
