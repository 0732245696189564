/** The page of a check in a real browser: everything is shown, nothing is asked for, nothing of a user's text acts. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckFile } from "../../src/chaos/check-result.js";
import { renderCheck } from "../../src/report/check/check-page.js";
import { junit } from "../../src/report/check/junit.js";
import { launchBrowser } from "../helpers/browser.js";
import { checkFileOf, clean, empty, hostile, nasty, violated } from "../helpers/check-result.js";
import { temporaryFolder } from "../helpers/cli.js";
import { accessibilityViolations, openReport } from "../helpers/page.js";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
const files: Readonly<Record<string, CheckFile>> = {
  violated: checkFileOf(violated),
  clean: checkFileOf(clean),
  empty: checkFileOf(empty),
  hostile: checkFileOf(hostile),
  several: checkFileOf(violated, clean, empty),
  none: checkFileOf(),
};

let browser: Browser;
const folder = temporaryFolder();
const pathOf = (name: string): string => join(folder, `${name}.html`);

beforeAll(async () => {
  for (const [name, file] of Object.entries(files)) {
    writeFileSync(pathOf(name), renderCheck({ file, sha256Base64 }));
  }
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const openAll = (page: Page) =>
  page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })");

/** FLEETQUAKE_PICTURE=folder npx vitest run test/browser: pictures to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const target = process.env["FLEETQUAKE_PICTURE"];
  if (!target?.includes("/")) return;
  // The hostile page is too long for a picture of all of it.
  await page.screenshot({ path: join(target, `${name}.png`), fullPage: !name.startsWith("hostile") });
}

describe.each(["light", "dark"] as const)("the page of a check, %s", (scheme) => {
  it.each(["violated", "clean", "empty", "several", "none"])(
    "%s: no request, message or violation",
    async (name) => {
      const { page, messages, requests } = await openReport(browser, pathOf(name), scheme);
      const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 26)");
      await picture(page, `${name}-${scheme}`);
      await openAll(page);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect([messages, requests]).toEqual([[], []]);
      await page.context().close();
    },
  );

  it("shows a cause as a row that opens to everything about it", async () => {
    const { page } = await openReport(browser, pathOf("violated"), scheme);
    expect(await page.locator("h2").allTextContents()).toEqual([
      "What was found",
      "Properties",
      "What was searched",
      "What the manager makes of mistakes",
      "Risk of a change",
      "What staging does not show",
      "How sure we are",
    ]);
    const rows = page.locator("details.finding");
    expect(await rows.count()).toBe(violated.findings.length);
    const [first, second] = [rows.nth(0), rows.nth(1)];
    expect(await first.locator(".guilty").textContent()).toContain("#REF!");
    expect(await first.locator("pre.command").isVisible()).toBe(true);
    expect(await second.locator("pre.command").isVisible()).toBe(false);
    await second.locator("summary").first().click();
    expect(await second.locator("pre.command").textContent()).toBe(
      violated.findings[1]!.counterexample.replay,
    );
    await picture(page, `open-${scheme}`);
    await page.context().close();
  });
});

describe("on a small screen and on paper", () => {
  it.each(["violated", "several", "hostile"])("%s: nothing is wider than the screen", async (name) => {
    const { page } = await openReport(browser, pathOf(name), "light");
    await page.setViewportSize({ width: 390, height: 800 });
    await openAll(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await picture(page, `${name}-small`);
    await page.context().close();
  });

  it("prints what is folded", async () => {
    const { page } = await openReport(browser, pathOf("violated"), "light");
    await page.emulateMedia({ media: "print" });
    const folded = page.locator("details.finding").nth(1).locator("pre.command").first();
    expect((await folded.boundingBox())!.height).toBeGreaterThan(10);
    await picture(page, "print");
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
    await page.context().close();
  });
});

describe("hostile texts", () => {
  it("stay text", async () => {
    const { page, messages, requests } = await openReport(browser, pathOf("hostile"), "light");
    await openAll(page);
    expect(await page.title()).toContain("document.title='owned'");
    expect(await page.locator("img, script, [onerror], [style]").count()).toBe(0);
    expect(await page.locator("a").count()).toBe(0);
    // Nothing reads backwards, nothing is there that cannot be seen.
    expect(await page.evaluate("/[\\u0000-\\u0008\\u202a-\\u202e]/.test(document.body.textContent)")).toBe(
      false,
    );
    expect(await page.locator("pre.command").first().textContent()).toContain("\\u202egnp.exe\\u202c");
    expect(await accessibilityViolations(page)).toEqual([]);
    expect([messages, requests]).toEqual([[], []]);
    await picture(page, "hostile");
    await page.context().close();
  });

  it("JUnit is well-formed for a real parser, and says the same", async () => {
    const { page } = await openReport(browser, pathOf("none"), "light");
    const xml = junit(checkFileOf(hostile, violated));
    const parsed = (await page.evaluate(
      `(() => { const parsed = new DOMParser().parseFromString(${JSON.stringify(xml)}, "application/xml");
        return { errors: parsed.querySelectorAll("parsererror").length, cases: parsed.querySelectorAll("testcase").length,
          failure: parsed.querySelector("failure").textContent }; })()`,
    )) as { errors: number; cases: number; failure: string };
    expect(parsed.errors).toBe(0);
    expect(parsed.cases).toBe(hostile.properties.length + violated.properties.length);
    expect(parsed.failure).toContain(nasty.slice(0, 60));
    await page.context().close();
  });
});
