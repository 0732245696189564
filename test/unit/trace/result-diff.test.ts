/** Two results against each other: what moved, which verdicts changed, what only one side has. */
import { describe, expect, it } from "vitest";
import type { ResultFile, VariantResult } from "../../../src/trace/result.js";
import { diffResults } from "../../../src/trace/result-diff.js";
import { parseResult } from "../../../src/trace/result-file.js";
import { modelOf } from "../../helpers/report-model.js";
import { scenarioFile } from "../../helpers/scenario.js";

const whole = modelOf(scenarioFile("fail-static.yaml")).result;
const [careless, careful] = whole.variants as unknown as readonly [VariantResult, VariantResult];
const fileOf = (...variants: readonly VariantResult[]): ResultFile => ({ ...whole, variants });
const renamed = (variant: VariantResult, name: string): VariantResult => ({ ...variant, name });

describe("a difference", () => {
  const diff = diffResults(
    fileOf(renamed(careless, "x"), renamed(careless, "gone")),
    fileOf(renamed(careful, "x"), renamed(careful, "new")),
  );
  const [variant] = diff.variants;
  const figure = (of: string, name: string, title: string) =>
    variant!.figures.find((item) => item.of === of && item.name === name && item.figure === title);

  it("matches variants by name and lists those that only one side has", () => {
    expect([diff.variants.map(({ name }) => name), diff.onlyBefore, diff.onlyAfter]).toEqual([
      ["x"],
      ["gone"],
      ["new"],
    ]);
    expect([variant!.sameTrace, diff.notes]).toEqual([false, []]);
  });

  it("has every figure on both sides", () => {
    const { outage, recovery, removed } = careless;
    const lasted = recovery.allRestoredAtMs! - outage.startedAtMs!;
    expect(figure("whole", "", "instances removed")).toMatchObject({ before: removed.instances, after: 0 });
    expect(figure("whole", "", "outage")).toMatchObject({ unit: "ms", before: lasted, after: null });
    expect(figure("step", "", "everything works again")).toMatchObject({ before: lasted, after: null });
    expect(figure("capability", "buying", "regions down")).toMatchObject({ before: 4, after: 0 });
    const logins = outage.capabilities.find(({ name }) => name === "buying")!.unservedLogins;
    expect(figure("capability", "buying", "logins not served")).toMatchObject({ before: logins, after: 0 });
    const groups = variant!.figures.filter(({ of }) => of === "group");
    expect(new Set(groups.map(({ name }) => name))).toEqual(
      new Set(recovery.byRegionGroup.map(({ name }) => name)),
    );
    const unserved = groups.filter(({ figure }) => figure === "logins not served");
    const sum = unserved.reduce((all, { before }) => all + (before as number), 0);
    expect(sum).toBeCloseTo(outage.unservedLogins, 1);
  });

  it("calls a violation that is gone fixed, one that came newly violated, and everything else as it is", () => {
    const changeOf = (before: VariantResult, after: VariantResult, property: string) =>
      diffResults(fileOf(renamed(before, "x")), fileOf(renamed(after, "x"))).variants[0]!.verdicts.find(
        (item) => item.property === property,
      );
    expect(changeOf(careless, careful, "fail-static")).toMatchObject({
      gate: true,
      before: "violated",
      after: "holds",
      change: "fixed",
    });
    expect(changeOf(careful, careless, "fail-static")).toMatchObject({ change: "newly violated" });
    expect(changeOf(careful, careless, "fail-static")!.because).toBe(
      careless.verdicts.find(({ property }) => property === "fail-static")!.because,
    );
    const verdicts = careful.verdicts.filter(({ property }) => property !== "fail-static");
    expect(changeOf(careless, { ...careful, verdicts }, "fail-static")).toMatchObject({
      change: "only before",
      after: null,
    });
    const untested = careful.verdicts.map((item) => ({ ...item, verdict: "never-exercised" as const }));
    expect(changeOf(careless, { ...careful, verdicts: untested }, "fail-static")).toMatchObject({
      change: "no longer violated",
    });
    expect(changeOf(careful, { ...careful, verdicts: untested }, "fail-static")).toMatchObject({
      change: "changed",
    });
  });

  it("of a result to itself is none", () => {
    const { variants, notes } = diffResults(whole, whole);
    for (const { figures, verdicts, expectations, sameTrace } of variants) {
      expect(figures.filter(({ before, after }) => before !== after)).toEqual([]);
      expect(verdicts.filter(({ change }) => change !== "same")).toEqual([]);
      expect([expectations, sameTrace]).toEqual([[], true]);
    }
    expect(notes).toEqual([]);
  });

  it("says what makes the two less alike than they look", () => {
    const other = { ...whole, seed: 2, fleetquake: "9.9.9", scenario: { ...whole.scenario, name: "other" } };
    expect(diffResults(whole, other).notes).toEqual([
      expect.stringMatching(/^Different scenarios: fail-static before, other after; only variants/),
      "Different seeds: 1 before, 2 after; times differ by luck alone.",
      expect.stringMatching(/^Different versions/),
    ]);
  });
});

describe("a saved result", () => {
  it("is read back as it was", () => {
    const read = parseResult(JSON.stringify(whole), "r.json");
    expect(read).toEqual({ ok: true, value: JSON.parse(JSON.stringify(whole)) });
  });

  it.each([
    ["no JSON", "{", /^this is no JSON/, undefined],
    [
      "something else",
      '{"kind":"estimate","scenario":{},"variants":[]}',
      /^this is no result of a run$/,
      undefined,
    ],
    ["a number", "7", /^this is no result of a run$/, undefined],
    ["a wrong value", JSON.stringify({ ...whole, seed: "x" }), /expected number/, "seed"],
  ])("is refused: %s", (_name, text, message, path) => {
    const read = parseResult(text, "r.json");
    expect(!read.ok && read.error[0]).toMatchObject({
      file: "r.json",
      message: expect.stringMatching(message),
    });
    expect(!read.ok && read.error[0]!.path).toBe(path);
  });

  it("with very many mistakes is told of the first", () => {
    const variants = Array.from({ length: 40 }, () => ({}));
    const read = parseResult(JSON.stringify({ ...whole, variants }), "r.json");
    expect(!read.ok && read.error).toHaveLength(11);
    expect(!read.ok && read.error.at(-1)!.message).toMatch(/^\d+ more of this kind$/);
  });
});
