/** Stopping, paired tests, scores and sample sizes against the exact numbers (s-halfwidth, s-crn, s-crps, s-ks, s-okamoto). */
import { describe, expect, it } from "vitest";
import { Luck, nameKey, purpose } from "../../../../src/base/keyed-random.js";
import { compileDistribution } from "../../../../src/base/quantile.js";
import { crpsEnsemble, crpsFair, crpsNormal } from "../../../../src/estimate/statistics/crps.js";
import {
  kolmogorovCdf,
  kolmogorovCritical,
  kolmogorovCriticalExact,
  kolmogorovFactor,
  smirnovCritical,
} from "../../../../src/estimate/statistics/kolmogorov.js";
import { sampleMean, shareError } from "../../../../src/estimate/statistics/moments.js";
import { mcnemar, signTest, varianceRatio } from "../../../../src/estimate/statistics/paired-tests.js";
import {
  nextLook,
  relativePrecision,
  runsForPrecision,
} from "../../../../src/estimate/statistics/precision.js";
import { bandHalfHeight, runsWithin } from "../../../../src/estimate/statistics/sample-size.js";
import { exactly } from "../../../helpers/exactly.js";

describe("the stopping rule (s-halfwidth)", () => {
  it("looks after 30, 60, 120, ... runs", () => {
    expect([1, 30, 31, 60, 61, 480, 481].map(nextLook)).toEqual([30, 30, 60, 60, 120, 480, 960]);
  });
  it("takes about 610 runs for 5 % at a deviation of 60 %", () => {
    expect(runsForPrecision(100, 60)).toBe(610);
  });
  it("stops at a look only, once the half width is small enough", () => {
    const values = (n: number, spread: number) =>
      Array.from({ length: n }, (_, i) => 100 + (i % 2 === 0 ? spread : -spread));
    expect(relativePrecision(values(30, 5)).reached).toBe(true);
    expect(relativePrecision(values(32, 5)).reached).toBe(false);
    expect(relativePrecision(values(28, 1)).reached).toBe(false);
    expect(relativePrecision(values(30, 50)).reached).toBe(false);
    const { halfWidth, relative } = relativePrecision(values(30, 5));
    exactly(halfWidth, 2.045229642132703 * Math.sqrt(25 / 29));
    exactly(relative!, halfWidth / 100);
    // Just within gamma of the mean found is not within gamma of the true one.
    const edge = 0.049 / (halfWidth / 100 / 5);
    expect(relativePrecision(values(30, edge)).reached).toBe(false);
  });
  it("does not stop at a mean of 0 unless nothing varies", () => {
    const zero = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(relativePrecision(zero)).toMatchObject({ relative: null, reached: false });
    expect(relativePrecision(zero.map(() => 0)).reached).toBe(true);
  });
  it("knows the error of a share", () => {
    exactly(shareError(0.2, 400), 0.02);
  });
});

describe("paired tests", () => {
  const outcomes = (...counts: readonly [number, boolean][]): boolean[] =>
    counts.flatMap(([count, failed]) => Array.from({ length: count }, () => failed));

  it("McNemar judges the pairs that differ", () => {
    const first = outcomes([12, true], [2, false], [50, true], [36, false]);
    const second = outcomes([12, false], [2, true], [50, true], [36, false]);
    const found = mcnemar(first, second);
    expect(found).toMatchObject({ onlyFirst: 12, onlySecond: 2 });
    // 2 (C(14,0) + C(14,1) + C(14,2)) / 2^14
    exactly(found.pValue, (2 * 106) / 16384);
    expect(mcnemar(first, first).pValue).toBe(1);
    expect(mcnemar(outcomes([1, true], [1, false]), outcomes([1, false], [1, true])).pValue).toBe(1);
  });

  it("the sign test takes censored runs as later than all others", () => {
    expect(signTest([5, null, 3, null, 1, 9], [4, 8, 3, null, 2, 8])).toEqual({
      above: 3,
      below: 1,
      ties: 2,
      pValue: 10 / 16,
    });
  });

  it("common random numbers are worth a factor 61 here (s-crn)", () => {
    const key = nameKey("pairs");
    const what = purpose("draw");
    const luck = new Luck(1, 0);
    const uniforms = Array.from({ length: 5_000 }, (_, i) => luck.uniform(key.hi, key.lo, what, i));
    const one = uniforms.map(compileDistribution({ law: "exponential", meanMs: 1 }));
    const other = uniforms.map(compileDistribution({ law: "exponential", meanMs: 1.2 }));
    const { independent, paired, ratio } = varianceRatio(one, other);
    exactly(ratio!, 61);
    expect(Math.abs(independent / 2.44 - 1)).toBeLessThan(0.1);
    expect(Math.abs(paired / 0.04 - 1)).toBeLessThan(0.1);
    expect(varianceRatio(one, one).ratio).toBeNull();
  });
});

describe("scores (s-crps)", () => {
  const ensemble = [90, 100, 120, 135, 160];

  it("of ensembles", () => {
    exactly(crpsEnsemble(ensemble, 130), 9);
    exactly(crpsFair(ensemble, 130), 5.5);
    expect(crpsEnsemble([100], 130)).toBe(30);
  });

  it("of ensembles, as the double sum they are defined by", () => {
    const values = [3, -1, 4, 1.5, -5, 9, 2.6];
    const pairs = values.flatMap((a) => values.map((b) => Math.abs(a - b)));
    const distance = sampleMean(values.map((value) => Math.abs(value - 2)));
    exactly(crpsEnsemble(values, 2), distance - sampleMean(pairs) / 2);
  });

  it("of normal forecasts, and their ensembles tend to that", () => {
    exactly(crpsNormal(100, 25, 130), 18.700382947164247);
    const grid = Array.from({ length: 4_000 }, (_, i) => (i + 0.5) / 4_000);
    const quantile = compileDistribution({ law: "uniform", minMs: 0, maxMs: 1 });
    // Uniform forecast, 0.5 happens: 1/12.
    expect(crpsEnsemble(grid.map(quantile), 0.5)).toBeCloseTo(1 / 12, 6);
  });
});

describe("Kolmogorov and Smirnov (s-ks)", () => {
  it("asymptotic values", () => {
    exactly(kolmogorovFactor(0.05), 1.3581015157406195);
    exactly(kolmogorovCritical(200), 0.09603227913199208);
    exactly(smirnovCritical(200, 300), 0.12397713925884912);
  });
  it("exact values", () => {
    // In 80 digits P(D_200 >= this) is 0.05 to 1e-15. The file's 0.09515787601831346 is what SciPy gives, which beyond
    // 140 values takes the approximation of Pelz and Good; there the probability is 0.0499997532.
    exactly(kolmogorovCriticalExact(200), 0.09515781192116643);
    exactly(1 - kolmogorovCdf(200, 0.09515787601831346), 0.04999975316864591);
    expect(Math.abs(kolmogorovCriticalExact(200) / 0.09515787601831346 - 1)).toBeLessThan(1e-6);
    exactly(kolmogorovCdf(10, 0.274), 0.6284796154565043);
    // One value: P(max(u, 1 - u) < d) = 2 d - 1.
    exactly(kolmogorovCdf(1, 0.9), 0.8);
    expect([kolmogorovCdf(5, 0.1), kolmogorovCdf(5, 1)]).toEqual([0, 1]);
  });
});

describe("sample sizes (s-okamoto)", () => {
  it("for a share and for a whole distribution function", () => {
    const sizes = [
      [0.01, 0.05],
      [0.02, 0.05],
      [0.05, 0.01],
      [0.005, 0.01],
    ].map(([epsilon, delta]) => runsWithin(epsilon!, delta));
    expect(sizes).toEqual([18445, 4612, 1060, 105967]);
    expect(bandHalfHeight(18445)).toBeLessThanOrEqual(0.01);
    expect(bandHalfHeight(18444)).toBeGreaterThan(0.01);
  });
});
