/** The normal, beta and Student distributions against published tables and against their own inverses. */
import { describe, expect, it } from "vitest";
import { betaCdf, betaQuantile, studentQuantile } from "../../../src/base/beta.js";
import { binomialCdf, clopperPearson } from "../../../src/base/confidence.js";
import { normalQuantile } from "../../../src/base/math.js";
import { normalCdf, normalDensity } from "../../../src/base/normal.js";
import { exactly } from "../../helpers/exactly.js";

describe("the normal distribution", () => {
  it("is the inverse of its quantile", () => {
    for (const p of [1e-6, 0.01, 0.1, 0.5, 0.77, 0.975, 0.999999]) exactly(normalCdf(normalQuantile(p)), p);
    exactly(normalCdf(1.959963984540054), 0.975);
    exactly(normalDensity(1), 0.24197072451914337);
  });
});

describe("the beta distribution", () => {
  it("counts binomial hits", () => {
    for (const [k, n, p] of [
      [3, 10, 0.2],
      [0, 5, 0.9],
      [936, 1000, 0.95],
    ] as const) {
      exactly(1 - betaCdf(p, k + 1, n - k), binomialCdf(k, n, p));
    }
  });
  it("is inverted, also at shapes below 1", () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [1.8, 4.2],
      [7.5, 193.5],
      [30, 2],
    ] as const) {
      for (const p of [1e-6, 0.025, 0.5, 0.975]) exactly(betaCdf(betaQuantile(p, a, b), a, b), p);
    }
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    exactly(betaQuantile(0.025, 7, 194), clopperPearson(7, 200).low);
  });
});

describe("Student's t", () => {
  it("has closed forms for one and two degrees of freedom", () => {
    exactly(studentQuantile(0.975, 1), Math.tan(Math.PI * 0.475));
    exactly(studentQuantile(0.6, 1), Math.tan(Math.PI * 0.1));
    const alpha = 4 * 0.9 * 0.1;
    exactly(studentQuantile(0.9, 2), (2 * 0.4 * Math.sqrt(2)) / Math.sqrt(alpha));
  });
  it("agrees with the tables and tends to the normal", () => {
    exactly(studentQuantile(0.975, 29), 2.045229642132703);
    exactly(studentQuantile(0.025, 29), -2.045229642132703);
    expect(studentQuantile(0.5, 7)).toBe(0);
    expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.959963984540054, 5);
  });
});
