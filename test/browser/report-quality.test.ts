/**
 * What holds for the whole report of the incident: sizes, contrast of every text as it is drawn, all widths from a phone to
 * 4k, the keyboard, words for every picture, and how it looks.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../helpers/browser.js";
import { cli, temporaryFolder } from "../helpers/cli.js";
import { textContrasts } from "../helpers/contrast.js";
import { differenceFrom } from "../helpers/pictures.js";
import { root } from "../helpers/scenario.js";

const folder = temporaryFolder();
const pathOf = (file: string): string => join(folder, "duo-2025-02-13", file);
const openSans = createRequire(import.meta.url).resolve(
  "@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf",
);

let browser: Browser;
beforeAll(async () => {
  const duo = join(root, "scenarios/duo-2025-02-13.yaml");
  expect(cli(["run", duo, "--format", "html,html-static", "--out", folder]).code).toBe(0);
  const family = dirname(dirname(openSans));
  browser = await launchBrowser([join(family, "400Regular"), join(family, "700Bold")]);
});
afterAll(() => browser?.close());

async function opened(scheme: "light" | "dark", width = 1180, hash = ""): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height: 900 },
    reducedMotion: "reduce",
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(pathOf("index.html")).href}${hash}`);
  return page;
}

it("is small enough to send", () => {
  const interactive = readFileSync(pathOf("index.html"));
  expect(interactive.length).toBeLessThanOrEqual(1_500_000);
  expect(gzipSync(interactive).length).toBeLessThanOrEqual(450_000);
  expect(readFileSync(pathOf("static.html")).length).toBeLessThanOrEqual(600_000);
});

describe.each(["light", "dark"] as const)("in the %s theme", (scheme) => {
  it("every text can be read, also in pictures and in what is folded", async () => {
    const page = await opened(scheme);
    await page.evaluate("for (const item of document.querySelectorAll('details')) item.open = true");
    const { seen, faint } = await textContrasts(page);
    expect(faint).toEqual([]);
    expect(seen).toBeGreaterThan(800);
    await page.context().close();
  });
});

it("is no wider than the screen, from a phone to 4k", async () => {
  const page = await opened("light", 320);
  for (const width of [320, 390, 768, 1180, 3840]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([width, width]);
  }
  await page.context().close();
});

it("is reached by the keyboard throughout, and shows where it is", async () => {
  const page = await opened("light");
  const wanted = (await page.evaluate(`[...document.querySelectorAll(
    "a[href], button, input, select, summary, [tabindex='0']")].filter((item) =>
      item.checkVisibility({ visibilityProperty: true }) && !item.disabled && !item.closest("[inert]") && item.tabIndex >= 0).length`)) as number;
  const seen = new Set<string>();
  const hidden: string[] = [];
  for (let k = 0; k < wanted + 40; k++) {
    await page.keyboard.press("Tab");
    const here = (await page.evaluate(`(() => {
      const item = document.activeElement;
      if (item === null || item === document.body) return null;
      item.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
      const style = getComputedStyle(item);
      return { id: item.dataset.stop, told: style.outlineStyle !== "none" && style.outlineWidth !== "0px", html: item.outerHTML.slice(0, 90) };
    })()`)) as { id: string; told: boolean; html: string } | null;
    if (here === null) continue;
    if (seen.has(here.id)) break;
    seen.add(here.id);
    if (!here.told) hidden.push(here.html);
  }
  expect(hidden).toEqual([]);
  // Radio buttons and the like take one stop together; whatever is loaded later adds some.
  expect(seen.size).toBeGreaterThanOrEqual(Math.floor(wanted * 0.9));
  expect(seen.size).toBeGreaterThan(30);
  await page.context().close();
});

it("says in words what every picture shows", async () => {
  const page = await opened("light");
  const mute = await page.evaluate(`[...document.querySelectorAll("svg")].filter((svg) => {
    const named = svg.getAttribute("role") === "img" && (svg.getAttribute("aria-label") ?? svg.getAttribute("aria-labelledby"));
    const figure = svg.closest("figure");
    const hidden = svg.closest("[aria-hidden=true]") !== null;
    const told = figure !== null && (figure.querySelector("figcaption")?.textContent.trim().length ?? 0) > 20;
    return !named && !told && !hidden;
  }).map((svg) => svg.outerHTML.slice(0, 120))`);
  expect(mute).toEqual([]);
  await page.context().close();
});

/** Looked at by people when they were taken. Text is in the one font that comes along, so that machines agree. */
describe("it looks as it did", () => {
  it.each([
    ["top-1180-light", "light", 1180, "h1"],
    ["replay-1180-dark", "dark", 1180, "#replay"],
    ["replay-320-light", "light", 320, "#replay"],
    ["took-1180-light", "light", 1180, "#took"],
    ["top-3840-dark", "dark", 3840, "h1"],
  ] as const)("%s", async (name, scheme, width, at) => {
    // A link to a moment opens the page at the replay.
    const page = await opened(scheme, width, at === "#replay" ? "#t=2h&variant=legacy" : "");
    await page.evaluate(`document.querySelector("${at}").scrollIntoView({ behavior: "instant" })`);
    const taken = await page.screenshot({ animations: "disabled", caret: "hide" });
    expect(await differenceFrom(browser, name, taken)).toBeLessThan(0.01);
    await page.context().close();
  });
});
