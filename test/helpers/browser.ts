/**
 * A headless browser that comes with the packages: nothing is installed by hand, nothing is downloaded by a test.
 * The package unpacks itself and, told that it runs where libraries are missing, brings its own.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium as playwright } from "playwright-core";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `fonts`: folders of the only fonts that there are, so that text looks the same on every machine. */
export async function launchBrowser(fonts?: readonly string[]): Promise<Browser> {
  // A folder of its own: what another version has unpacked must not be taken for ours.
  const folder = join(tmpdir(), "fleetquake-chromium-147");
  mkdirSync(folder, { recursive: true });
  process.env["TMPDIR"] = folder;
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs20.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  const executablePath = await chromium.executablePath();
  const folders = fonts ?? ["/usr/share/fonts", join(folder, "fonts")];
  const configuration = join(folder, fonts === undefined ? "fonts-of-this-machine.conf" : "given-fonts.conf");
  writeFileSync(
    configuration,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders.map((path) => `<dir>${path}</dir>`).join("")}<cachedir>${folder}/font-cache</cachedir></fontconfig>`,
  );
  const { FONTCONFIG_PATH: _path, ...environment } = process.env;
  return playwright.launch({
    executablePath,
    args: flags,
    env: { ...environment, FONTCONFIG_FILE: configuration } as Record<string, string>,
  });
}
