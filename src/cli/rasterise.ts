/** From SVG to PNG, with a font that comes along: no font of the machine takes part, so the picture looks the same everywhere. */
import { createRequire } from "node:module";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";

/** Points for every unit of the drawing: screens that people read chats on have two. */
const density = 2;

export type Rasterise = (svg: string) => Uint8Array;

/** The renderer is machine code; an Issue where there is none for this machine. */
export async function loadRasteriser(): Promise<Result<Rasterise, Issue>> {
  try {
    const { Resvg } = await import("@resvg/resvg-js");
    const font = fontOptions();
    return ok((svg) => new Resvg(svg, { font, fitTo: { mode: "zoom", value: density } }).render().asPng());
  } catch (error) {
    return err({
      code: "no-rasteriser",
      severity: "error",
      message: `pictures cannot be drawn on this machine: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`,
      hint: `leave out --format png, or install @resvg/resvg-js with a build for ${process.platform}-${process.arch}`,
    });
  }
}

/** No font of the machine, and those of the package for every family. */
export function fontOptions() {
  const { resolve } = createRequire(import.meta.url);
  return {
    loadSystemFonts: false,
    fontFiles: [
      resolve("@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf"),
      resolve("@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf"),
    ],
    defaultFontFamily: "Open Sans",
    sansSerifFamily: "Open Sans",
  };
}
