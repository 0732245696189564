/** A report opened in the browser, with everything that it says and asks for written down. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function openReport(browser: Browser, file: string, scheme: "light" | "dark") {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1180, height: 900 } });
  const page = await context.newPage();
  const messages: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  return { page, messages, requests: requests.filter((item) => item !== url && !item.startsWith("data:")) };
}

/** Violations of the accessibility rules; the page's own policy forbids scripts, so they are put in past it. */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const run = `axe.run(document, { resultTypes: ["violations"], preload: false }).then((result) =>
    result.violations.map((item) => item.id + ": " + item.nodes.slice(0, 3).map((node) => node.html).join(" | ")))`;
  return (await page.evaluate(run)) as readonly string[];
}
