import { describe, expect, it } from "vitest";
import { Sample, Tally, TimeWeighted } from "../../../src/sim/statistics.js";

describe("statistics", () => {
  it("tallies count, mean, variance and extremes", () => {
    const tally = new Tally();
    for (const value of [2, 4, 4, 4, 5, 5, 7, 9]) tally.add(value);
    expect([tally.count, tally.mean, tally.min, tally.max]).toEqual([8, 5, 2, 9]);
    expect(tally.variance).toBeCloseTo(32 / 7, 12);
    expect(new Tally().variance).toBe(0);
  });

  it("weights by time", () => {
    const level = new TimeWeighted(100, 1);
    level.set(110, 3);
    level.set(130, 0);
    expect(level.integral(140)).toBe(10 * 1 + 20 * 3);
    expect(level.mean(140)).toBe(70 / 40);
    expect(level.value).toBe(0);
    expect(() => level.set(120, 1)).toThrow();
  });

  it("gives exact quantiles: the smallest value that a share q does not exceed", () => {
    const sample = new Sample();
    for (const value of [5, 1, 4, 2, 3]) sample.add(value);
    expect([0, 0.2, 0.21, 0.5, 0.9, 1].map((q) => sample.quantile(q))).toEqual([1, 1, 2, 3, 5, 5]);
    expect(sample.count).toBe(5);
    expect(() => new Sample().quantile(0.5)).toThrow();
  });
});
