/** The last bits of our mathematics are the same in this engine and in a browser's: seeds mean the same everywhere. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../helpers/browser.js";
import { root } from "../helpers/scenario.js";

/** All functions over a grid, folded into one number by the bits of every result (FNV-1a over the two halves). */
const program = `(() => {
  ${readFileSync(join(root, "dist/base/math.js"), "utf8").replaceAll(/^export /gm, "")}
  const bits = new DataView(new ArrayBuffer(8));
  let hash = 0x811c9dc5;
  const fold = (value) => {
    bits.setFloat64(0, value);
    for (const half of [bits.getUint32(0), bits.getUint32(4)]) hash = Math.imul(hash ^ half, 0x01000193) >>> 0;
  };
  for (let k = 1; k <= 20000; k++) {
    const x = k / 1000;
    const u = (k - 0.5) / 20000;
    for (const value of [log(x), exp(x - 10), expm1(x - 10), log1p(x - 0.9995), pow(x, 1.7), normalQuantile(u), logGamma(x)]) fold(value);
    if (k % 100 === 0) for (const shape of [0.4, 1, 3.3, 20]) fold(gammaQuantile(shape, u));
  }
  return hash;
})()`;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it("gives the same bits in Node and in Chromium", async () => {
  // The same text, once here and once in the page.
  const here = runInThisContext(program) as number;
  const page = await browser.newPage();
  expect(await page.evaluate(program)).toBe(here);
  // And the same as ever: another number means that seeds mean something else than before.
  expect(here).toBe(535350803);
});
