// biome-ignore-all lint/suspicious/noTemplateCurlyInString: compose writes variables like this
/** Variables in compose files and `.env`, form by form. */
import { describe, expect, it } from "vitest";
import { readEnvFile } from "../../../src/importers/compose/env-file.js";
import { interpolate } from "../../../src/importers/compose/interpolate.js";

const values = new Map([
  ["A", "a"],
  ["EMPTY", ""],
]);
const put = (text: string) => {
  const { text: out, problems } = interpolate(text, (name) => values.get(name));
  return [
    out,
    problems
      .map((problem) => (problem.kind === "invalid" ? "invalid" : `${problem.kind} ${problem.name}`))
      .join(),
  ];
};

describe("interpolation", () => {
  it.each([
    ["plain", "plain", ""],
    ["$A and ${A}", "a and a", ""],
    ["$$A $${A}", "$A ${A}", ""],
    ["${X:-x} ${X-x} ${EMPTY:-x} [${EMPTY-x}]", "x x x []", ""],
    ["${A:-x} ${A-x}", "a a", ""],
    ["${X:-${A}}${X:-${Y:-z}}", "az", ""],
    ["${A:?m}${A?m}[${EMPTY?m}]", "aa[]", ""],
    ["[${X:?m}${EMPTY:?m}${X?m}]", "[]", "required X,required EMPTY,required X"],
    ["${A:+x}${X:+x}[${EMPTY:+x}]${EMPTY+y}", "x[]y", ""],
    ["[$X]", "[]", "unset X"],
    ["${X:-a-b:?c}", "a-b:?c", ""],
  ])("%s", (text, out, problem) => {
    expect(put(text)).toEqual([out, problem]);
  });

  it.each(["$", "a $ b", "${", "${A", "${}", "${A!x}", "${1}"])("%s begins no variable", (text) => {
    expect(put(text)[1]).toBe("invalid");
  });

  it("nests only so far", () => {
    expect(put("${X:-".repeat(200) + "}".repeat(200))[1]).toContain("invalid");
  });
});

describe(".env", () => {
  const env = (text: string) => {
    const { variables, wrong } = readEnvFile({ text }, (name) => values.get(name));
    return [Object.fromEntries(variables), wrong];
  };

  it("has assignments, comments, quotes and references to what stands above", () => {
    const text = [
      "# comment",
      "ONE=1 # not part of it",
      "export TWO = two words ",
      "SINGLE='$ONE # kept'",
      'DOUBLE="${ONE}\\n\\"x\\" \\$ONE"',
      "REF=${ONE}-$A",
      "HASH=a#b",
      "NONE=",
      "FROM_OUTSIDE",
      'LONG="first',
      'second"',
    ].join("\r\n");
    expect(env(text)).toEqual([
      {
        ONE: "1",
        TWO: "two words",
        SINGLE: "$ONE # kept",
        DOUBLE: '1\n"x" $ONE',
        REF: "1-a",
        HASH: "a#b",
        NONE: "",
        LONG: "first\nsecond",
      },
      [],
    ]);
  });

  it("names lines that are no assignment", () => {
    expect(env("A=1\n=2\n3X=4\nB='open\nC=5")).toEqual([{ A: "1", C: "5" }, [2, 3, 4]]);
  });
});
