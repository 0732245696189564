/** The frame of "what if", when there is none and why; and its figures, in the words of the rest of the report. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderToStaticMarkup } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { defaultGate, propertyCatalogue } from "../../../../src/models/judging/catalogue.js";
import { gateOf as gateOfReport } from "../../../../src/report/outcome.js";
import { WhatIf } from "../../../../src/report/what-if/what-if.js";
import { outageLength as outageLengthOfReport } from "../../../../src/report/words.js";
import { runVariant } from "../../../../src/run/run-variant.js";
import { gateOf, outageLength, summaryOf } from "../../../../src/viewer/what-if/figures.js";
import { cli, temporaryFolder } from "../../../helpers/cli.js";
import { root, runOf, scenarioFile } from "../../../helpers/scenario.js";

const folder = temporaryFolder();
const small = join(root, "scenarios/fail-static.yaml");

const guard = `{ name: "mine", id: "X1", stage: "admit", about: "", stops: "", cost: "", liveness: "", judgeAction: () => ({ verdict: "admit" }) }`;
writeFileSync(join(folder, "guards.mjs"), `export const guards = [${guard}];\n`);
writeFileSync(
  join(folder, "planner.mjs"),
  `export default { name: "mine", step: () => ({ propose: [] }) };\n`,
);

function reportOf(...args: readonly string[]): string {
  const out = mkdtempSync(join(folder, "out-"));
  const variant = ["--variant", "keeps-what-it-knew"];
  const { err } = cli(["run", small, ...variant, "--out", out, "--format", "html", ...args], folder);
  expect(err).toBe("");
  return readFileSync(join(out, "fail-static/index.html"), "utf8");
}

/** Pages are long: what is not in them is said by the text that was looked for. */
const missing = (page: string, ...texts: readonly string[]): readonly string[] =>
  texts.filter((text) => !page.includes(text));

describe("the frame", () => {
  it("says nothing where nothing can be simulated, or why not", () => {
    expect(renderToStaticMarkup(<WhatIf model={null} />)).toBe("");
    const refused = renderToStaticMarkup(<WhatIf model={{ kind: "refused", reason: "of <b>" }} />);
    expect(refused).toContain("cannot be simulated inside this page: of &lt;b>.");
    expect(refused).not.toContain("form");
  });

  it("is hidden until the script shows it, and the simulator ends no element of the page", () => {
    const page = reportOf();
    const frame = '<section class="what-if" id="what-if" aria-labelledby="wi-title" hidden>';
    expect(missing(page, frame, '"simulator":"')).toEqual([]);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
  });

  it.each([
    ["modules", ["--load", "guards.mjs"], "this run loaded modules"],
    ["a program", ["--manager", "./planner.mjs"], "a manager of this run is a program"],
  ])("is refused for %s", (_, args, reason) => {
    const page = reportOf(...args);
    expect(missing(page, `cannot be simulated inside this page: ${reason}`, '"whatIf":null')).toEqual([]);
  });
});

describe("figures", () => {
  const options = { seed: 1, properties: propertyCatalogue, gate: defaultGate, sha256: () => "" };
  const duo = scenarioFile("duo-2025-02-13.yaml");
  const results = ["legacy", "modern", "promise-no-cascade", "staging-1"].map((name) => {
    const variant = { ...duo.variants.find((item) => item.name === name)!, expect: null };
    return runVariant(runOf(duo, name), variant, options).result;
  });

  it("are said as the report says them", () => {
    for (const result of results) {
      expect(gateOf(result)).toMatchObject({
        word: gateOfReport(result).word,
        detail: gateOfReport(result).detail,
      });
      expect(outageLength(result)).toBe(outageLengthOfReport(result));
    }
  });

  it("become a sentence", () => {
    const [legacy, modern] = results;
    expect(summaryOf(legacy!, null)).toMatch(/^Nothing is changed: an outage of \d+h.*, 730 instances/);
    expect(summaryOf(legacy!, legacy!)).toMatch(/^What if: still an outage of .*; 730 .* as before; gate: 4/);
    expect(summaryOf(legacy!, modern!)).toMatch(
      /^What if: no outage instead of .*; 81 instances removed instead of 730; gate: safe\.$/,
    );
    expect(summaryOf(modern!, modern!)).toMatch(/^What if: still no outage; /);
  });
});
