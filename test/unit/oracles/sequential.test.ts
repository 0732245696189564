/** What is left of s-binomci, s-ruleof3, s-sprt and s-halfwidth: other intervals, and how the sequential test behaves on average. */
import { describe, expect, it } from "vitest";
import { betaQuantile } from "../../../src/base/beta.js";
import { clopperPearson, SequentialTest, wilson, zeroFailuresUpper } from "../../../src/base/confidence.js";
import { Luck, nameKey, purpose } from "../../../src/base/keyed-random.js";
import { log, normalQuantile } from "../../../src/base/math.js";
import { exactly } from "../../helpers/exactly.js";

describe("s-binomci: Jeffreys' interval", () => {
  it("lies inside Clopper and Pearson's, near Wilson's", () => {
    const [low, high] = [betaQuantile(0.025, 7.5, 193.5), betaQuantile(0.975, 7.5, 193.5)];
    exactly(low, 0.015789263076692598);
    exactly(high, 0.06748218098973366);
    expect(low).toBeGreaterThan(clopperPearson(7, 200).low);
    expect(high).toBeLessThan(clopperPearson(7, 200).high);
    expect(Math.abs(wilson(7, 200).high - high)).toBeLessThan(0.004);
  });
});

describe("s-ruleof3", () => {
  it("three over n is a little above the exact bound", () => {
    const exact = zeroFailuresUpper(3000);
    expect(exact).toBeLessThan(3 / 3000);
    expect(exact).toBeGreaterThan(0.998 * (3 / 3000));
  });
});

describe("s-sprt: 0.001 against 0.01 at errors of 1 %", () => {
  const [p0, p1, error] = [0.001, 0.01, 0.01];
  const upper = log((1 - error) / error);
  const lower = log(error / (1 - error));
  const [failed, passed] = [log(p1 / p0), log((1 - p1) / (1 - p0))];
  /** Wald's mean number of runs: what the ratio reaches on average, over what a run adds to it on average. */
  const meanRuns = (p: number, accepts: number): number =>
    (accepts * lower + (1 - accepts) * upper) / (p * failed + (1 - p) * passed);
  const [mean0, mean1] = [meanRuns(p0, 1 - error), meanRuns(p1, error)];
  const z = normalQuantile(1 - error);
  const root = (z * Math.sqrt(p0 * (1 - p0)) + z * Math.sqrt(p1 * (1 - p1))) / (p1 - p0);
  const fixed = Math.ceil(root * root);

  it("in closed form", () => {
    exactly(upper, 4.59511985013459);
    exactly(lower, -4.59511985013459);
    exactly(failed, Math.LN10);
    exactly(passed, -0.009049835519917927);
    expect(Math.ceil(lower / passed)).toBe(508);
    expect(Math.ceil(upper / failed)).toBe(2);
    exactly(mean0, 668.3115754785823);
    exactly(mean1, 320.1374219862302);
    expect(fixed).toBe(1149);
  });

  it.each([
    [p0, "low"],
    [p1, "high"],
  ] as const)("at %s it errs in at most 1 %% of the tests, sooner than a test of fixed size", (p, right) => {
    const key = nameKey("sequential");
    const what = purpose("run");
    const tests = 2_000;
    let wrong = 0;
    let runs = 0;
    for (let test = 0; test < tests; test++) {
      const luck = new Luck(1, test);
      const sequential = new SequentialTest(p0, p1, error, error);
      for (let run = 0; ; run++) {
        const decided = sequential.add(luck.uniform(key.hi, key.lo, what, run) < p);
        if (decided === null) continue;
        runs += run + 1;
        if (decided !== right) wrong++;
        break;
      }
    }
    // Wald's bound is error / (1 - error); 99 % of right tests show no more than the interval allows.
    expect(clopperPearson(wrong, tests, 0.99).low).toBeLessThanOrEqual(error / (1 - error));
    // His mean forgets that the ratio overshoots the bound: by most of one failure, which weighs half the way up.
    const mean = runs / tests;
    expect(mean).toBeLessThan(fixed);
    expect(mean / (p === p0 ? mean0 : mean1)).toBeGreaterThan(0.8);
    expect(mean / (p === p0 ? mean0 : mean1)).toBeLessThan(1.5);
  });
});

describe("s-halfwidth", () => {
  it("holds the half width against less than gamma", () => {
    exactly(0.05 / 1.05, 0.047619047619047616);
  });
});
