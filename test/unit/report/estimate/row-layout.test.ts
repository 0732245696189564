import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOut, sizes, wrapped } from "../../../../src/report/estimate/row-layout.js";

describe("labels", () => {
  it("break at spaces and lose nothing while they fit", () => {
    const about = "a mapping for every region group, changed one after the other, half an hour apart";
    expect(wrapped(about)).toEqual([
      "a mapping for every region group,",
      "changed one after the other, half an",
      "hour apart",
    ]);
    expect(wrapped("login")).toEqual(["login"]);
    expect(wrapped("")).toEqual([""]);
  });

  it("break inside words that are too long, earlier where letters are wide, and show what is cut", () => {
    expect(wrapped("x".repeat(60)).map(({ length }) => length)).toEqual([40, 20]);
    expect(wrapped("W".repeat(60)).map(({ length }) => length)).toEqual([28, 28, 4]);
    expect(wrapped("漢".repeat(50)).map(({ length }) => length)).toEqual([20, 20, 10]);
    const cut = wrapped("x".repeat(500));
    expect(cut).toHaveLength(3);
    expect(cut[2]).toBe(`${"x".repeat(39)}…`);
  });

  it("never are more than three lines, nor wider than there is room", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const lines = wrapped(text);
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) expect([...line].length).toBeLessThanOrEqual(40);
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(sizes)("rows, $id", (size) => {
  const rows = ["login", "x".repeat(90), "a name of two lines that are broken at a space", "push"].map(
    (label) => ({
      label,
      value: "12m",
      height: 18,
    }),
  );

  it("do not touch each other, and neither do their labels", () => {
    const { rows: placed, lines, height } = layOut(rows, size);
    const bands = [
      ...(size.labelsAbove ? placed.map(({ top }) => [top, top + 18]) : []),
      ...lines.map(({ y }) => [y - 7.5, y + 7.5]),
    ].sort((a, b) => a[0]! - b[0]!);
    for (const [k, band] of bands.entries()) {
      expect(band[0]).toBeGreaterThanOrEqual(k === 0 ? 0 : bands[k - 1]![1]!);
      expect(band[1]).toBeLessThanOrEqual(height);
    }
    for (const [k, { top }] of placed.entries())
      expect(top).toBeGreaterThanOrEqual(k === 0 ? 0 : placed[k - 1]!.top + 18);
  });

  it("leave most of the width to the marks, whatever the names are", () => {
    const { left } = layOut([...rows, { label: "漢".repeat(90), height: 18 }], size);
    expect(size.width - left - size.right).toBeGreaterThan(size.width / 2);
  });
});
