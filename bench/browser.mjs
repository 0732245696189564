// The headless browser that comes with the packages, unpacked into a folder of its own, with the fonts of this machine.
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as playwright } from "playwright-core";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];

export async function launchBrowser() {
  const folder = join(tmpdir(), "fleetquake-chromium-147");
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  const executablePath = await chromium.executablePath();
  // The fonts that the package brings are not where it says: a page with text would end the browser.
  const fonts = join(folder, "fonts-of-this-machine.conf");
  const folders = ["/usr/share/fonts", join(folder, "fonts")].map((path) => `<dir>${path}</dir>`).join("");
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${folder}/font-cache</cachedir></fontconfig>`,
  );
  const { FONTCONFIG_PATH: _path, ...environment } = process.env;
  return playwright.launch({ executablePath, args: flags, env: { ...environment, FONTCONFIG_FILE: fonts } });
}
