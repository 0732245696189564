/** The published durations: what the files of sources say, and how lognormals were fitted to quartiles. */
import { describe, expect, it } from "vitest";
import { compileDistribution } from "../../../../src/base/quantile.js";
import { builtIn, durations, fromQuartiles, presets, priorOf } from "../../../../src/models/people/priors.js";

const minute = 60_000;

describe("fromQuartiles", () => {
  it("goes through the quartiles of a lognormal", () => {
    // Median 30, and p75 / p50 = p50 / p25 = 2.
    const quantile = compileDistribution(fromQuartiles(15, 30, 60));
    expect(quantile(0.25) / minute).toBeCloseTo(15, 1);
    expect(quantile(0.5) / minute).toBeCloseTo(30, 6);
    expect(quantile(0.75) / minute).toBeCloseTo(60, 1);
  });

  it("has the geometric mean of quartiles that are none as its median, and their ratio", () => {
    const quantile = compileDistribution(fromQuartiles(17, 33, 74));
    expect(quantile(0.5) / minute).toBeCloseTo(Math.cbrt(17 * 33 * 74), 1);
    expect(quantile(0.75) / quantile(0.25)).toBeCloseTo(74 / 17, 2);
  });
});

describe("presets", () => {
  it("population: detection and identification of the coded post-mortems", () => {
    expect(presets.population.detect).toEqual({ law: "lognormal", p50Ms: 8 * minute, p90Ms: 42 * minute });
    expect(presets.population.diagnose).toEqual({
      law: "lognormal",
      p50Ms: 32 * minute,
      p90Ms: 230 * minute,
    });
  });

  it("control-plane-removal: fitted to quartiles, to the second", () => {
    expect(presets["control-plane-removal"]).toEqual({
      detect: { law: "lognormal", p50Ms: 125_000, p90Ms: 354_000 },
      acknowledge: { law: "constant", valueMs: 0 },
      diagnose: { law: "lognormal", p50Ms: 2_078_000, p90Ms: 8_402_000 },
      decide: { law: "lognormal", p50Ms: 816_000, p90Ms: 3_528_000 },
    });
  });

  it("what a preset does not say is built in", () => {
    expect(priorOf("verify", "population")).toEqual({ law: builtIn.verify, prior: "built-in" });
    expect(priorOf("detect", "population").prior).toBe("population");
    for (const duration of durations)
      expect(priorOf(duration, undefined)).toEqual({ law: builtIn[duration], prior: "built-in" });
  });
});
