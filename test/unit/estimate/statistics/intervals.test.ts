/** Intervals of quantiles and means: exact where theory is exact, else by how often they hold the true value. */
import { describe, expect, it } from "vitest";
import { clopperPearson } from "../../../../src/base/confidence.js";
import type { Distribution } from "../../../../src/base/distribution.js";
import { Luck, nameKey, purpose } from "../../../../src/base/keyed-random.js";
import { compileDistribution, meanMs } from "../../../../src/base/quantile.js";
import {
  meanInterval,
  pairedDifference,
  restrictedMeanInterval,
} from "../../../../src/estimate/statistics/bootstrap.js";
import {
  restricted,
  restrictedMean,
  sampleQuantile,
  sortedTimes,
  type TimeMs,
} from "../../../../src/estimate/statistics/censored.js";
import { monteCarloError, sampleMean } from "../../../../src/estimate/statistics/moments.js";
import { quantileInterval, quantileRanks } from "../../../../src/estimate/statistics/quantile-interval.js";
import { exactly } from "../../../helpers/exactly.js";

const key = nameKey("intervals");
const draw = purpose("draw");

/** n values of a law, the same for the same number. */
function sample(law: Distribution, n: number, number: number): number[] {
  const luck = new Luck(7, number);
  const quantile = compileDistribution(law);
  return Array.from({ length: n }, (_, i) => quantile(luck.uniform(key.hi, key.lo, draw, i)));
}

/** Does the share of hits fit the level? At 99 % of a right level, and never far from a wrong one. */
const atLeast = (hits: number, tries: number, level: number): void =>
  expect(clopperPearson(hits, tries, 0.99).high).toBeGreaterThanOrEqual(level);

describe("quantiles", () => {
  it("are times that were seen", () => {
    const times = [50, 10, 40, 20, 30];
    expect([0.2, 0.21, 0.5, 0.8, 1].map((q) => sampleQuantile(sortedTimes(times), q))).toEqual([
      10, 20, 30, 40, 50,
    ]);
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(sampleQuantile(hundred, 0.55)).toBe(55);
    expect(sampleQuantile(hundred, 0.07)).toBe(7);
    expect(times).toEqual([50, 10, 40, 20, 30]);
  });

  it("are null beyond the horizon, and exact before it", () => {
    const sorted = sortedTimes([null, 10, null, 20]);
    expect([0.25, 0.5, 0.51].map((q) => sampleQuantile(sorted, q))).toEqual([10, 20, null]);
  });
});

describe("intervals of quantiles (s-quantileci)", () => {
  it("lie between order statistics with exact coverage", () => {
    const ranks = quantileRanks(1000, 0.95)!;
    expect(ranks).toMatchObject({ sides: "two", lowRank: 936, highRank: 964 });
    exactly(ranks.coverage, 0.9580952682226541);
  });

  it("have two sides from 72 values for p95 and 368 for p99", () => {
    expect(quantileRanks(72, 0.95)!.sides).toBe("two");
    expect(quantileRanks(71, 0.95)!.sides).toBe("upper");
    expect(quantileRanks(368, 0.99)!.sides).toBe("two");
    expect(quantileRanks(367, 0.99)!.sides).toBe("upper");
  });

  it("have one side below that: an upper one from 59 and 299 values, else a lower one", () => {
    expect(quantileRanks(59, 0.95)).toMatchObject({ sides: "upper", highRank: 59 });
    exactly(quantileRanks(59, 0.95)!.coverage, 1 - 0.95 ** 59);
    expect(quantileRanks(58, 0.95)!.sides).toBe("lower");
    expect(quantileRanks(299, 0.99)!.sides).toBe("upper");
    expect(quantileRanks(298, 0.99)!.sides).toBe("lower");
    expect(quantileRanks(0, 0.95)).toBeNull();
    expect(quantileRanks(1, 0.5)).toBeNull();
  });

  it("never cover less than the level", () => {
    for (const q of [0.05, 0.5, 0.9, 0.95, 0.99]) {
      for (const level of [0.9, 0.95, 0.99]) {
        for (let n = 1; n <= 400; n += 7) {
          const ranks = quantileRanks(n, q, level);
          if (ranks !== null) expect(ranks.coverage).toBeGreaterThanOrEqual(level - 1e-12);
        }
      }
    }
  });

  it("say when a bound lies beyond the horizon", () => {
    const times: TimeMs[] = Array.from({ length: 100 }, (_, i) => (i < 95 ? i : null));
    const interval = quantileInterval(times, quantileRanks(100, 0.95))!;
    expect(interval).toMatchObject({ sides: "two", high: null });
    expect(interval.sides === "two" && interval.low).toBe(interval.sides === "two" && interval.lowRank - 1);
    expect(quantileInterval([1, 2, 3], quantileRanks(3, 0.95))).toMatchObject({ sides: "lower" });
  });

  it("hold the true quantile as often as they say", () => {
    const law: Distribution = { law: "lognormal", p50Ms: 45, p90Ms: 135 };
    const p95 = compileDistribution(law)(0.95);
    let held = 0;
    for (let k = 0; k < 400; k++) {
      const interval = quantileInterval(sortedTimes(sample(law, 100, k)), quantileRanks(100, 0.95))!;
      if (interval.sides === "two" && interval.low! < p95 && p95 <= interval.high!) held++;
    }
    const { coverage } = quantileRanks(100, 0.95)!;
    const { low, high } = clopperPearson(held, 400, 0.99);
    expect(low).toBeLessThanOrEqual(coverage);
    expect(high).toBeGreaterThanOrEqual(coverage);
  });
});

describe("restricted means", () => {
  it("count censored runs as the horizon", () => {
    expect(restrictedMean([10, null, 20, null], 100)).toEqual({
      meanMs: 57.5,
      horizonMs: 100,
      runs: 4,
      censored: 2,
    });
    expect(() => restricted([101], 100)).toThrow("within the horizon");
  });

  it("stay within the horizon, also where the sample does not bound them", () => {
    const times: TimeMs[] = [...Array.from({ length: 11 }, () => 10), null];
    const { mean, low, high } = restrictedMeanInterval(times, 100, { seed: 1 });
    expect(mean).toBe(17.5);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBe(100);
    expect(meanInterval(restricted(times, 100), { seed: 1 }).high).toBeNull();
  });
});

describe("means", () => {
  const law: Distribution = { law: "lognormal", p50Ms: 45, p90Ms: 180 };

  it("have a mean and a Monte Carlo error", () => {
    expect(sampleMean([1, 2, 6])).toBe(3);
    exactly(monteCarloError([1, 2, 6]), Math.sqrt(7 / 3));
    expect(monteCarloError([5])).toBe(0);
    // Large times differ in their last digits only.
    expect(monteCarloError([1e15 + 1, 1e15 + 3])).toBe(1);
  });

  it("hold the true mean of skewed times more often than the normal interval does", () => {
    let held = 0;
    let normal = 0;
    for (let k = 0; k < 400; k++) {
      const values = sample(law, 40, k);
      const { mean, low, high, error } = meanInterval(values, { seed: k, resamples: 399 });
      if (low! <= meanMs(law) && meanMs(law) <= high!) held++;
      if (Math.abs(mean - meanMs(law)) <= 1.96 * error) normal++;
    }
    expect(held).toBeGreaterThan(normal);
    // Second-order exact, not exact: a tail this long at n = 40 costs some points.
    atLeast(held, 400, 0.93);
  });

  it("are the same for the same seed, and not for others", () => {
    const values = sample(law, 60, 1);
    const one = meanInterval(values, { seed: 1 });
    expect(meanInterval(values, { seed: 1 })).toEqual(one);
    expect(meanInterval(values, { seed: 2 }).high).not.toBe(one.high);
    expect(one.low!).toBeLessThan(one.mean);
    expect(one.high! - one.mean).toBeGreaterThan(one.mean - one.low!);
  });

  it("grow narrower with the level", () => {
    const values = sample(law, 60, 2);
    const at = (level: number) => meanInterval(values, { seed: 1, level });
    expect(at(0.8).high!).toBeLessThan(at(0.95).high!);
    expect(at(0.8).low!).toBeGreaterThan(at(0.95).low!);
  });

  it("of values that are all alike have no width", () => {
    expect(meanInterval([5, 5, 5], { seed: 1 })).toEqual({
      mean: 5,
      low: 5,
      high: 5,
      error: 0,
    });
  });

  it("of pairs see what independent samples would not", () => {
    const before = sample(law, 100, 3);
    const after = before.map((value, i) => value + 2 + (i % 3));
    const { mean, low, high } = pairedDifference(after, before, { seed: 1 });
    expect(mean).toBeCloseTo(2.99, 9);
    expect(low!).toBeGreaterThan(2.7);
    expect(high!).toBeLessThan(3.3);
  });
});
