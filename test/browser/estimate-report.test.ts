/** The page of an estimate in a real browser: both themes, both ends of the widths of screens, names that want more. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EstimateFile } from "../../src/estimate/replications/estimate-result.js";
import { renderEstimate } from "../../src/report/estimate/estimate-page.js";
import { launchBrowser } from "../helpers/browser.js";
import { temporaryFolder } from "../helpers/cli.js";
import {
  censored,
  estimateFileOf,
  helpless,
  hostileFile,
  told,
  unharmed,
} from "../helpers/estimate-result.js";
import { accessibilityViolations, openReport } from "../helpers/page.js";

const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
const files: Readonly<Record<string, EstimateFile>> = {
  told: estimateFileOf([told]),
  censored: estimateFileOf([censored]),
  several: estimateFileOf([told, helpless, unharmed]),
  hostile: hostileFile,
};

let browser: Browser;
const folder = temporaryFolder();
const pathOf = (name: string): string => join(folder, `${name}.html`);

beforeAll(async () => {
  for (const [name, file] of Object.entries(files))
    writeFileSync(pathOf(name), await renderEstimate({ files: [file], sha256Base64 }));
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** FLEETQUAKE_PICTURE=folder npx vitest run test/browser: pictures to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const target = process.env["FLEETQUAKE_PICTURE"];
  if (!target?.includes("/")) return;
  await page.screenshot({ path: join(target, `estimate-${name}.png`), fullPage: true });
}

/** Texts of the pictures that can be seen: cut off at an edge of their picture, and laid over each other. */
const labelFaults = `(() => {
  const faults = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const seen = [...svg.querySelectorAll("text")].map((item) => ({ text: item.textContent, box: item.getBoundingClientRect() }))
      .filter(({ text, box }) => text !== "" && box.width > 0);
    for (const { text, box } of seen)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
        faults.push("cut: " + text);
    for (const [k, a] of seen.entries())
      for (const b of seen.slice(k + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 1 && down > 4) faults.push(a.text + " lies on " + b.text);
      }
  }
  return faults;
})()`;

const widthNow = "document.documentElement.scrollWidth";

/** Every mark and tag is on the first, so its colours are enough. */
describe("the page of an estimate", () => {
  it.each([
    ["told", "light"],
    ["told", "dark"],
    ["censored", "light"],
    ["several", "dark"],
  ] as const)(
    "%s, %s: no request, message, violation, overflow or cut label at 1440 and 320 pixels",
    async (name, scheme) => {
      const { page, messages, requests } = await openReport(browser, pathOf(name), scheme);
      const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 26)");
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(widthNow)).toBeLessThanOrEqual(width);
        expect(await page.evaluate(labelFaults)).toEqual([]);
        await picture(page, `${name}-${scheme}-${width}`);
      }
      expect(await accessibilityViolations(page)).toEqual([]);
      expect([messages, requests]).toEqual([[], []]);
      await page.context().close();
    },
  );
});

describe("pictures", () => {
  it("are shown at the one width that fits, large enough to be read, and on paper at the large one", async () => {
    const { page } = await openReport(browser, pathOf("told"), "light");
    const shown = async () => {
      const boxes = await Promise.all(
        (await page.locator("figure svg").all()).map((svg) => svg.boundingBox()),
      );
      return boxes.filter((box) => box !== null && box.width > 0).map((box) => Math.round(box!.width));
    };
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await shown()).toEqual([960, 960, 960, 960, 960]);
    await page.setViewportSize({ width: 320, height: 900 });
    expect(await shown()).toEqual([288, 288, 288, 288, 288]);
    await page.emulateMedia({ media: "print" });
    expect(await shown()).toHaveLength(5);
    expect(await page.locator("figure .wide").first().isVisible()).toBe(true);
    await page.context().close();
  });
});

describe("hostile names", () => {
  it("stay text, and break no layout", async () => {
    const { page, messages, requests } = await openReport(browser, pathOf("hostile"), "dark");
    expect(await page.title()).toContain("document.title='owned'");
    expect(await page.locator("img, script, a, [onerror], [style]").count()).toBe(0);
    expect(await page.evaluate("/[\\u0000-\\u0008\\u202a-\\u202e]/.test(document.body.textContent)")).toBe(
      false,
    );
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(widthNow)).toBeLessThanOrEqual(width);
      expect(await page.evaluate(labelFaults)).toEqual([]);
    }
    expect([messages, requests]).toEqual([[], []]);
    await picture(page, "hostile");
    await page.context().close();
  });
});
