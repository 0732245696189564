/** The report in a real browser, in both themes: it renders, asks for nothing, says nothing, and everybody can read it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../helpers/browser.js";
import { cli, temporaryFolder } from "../helpers/cli.js";
import { accessibilityViolations, openReport } from "../helpers/page.js";
import { root, scenarioOf } from "../helpers/scenario.js";

const markup = `<img src=x onerror="document.title='owned'">&"'</td><script>document.title="owned"</script>`;
/** Markup, a text that runs from right to left, signs of more than one code point, and one word of 10,000 letters. */
const hostile = `${markup} \u202eבדיקה 👩‍🚒🔥 ${"w".repeat(10_000)}`;

let browser: Browser;
const folder = temporaryFolder();

beforeAll(async () => {
  const duo = join(root, "scenarios/duo-2025-02-13.yaml");
  expect(cli(["run", duo, "--out", folder]).code).toBe(0);
  const text = `
fleetquake: 1
title: ${JSON.stringify(hostile)}
about: ${JSON.stringify(hostile)}
sources: [${JSON.stringify(`javascript:alert(1)//${hostile}`)}]
regions: { eu: { members: [eu-1, eu-2], assumed: ${JSON.stringify(hostile)} } }
services:
  api: { title: ${JSON.stringify(hostile)}, manager: m, needs: [db] }
  db: { manager: m }
capabilities: { shop: { title: ${JSON.stringify(hostile)}, service: api, share: 1 } }
managers: { m: { model: fail-static } }
changes: [{ at: 1m, author: ${JSON.stringify(hostile)}, approvals: [{ by: x, covers: [db] }], intend: { remove: [db] } }]
choices: { one: { about: ${JSON.stringify(hostile)}, taken: ${JSON.stringify(hostile)}, instead: [${JSON.stringify(hostile)}], why: ${JSON.stringify(hostile)} } }
`;
  scenarioOf(text);
  writeFileSync(join(folder, "hostile.yaml"), text);
  expect(cli(["run", join(folder, "hostile.yaml"), "--out", folder]).code).toBe(1);
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = (report: string, scheme: "light" | "dark") =>
  openReport(browser, join(folder, report, "index.html"), scheme);

describe.each(["light", "dark"] as const)("the incident's report, %s", (scheme) => {
  it("renders, without a request, a message or a violation", async () => {
    const { page, messages, requests } = await open("duo-2025-02-13", scheme);
    expect(await page.locator("h2").allTextContents()).toEqual([
      "What happened",
      "Replay",
      "Who was hurt, and for how long",
      "Why it took so long",
      "What would have prevented it",
      "How sure we are",
    ]);
    expect(await page.locator("main > figure svg:visible").count()).toBe(4);
    expect(await page.locator(".diff .guilty").allTextContents()).toEqual([
      "4    - deprecated-app← this line was left in",
    ]);
    for (const box of await page.locator("main > figure svg:visible").all()) {
      const size = await box.boundingBox();
      expect(size!.width).toBeGreaterThan(300);
      expect(size!.height).toBeGreaterThan(80);
    }
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe(scheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 23, 26)");
    expect(await accessibilityViolations(page)).toEqual([]);
    expect([messages, requests]).toEqual([[], []]);
    // FLEETQUAKE_PICTURE=1 npx vitest run test/browser: the picture in the README.
    if (process.env["FLEETQUAKE_PICTURE"] === "1") {
      await page.screenshot({
        path: join(root, `docs/report-${scheme}.png`),
        clip: { x: 0, y: 0, width: 1180, height: 900 },
      });
    }
  });
});

describe("on a small screen and on paper", () => {
  it("nothing is wider than the screen", async () => {
    const { page } = await open("duo-2025-02-13", "light");
    await page.setViewportSize({ width: 390, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await page.emulateMedia({ media: "print" });
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
  });
});

describe("hostile names", () => {
  it("stay text", async () => {
    const { page, messages, requests } = await open("hostile", "light");
    expect(await page.title()).toBe(`${hostile} – outage report`);
    expect((await page.locator("h1").textContent())!.startsWith(markup)).toBe(true);
    // The data and the script of the page itself, and no other.
    expect(await page.locator("img, script:not(#report-data, #report-data + script)").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    expect([messages, requests]).toEqual([[], []]);
    // Long words are cut or broken, folded parts included.
    await page.evaluate('for (const item of document.querySelectorAll("details")) item.open = true');
    for (const width of [320, 1180]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(60_000);
    }
  });
});
