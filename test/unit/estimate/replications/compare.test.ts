/** Two sides told by hand: differences, exact tests, censoring and horizons that differ. */
import { describe, expect, it } from "vitest";
import {
  commonHorizon,
  differences,
  figuresOnlyIn,
  propertyDifferences,
} from "../../../../src/estimate/replications/compare.js";
import { Samples } from "../../../../src/estimate/replications/samples.js";
import { handRun, handSamples } from "../../../helpers/rows.js";

const hour = 3_600_000;
const recoveryOf = (a: readonly number[], b: readonly number[]) =>
  differences(handSamples({ recovery: a }), handSamples({ recovery: b }), 1)[0]!;

describe("differences", () => {
  it("are pairwise, with sign test and variance ratio", () => {
    const found = recoveryOf([10, 20, 30, 40, 50, 60], [9, 18, 27, 36, 45, 60]);
    expect(found).toMatchObject({ id: "recovery", first: { mean: 35, censored: 0 }, second: { mean: 32.5 } });
    expect(found.difference.mean).toBe(2.5);
    // Five of five above: 2 x 1/32; the tie is left out.
    expect(found.sign).toEqual({ above: 5, below: 0, ties: 1, pValue: 0.0625 });
    // Variances 350 and 343.5 against 3.5 of the difference.
    expect(found.variance!.ratio).toBeCloseTo((350 + 343.5) / 3.5, 9);
  });

  it("of the same luck and the same variant are none at all", () => {
    const found = recoveryOf([10, 20, 30], [10, 20, 30]);
    expect(found.difference).toMatchObject({ mean: 0, low: 0, high: 0, pValue: 1 });
    expect(found.sign).toEqual({ above: 0, below: 0, ties: 3, pValue: 1 });
    expect(found.variance!.ratio).toBeNull();
  });

  it("say nothing about pairing where one side never varies, and test nothing where the difference never does", () => {
    expect(recoveryOf([10, 20, 30], [5, 5, 5]).variance).toBeNull();
    expect(recoveryOf([10, 20, 30], [5, 15, 25]).difference).toMatchObject({
      mean: 5,
      error: 0,
      pValue: null,
    });
  });

  it("count what was not reached, and count it as the horizon in the mean and as later in the sign test", () => {
    const found = recoveryOf(
      [hour, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      [hour, hour, Number.POSITIVE_INFINITY],
    );
    expect(found.first).toMatchObject({ censored: 2, mean: 7 * hour });
    expect(found.second).toMatchObject({ censored: 1, mean: 4 * hour });
    expect(found.sign).toMatchObject({ above: 1, below: 0, ties: 2 });
  });

  it("end at the earlier horizon of the two", () => {
    const early = handSamples({ recovery: [hour, Number.POSITIVE_INFINITY] }, { latestStartMs: 6 * hour });
    const late = handSamples({ recovery: [hour, 9 * hour] });
    expect(commonHorizon(early, late)).toBe(4 * hour);
    const [found] = differences(early, late, 1);
    expect(found).toMatchObject({
      first: { censored: 1, mean: 2.5 * hour },
      second: { censored: 1, mean: 2.5 * hour },
      sign: { ties: 2 },
    });
  });

  it("a bootstrap test tells a difference from none", () => {
    const base = Array.from({ length: 40 }, (_, k) => (k * 17) % 40);
    const noise = (k: number): number => ((k * 7) % 11) - 5;
    const clear = recoveryOf(
      base.map((value) => value + 100),
      base.map((value, k) => value + 90 + noise(k)),
    );
    const none = recoveryOf(
      base.map((value) => value + 100),
      base.map((value, k) => value + 100 + noise(k)),
    );
    expect(clear.difference.pValue!).toBeLessThan(0.01);
    expect(none.difference.pValue!).toBeGreaterThan(0.2);
  });

  it("are of figures that both have; the others are named", () => {
    const { figures } = Samples.of(handRun);
    const fewer = new Samples(figures.slice(1), 5, 10 * hour);
    const whole = handSamples({ recovery: [1, 2] });
    fewer.add({
      from: 0,
      count: 2,
      values: new Float64Array(2 * (figures.length - 1)),
      cutShort: 0,
      latestStartMs: 0,
      critical: new Uint32Array(5),
      violated: new Uint8Array(0),
    });
    expect(differences(whole, fewer, 1).length).toBe(figures.length - 1);
    expect(figuresOnlyIn(whole, fewer)).toEqual(["recovery"]);
    expect(figuresOnlyIn(fewer, whole)).toEqual([]);
  });
});

describe("propertyDifferences", () => {
  it("is the exact McNemar test on the replications in which they differ", () => {
    const runs = 30;
    const first = Array.from({ length: runs }, (_, k) => k < 12 || k >= 20);
    const second = Array.from({ length: runs }, (_, k) => (k >= 12 && k < 14) || k >= 20);
    const side = (violated: readonly boolean[]) =>
      handSamples(
        { recovery: violated.map(() => 0) },
        { violated: { other: violated.map(() => false), safe: violated } },
      );
    const [other, safe] = propertyDifferences(side(first), side(second));
    expect(other).toMatchObject({ property: "other", first: 0, second: 0, test: { pValue: 1 } });
    expect(safe).toMatchObject({ first: 22, second: 12, test: { onlyFirst: 12, onlySecond: 2 } });
    expect(safe!.test.pValue).toBeCloseTo(0.012939, 6);
  });

  it("takes the first replications only where one side has more", () => {
    const more = handSamples({ recovery: [0, 0, 0] }, { violated: { safe: [true, false, true] } });
    expect(more.firstRuns(2).violated("safe")).toEqual([true, false]);
    expect(more.firstRuns(2).runs).toBe(2);
  });
});
