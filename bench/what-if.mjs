/**
 * What a change costs in the page: `node bench/what-if.mjs` writes the report of the incident, opens it in Chromium, moves a
 * slider, and gives the same questions to the same worker in Node. Prints the ratio of the medians, page to Node, for
 * the worker alone and from the hand to the curves, and how the page grows by what it carries.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { launchBrowser } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const changes = 15;
const warmUp = 5;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function report() {
  const out = mkdtempSync(join(tmpdir(), "what-if-"));
  const scenario = join(root, "scenarios/duo-2025-02-13.yaml");
  const args = ["run", scenario, "--runs", "1", "--out", out, "--format", "html"];
  spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args]);
  return join(out, "duo-2025-02-13/index.html");
}

const dataOf = (html) => JSON.parse(/ id="report-data">(.*?)<\/script>/s.exec(html)[1]).whatIf;

/** The worker's text in this thread, which takes part in its messages as a worker's own thread would. */
function inNode({ simulator, ...data }) {
  globalThis.self = { postMessage: () => {} };
  new Function(simulator)();
  self.onmessage({ data });
  const times = [];
  for (let k = 0; k < warmUp + changes; k++) {
    const before = performance.now();
    self.onmessage({ data: { id: k, variant: "legacy", settings: { crews: 5 + k } } });
    times.push(performance.now() - before);
  }
  return median(times.slice(warmUp));
}

/** Runs in the page. */
async function inWorker([warmUp, changes]) {
  const { simulator, ...data } = JSON.parse(document.getElementById("report-data").textContent).whatIf;
  const worker = new Worker(URL.createObjectURL(new Blob([simulator], { type: "text/javascript" })));
  worker.postMessage(data);
  const times = [];
  for (let k = 0; k < warmUp + changes; k++) {
    const before = performance.now();
    worker.postMessage({ id: k, variant: "legacy", settings: { crews: 5 + k } });
    await new Promise((resolve) => {
      worker.onmessage = ({ data: { kind } }) => kind === "simulated" && resolve();
    });
    times.push(performance.now() - before);
  }
  worker.terminate();
  return times.slice(warmUp);
}

/** Runs in the page: from the movement of a slider to its curves. */
async function byHand([warmUp, changes]) {
  const slider = document.getElementById("wi-crews");
  const answer = document.getElementById("wi-answer");
  const times = [];
  for (let k = 0; k < warmUp + changes; k++) {
    const before = performance.now();
    slider.value = String(1 + (Number(slider.value) % 12));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (answer.getAttribute("aria-busy") === "true") return;
        observer.disconnect();
        resolve();
      });
      observer.observe(answer, { attributes: true });
    });
    times.push(performance.now() - before);
  }
  return times.slice(warmUp);
}

const file = report();
const html = readFileSync(file, "utf8");
const data = dataOf(html);
const chromium = await launchBrowser();
const page = await chromium.newPage();
await page.goto(pathToFileURL(file).href);
const worker = median(await page.evaluate(inWorker, [warmUp, changes]));
await page.locator("#what-if").scrollIntoViewIfNeeded();
await page.waitForSelector("#wi-check[data-trace]", { state: "attached" });
const hand = median(await page.evaluate(byHand, [warmUp, changes]));
await chromium.close();
// Afterwards: it makes this process look like a worker.
const node = inNode(data);
const without = html.replace(JSON.stringify(data.simulator).replaceAll("<", "\\u003c"), '""');
const sizes = (text) => ({ bytes: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length });
console.log(
  JSON.stringify(
    {
      workerToNode: worker / node,
      handToNode: hand / node,
      milliseconds: { node, worker, hand },
      page: sizes(html),
      withoutSimulator: sizes(without),
      simulator: sizes(data.simulator),
    },
    null,
    2,
  ),
);
