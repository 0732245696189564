/**
 * Differences of texts. The goal: what is shown of a case and what shrinking puts back is exactly what changed. Random
 * texts over few lines, so that lines repeat and move; what is removed and added has to make up both texts again.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DiffLine, diffLines, excerpt, withoutOneHunk } from "../../../src/base/diff-lines.js";

const text = fc
  .array(fc.constantFrom("", "a", "b", "- a", "  - b"), { maxLength: 12 })
  .map((lines) => lines.join("\n"));
const seeded = { seed: 7, numRuns: 400 };

const textOf = (lines: readonly DiffLine[], without: DiffLine["kind"]): string =>
  lines
    .filter((line) => line.kind !== without)
    .map((line) => line.text)
    .join("\n");

describe("the difference between two texts", () => {
  it("holds the old text in what is removed and the same, and the new one in what is added and the same", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        expect(textOf(lines, "added")).toBe(before);
        expect(textOf(lines, "removed")).toBe(after);
      }),
      seeded,
    );
  });

  it("numbers every line by where it stands in its text", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const { kind, text, line } of diffLines(before, after))
          expect((kind === "added" ? after : before).split("\n")[line - 1]).toBe(text);
      }),
      seeded,
    );
  });

  it("is empty for the same text, and no line is both gone and new in one place", () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(diffLines(same, same).every((line) => line.kind === "same")).toBe(true);
      }),
      seeded,
    );
  });

  it("keeps as much as any common subsequence", () => {
    const longest = (a: readonly string[], b: readonly string[]): number => {
      if (a.length === 0 || b.length === 0) return 0;
      if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
      return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
    };
    const short = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 6 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(short, short, (before, after) => {
        const same = diffLines(before, after).filter((line) => line.kind === "same").length;
        expect(same).toBe(longest(before.split("\n"), after.split("\n")));
      }),
      seeded,
    );
  });

  it("of texts too long to compare line by line still makes up both", () => {
    const lines = (name: string) => Array.from({ length: 2_100 }, (_, k) => `${name} ${k}`).join("\n");
    const [before, after] = [`first\n${lines("a")}\nlast`, `first\n${lines("b")}\nlast`];
    const found = diffLines(before, after);
    expect(textOf(found, "added")).toBe(before);
    expect(textOf(found, "removed")).toBe(after);
    expect(found.filter((line) => line.kind === "same").map((line) => line.text)).toEqual(["first", "last"]);
  });
});

describe("putting one change back", () => {
  it("gives one text a run of changed lines, each with that run as it was", () => {
    expect(withoutOneHunk("a\nb\nc\nd", "a\nB\nc\nD")).toEqual(["a\nb\nc\nD", "a\nB\nc\nd"]);
    expect(withoutOneHunk("a", "a")).toEqual([]);
  });

  it("again and again leads to the old text, each time nearer to it", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changed = (one: string): number =>
          diffLines(before, one).filter((line) => line.kind !== "same").length;
        let now = after;
        while (now !== before) {
          const nearer = withoutOneHunk(before, now);
          expect(nearer.length).toBeGreaterThan(0);
          for (const one of nearer) expect(changed(one)).toBeLessThan(changed(now));
          now = nearer[0]!;
        }
      }),
      seeded,
    );
  });
});

describe("an excerpt", () => {
  it("holds every changed line, and of the others those within reach of one", () => {
    fc.assert(
      fc.property(text, text, fc.nat(3), (before, after, context) => {
        const lines = diffLines(before, after);
        const kept = new Set(excerpt(lines, context));
        lines.forEach((line, k) => {
          const near = lines.some((other, j) => other.kind !== "same" && Math.abs(j - k) <= context);
          expect(kept.has(line)).toBe(near);
        });
      }),
      seeded,
    );
  });
});
