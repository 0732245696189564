/** s-rng, s-antithetic: other people's generators give their known answers, and ours gives what they give. */
import { describe, expect, it } from "vitest";
import { Luck, nameKey, purpose } from "../../../src/base/keyed-random.js";
import { compileDistribution } from "../../../src/base/quantile.js";
import { sampleVariance } from "../../../src/estimate/statistics/moments.js";
import { exactly } from "../../helpers/exactly.js";
import { expectMean } from "../../helpers/interval.js";
import {
  mrg32k3a,
  pcg32,
  referenceUniforms,
  splitmix64,
  xoshiro128starstar,
  xoshiro256starstar,
} from "../../helpers/reference-generators.js";

const first = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

describe("s-rng: known answers", () => {
  it("splitmix64", () => {
    expect(first(5, splitmix64(1234567n))).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });
  it("xoshiro256**", () => {
    expect(first(5, xoshiro256starstar([1n, 2n, 3n, 4n]))).toEqual([
      11520n,
      0n,
      1509978240n,
      1215971899390074240n,
      1216172134540287360n,
    ]);
  });
  it("xoshiro128**", () => {
    expect(first(5, xoshiro128starstar([1, 2, 3, 4]))).toEqual([11520, 0, 5927040, 70819200, 2031721883]);
  });
  it("MRG32k3a", () => {
    const found = first(10_000, mrg32k3a(12345));
    [
      0.12701112204657714, 0.3185275653967945, 0.3091860155832701, 0.8258468629271135, 0.22162991578202287,
    ].forEach((exact, i) => {
      exactly(found[i]!, exact);
    });
    exactly(
      found.reduce((sum, u) => sum + u, 0),
      5001.4937692542335,
    );
  });
  it("PCG32", () => {
    expect(first(6, pcg32(42n, 54n)).map((word) => `0x${word.toString(16).padStart(8, "0")}`)).toEqual([
      "0xa15c02b7",
      "0x7b47f409",
      "0xba1d3330",
      "0x83d2f293",
      "0xbfa4784b",
      "0xcbed606e",
    ]);
  });
});

const keyed = (): (() => number) => {
  const luck = new Luck(1, 0);
  const key = nameKey("generators");
  const what = purpose("draw");
  let index = 0;
  return () => luck.uniform(key.hi, key.lo, what, index++);
};
const exponential = compileDistribution({ law: "exponential", meanMs: 1 });

describe.each(Object.entries({ ...referenceUniforms, "keyed draws": keyed }))("under %s", (_, start) => {
  it("t-max-exp: the last of 81 takes as long", () => {
    const uniform = start();
    const last = first(2_000, () => Math.max(...first(81, () => 20 * exponential(uniform()))));
    expectMean(last, 99.55649915915726);
  });

  it("s-antithetic: pairs of draws that mirror each other are worth 2.8 runs each", () => {
    const cov = 1 - (Math.PI * Math.PI) / 6;
    exactly(cov, -0.6449340668482264);
    exactly((1 + cov) / 2, 0.1775329665758868);
    exactly(0.5 / ((1 + cov) / 2), 2.816378330422784);
    const uniform = start();
    const pairs = first(40_000, () => {
      const u = uniform();
      return [exponential(u), exponential(1 - u)] as const;
    });
    expectMean(
      pairs.map(([a, b]) => (a - 1) * (b - 1)),
      cov,
    );
    const means = pairs.map(([a, b]) => (a + b) / 2);
    expectMean(
      means.map((mean) => (mean - 1) * (mean - 1)),
      0.1775329665758868,
      0.2,
    );
    const alone = first(40_000, () => (exponential(uniform()) + exponential(uniform())) / 2);
    expect(Math.abs(sampleVariance(alone) / sampleVariance(means) / 2.816378330422784 - 1)).toBeLessThan(
      0.15,
    );
  });
});
