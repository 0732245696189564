/** check.json: results are what the schema says, and what is read back is what was written. */
import { describe, expect, it } from "vitest";
import { checkSchema, looksLikeCheck, parseCheck } from "../../../../src/chaos/check-schema.js";
import { checkFileOf, clean, empty, hostile, violated } from "../../../helpers/check-result.js";

describe("check.json", () => {
  it.each([
    ["violated", violated],
    ["clean", clean],
    ["empty", empty],
    ["hostile", hostile],
  ])("%s is valid and read back as it was written", (_, result) => {
    const file = checkFileOf(result);
    expect(checkSchema.safeParse(file).error).toBeUndefined();
    const text = JSON.stringify(file);
    expect(looksLikeCheck(text)).toBe(true);
    expect(parseCheck(text, "check.json")).toEqual({ ok: true, value: file });
  });

  it("a wrong file is an Issue with the path, never an exception", () => {
    const wrong = parseCheck(
      JSON.stringify({ ...checkFileOf(), results: [{ ...clean, seed: "7" }] }),
      "c.json",
    );
    expect(wrong.ok).toBe(false);
    if (!wrong.ok) expect(wrong.error).toMatchObject([{ file: "c.json", path: "results.0.seed" }]);
    expect(parseCheck('{"kind":"check"', "c.json").ok).toBe(false);
  });

  it("a trace is not taken for a check", () => {
    expect(looksLikeCheck('{"fleetquake":"0.1.0","trace":1}\n')).toBe(false);
    expect(looksLikeCheck("")).toBe(false);
  });
});
