/** Sets of guards over a given predicate: table, MARCO and Shapley values against each other and against hand counts. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marco } from "../../../../src/chaos/ablate/marco.js";
import { shapleyValues } from "../../../../src/chaos/ablate/shapley.js";
import {
  exceptionsOf,
  type Family,
  minimalSets,
  namesOf,
  sizeOf,
  survivesBypass,
  upClosure,
} from "../../../../src/chaos/ablate/subsets.js";
import { type Table, tabulate } from "../../../../src/chaos/ablate/tabulate.js";

/** `g-hitting` of the oracles: by trace, the guards of which each alone blocks it. */
const blockers = [
  ["failStatic", "schemaValidate"],
  ["approvePerItem", "noSelfRemoval"],
  ["approvePerItem", "noCascade"],
  ["approvePerItem", "budget", "waves"],
  ["cells", "scopeRBAC"],
  ["freshness"],
];
const expected = [
  ["approvePerItem", "cells", "failStatic", "freshness"],
  ["approvePerItem", "cells", "freshness", "schemaValidate"],
  ["approvePerItem", "failStatic", "freshness", "scopeRBAC"],
  ["approvePerItem", "freshness", "schemaValidate", "scopeRBAC"],
  ["budget", "cells", "failStatic", "freshness", "noCascade", "noSelfRemoval"],
  ["budget", "cells", "freshness", "noCascade", "noSelfRemoval", "schemaValidate"],
  ["budget", "failStatic", "freshness", "noCascade", "noSelfRemoval", "scopeRBAC"],
  ["budget", "freshness", "noCascade", "noSelfRemoval", "schemaValidate", "scopeRBAC"],
  ["cells", "failStatic", "freshness", "noCascade", "noSelfRemoval", "waves"],
  ["cells", "freshness", "noCascade", "noSelfRemoval", "schemaValidate", "waves"],
  ["failStatic", "freshness", "noCascade", "noSelfRemoval", "scopeRBAC", "waves"],
  ["freshness", "noCascade", "noSelfRemoval", "schemaValidate", "scopeRBAC", "waves"],
];
const names = [...new Set(blockers.flat())].sort();
const hits = (set: number): boolean =>
  blockers.every((trace) => trace.some((guard) => (set >> names.indexOf(guard)) & 1));

function filled(guards: number, isSafe: (set: number) => boolean, full: boolean): Table {
  const work = tabulate(guards, isSafe, full);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const familyOf = (guards: number, isSafe: (set: number) => boolean): Family =>
  Uint8Array.from({ length: 1 << guards }, (_, set) => (isSafe(set) ? 1 : 0));

const sorted = (sets: readonly number[]): readonly number[] => [...sets].sort((a, b) => a - b);

describe("g-hitting", () => {
  const asNames = (sets: readonly number[]): readonly string[] =>
    sets.map((set) => namesOf(set, names).join(" ")).sort();
  const wanted = expected.map((set) => set.join(" ")).sort();

  it.each([true, false])("the table has the twelve minimal sets, the smallest of four (full: %s)", (full) => {
    const table = filled(names.length, hits, full);
    const found = minimalSets(names.length, (set) => table.safe[set] === 1);
    expect(asNames(found)).toEqual(wanted);
    expect(found).toHaveLength(12);
    expect(Math.min(...found.map(sizeOf))).toBe(4);
    expect(table.mode).toBe(full ? "full" : "up-closure");
    expect(table.exceptions).toEqual([]);
    if (!full) expect(table.asked).toBeLessThan(1 << names.length);
  });

  it("MARCO finds the same, and maximal unsafe sets that miss one trace each", () => {
    const found = marco(names.length, hits);
    expect(asNames(found.minimalSafe)).toEqual(wanted);
    const all = (1 << names.length) - 1;
    const missing = found.maximalUnsafe.map((set) => namesOf(all & ~set, names).join(" ")).sort();
    expect(missing).toEqual(blockers.map((trace) => [...trace].sort().join(" ")).sort());
  });
});

/** Any family of sets of up to six guards. */
const anyFamily = fc.integer({ min: 1, max: 6 }).chain((guards) =>
  fc.record({
    guards: fc.constant(guards),
    family: fc
      .array(fc.boolean(), { minLength: 1 << guards, maxLength: 1 << guards })
      .map((safe) => Uint8Array.from(safe, Number)),
  }),
);
const upClosed = anyFamily.map(({ guards, family }) => {
  // Few seeds, or nearly everything is safe.
  const seeds = family.map((safe, set) => (set % 7 === 3 ? safe : 0));
  return { guards, family: upClosure(guards, seeds) };
});

describe("table and MARCO", () => {
  it("agree on up-closed predicates, and skipping changes nothing", () => {
    fc.assert(
      fc.property(upClosed, ({ guards, family }) => {
        const isSafe = (set: number): boolean => family[set] === 1;
        const table = filled(guards, isSafe, false);
        expect([...table.safe]).toEqual([...family]);
        expect(table.mode).toBe("up-closure");
        expect(exceptionsOf(guards, family)).toEqual([]);
        expect(sorted(marco(guards, isSafe).minimalSafe)).toEqual(sorted(minimalSets(guards, isSafe)));
      }),
    );
  });

  it("agree on any predicate, when MARCO is asked what contains a safe set", () => {
    fc.assert(
      fc.property(anyFamily, ({ guards, family }) => {
        const table = filled(guards, (set) => family[set] === 1, true);
        expect([...table.safe]).toEqual([...family]);
        const closed = upClosure(guards, family);
        const minimal = minimalSets(guards, (set) => family[set] === 1);
        expect(sorted(marco(guards, (set) => closed[set] === 1).minimalSafe)).toEqual(sorted(minimal));
        // By definition, without any of the code above.
        const byHand = [...family.keys()].filter(
          (set) =>
            family[set] === 1 &&
            [...family.keys()].every(
              (other) => other === set || (other & set) !== other || family[other] === 0,
            ),
        );
        expect(sorted(minimal)).toEqual(byHand);
      }),
    );
  });

  it("a guard that makes a pair unsafe is noticed, and then every set is asked about", () => {
    // 0 is enough, and 1 undoes it.
    const isSafe = (set: number): boolean => (set & 0b01) !== 0 && (set & 0b10) === 0;
    const table = filled(4, isSafe, false);
    expect(table.mode).toBe("full");
    expect(table.asked).toBe(16);
    expect(table.exceptions).toHaveLength(4);
    expect(table.exceptions[0]).toEqual({ set: 0b01, adding: 1 });
    // Shrunk from all guards, MARCO itself would find nothing.
    expect(marco(4, isSafe).minimalSafe).not.toEqual([0b01]);
  });
});

describe("Shapley values", () => {
  const values = (isSafe: (set: number) => boolean): readonly number[] =>
    shapleyValues(3, familyOf(3, isSafe));

  it("are those of a hand count for three guards", () => {
    expect(values(() => true)).toEqual([0, 0, 0]);
    // One dictator; unanimity; any one; two of three; 0 with 1 or 2.
    expect(values((set) => (set & 1) !== 0)).toEqual([1, 0, 0]);
    const close = (found: readonly number[], wanted: readonly number[]): void =>
      wanted.forEach((value, k) => {
        expect(found[k]).toBeCloseTo(value, 12);
      });
    close(
      values((set) => set === 7),
      [1 / 3, 1 / 3, 1 / 3],
    );
    close(
      values((set) => set !== 0),
      [1 / 3, 1 / 3, 1 / 3],
    );
    close(
      values((set) => sizeOf(set) >= 2),
      [1 / 3, 1 / 3, 1 / 3],
    );
    close(
      values((set) => (set & 1) !== 0 && (set & 6) !== 0),
      [2 / 3, 1 / 6, 1 / 6],
    );
  });

  it("add up to what all guards are worth over none", () => {
    fc.assert(
      fc.property(anyFamily, ({ guards, family }) => {
        const sum = shapleyValues(guards, family).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(family[(1 << guards) - 1]! - family[0]!, 10);
      }),
    );
  });
});

describe("sets that survive a bypass", () => {
  it("of two that are enough alone both are needed; one that is needed has no understudy", () => {
    const either = familyOf(2, (set) => set !== 0);
    expect(minimalSets(2, (set) => survivesBypass(set, either))).toEqual([0b11]);
    const needed = familyOf(2, (set) => (set & 1) !== 0);
    expect(minimalSets(2, (set) => survivesBypass(set, needed))).toEqual([]);
  });
});
