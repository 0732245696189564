/** From replications told by hand to what is said about them. */
import { describe, expect, it } from "vitest";
import { Luck } from "../../../../src/base/keyed-random.js";
import { boundVerdicts } from "../../../../src/estimate/replications/bounded-recovery.js";
import { leverEffect, varianceShare } from "../../../../src/estimate/replications/effects.js";
import { estimateOf, meanOf } from "../../../../src/estimate/replications/estimate.js";
import type { Bound } from "../../../../src/scenario/scenario.js";
import { handRun, handSamples } from "../../../helpers/rows.js";

const hour = 3_600_000;
const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);

describe("estimateOf", () => {
  const samples = handSamples(
    {
      recovery: upTo(100).map((k) => k * 60_000),
      "phase detect": upTo(100).map(() => 2),
      "phase features": upTo(100).map((k) => 2 * k),
      "unserved-logins": upTo(100).map((k) => 10 * k),
    },
    { critical: { control: 100, web: 80, app: 20 } },
  );
  const estimate = estimateOf(handRun, samples, 1);
  const recovery = estimate.figures.find(({ id }) => id === "recovery")!;

  it("quantiles are order statistics, with binomial intervals", () => {
    expect(recovery.quantiles.map(({ value }) => value! / 60_000)).toEqual([50, 90, 95, 99]);
    // 100 values: the 40th and the 61st bound the median with at least 95 %.
    expect(recovery.quantiles[0]!.interval).toMatchObject({
      sides: "two",
      low: 40 * 60_000,
      high: 61 * 60_000,
    });
    // 100 are too few for two sides of p99, and for an upper one.
    expect(recovery.quantiles[3]!.interval).toMatchObject({ sides: "lower" });
  });

  it("means have an error of s / sqrt(n)", () => {
    expect(recovery.mean.mean).toBe(50.5 * 60_000);
    expect(recovery.mean.error).toBeCloseTo((60_000 * Math.sqrt((100 * 101) / 12)) / 10, 6);
    expect(recovery.mean.low!).toBeLessThan(recovery.mean.mean);
    expect(recovery.mean.high!).toBeGreaterThan(recovery.mean.mean);
  });

  it("shares of the phases are those of their mean times, and add up to 1", () => {
    const of = (name: string) => estimate.phases.find((phase) => phase.name === name)!;
    expect(of("detect").share).toBeCloseTo(2 / 103, 12);
    expect(of("features").share).toBeCloseTo(101 / 103, 12);
    expect(of("detect").shareError).toBeGreaterThan(0);
    expect(of("publication")).toMatchObject({ share: 0, shareError: 0 });
  });

  it("services on the critical path come most often first, with Wilson intervals", () => {
    expect(estimate.critical.map(({ service, share }) => [service, share])).toEqual([
      ["control", 1],
      ["web", 0.8],
      ["app", 0.2],
    ]);
    // Wilson for 80 of 100.
    expect(estimate.critical[1]!.low).toBeCloseTo(0.7112, 4);
    expect(estimate.critical[1]!.high).toBeCloseTo(0.8666, 4);
  });

  it("says so where nothing was hurt", () => {
    const { unharmed, phases } = estimateOf(handRun, handSamples({ recovery: [0, 0, 0] }), 1);
    expect(unharmed).toBe(3);
    expect(phases.map(({ share }) => share)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("censoring", () => {
  const never = Number.POSITIVE_INFINITY;

  it("what was not reached counts as the time that was watched, and quantiles beyond it are open", () => {
    const samples = handSamples(
      { recovery: [hour, 2 * hour, 3 * hour, never, never] },
      { latestStartMs: 2 * hour },
    );
    const { figures, horizonMs } = estimateOf(handRun, samples, 1);
    expect(horizonMs).toBe(8 * hour);
    expect(figures[0]).toMatchObject({ id: "recovery", censored: 2 });
    expect(figures[0]!.mean.mean).toBe((22 * hour) / 5);
    expect(figures[0]!.quantiles.map(({ value }) => value)).toEqual([3 * hour, null, null, null]);
  });

  it("a time later than another outage was watched is as unknown as one that was never reached", () => {
    const samples = handSamples({ recovery: [hour, 9 * hour, never] }, { latestStartMs: 2 * hour });
    expect(samples.times("recovery")).toEqual([hour, null, null]);
    expect(samples.restricted("recovery")).toEqual([hour, 8 * hour, 8 * hour]);
  });

  it("never touches counts, which are no times", () => {
    const samples = handSamples({ recovery: [1, 2], "unserved-logins": [1e12, 2e12] });
    expect(samples.times("unserved-logins")).toEqual([1e12, 2e12]);
  });

  it("all of them: nothing is bounded, everything is said", () => {
    const samples = handSamples({ recovery: Array.from({ length: 60 }, () => never) });
    const [recovery] = estimateOf(handRun, samples, 1).figures;
    expect(recovery).toMatchObject({ censored: 60, mean: { mean: 10 * hour, error: 0 } });
    expect(recovery!.quantiles[0]).toMatchObject({ value: null, interval: { low: null, high: null } });
  });
});

describe("bounded-recovery", () => {
  // 100 values of 1 .. 100 minutes: at 95 % p50 lies between 40 and 61, p90 between 84 and 96 minutes.
  const samples = handSamples({ recovery: upTo(100).map((k) => k * 60_000) });
  const [recovery] = estimateOf(handRun, samples, 1).figures;
  const judged = (name: "p50" | "p90", op: Bound["op"], minutes: number): string =>
    boundVerdicts({ [name]: { op, valueMs: minutes * 60_000 } }, recovery!, 10 * hour)[0]!.verdict;

  it.each([
    ["p50", "<=", 61, "holds"],
    ["p50", "<", 61, "undecided"],
    ["p50", "<=", 60, "undecided"],
    ["p50", "<=", 40, "undecided"],
    ["p50", "<", 40, "violated"],
    ["p50", ">=", 40, "holds"],
    ["p50", ">", 61, "violated"],
    ["p90", "<=", 97, "holds"],
    ["p90", "<=", 80, "violated"],
  ] as const)("%s %s %i min: %s", (name, op, minutes, verdict) => {
    expect(judged(name, op, minutes)).toBe(verdict);
  });

  it("too few replications decide nothing about p90", () => {
    const few = estimateOf(handRun, handSamples({ recovery: [hour, hour, hour] }), 1).figures[0]!;
    expect(boundVerdicts({ p90: { op: "<=", valueMs: 9 * hour } }, few, 10 * hour)[0]!.verdict).toBe(
      "undecided",
    );
  });

  it("a recovery beyond the horizon violates what lies before it and leaves open what lies behind it", () => {
    const never = estimateOf(
      handRun,
      handSamples({ recovery: Array.from({ length: 60 }, () => Number.POSITIVE_INFINITY) }),
      1,
    ).figures[0]!;
    const of = (op: Bound["op"], hours: number): string =>
      boundVerdicts({ p50: { op, valueMs: hours * hour } }, never, 10 * hour)[0]!.verdict;
    expect(of("<=", 9)).toBe("violated");
    expect(of("<=", 30)).toBe("undecided");
    expect(of(">=", 9)).toBe("holds");
    expect(of(">=", 30)).toBe("undecided");
  });

  it("without bounds judges nothing", () => {
    expect(boundVerdicts(null, recovery!, 10 * hour)).toEqual([]);
    expect(boundVerdicts({ once: { op: ">=", valueMs: 1 } }, recovery!, 10 * hour)).toEqual([]);
  });
});

describe("levers and luck", () => {
  const without = handSamples({ recovery: [10, 20, 30, 40], "unserved-logins": [4, 6, 8, 10] });

  it("a lever saves the mean difference on the same luck", () => {
    const effect = leverEffect(
      { id: "x", about: "x" },
      without,
      handSamples({ recovery: [5, 15, 25, 35], "unserved-logins": [4, 5, 6, 7] }),
      1,
    );
    expect(effect).toMatchObject({ runs: 4, savedMs: { mean: 5, low: 5, high: 5, error: 0 } });
    expect(effect.savedLogins.mean).toBe(1.5);
  });

  it("is compared with the same replications where it has fewer", () => {
    const effect = leverEffect({ id: "x", about: "x" }, without, handSamples({ recovery: [10, 10] }), 1);
    expect(effect).toMatchObject({ runs: 2, savedMs: { mean: 5 } });
  });

  it("luck that explains everything has a share of 1, other luck of 0, and none where nothing varies", () => {
    expect(varianceShare(without, handSamples({ recovery: [7, 7, 7, 7] }))).toMatchObject({
      share: 1,
      error: 0,
    });
    expect(varianceShare(without, without)).toMatchObject({ share: 0, error: 0 });
    expect(varianceShare(handSamples({ recovery: [7, 7] }), handSamples({ recovery: [7, 7] })).share).toBe(0);
  });
});

describe("meanOf", () => {
  it("of many values is that of 200 batches, shifted to the mean of all", () => {
    // Neighbours have to be independent, as replications are.
    const luck = new Luck(1, 0);
    const values = Array.from({ length: 1001 }, (_, k) => 1000 * luck.uniform(1, 2, 3, k));
    const { mean, low, high } = meanOf(values, { seed: 1 });
    expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 1001, 9);
    // 1.96 x 288.7 / sqrt(1001) = 17.9
    expect(mean - low!).toBeGreaterThan(12);
    expect(mean - low!).toBeLessThan(24);
    expect(high! - mean).toBeGreaterThan(12);
    expect(high! - mean).toBeLessThan(24);
  });
});
