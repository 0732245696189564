/** How findings are collected and told. */
import { expect, it } from "vitest";
import { Findings } from "../../../src/importers/issues.js";

it("each once, in the order of files and lines, and only so many of one kind in one file", () => {
  const found = new Findings();
  found.warn({ file: "b", line: 1, column: 1 }, { code: "x", message: "m" });
  for (let line = 200; line > 0; line--)
    for (let twice = 0; twice < 2; twice++)
      found.add({ file: "a", line, column: 1 }, { code: "y", message: "m" });
  found.add({ file: "a", line: 500, column: 1 }, { code: "z", message: "m" });
  const all = found.all();
  expect(all.map(({ file, line }) => `${file}${line}`)).toEqual([
    ...Array.from({ length: 50 }, (_, k) => `a${k + 1}`),
    "a500",
    "b1",
  ]);
  expect(all[48]!.message).toBe("m");
  expect(all[49]!.message).toBe("m; more of this kind follow");
});
