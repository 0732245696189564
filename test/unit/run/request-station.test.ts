/** One station request by request, against exact results of queueing theory and the acceptance matrix of metastability. */
import { describe, expect, it } from "vitest";
import { Luck } from "../../../src/base/keyed-random.js";
import { abandonment, meanOrbit } from "../../../src/models/demand/impatience.js";
import { type StationResult, type StationSpec, simulateStation } from "../../../src/run/request-station.js";
import { expectMean } from "../../helpers/interval.js";
import { cells, goodputOf, stationOf } from "../../helpers/stations.js";

const replications = <T>(count: number, of: (result: StationResult) => T, spec: StationSpec): T[] =>
  Array.from({ length: count }, (_, r) => of(simulateStation(spec, new Luck(20_250_213, r))));

const quiet: StationSpec = {
  ...stationOf({ name: "", rate: 1 }),
  timeoutMs: null,
  retry: { max: 0, meanWaitMs: 0, budget: null },
  queue: { bound: null, order: "fifo", dropExpired: false },
  pause: null,
};

describe("meta-des: what is served in time, long after a pause of 20 s", () => {
  it.each(cells.map((cell) => [cell.name, cell] as const))("%s", (_, cell) => {
    for (const seed of [1, 2, 3])
      expect(Math.abs(goodputOf(cell, seed) - cell.goodput)).toBeLessThanOrEqual(3);
  });

  it("at 60 a second both is possible: which one depends on the past alone", () => {
    const [collapsed, healthy] = [cells[1]!, cells[2]!].map((cell) => goodputOf(cell, 1));
    expect(collapsed).toBeLessThan(1);
    expect(healthy).toBeGreaterThan(57);
  });

  it("at 90 a second with a budget the queue does drain, one request a second", () => {
    const spec = stationOf(cells[7]!);
    const late = { ...spec, countFromMs: 2_900_000, untilMs: 3_000_000 };
    const { goodputPerSecond } = simulateStation(late, new Luck(1, 0));
    expect(Math.abs(goodputPerSecond - 90)).toBeLessThanOrEqual(3);
  });
});

describe("impatient users", () => {
  it.each([
    [1.2, 1, 0.5],
    [10, 9, 0.5],
    [6, 4, 2],
  ])("at %d a second for %d servers leave as in Erlang-A", (rate, servers, impatience) => {
    const spec: StationSpec = {
      ...quiet,
      arrivalsPerSecond: rate,
      servedPerSecond: 1,
      servers,
      patienceMs: 1000 / impatience,
      countFromMs: 100_000,
      untilMs: 4_100_000,
    };
    const shares = replications(30, ({ left, arrived }) => left / arrived, spec);
    expectMean(shares, abandonment(rate, 1, servers, impatience), 0.2);
  });

  it("in closed form, at 10 a second for 9 servers (q-erlangA)", () => {
    expect(abandonment(10, 1, 9, 0.5)).toBeCloseTo(0.157687, 6);
  });

  it("all leave but those who are served at once, when nobody has patience", () => {
    const impatient = abandonment(2, 1, 1, 1e9);
    // Erlang B for one server: a / (1 + a).
    expect(impatient).toBeCloseTo(2 / 3, 6);
    // Far above what can be served all but that leave.
    expect(abandonment(1000, 1, 1, 0.01)).toBeCloseTo(0.999, 6);
  });
});

describe("users who try again until they are served", () => {
  it("wait in an orbit of 2.7 at 60 % load", () => {
    expect(meanOrbit(0.6, 1, 0.5)).toBeCloseTo(2.7, 12);
    const spec: StationSpec = {
      ...quiet,
      arrivalsPerSecond: 0.6,
      servedPerSecond: 1,
      retry: { max: 1_000_000, meanWaitMs: 2000, budget: null },
      queue: { bound: 0, order: "fifo", dropExpired: false },
      countFromMs: 500_000,
      untilMs: 20_500_000,
    };
    expectMean(
      replications(30, ({ meanOrbit: mean }) => mean, spec),
      2.7,
      0.2,
    );
  });
});
