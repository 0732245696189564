/** Errors of ratios, against values worked out by hand and against what repeated samples show. */
import { describe, expect, it } from "vitest";
import { Luck } from "../../../../src/base/keyed-random.js";
import { testedMean } from "../../../../src/estimate/statistics/bootstrap.js";
import { sampleVariance } from "../../../../src/estimate/statistics/moments.js";
import { shareOfMeanError, varianceReduction } from "../../../../src/estimate/statistics/ratios.js";

const luck = new Luck(1, 0);
const uniform = (series: number, k: number): number => luck.uniform(series, 0, 1, k);

describe("shareOfMeanError", () => {
  it("is 0 where every run has the same share", () => {
    expect(shareOfMeanError([1, 2, 3], [10, 20, 30])).toBeCloseTo(0, 12);
    expect(shareOfMeanError([0, 0], [0, 0])).toBe(0);
  });

  it("is about what samples of the same size scatter by", () => {
    const sample = (series: number) => {
      const part = Array.from({ length: 50 }, (_, k) => uniform(series, k));
      return { part, whole: part.map((value, k) => value + 1 + uniform(series, 100 + k)) };
    };
    const shares: number[] = [];
    let error = 0;
    for (let series = 1; series <= 400; series++) {
      const { part, whole } = sample(series);
      shares.push(part.reduce((sum, x) => sum + x, 0) / whole.reduce((sum, x) => sum + x, 0));
      error += shareOfMeanError(part, whole) / 400;
    }
    const scatter = Math.sqrt(sampleVariance(shares));
    expect(error / scatter).toBeGreaterThan(0.9);
    expect(error / scatter).toBeLessThan(1.1);
  });
});

describe("varianceReduction", () => {
  it("is 1 less the ratio of the variances", () => {
    expect(varianceReduction([0, 2, 4], [0, 1, 2]).share).toBe(0.75);
    expect(varianceReduction([0, 1, 2], [0, 2, 4]).share).toBe(-3);
    expect(varianceReduction([1, 1, 1], [0, 5, 9])).toEqual({ share: 0, error: 0 });
  });

  it("has an error by leaving out one pair after the other", () => {
    const a = [1, 5, 2, 8, 4];
    const b = [2, 3, 1, 6, 1];
    const shares = a.map((_, i) => {
      const without = (values: readonly number[]) => values.filter((__, k) => k !== i);
      return 1 - sampleVariance(without(b)) / sampleVariance(without(a));
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / 5;
    const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
    expect(varianceReduction(a, b).error).toBeCloseTo(Math.sqrt((4 / 5) * squares), 12);
  });

  it("has none where a single run makes all the variance, or of two runs", () => {
    expect(varianceReduction([1, 1, 9], [1, 1, 2]).error).toBeNull();
    expect(varianceReduction([1, 9], [1, 2]).error).toBeNull();
  });
});

describe("testedMean", () => {
  const noise = (series: number, n: number) => Array.from({ length: n }, (_, k) => uniform(series, k) - 0.5);

  it("rejects a mean of 0 about as often as it says", () => {
    let rejected = 0;
    for (let series = 1; series <= 300; series++) {
      const { pValue } = testedMean(noise(series, 30), { seed: series, resamples: 199 });
      if (pValue! <= 0.05) rejected++;
    }
    // 5 % of 300 is 15, with a deviation of 3.8.
    expect(rejected).toBeGreaterThanOrEqual(4);
    expect(rejected).toBeLessThanOrEqual(28);
  });

  it("rejects it where the mean is far from 0, and is the interval's companion", () => {
    const { low, pValue } = testedMean(
      noise(1, 30).map((value) => value + 1),
      { seed: 1 },
    );
    expect(low!).toBeGreaterThan(0);
    expect(pValue!).toBeLessThan(0.01);
  });

  it("knows nothing where nothing varies, unless it is 0 itself", () => {
    expect(testedMean([3, 3, 3], { seed: 1 }).pValue).toBeNull();
    expect(testedMean([0, 0, 0], { seed: 1 }).pValue).toBe(1);
  });
});
