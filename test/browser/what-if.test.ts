/**
 * "What if" in a real browser: the worker inside the page simulates what the controls say, and every figure that the page
 * then shows is that of the command line for the variant that the page writes down.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { Json } from "../../src/base/json.js";
import { recoveryTimeMs } from "../../src/trace/expectations.js";
import type { ResultFile } from "../../src/trace/result.js";
import { launchBrowser } from "../helpers/browser.js";
import { cli, temporaryFolder } from "../helpers/cli.js";
import { accessibilityViolations, openReport } from "../helpers/page.js";
import { root } from "../helpers/scenario.js";

type Fields = Readonly<Record<string, Json>>;

const folder = temporaryFolder();
const duo = "duo-2025-02-13";
const modern = "modern-fleet";

/** A second fleet, with the newer manager, and hostile names. */
const modernText = `
fleetquake: 1
title: A modern fleet
regions: { canary: { members: [c-1] }, eu: { members: [eu-1, eu-2] }, us: { members: [us-1, us-2] } }
services:
  deployer: { manager: null, placement: group }
  tokens: { manager: m, deploy: { p50: 8m, p90: 15m } }
  login: { manager: m, needs: [tokens] }
  old: { manager: m }
capabilities: { signing-in: { title: '</script><b>Signing in</b>', service: login, share: 0.8 } }
managers: { m: { model: modern, service: deployer, cells: by-group } }
response: population
changes:
  - { at: 10m, scope: [tokens], intend: { remove: [tokens] } }
`;

let browser: Browser;

beforeAll(async () => {
  copyFileSync(join(root, `scenarios/${duo}.yaml`), join(folder, `${duo}.yaml`));
  copyFileSync(join(root, `scenarios/${duo}.observed.csv`), join(folder, `${duo}.observed.csv`));
  writeFileSync(join(folder, `${modern}.yaml`), modernText);
  const variants = ["--variant", "legacy", "--variant", "promise-no-cascade"];
  for (const run of [[`${duo}.yaml`, ...variants], [`${modern}.yaml`]])
    expect(cli(["run", ...run, "--runs", "1", "--format", "html,json"], folder).err).toBe("");
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

interface Shown {
  readonly figures: Readonly<Record<string, string>>;
  readonly trace: string;
  readonly summary: string;
  readonly yaml: string;
  readonly command: string;
}

/** Waits for the answer to everything that was set, and reads it. */
async function shown(page: Page): Promise<Shown> {
  await page.waitForSelector("#wi-answer[aria-busy=false]");
  // The hash comes after the answer.
  await page.waitForSelector("#wi-check[data-trace]");
  return (await page.evaluate(`({
    figures: Object.fromEntries([...document.querySelectorAll("#wi-figures td:last-child")].map(
      (cell) => [cell.dataset.figure, cell.dataset.value])),
    trace: document.getElementById("wi-check").dataset.trace,
    summary: document.getElementById("wi-summary").textContent,
    yaml: document.getElementById("wi-yaml").textContent,
    command: document.getElementById("wi-command").textContent,
  })`)) as Shown;
}

/** Moves a slider to a value, as a hand does. */
const slide = (page: Page, id: string, value: number): Promise<unknown> =>
  page.evaluate(`{
    const slider = document.getElementById("${id}");
    slider.value = "${value}";
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }`);

const guard = (page: Page, name: string) => page.locator(`#wi-guards input[value=${name}]`);

/** The variant of the page put into the file, and the command of the page. */
function byCommandLine(stem: string, { yaml, command }: Shown): ResultFile["variants"][number] {
  const file = join(folder, `${stem}.yaml`);
  const before = readFileSync(file, "utf8");
  const document = parse(before) as Fields;
  const { variants } = parse(yaml) as { variants: Fields };
  writeFileSync(
    file,
    stringify({ ...document, variants: { ...(document["variants"] as Fields), ...variants } }),
  );
  const { out, err } = cli([...command.split(" ").slice(1), "--json", "--format", "json"], folder);
  writeFileSync(file, before);
  expect(err).toBe("");
  return (JSON.parse(out) as ResultFile).variants[0]!;
}

function expectSame(page: Shown, result: ResultFile["variants"][number]): void {
  expect(page.figures).toMatchObject({
    removed: String(result.removed.instances),
    hurt: String(result.hurt.instances),
    outage: String(recoveryTimeMs(result)),
    restored: String(result.recovery.allRestoredAtMs),
    unserved: String(result.outage.unservedLogins),
  });
  const violated = result.verdicts.filter(
    (item) => result.gate.includes(item.property) && item.verdict === "violated",
  );
  expect(page.figures["gate"]).toBe(violated.length === 0 ? "safe" : `${violated.length} violated`);
  expect(page.trace).toBe(result.traceSha256);
}

const open = async (stem: string) => {
  const opened = await openReport(browser, join(folder, "reports", stem, "index.html"), "light");
  await opened.page.locator("#what-if").scrollIntoViewIfNeeded();
  return opened;
};

describe("the incident", () => {
  const settings = ["crews", "diagnosis", "parallelism", "a guard on", "a guard off", "a manager"] as const;
  const found = new Map<(typeof settings)[number], Shown>();

  it("is simulated again as the report tells it, and changed by every control", async () => {
    const { page, messages, requests } = await open(duo);
    const base = await shown(page);
    const told = JSON.parse(readFileSync(join(folder, "reports", duo, "result.json"), "utf8")) as ResultFile;
    expectSame(base, told.variants[0]!);
    expect(base.yaml).toBe("");
    expect(await page.locator("#wi-check").textContent()).toContain("as the report tells it");
    expect(await page.locator("#wi-curves figure").count()).toBe(8);
    const before = await page.locator("#wi-curves figure path.wi-now").first().getAttribute("d");

    const reset = async (): Promise<void> => {
      await page.locator("#wi-reset").click();
      expect((await shown(page)).trace).toBe(base.trace);
    };

    await page.locator("#wi-crews").focus();
    for (let k = 0; k < 3; k++) await page.keyboard.press("ArrowRight");
    found.set("crews", await shown(page));
    expect(await page.locator("#wi-crews + output").textContent()).toBe("7 instead of 4");
    expect(await page.locator("#wi-curves figure path.wi-was").first().getAttribute("d")).toBe(before);
    expect(await page.locator("#wi-curves figure path.wi-now").first().getAttribute("d")).not.toBe(before);
    expect(await accessibilityViolations(page)).toEqual([]);
    await reset();

    await slide(page, "wi-diagnosis", 2);
    found.set("diagnosis", await shown(page));
    await slide(page, "wi-parallelism", 0);
    await slide(page, "wi-wave", 2);
    await page.locator("#wi-batch").selectOption("region");
    found.set("parallelism", await shown(page));
    await reset();

    await page.locator("#wi-guards summary").click();
    await guard(page, "noCascade").check();
    found.set("a guard on", await shown(page));
    await page.locator("#wi-variant").selectOption("promise-no-cascade");
    await shown(page);
    expect(await guard(page, "noCascade").isChecked()).toBe(true);
    await guard(page, "noCascade").uncheck();
    found.set("a guard off", await shown(page));
    await page.locator("#wi-variant").selectOption("legacy");
    await shown(page);

    await page.locator("#wi-model").selectOption("modern");
    found.set("a manager", await shown(page));
    expect(await page.locator("#wi-guards summary").textContent()).toContain("tombstoneOnly");
    expect(await page.locator("#wi-curves figure").count()).toBe(8);

    const traces = new Set([base, ...found.values()].map((of) => of.trace));
    expect(traces.size).toBe(7);
    expect([messages, requests.filter((url) => !url.startsWith("blob:"))]).toEqual([[], []]);
  });

  it.each(settings)("%s: the command line gives what the page shows", (name) => {
    const page = found.get(name)!;
    expect(page.summary).toMatch(/^What if: .*; gate: .*\.$/);
    expectSame(page, byCommandLine(duo, page));
  });
});

describe("a modern fleet, a small screen, an impatient hand", () => {
  it("drops stale answers, stays inside the screen, and copies what the command line takes", async () => {
    const { page, messages } = await open(modern);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.setViewportSize({ width: 320, height: 800 });
    // What is above is longer on a small screen.
    await page.locator("#what-if").scrollIntoViewIfNeeded();
    await shown(page);
    for (let crews = 1; crews <= 9; crews++) await slide(page, "wi-crews", crews);
    await page.locator("#wi-model").selectOption("legacy");
    const changed = await shown(page);
    expect(parse(changed.yaml)).toEqual({
      variants: {
        default: {},
        "what-if": { response: { crews: 9 }, managers: { m: { model: "legacy" } } },
      },
    });
    expect(await page.locator("#wi-model").inputValue()).toBe("legacy");
    expectSame(changed, byCommandLine(modern, changed));
    await page.locator("#wi-guards summary").click();
    await guard(page, "cells").check();
    await shown(page);
    expect(await page.locator("#wi-wave").isDisabled()).toBe(true);
    expect(await page.locator("#wi-wave + output").textContent()).toBe(
      "1 of 3 region groups, by the guard cells",
    );
    const width = `Math.max(...[...document.querySelectorAll("#what-if *")].filter((item) =>
      item.closest(".scroll, pre") === null).map((item) => item.getBoundingClientRect().right))`;
    expect(await page.evaluate(width)).toBeLessThanOrEqual(320);
    await page.locator("#wi-copy").click();
    await page.waitForSelector("#wi-copied:not(:empty)");
    expect(await page.locator("#wi-copied").textContent()).toBe("Copied.");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe((await shown(page)).yaml);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#what-if").isVisible()).toBe(false);
    expect(messages).toEqual([]);
  });
});
