/** Screenshots against kept ones, with a tolerance. FLEETQUAKE_PICTURE=1 npx vitest run test/browser writes them anew. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { root } from "./scenario.js";

/** Differences of a channel that count, of 255: smaller ones are how edges are smoothed. */
const channelTolerance = 40;

/** The share of points that differ from the kept picture; 0 where it has just been written. */
export async function differenceFrom(browser: Browser, name: string, taken: Buffer): Promise<number> {
  const kept = join(root, "test/golden/report", `${name}.png`);
  if (process.env["FLEETQUAKE_PICTURE"] === "1" || !existsSync(kept)) {
    // In CI a picture that nobody looked at is no reference.
    if (process.env["CI"] !== undefined && process.env["FLEETQUAKE_PICTURE"] !== "1") return 1;
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, taken);
    return 0;
  }
  const page = await browser.newPage();
  const urls = [readFileSync(kept), taken].map(
    (bytes) => `data:image/png;base64,${bytes.toString("base64")}`,
  );
  const share = await page.evaluate(`(async () => {
    const pixels = async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    };
    const [a, b] = [await pixels(${JSON.stringify(urls[0])}), await pixels(${JSON.stringify(urls[1])})];
    if (a.width !== b.width || a.height !== b.height) return 1;
    let differ = 0;
    for (let i = 0; i < a.data.length; i += 4)
      if ([0, 1, 2].some((k) => Math.abs(a.data[i + k] - b.data[i + k]) > ${channelTolerance})) differ++;
    return differ / (a.width * a.height);
  })()`);
  await page.close();
  return share as number;
}
