/**
 * The replay in a real browser: one time and one variant move the graph, the grid and the list together, from every
 * control, by keyboard, and from the address; without script the page stands at the worst moment.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../helpers/browser.js";
import { temporaryFolder } from "../helpers/cli.js";
import { largeFleet } from "../helpers/large-fleet.js";
import { accessibilityViolations, openReport } from "../helpers/page.js";
import { reportOf, type WrittenReport } from "../helpers/report.js";
import { scenarioFile, scenarioOf } from "../helpers/scenario.js";

const folder = temporaryFolder();
const pathOf = (name: string): string => join(folder, `${name}.html`);
const long = "x".repeat(10_000);
const nasty = `</script><img src=x onerror="document.title='owned'">&"'\u202eesrever\u202c👩‍🚒`;

const hostile = `
fleetquake: 1
title: hostile
regions: { ${long}: { members: [${long}, eu] } }
services:
  api: { title: ${JSON.stringify(nasty)}, manager: m, needs: [${long}] }
  ? ${long}
  : { title: ${JSON.stringify(long)}, manager: m }
capabilities:
  one: { title: ${JSON.stringify(nasty)}, service: api, share: 0.5 }
  two: { title: ${JSON.stringify(long)}, service: ${long}, share: 0.5 }
managers: { m: { model: modern } }
changes: [{ at: 1m, author: ${JSON.stringify(nasty)}, approvals: [{ by: x, covers: [${long}] }], intend: { remove: [${long}] } }]
`;

let browser: Browser;
let duo: WrittenReport;

beforeAll(async () => {
  duo = await reportOf(scenarioFile("duo-2025-02-13.yaml"), [
    "legacy",
    "modern",
    "staging-2",
    "core-authentication-down",
  ]);
  writeFileSync(pathOf("duo"), duo.html);
  writeFileSync(pathOf("large"), (await reportOf(scenarioOf(largeFleet(62, 104)))).html);
  writeFileSync(pathOf("hostile"), (await reportOf(scenarioOf(hostile))).html);
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const part = (page: Page, name: string) => page.locator(`.rp-${name}`);
const timeOf = async (page: Page): Promise<number> => Number(await part(page, "slider").inputValue());
const currentOf = (page: Page) => page.locator(".rp-events [aria-current] span");

/** What is drawn, as counts: states of the boxes, and of the cells of the grid that is shown. */
const drawnIn = (page: Page) =>
  page.evaluate(`(() => {
    const count = (items) => { const sums = {}; for (const item of items) { const s = item.dataset.s ?? "works"; sums[s] = (sums[s] ?? 0) + 1; } return sums; };
    const shown = (name) => document.querySelector(name + ":not([hidden])");
    return { boxes: count(shown(".rp-graph").querySelectorAll(".rp-node")), cells: count(shown(".rp-grid").querySelectorAll("tbody td:not(.fill)")) };
  })()`) as Promise<{ boxes: Record<string, number>; cells: Record<string, number> }>;

/** Cells that are down at an instant, from the events of the run. */
function downAt(run: number, atMs: number): number {
  const now = new Map<string, number>();
  for (const event of duo.runs[run]!.trace.events)
    if (event.e === "quality" && event.t <= atMs)
      now.set(`${event.capability} ${event.region}`, event.success);
  return [...now.values()].filter((success) => success === 0).length;
}

/** FLEETQUAKE_PICTURE=folder npx vitest run test/browser: pictures to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const target = process.env["FLEETQUAKE_PICTURE"];
  if (!target?.includes("/")) return;
  // Tall enough for all of it: what sticks to the top of the screen would cover a part.
  const size = page.viewportSize()!;
  await page.setViewportSize({ ...size, height: 3_200 });
  await page.locator(".replay").screenshot({ path: join(target, `replay-${name}.png`) });
  await page.setViewportSize(size);
}

describe("the replay of the incident", () => {
  it("moves graph, grid and list together, from every control", async () => {
    const { page, messages, requests } = await openReport(browser, pathOf("duo"), "light");
    // It opens at the worst moment, and stays as high as it is whatever it shows.
    expect(await timeOf(page)).toBe(2000);
    expect(await part(page, "clock").textContent()).toBe("18:00:02 UTC");
    expect(await drawnIn(page)).toMatchObject({
      boxes: { removed: 9, degraded: 2, asked: 1, healthy: 3 },
      cells: { down: 486, impaired: 162 },
    });
    const heightNow = () => page.evaluate("document.querySelector('.replay').offsetHeight");
    const height = await heightNow();

    // From cause to cause: some share an instant.
    const { events } = await page.evaluate<{ events: [number, string, string][] }>(
      "JSON.parse(document.querySelector('#report-data').textContent).replay.variants[0]",
    );
    const first = await currentOf(page).textContent();
    await part(page, "previous").click();
    expect(await currentOf(page).textContent()).not.toBe(first);
    expect(await timeOf(page)).toBe(2000);
    for (let k = 0; k < 4; k++) await part(page, "next").click();
    const fourth = events.findLastIndex(([atMs]) => atMs === 2000) + 3;
    expect(await currentOf(page).textContent()).toBe(events[fourth]![2]);
    expect(await timeOf(page)).toBe(events[fourth]![0]);
    expect(await part(page, "cause").textContent()).toBe(events[fourth]![2]);
    expect(await part(page, "live").textContent()).toMatch(
      /^18:52 UTC, 52 minutes 40 seconds after the start; 81 of 81 regions/,
    );

    // The list seeks, and scrolls inside itself only.
    const scrolled = await page.evaluate("scrollY");
    await page.evaluate("document.querySelector('.rp-events li:last-child button').click()");
    expect(await timeOf(page)).toBe(events.at(-1)![0]);
    expect((await drawnIn(page)).cells).toEqual({ works: 648 });
    expect(await page.evaluate("scrollY")).toBe(scrolled);
    expect(Number(await page.evaluate("document.querySelector('.rp-events').scrollTop"))).toBeGreaterThan(0);

    // The slider; what is drawn is what the events say.
    for (const atMs of [7_000_000, 10_800_000, 20_000_000]) {
      await part(page, "slider").fill(String(atMs));
      const { cells } = await drawnIn(page);
      expect((cells["down"] ?? 0) + (cells["recovering"] ?? 0)).toBe(downAt(0, atMs));
      expect(await heightNow()).toBe(height);
    }
    const tip = page.locator(".rp-grid:not([hidden]) tbody tr").nth(1).locator("td").nth(3);
    await tip.hover();
    expect(await tip.getAttribute("title")).toBe("DUO3, Passwordless Authentication: down");
    await picture(page, "duo-light");

    // Another variant at the same time: other regions, other events.
    await part(page, "variant").selectOption("staging-2");
    expect(await timeOf(page)).toBe(20_000_000);
    expect((await drawnIn(page)).cells).toEqual({ works: 16 });
    await part(page, "variant").selectOption("core-authentication-down");
    const { cells } = await drawnIn(page);
    expect((cells["down"] ?? 0) + (cells["recovering"] ?? 0)).toBe(downAt(3, 20_000_000));
    expect([messages, requests]).toEqual([[], []]);
    await page.context().close();
  });

  it("is played, and moved by keys while the focus is in it", async () => {
    const { page, messages } = await openReport(browser, pathOf("duo"), "light");
    const slider = part(page, "slider");
    // Elsewhere on the page a key is the page's.
    await page.keyboard.press("n");
    await page.keyboard.press("End");
    expect(await timeOf(page)).toBe(2000);
    await slider.focus();
    const steps: readonly [string, (before: number) => number][] = [
      ["Home", () => 0],
      ["ArrowRight", (before) => before + 120_000],
      ["Shift+ArrowRight", (before) => before + 1_200_000],
      ["ArrowLeft", (before) => before - 120_000],
      ["PageUp", (before) => before + 1_200_000],
      ["n", () => 3_160_293],
      ["p", () => 1_718_800],
    ];
    for (const [key, expected] of steps) {
      const before = await timeOf(page);
      await page.keyboard.press(key);
      expect([key, await timeOf(page)]).toEqual([key, expected(before)]);
    }
    expect(await slider.getAttribute("aria-valuetext")).toBe(
      "18:28 UTC, 28 minutes 38 seconds after the start; 81 of 81 regions have a capability down; cells: 486 down, 162 with errors",
    );
    await page.keyboard.press("End");
    const end = await timeOf(page);
    expect(String(end)).toBe(await slider.getAttribute("max"));
    // Letters that choose a variant stay with the list of variants.
    await part(page, "variant").focus();
    await page.keyboard.press("p");
    expect(await timeOf(page)).toBe(end);

    // Space plays from the start where all is over, and pauses; nothing is spoken meanwhile.
    await slider.focus();
    const spoken = await part(page, "live").textContent();
    await page.keyboard.press(" ");
    expect(await part(page, "play").textContent()).toBe("Pause");
    await expect.poll(() => timeOf(page), { timeout: 5_000 }).toBeGreaterThan(600_000);
    expect(await part(page, "live").textContent()).toBe(spoken);
    await page.keyboard.press(" ");
    expect(await part(page, "play").textContent()).toBe("Play");
    const stopped = await timeOf(page);
    expect(stopped).toBeLessThan(end);
    await page.waitForTimeout(100);
    expect(await timeOf(page)).toBe(stopped);

    // Who wants less motion sees one cause after the other.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.keyboard.press("Home");
    const before = await currentOf(page).textContent();
    await part(page, "play").click();
    expect(await currentOf(page).textContent()).not.toBe(before);
    const seen = await timeOf(page);
    await page.waitForTimeout(200);
    expect(await timeOf(page)).toBe(seen);
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it("follows and writes the address", async () => {
    const { page, messages } = await openReport(browser, pathOf("duo"), "light");
    const url = pathToFileURL(pathOf("duo")).href;
    await page.goto("about:blank");
    await page.goto(`${url}#t=3h&variant=core-authentication-down`);
    expect([await timeOf(page), await part(page, "variant").inputValue()]).toEqual([
      10_800_000,
      "core-authentication-down",
    ]);
    expect(
      Number(await page.evaluate("document.querySelector('#replay').getBoundingClientRect().top")),
    ).toBeLessThan(100);
    await page.evaluate("location.hash = '#t=1800000'");
    await expect.poll(() => timeOf(page)).toBe(1800000);
    expect(await part(page, "variant").inputValue()).toBe("core-authentication-down");
    // What belongs to others stays; nothing is added to the history.
    await page.evaluate("location.hash = '#t=2h&variant=nobody&crews=8'");
    await expect.poll(() => timeOf(page)).toBe(7200000);
    const length = await page.evaluate("history.length");
    await part(page, "variant").selectOption("modern");
    await part(page, "slider").fill("5025000");
    await expect
      .poll(() => page.evaluate("location.hash"), { timeout: 5_000 })
      .toBe("#t=1h23m45s&variant=modern&crews=8");
    expect(await page.evaluate("history.length")).toBe(length);
    // A link to a heading is no moment, and nor is nonsense.
    await page.evaluate("location.hash = '#why'");
    await page.evaluate("location.hash = '#t=soon'");
    expect(await timeOf(page)).toBe(5_025_000);
    await part(page, "copy").click();
    await expect
      .poll(() => page.evaluate("document.querySelector('.rp-copied').childNodes.length"))
      .toBeGreaterThan(0);
    const field = part(page, "copied").locator("input");
    if ((await field.count()) > 0) expect(await field.inputValue()).toBe(`${url}#t=1h23m45s&variant=modern`);
    else expect(await part(page, "copied").textContent()).toBe("Copied.");
    expect(messages).toEqual([]);
    await page.context().close();
  });

  it("tells states apart by outline, mark and pattern, in both themes, at any width, for everybody", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page, messages, requests } = await openReport(browser, pathOf("duo"), scheme);
      await part(page, "slider").fill("10800000");
      const outlines =
        (await page.evaluate(`[...new Set([...document.querySelectorAll(".rp-graph:not([hidden]) .rp-node")].map((node) => {
        const box = getComputedStyle(node.querySelector(".box"));
        return [node.dataset.s, box.strokeDasharray, box.strokeWidth, node.querySelector("use").getAttribute("href")].join(" ");
      }))]`)) as string[];
      const states = outlines.map((text) => text.split(" ")[0]);
      expect(new Set(states).size).toBe(states.length);
      expect(new Set(outlines.map((text) => text.slice(text.indexOf(" ")))).size).toBe(5);
      const fills = (await page.evaluate(`["down", "recovering", "impaired"].map((state) =>
        getComputedStyle(document.querySelector(".rp-grid td[data-s=" + state + "]")).backgroundImage.slice(0, 22))`)) as string[];
      expect(fills).toEqual([
        "none",
        expect.stringMatching(/^linear/),
        expect.stringMatching(/^repeating-linear/),
      ]);
      for (const width of [3840, 320, 1180]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        // Whatever is shown, nothing moves.
        const heights = new Set<unknown>();
        for (const atMs of ["0", "8000000", "10800000"]) {
          await part(page, "slider").fill(atMs);
          heights.add(await page.evaluate("document.querySelector('.replay').offsetHeight"));
        }
        expect(heights.size).toBe(1);
        await picture(page, `duo-${scheme}-${width}`);
      }
      // In the light theme, and at the worst moment, the whole report is judged by its own test.
      if (scheme === "dark") expect(await accessibilityViolations(page)).toEqual([]);
      expect([messages, requests]).toEqual([[], []]);
      await page.context().close();
    }
  });

  it("without script is a still of the worst moment", async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1180, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(pathOf("duo")).href);
    expect(await part(page, "worst").textContent()).toBe(
      "The worst moment of legacy: 18:00 UTC, 81 of 81 regions have a capability down; cells: 486 down, 162 with errors.",
    );
    expect(await part(page, "worst").isVisible()).toBe(true);
    for (const name of ["controls", "slider", "keys", "events", "now"])
      expect([name, await part(page, name).isVisible()]).toEqual([name, false]);
    expect(await page.locator(".rp-grid:visible td[data-s=down]").count()).toBe(486);
    expect(await page.locator(".rp-graph:visible .rp-node[data-s=removed]").count()).toBe(9);
    await picture(page, "still");
    await context.close();
  });
});

describe("other fleets", () => {
  it("that are too large are aggregated, and the page says how", async () => {
    const { page, messages, requests } = await openReport(browser, pathOf("large"), "light");
    expect(await part(page, "variant").count()).toBe(0);
    expect(await part(page, "aggregated").textContent()).toMatch(
      /The 63 services are drawn as 6 boxes.*The 104 regions are shown by region group/,
    );
    expect((await drawnIn(page)).cells).toEqual({ down: 10 });
    expect(await page.locator(".rp-grid td:not(.fill)").allTextContents()).toEqual([
      ...new Array(9).fill("11"),
      "5",
    ]);
    expect(await page.locator(".rp-graph .state").allTextContents()).toContain("1,352 removed");
    for (let k = 0; k < 40; k++) await part(page, "next").click();
    expect((await drawnIn(page)).cells).toEqual({ works: 10 });
    expect(await page.locator(".rp-grid td").allTextContents()).not.toContain("11");
    await picture(page, "large");
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
    expect([messages, requests]).toEqual([[], []]);
    await page.context().close();
  });

  it("with hostile names stay text, and break no layout", async () => {
    const { page, messages, requests } = await openReport(browser, pathOf("hostile"), "dark");
    expect(await page.title()).toBe("hostile – outage report");
    expect(await page.locator("img").count()).toBe(0);
    expect((await drawnIn(page)).cells).toEqual({ down: 4 });
    for (let k = 0; k < 3; k++) await part(page, "previous").click();
    expect(
      await page.evaluate("/[\\u202a-\\u202e]/.test(document.querySelector('.replay').textContent)"),
    ).toBe(false);
    for (const width of [1180, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(
        "[...document.querySelectorAll('.replay *')].filter((item) => item.getBoundingClientRect().right > innerWidth + 1 && !item.closest('.scroll, .rp-spoken, svg')).map((item) => item.outerHTML.slice(0, 80))",
      );
      expect(wide).toEqual([]);
      await picture(page, `hostile-${width}`);
    }
    expect([messages, requests]).toEqual([[], []]);
    await page.context().close();
  });
});
