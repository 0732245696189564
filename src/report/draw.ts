/** Charts as SVG text: vega-lite specifications, compiled and drawn here, so that a page needs no script. */
import type { TopLevelSpec } from "vega-lite";
import { compactSvg } from "./compact-svg.js";

const font = "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif";

const config = {
  background: "transparent",
  font,
  view: { stroke: "var(--line)" },
  axis: {
    labelColor: "var(--soft)",
    titleColor: "var(--soft)",
    gridColor: "var(--line)",
    domainColor: "var(--line)",
    tickColor: "var(--line)",
    titleFontWeight: "normal",
    labelFontSize: 11,
    labelLimit: 200,
    titleFontSize: 12,
  },
  header: { labelColor: "var(--ink)", titleColor: "var(--soft)", labelFontSize: 12, labelFontWeight: "bold" },
  legend: {
    labelColor: "var(--ink)",
    titleColor: "var(--soft)",
    labelFontSize: 12,
    labelLimit: 0,
    titleLimit: 0,
    symbolStrokeWidth: 2,
  },
  text: { color: "var(--ink)" },
} as const;

/** A picture, and the specification that it was drawn from: people may restyle it. */
export interface Drawn {
  readonly svg: string;
  readonly spec: TopLevelSpec;
}

export async function drawn(id: string, spec: Omit<TopLevelSpec, "config">): Promise<Drawn> {
  return { svg: await draw(id, spec), spec: { ...spec, config } as unknown as TopLevelSpec };
}

/** Draws without a browser. Identifiers get a prefix, so that several pictures can share a page. */
export async function draw(id: string, spec: Omit<TopLevelSpec, "config">): Promise<string> {
  // Loaded with the first chart: whoever uses the library for something else does not wait for it.
  const [{ compile }, { parse, View }] = await Promise.all([import("vega-lite"), import("vega")]);
  const { spec: compiled } = compile({ ...spec, config } as unknown as TopLevelSpec);
  const view = new View(parse(compiled), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return withoutTabStops(
    compactSvg(
      svg.replaceAll(/<[^>]*>/g, (tag) => ofPicture(tag, id)),
      font,
    ),
  );
}

/** Inside tags only: what a label says stays as it is. */
const ofPicture = (tag: string, id: string): string =>
  tag
    .replaceAll(/\bid="([^"]+)"/g, `id="${id}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${id}-$1)`)
    .replaceAll(/(xlink:)?href="#([^"]+)"/g, `$1href="#${id}-$2"`)
    .replaceAll(/ (role|aria-[a-z]+)="[^"]*"/g, "")
    .replaceAll(/ style="[^"]*"/g, "");

/** The picture is one image for a screen reader, described as a whole; marks say nothing of their own. */
const withoutTabStops = (svg: string): string =>
  svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ');
