/** Bounds and intervals against the exact numbers of the literature (s-ruleof3, s-binomci, s-sprt, g-staging). */
import { describe, expect, it } from "vitest";
import {
  binomialCdf,
  clopperPearson,
  runsForUpper,
  SequentialTest,
  wilson,
  zeroFailuresUpper,
} from "../../../src/base/confidence.js";

const close = (found: number, exact: number): void => expect(Math.abs(found / exact - 1)).toBeLessThan(1e-9);

describe("no failure in n runs", () => {
  it("bounds the probability at 95 %", () => {
    close(zeroFailuresUpper(3000), 0.0009980790119965555);
    [0.95, 0.6315968501359612, 0.2588655508930523, 0.049507609888227].forEach((upper, i) => {
      close(zeroFailuresUpper([1, 3, 10, 59][i]!), upper);
    });
    expect(zeroFailuresUpper(0)).toBe(1);
  });
  it("says how many runs a bound takes", () => {
    expect([0.01, 0.001, 0.0001].map((p) => runsForUpper(p))).toEqual([299, 2995, 29956]);
    expect([0.01, 0.001, 0.0001].map((p) => runsForUpper(p, 0.99))).toEqual([459, 4603, 46050]);
  });
});

describe("k hits in n runs", () => {
  it("Clopper-Pearson", () => {
    const { low, high } = clopperPearson(7, 200);
    close(low, 0.014185525898419246);
    close(high, 0.0707809983509772);
    expect(clopperPearson(0, 20).low).toBe(0);
    expect(clopperPearson(20, 20).high).toBe(1);
    close(clopperPearson(0, 100, 0.9).high, zeroFailuresUpper(100, 0.95));
  });
  it("Wilson", () => {
    const { low, high } = wilson(7, 200);
    close(low, 0.017055542008567195);
    close(high, 0.07047061152229074);
  });
  it("the binomial distribution", () => {
    expect(binomialCdf(10, 10, 0.3)).toBe(1);
    close(binomialCdf(1, 3, 0.5), 0.5);
    // s-quantileci: the coverage of the order statistics 936 and 964 of 1,000 for the 95 % quantile.
    close(binomialCdf(963, 1000, 0.95) - binomialCdf(935, 1000, 0.95), 0.9580952682226541);
  });
});

describe("the sequential test", () => {
  it("accepts after 508 clean runs and rejects after two failures in a row", () => {
    const clean = new SequentialTest(0.001, 0.01);
    for (let k = 1; k < 508; k++) expect(clean.add(false)).toBeNull();
    expect(clean.add(false)).toBe("low");
    const bad = new SequentialTest(0.001, 0.01);
    expect(bad.add(true)).toBeNull();
    expect(bad.add(true)).toBe("high");
  });
});
