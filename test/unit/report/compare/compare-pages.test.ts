/** The pages of comparisons: what they call better, worse and the same, and that names stay text. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { diffEstimates } from "../../../../src/estimate/replications/estimate-diff.js";
import { renderCompare } from "../../../../src/report/compare/compare-page.js";
import { bothText, changeOf, valueText } from "../../../../src/report/compare/diff-words.js";
import { noTest, renderCompareEstimates } from "../../../../src/report/compare/estimates-page.js";
import { diffResults } from "../../../../src/trace/result-diff.js";
import type { FigureDiff } from "../../../../src/trace/result-diff-figures.js";
import { nasty } from "../../../helpers/check-result.js";
import { censored, estimateFileOf, hostileFile, told } from "../../../helpers/estimate-result.js";
import { hostileModel, modelOf } from "../../../helpers/report-model.js";
import { scenarioFile } from "../../../helpers/scenario.js";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
const diff = (before: FigureDiff["before"], after: FigureDiff["after"]): FigureDiff => ({
  of: "whole",
  name: "",
  figure: "outage",
  unit: "ms",
  before,
  after,
});
const hour = 3_600_000;

describe("words", () => {
  it.each([
    [3 * hour, hour, "good", "−2h", "3h → 1h"],
    [hour, 3 * hour, "bad", "+2h", "1h → 3h"],
    [null, hour, "bad", "+1h", "– → 1h"],
    ["never", hour, "good", "ends now", "not within the run → 1h"],
    [hour, "never", "bad", "no longer ends", "1h → not within the run"],
    ["never", "never", "", "same", "not within the run"],
    [hour, undefined, "", "one side only", "1h → not there"],
  ] as const)("%s to %s is %s", (before, after, tone, text, both) => {
    expect(changeOf(diff(before, after))).toEqual({ tone, text });
    expect(bothText(diff(before, after))).toBe(both);
  });

  it("count things in thousands", () => expect(valueText(1_234_567.4, "count")).toBe("1,234,567"));
});

describe("two results", () => {
  const { result } = modelOf(scenarioFile("fail-static.yaml"));
  const [careless, careful] = result.variants;
  const file = (variant: typeof careless) => ({ ...result, variants: [{ ...variant!, name: "x" }] });

  it("show curves, figures and verdicts of both sides, and the same bytes twice", async () => {
    const [before, after] = [file(careless), file(careful)];
    const model = {
      version: "0.1.0",
      before: { file: "a.json", result: before },
      after: { file: "b.json", result: after },
      diff: diffResults(before, after),
      sha256Base64,
    };
    const page = await renderCompare(model);
    expect(page).toContain("Regions that are hurt: x");
    expect(page).toMatch(
      /<td>violated<\/td><td>holds<\/td><td class="t"><span class="tag good">fixed<\/span>/,
    );
    expect(page).not.toContain("<script");
    expect(await renderCompare(model)).toBe(page);
  });

  it("that are the same are told in a line", async () => {
    const side = { file: "a.json", result };
    const page = await renderCompare({
      version: "0.1.0",
      before: side,
      after: side,
      diff: diffResults(result, result),
      sha256Base64,
    });
    expect(page.match(/The same events to the byte\./g)).toHaveLength(3);
    expect(page).not.toContain("<svg");
  });

  it("keep hostile names as text", async () => {
    const hostile = hostileModel().result;
    const other = {
      ...hostile,
      variants: [{ ...hostile.variants[0]!, removed: { ...hostile.variants[0]!.removed, instances: 9 } }],
    };
    const page = await renderCompare({
      version: "0.1.0",
      before: { file: nasty, result: hostile },
      after: { file: nasty, result: other },
      diff: diffResults(hostile, other),
      sha256Base64,
    });
    expect(page).not.toMatch(/<(script|img)|\u202e/);
    expect(page).toContain("Only before: second.");
  });
});

describe("two estimates", () => {
  const page = (
    before = estimateFileOf([told]),
    after = estimateFileOf([{ ...censored, variant: "legacy" }]),
  ) =>
    renderCompareEstimates({
      version: "0.1.0",
      before: { file: "a.json", estimate: before },
      after: { file: "b.json", estimate: after },
      diff: diffEstimates(before, after),
      sha256Base64,
    });

  it("stand side by side with their intervals, and say that overlap is no test", () => {
    const html = page();
    expect(html).toContain(noTest.slice(0, 60));
    expect(html).toContain('<td class="name">everything</td><td class="n">8h (7h 46m to 8h 19m)</td>');
    expect(html).toMatch(/2 times of capabilities in single groups are left out/);
  });

  it("match variants and figures by name and list the rest", () => {
    const after = estimateFileOf([{ ...told, figures: told.figures.filter(({ id }) => id !== "group eu") }]);
    const found = diffEstimates(estimateFileOf([told, censored]), after);
    expect([found.onlyBefore, found.onlyAfter, found.variants[0]!.onlyBefore]).toEqual([
      ["censored"],
      [],
      ["group eu"],
    ]);
    const other = estimateFileOf([{ ...told, horizonMs: told.horizonMs / 2 }], { fleetquake: "9.9.9" });
    expect(diffEstimates(estimateFileOf([told]), other).notes).toEqual([
      expect.stringMatching(/^Different versions/),
      "Different horizons of legacy: 1440 minutes before, 720 minutes after; means count what is not over as the horizon.",
    ]);
  });

  it("keep hostile names as text", () => {
    expect(page(hostileFile, hostileFile)).not.toMatch(/<(script|img)|\u202e/);
  });
});
