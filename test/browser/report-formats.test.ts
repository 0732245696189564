/** The page without script, the list of reports and the comparisons in a real browser: both themes, a phone, and paper. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffEstimates } from "../../src/estimate/replications/estimate-diff.js";
import { renderCompare } from "../../src/report/compare/compare-page.js";
import { renderCompareEstimates } from "../../src/report/compare/estimates-page.js";
import { renderOverview } from "../../src/report/overview/overview-page.js";
import { renderReport } from "../../src/report/render-report.js";
import { diffResults } from "../../src/trace/result-diff.js";
import { launchBrowser } from "../helpers/browser.js";
import { checkFileOf, nasty, violated } from "../helpers/check-result.js";
import { temporaryFolder } from "../helpers/cli.js";
import { censored, estimateFileOf, hostileFile, told } from "../helpers/estimate-result.js";
import { accessibilityViolations, openReport } from "../helpers/page.js";
import { hostileModel, modelOf } from "../helpers/report-model.js";
import { scenarioFile } from "../helpers/scenario.js";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
const version = "0.1.0";
const folder = temporaryFolder();
const pathOf = (name: string): string => join(folder, `${name}.html`);
const names = ["static", "overview", "results", "estimates"] as const;

let browser: Browser;

beforeAll(async () => {
  const model = modelOf(scenarioFile("duo-2025-02-13.yaml"), "legacy", "promise-smaller-mapping");
  writeFileSync(pathOf("static"), await renderReport(model));
  const hostile = hostileModel().result;
  const pages = ["index.html", "check.html", "estimate.html"];
  const empty = { result: null, check: null, estimate: null };
  writeFileSync(
    pathOf("overview"),
    renderOverview({
      version,
      folders: [
        { name: "a", result: model.result, check: checkFileOf(violated), estimate: hostileFile, pages },
        { name: "b", ...empty, estimate: estimateFileOf([told, censored]), pages: ["estimate.html"] },
        { name: nasty, ...empty, result: hostile, pages: ["index.html", "summary.png"] },
      ],
      leftOut: [`${nasty}${"W".repeat(10_000)}: this is no JSON`],
      others: 1,
      sha256Base64,
    }),
  );
  const [legacy, smaller] = model.result.variants;
  const before = { ...model.result, variants: [{ ...legacy!, name: "x" }, ...hostile.variants] };
  const after = { ...model.result, seed: 2, variants: [{ ...smaller!, name: "x" }, hostile.variants[0]!] };
  writeFileSync(
    pathOf("results"),
    await renderCompare({
      version,
      before: { file: "before.json", result: before },
      after: { file: nasty, result: after },
      diff: diffResults(before, after),
      sha256Base64,
    }),
  );
  writeFileSync(
    pathOf("estimates"),
    renderCompareEstimates({
      version,
      before: { file: nasty, estimate: hostileFile },
      after: { file: "after.json", estimate: hostileFile },
      diff: diffEstimates(hostileFile, hostileFile),
      sha256Base64,
    }),
  );
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** FLEETQUAKE_PICTURE=folder npx vitest run test/browser: pictures to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const target = process.env["FLEETQUAKE_PICTURE"];
  if (target?.includes("/")) await page.screenshot({ path: join(target, `${name}.png`), fullPage: true });
}

describe.each(["light", "dark"] as const)("%s", (scheme) => {
  it.each(names)("%s: no message, request, violation or overflow", async (name) => {
    const { page, messages, requests } = await openReport(browser, pathOf(name), scheme);
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 26)");
    expect(await page.locator("script, img, [onerror], [style]").count()).toBe(0);
    // Accessibility is held against the width that is set last.
    for (const width of name === "static" ? [320, 1180] : [1180, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      await picture(page, `${name}-${scheme}-${width}`);
    }
    expect(await accessibilityViolations(page)).toEqual([]);
    expect([messages, requests]).toEqual([[], []]);
    await page.context().close();
  });
});

describe("on paper", () => {
  it.each(["static", "results"] as const)(
    "%s: light, nothing folded, nothing wider than the sheet",
    async (name) => {
      const { page } = await openReport(browser, pathOf(name), "dark");
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      // A sheet of A4 less its margins.
      await page.setViewportSize({ width: 695, height: 1000 });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(695);
      const cut = await page.evaluate(`[...document.querySelectorAll("table, figure svg, pre, .figures li")]
      .filter((item) => item.getBoundingClientRect().right > 695.5).map((item) => item.outerHTML.slice(0, 80))`);
      expect(cut).toEqual([]);
      const folded = await page.evaluate(`[...document.querySelectorAll("details")]
      .filter((item) => item.lastElementChild.getBoundingClientRect().height === 0).length`);
      expect(folded).toBe(0);
      await picture(page, `${name}-print`);
      expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(20_000);
      await page.context().close();
    },
  );
});
