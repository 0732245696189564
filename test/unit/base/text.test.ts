import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatClock, formatDate, formatHoursMinutes } from "../../../src/base/clock-time.js";
import { formatDuration, parseDuration } from "../../../src/base/duration.js";
import { thousands } from "../../../src/base/format-number.js";
import { nearestName } from "../../../src/base/issue.js";
import { canonicalJson } from "../../../src/base/json.js";
import { compareNatural, sortedNames } from "../../../src/base/order.js";

const seed = { seed: 42, numRuns: 500 };

describe("durations", () => {
  it("are read and written back to the same milliseconds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => parseDuration(formatDuration(ms)) === ms),
      seed,
    );
  });
  it.each(["90s", "12m", "4h30m", "2d", "0", "250ms", "1.5h"])("%s is one", (text) =>
    expect(parseDuration(text)).toBeGreaterThanOrEqual(0),
  );
  it.each(["", "5", "-5m", "5 m", "m", "1h-2m", "1e3s"])("%s is none", (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});

describe("clock times", () => {
  const start = Date.UTC(2025, 1, 13, 18);
  it("are those of the calendar, also over months and leap years", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000, max: 4_000_000 }), (hours) => {
        const ms = hours * 3_600_000;
        return formatDate(ms) === new Date(ms).toISOString().slice(0, 10);
      }),
      seed,
    );
  });
  it("name the day where it is another one", () => {
    expect(formatClock(4 * 3_600_000, start)).toBe("22:00 UTC");
    expect(formatClock(7 * 3_600_000 + 43 * 60_000, start)).toBe("01:43 UTC +1d");
    expect(formatClock(90 * 60_000, 0)).toBe("+1h 30m");
  });
  it("round to what people say", () => {
    expect([1_000, 59_999, 60_000, 3_600_000, 5_400_000, 200_000_000].map(formatHoursMinutes)).toEqual([
      "1s",
      "60s",
      "1m",
      "1h",
      "1h 30m",
      "2d 7h",
    ]);
  });
});

describe("natural order", () => {
  const name = fc.stringMatching(/^[a-c0-2-]{0,6}$/);
  it("is total: antisymmetric, transitive, equal only to itself", () => {
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        const [ab, ba, bc, ac] = [
          compareNatural(a, b),
          compareNatural(b, a),
          compareNatural(b, c),
          compareNatural(a, c),
        ];
        return (
          Math.sign(ab) === -Math.sign(ba) && (ab === 0) === (a === b) && !(ab <= 0 && bc <= 0 && ac > 0)
        );
      }),
      { seed: 42, numRuns: 5_000 },
    );
  });
  it("counts", () =>
    expect(sortedNames(["DUO10", "DUO9", "duo1", "DUO09"])).toEqual(["DUO09", "DUO9", "DUO10", "duo1"]));
});

describe("small things", () => {
  it("canonical JSON does not depend on the order of keys", () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }] })).toBe('{"a":[{"d":null}],"b":1}');
  });
  it("nearest names are near", () => {
    const names = ["failStatic", "selfProtect", "budget"];
    expect(nearestName("failstatic", names)).toBe("failStatic");
    expect(nearestName("budegt", names)).toBe("budget");
    expect(nearestName("elephant", names)).toBeUndefined();
  });
  it("thousands", () =>
    expect([0, 999, 1000, 7464203].map(thousands)).toEqual(["0", "999", "1,000", "7,464,203"]));
});
