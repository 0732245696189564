/** Retries, sessions and backoff in closed form, against exact numbers and against simulated users. */
import { describe, expect, it } from "vitest";
import { Luck, nameKey, purpose } from "../../../../src/base/keyed-random.js";
import { log1p } from "../../../../src/base/math.js";
import {
  attemptsWithoutJitter,
  backoffMs,
  expectedAttempts,
  longRunAttemptsPerSecond,
} from "../../../../src/models/demand/backoff.js";
import {
  drainSeconds,
  hiddenCapacity,
  loadState,
  offeredWhenCollapsed,
} from "../../../../src/models/demand/metastability.js";
import { meanWaitMs, shareToLogIn, shareToLogInMemoryless } from "../../../../src/models/demand/sessions.js";
import { exactly } from "../../../helpers/exactly.js";
import { expectMean } from "../../../helpers/interval.js";

const minute = 60_000;
const key = nameKey("user");
const draw = purpose("draw");

describe("meta-threshold: retries against a capacity of 1000 a second", () => {
  it("hide most of it, unless a budget bounds them", () => {
    exactly(hiddenCapacity(1000, 3), 250);
    exactly(hiddenCapacity(1000, 0.1), 909.090909090909);
    exactly(offeredWhenCollapsed(600, 3), 2400);
  });
  it("leave 600 a second vulnerable, and 200 stable", () => {
    expect([200, 250, 600, 999, 1000].map((rate) => loadState(rate, 1000, 3))).toEqual([
      "stable",
      "vulnerable",
      "vulnerable",
      "vulnerable",
      "overloaded",
    ]);
    expect(loadState(600, 1000, 0.1)).toBe("stable");
    // Vulnerable is: less arrives than is served as long as all is well, and no less once nothing is.
    for (const rate of [100, 249, 251, 600]) {
      const keeps = offeredWhenCollapsed(rate, 3) >= 1000;
      expect(loadState(rate, 1000, 3)).toBe(keeps ? "vulnerable" : "stable");
    }
  });
  it("drain once load is shed", () => {
    expect(drainSeconds(90_000, 1000, 0)).toBe(90);
    expect(drainSeconds(90_000, 1000, 600)).toBe(225);
    expect(drainSeconds(90_000, 1000, 1000)).toBeNull();
  });
});

describe("o-sessions: an outage of 390 minutes, sessions of 720", () => {
  const [outage, lifetime] = [390 * minute, 720 * minute];

  it("in closed form", () => {
    exactly(shareToLogIn(outage, lifetime), 0.5416666666666666);
    exactly(shareToLogInMemoryless(outage, lifetime), 0.41822218579019166);
    exactly(meanWaitMs(outage, lifetime), 105.625 * minute);
    expect(shareToLogIn(2 * lifetime, lifetime)).toBe(1);
    exactly(meanWaitMs(2 * lifetime, lifetime), 1.5 * lifetime);
  });

  it("among simulated users", () => {
    const users = Array.from({ length: 20_000 }, (_, user) => {
      const u = new Luck(1, user).uniform(key.hi, key.lo, draw, 0);
      return { fixed: u * lifetime, memoryless: -lifetime * log1p(-u) };
    });
    const ends = (left: number): number => (left < outage ? 1 : 0);
    expectMean(
      users.map(({ fixed }) => ends(fixed)),
      0.5416666666666666,
    );
    expectMean(
      users.map(({ memoryless }) => ends(memoryless)),
      0.41822218579019166,
    );
    expectMean(
      users.map(({ fixed }) => Math.max(0, outage - fixed) / minute),
      105.625,
    );
  });
});

describe("o-fulljitter: base 1 s, cap 60 s, 10 minutes", () => {
  const backoff = { baseMs: 1000, capMs: 60_000 };

  it("waits up to 1, 2, 4, ... 60 s", () => {
    expect([0, 1, 2, 5, 6, 7, 40].map((i) => backoffMs(backoff, i) / 1000)).toEqual([
      1, 2, 4, 32, 60, 60, 60,
    ]);
  });

  it("14 attempts without jitter, 24.62 with, 2 / cap in the long run", () => {
    expect(attemptsWithoutJitter(backoff, 600_000)).toBe(14);
    const expected = expectedAttempts(backoff, 600_000, 10);
    expect(Math.abs(expected - 24.62)).toBeLessThan(0.005);
    exactly(longRunAttemptsPerSecond(backoff), 0.03333333333333333);
    const more = expectedAttempts(backoff, 1_200_000, 100) - expectedAttempts(backoff, 600_000, 100);
    expect(more / 600).toBeCloseTo(longRunAttemptsPerSecond(backoff), 6);
  });

  it("is exact where waits do not grow: uniform waits of at most 1 give e - 1 within 1", () => {
    // Renewals of uniform waits: e^t - 1 expected up to t <= 1.
    expect(expectedAttempts({ baseMs: 10_000, capMs: 10_000 }, 10_000, 1)).toBeCloseTo(Math.E - 1, 7);
  });

  it("is what simulated clients do", () => {
    const attempts = Array.from({ length: 100_000 }, (_, client) => {
      const luck = new Luck(1, client);
      let count = 0;
      for (let at = 0; ; count++) {
        at += luck.uniform(key.hi, key.lo, draw, count) * backoffMs(backoff, count);
        if (at > 600_000) return count;
      }
    });
    const mean = attempts.reduce((sum, count) => sum + count, 0) / attempts.length;
    expect(Math.abs(mean - 24.62)).toBeLessThan(0.05);
    expectMean(attempts, expectedAttempts(backoff, 600_000, 10), 0.01);
  });
});
