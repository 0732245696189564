/** The light theme as values, for what knows no CSS: pictures and specifications of charts. */
import { assert } from "../base/assert.js";
import { lightPalette } from "./palette.js";

function lightColour(name: string): string {
  const colour = lightPalette[name];
  assert(colour !== undefined, `the palette has the colour ${name}`);
  return colour;
}

/** In the tags of an SVG only: what a label says stays as it is. */
export const svgInLightColours = (svg: string): string =>
  svg.replaceAll(/<[^>]*>/g, (tag) =>
    tag.replaceAll(/var\(--([a-z0-9-]+)\)/g, (_, name: string) => lightColour(name)),
  );

/** In a specification of vega-lite; its data stays as it is, but for the field in which charts keep the colour of a mark. */
export function specInLightColours(value: unknown, inData = false): unknown {
  if (typeof value === "string") {
    const name = inData ? undefined : /^var\(--([a-z0-9-]+)\)$/.exec(value)?.[1];
    return name === undefined ? value : lightColour(name);
  }
  if (Array.isArray(value)) return value.map((item) => specInLightColours(item, inData));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      specInLightColours(item, (inData && key !== "colour") || key === "values"),
    ]),
  );
}
