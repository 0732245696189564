/**
 * How long reports take to open in headless Chromium: first paint and fully drawn, beside an empty page opened in turn.
 * `node bench/page.mjs [--rounds N]`; the project must be built. Prints medians in ms and the ratio to the empty page, and
 * the sizes of the files. Pages: the incident with and without script, and a fleet of 500 services in 200 regions.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { launchBrowser } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error("--rounds takes a whole number, 1 or more");

const folder = mkdtempSync(join(tmpdir(), "fleetquake-page-"));

function printed(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  // 1: something is violated, as the scenario says.
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return stdout;
}

function pages() {
  const large = join(folder, "large.yaml");
  writeFileSync(large, printed(["bench/generate-fleet.mjs", "500", "200"]));
  for (const scenario of ["scenarios/duo-2025-02-13.yaml", large])
    printed([
      "dist/cli/main.js",
      "run",
      scenario,
      "--format",
      "html,html-static,json",
      "--out",
      folder,
      "-q",
    ]);
  const empty = join(folder, "empty.html");
  writeFileSync(empty, '<!doctype html><meta charset="utf-8"><title>empty</title><p>empty');
  return new Map([
    ["empty page", empty],
    ["incident", join(folder, "duo-2025-02-13/index.html")],
    ["incident, no script", join(folder, "duo-2025-02-13/static.html")],
    ["500 services, 200 regions", join(folder, "large/index.html")],
  ]);
}

/** Milliseconds from the beginning of the navigation, on the page's own clock. */
async function opened(browser, file) {
  const context = await browser.newContext({ viewport: { width: 1180, height: 900 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const times = await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const drawn = performance.now();
    const paint = await new Promise((told) => {
      const observer = new PerformanceObserver((list) => {
        for (const { name, startTime } of list.getEntries())
          if (name === "first-contentful-paint") told(startTime);
      });
      observer.observe({ type: "paint", buffered: true });
    });
    return { paint, drawn };
  });
  await context.close();
  return times;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function main() {
  const all = pages();
  const browser = await launchBrowser();
  const times = new Map([...all.keys()].map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, file] of all) {
      const time = await opened(browser, file);
      // The first round warms the browser up.
      if (round >= 0) times.get(name).push(time);
    }
  }
  await browser.close();
  const of = (name, key) => median(times.get(name).map((time) => time[key]));
  for (const [name, file] of all) {
    const [paint, drawn] = [of(name, "paint"), of(name, "drawn")];
    const ratio = (key, value) => (value / of("empty page", key)).toFixed(1);
    const bytes = readFileSync(file);
    const size = `${Math.round(bytes.length / 1000)} kB, ${Math.round(gzipSync(bytes).length / 1000)} kB gzip`;
    console.log(
      `${name}: first paint ${Math.round(paint)} ms (${ratio("paint", paint)}x), drawn ${Math.round(drawn)} ms (${ratio("drawn", drawn)}x), ${size}`,
    );
  }
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
