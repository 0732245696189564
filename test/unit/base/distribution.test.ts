import { describe, expect, it } from "vitest";
import type { Distribution } from "../../../src/base/distribution.js";
import { Luck, nameKey, purpose } from "../../../src/base/keyed-random.js";
import {
  exp,
  expm1,
  gammaCdf,
  gammaQuantile,
  log,
  log1p,
  logGamma,
  normalQuantile,
  pow,
} from "../../../src/base/math.js";
import { meanMs, quantileMs, sampleMs, varianceMs2 } from "../../../src/base/quantile.js";
import { covers } from "../../helpers/interval.js";

describe("own mathematics", () => {
  const relative = (a: number, b: number): number =>
    Math.abs(a - b) / Math.max(Math.abs(b), Number.MIN_VALUE);
  const points = [1e-300, 1e-9, 0.1, 0.3333, 0.9999999, 1, 1.0000001, 2, Math.E, 10, 12345.678, 1e15, 1e300];

  it("agrees with the engine's to the last bits", () => {
    for (const x of points) expect(relative(log(x), Math.log(x))).toBeLessThan(4e-16);
    for (const x of [-700, -20, -1, -1e-9, 0, 1e-9, 0.5, 1, 20, 700]) {
      expect(relative(exp(x), Math.exp(x))).toBeLessThan(4e-16);
      expect(Math.abs(expm1(x) - Math.expm1(x))).toBeLessThanOrEqual(
        4e-16 * Math.max(1, Math.abs(Math.expm1(x))),
      );
    }
    for (const x of [-0.999, -0.5, -1e-12, 1e-12, 0.5, 100]) {
      expect(relative(log1p(x), Math.log1p(x))).toBeLessThan(8e-16);
    }
    for (const x of [0.5, 2, 10, 1234.5])
      for (const y of [-3, -0.5, 0.1, 2, 7.7]) {
        expect(relative(pow(x, y), x ** y)).toBeLessThan(1e-13);
      }
  });

  it("knows the normal quantile", () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 13);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 9);
    expect(normalQuantile(0.1)).toBeCloseTo(-normalQuantile(0.9), 14);
  });

  it("inverts the gamma distribution", () => {
    for (const shape of [0.3, 1, 2, 7.5, 40]) {
      for (const u of [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999999]) {
        expect(gammaCdf(shape, gammaQuantile(shape, u))).toBeCloseTo(u, 9);
      }
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 11);
  });
});

const minute = 60_000;
const laws: readonly (readonly [
  name: string,
  law: Distribution,
  mean: number,
  sd: number,
  median: number,
])[] = [
  ["constant", { law: "constant", valueMs: 5 * minute }, 5 * minute, 0, 5 * minute],
  ["exponential", { law: "exponential", meanMs: minute }, minute, minute, Math.LN2 * minute],
  [
    "uniform",
    { law: "uniform", minMs: 0, maxMs: 12 * minute },
    6 * minute,
    Math.sqrt(12) * minute,
    6 * minute,
  ],
  [
    "triangular",
    { law: "triangular", minMs: 0, modeMs: 0, maxMs: 6 * minute },
    2 * minute,
    Math.sqrt(2) * minute,
    6 * minute * (1 - Math.SQRT1_2),
  ],
  ["weibull", { law: "weibull", shape: 1, scaleMs: minute }, minute, minute, Math.LN2 * minute],
  ["gamma", { law: "gamma", shape: 4, meanMs: 8 * minute }, 8 * minute, 4 * minute, 7.344121 * minute],
  [
    "pareto",
    { law: "pareto", minMs: minute, shape: 3 },
    1.5 * minute,
    Math.sqrt(0.75) * minute,
    2 ** (1 / 3) * minute,
  ],
  [
    "lognormal",
    { law: "lognormal", p50Ms: 10 * minute, p90Ms: 25 * minute },
    10 * minute * Math.exp((Math.log(2.5) / 1.2815515655446004) ** 2 / 2),
    10 *
      minute *
      Math.sqrt(
        (Math.exp((Math.log(2.5) / 1.2815515655446004) ** 2) - 1) *
          Math.exp((Math.log(2.5) / 1.2815515655446004) ** 2),
      ),
    10 * minute,
  ],
  [
    "empirical",
    { law: "empirical", samplesMs: [2, 4, 9].map((m) => m * minute) },
    5 * minute,
    Math.sqrt(26 / 3) * minute,
    4 * minute,
  ],
];

describe.each(laws)("%s", (_name, law, mean, sd, median) => {
  it("has the moments and the median that theory gives", () => {
    expect(meanMs(law) / minute).toBeCloseTo(mean / minute, 9);
    expect(Math.sqrt(varianceMs2(law)) / minute).toBeCloseTo(sd / minute, 9);
    expect(quantileMs(law, 0.5) / minute).toBeCloseTo(median / minute, 4);
  });

  it("takes one uniform a draw and grows with it", () => {
    let last = -1;
    for (let u = 0.001; u < 1; u += 0.001) {
      const value = quantileMs(law, u);
      expect(value).toBeGreaterThanOrEqual(last);
      last = value;
    }
  });

  it("is drawn with its mean, in whole milliseconds", () => {
    const luck = new Luck(11, 0);
    const key = nameKey("law");
    const draw = purpose("draw");
    const values = Array.from({ length: 20_000 }, (_, k) =>
      sampleMs(law, luck.uniform(key.hi, key.lo, draw, k)),
    );
    expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    if (sd > 0) expect(covers(values, mean, 0.1)).toBe(true);
    else expect(new Set(values)).toEqual(new Set([mean]));
  });
});
