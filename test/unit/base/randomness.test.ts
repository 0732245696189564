import { describe, expect, it } from "vitest";
import { Luck, nameKey, pairKey, purpose } from "../../../src/base/keyed-random.js";
import { out, threefry2x32 } from "../../../src/base/threefry.js";

describe("Threefry2x32-20", () => {
  // Known answers of Random123 (kat_vectors): key, counter, result.
  it.each([
    [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0],
  ])("key %i %i, counter %i %i", (k0, k1, c0, c1, x0, x1) => {
    threefry2x32(k0, k1, c0, c1);
    expect([out[0]! >>> 0, out[1]! >>> 0]).toEqual([x0, x1]);
  });
});

/** Chi-square over equal bins; far out in the tail would be wrong, at both ends. */
function chiSquare(values: readonly number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.floor(value * bins)]!++;
  const expected = values.length / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** 63 degrees of freedom: 99.99 % of all values lie between these two. */
const [low, high] = [27.6, 115.2];

describe("keyed draws", () => {
  const deploy = purpose("deploy");
  const key = nameKey("api");

  it("are a pure function of seed, replication, entity, purpose and index", () => {
    const luck = new Luck(1, 0);
    const first = luck.uniform(key.hi, key.lo, deploy, 3);
    luck.uniform(key.hi, key.lo, deploy, 4);
    luck.reset(1, 0);
    expect(luck.uniform(key.hi, key.lo, deploy, 3)).toBe(first);
    expect(new Luck(2, 0).uniform(key.hi, key.lo, deploy, 3)).not.toBe(first);
    expect(new Luck(1, 1).uniform(key.hi, key.lo, deploy, 3)).not.toBe(first);
    expect(luck.uniform(key.hi, key.lo, purpose("verify"), 3)).not.toBe(first);
  });

  it("lie strictly between 0 and 1", () => {
    const luck = new Luck(5, 5);
    for (let k = 0; k < 10_000; k++) {
      const u = luck.uniform(key.hi, key.lo, deploy, k);
      expect(u > 0 && u < 1).toBe(true);
    }
  });

  const sequences: Readonly<Record<string, (k: number) => number>> = {
    "neighbouring indices": (k) => new Luck(1, 0).uniform(key.hi, key.lo, deploy, k),
    "neighbouring seeds": (k) => new Luck(k, 0).uniform(key.hi, key.lo, deploy, 0),
    "neighbouring replications": (k) => new Luck(1, k).uniform(key.hi, key.lo, deploy, 0),
    "neighbouring names": (k) => {
      const { hi, lo } = nameKey(`DUO${k}`);
      return new Luck(1, 0).uniform(hi, lo, deploy, 0);
    },
    "neighbouring pairs": (k) => {
      const { hi, lo } = pairKey(nameKey(`s${k % 100}`), nameKey(`r${Math.floor(k / 100)}`));
      return new Luck(1, 0).uniform(hi, lo, deploy, 0);
    },
  };

  it.each(Object.keys(sequences))("are uniform over %s", (name) => {
    const values = Array.from({ length: 20_000 }, (_, k) => sequences[name]!(k));
    const chi = chiSquare(values, 64);
    expect(chi).toBeGreaterThan(low);
    expect(chi).toBeLessThan(high);
  });

  it.each(Object.keys(sequences))("are independent of their neighbour over %s", (name) => {
    const values = Array.from({ length: 20_001 }, (_, k) => sequences[name]!(k));
    const pairs = values.slice(1).map((value, k) => {
      // Pair (u, v) as one number: a cell of an 8 x 8 grid.
      return (Math.floor(values[k]! * 8) * 8 + Math.floor(value * 8) + 0.5) / 64;
    });
    const chi = chiSquare(pairs, 64);
    expect(chi).toBeGreaterThan(low);
    expect(chi).toBeLessThan(high);
  });

  it("have names of their own: no two of 100,000 keys are equal", () => {
    const keys = new Set<string>();
    for (let k = 0; k < 100_000; k++) {
      const { hi, lo } = nameKey(`service-${k}`);
      keys.add(`${hi} ${lo}`);
    }
    expect(keys.size).toBe(100_000);
  });
});
