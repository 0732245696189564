/** summary.png before it is a picture of points: the answer for a chat message, as one SVG in the light theme. */
import type { TopLevelSpec } from "vega-lite";
import { formatDate } from "../../base/clock-time.js";
import type { VariantView } from "../../trace/variant-view.js";
import { restorationChart } from "../charts/restoration-chart.js";
import { draw } from "../draw.js";
import { headlineFigures, verdictLine } from "../headline.js";
import { svgInLightColours } from "../light-colours.js";
import type { ReportModel } from "../model.js";
import { curveReplicationsOf } from "../spread-words.js";
import { clock } from "../words.js";
import { drawable } from "./drawable.js";
import { box, placed, textAt } from "./svg-parts.js";
import { fitLine, fitLines, textWidth } from "./text-fit.js";

export const pictureSize = { width: 1200, height: 630 } as const;
/** So many panels stay readable; those that were down longest are shown. */
const panelsMax = 10;
const margin = 48;
const inner = pictureSize.width - 2 * margin;

export async function summaryPicture(model: ReportModel): Promise<string> {
  const { result } = model;
  const main = model.variants[0]!;
  const start = result.scenario.startUtcMs;
  const title = fitLines(result.scenario.title, 38, inner, 2);
  const below = 84 + title.length * 46;
  const { width, height } = pictureSize;
  const parts = [
    box(0, 0, width, height, "paper", 0),
    box(0, 0, width, 8, toneColour[verdictLine(main.result).tone], 0),
    textAt(margin, 58, "fleetquake · outage report", { size: 19, colour: "soft" }),
    textAt(width - margin, 58, start === 0 ? "hours after the start" : `${formatDate(start)}, times in UTC`, {
      size: 19,
      colour: "soft",
      anchor: "end",
    }),
    ...title.map((line, k) => textAt(margin, 108 + 46 * k, line, { size: 38, colour: "ink", bold: true })),
    verdict(main, below),
    figures(main, start, below + 50),
    await middle(model, below + 158, height - 62 - (below + 158)),
    ...foot(model),
  ];
  return drawable(
    svgInLightColours(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">${parts.join("")}</svg>`,
    ),
  );
}

const toneColour = { good: "good", warn: "warn", bad: "bad" } as const;

/** The verdict on a coloured ground, told by a sign as well; then which variant it is of. */
function verdict(view: VariantView, y: number): string {
  const { tone, text } = verdictLine(view.result);
  const x = margin + 46;
  const width = 46 + textWidth(text, 20);
  const name = fitLine(`variant ${view.result.name}`, 20, inner - width - 20);
  const middle = y + 18;
  const signs = {
    good: `<path d="M${margin + 16} ${middle}l6 7l12 -14" fill="none" stroke="var(--good)" stroke-width="3.4"/>`,
    warn: `<path d="M${margin + 25} ${middle - 9}v11m0 4v4" fill="none" stroke="var(--warn)" stroke-width="3.4"/>`,
    bad: `<path d="M${margin + 17} ${middle - 8}l16 16m0 -16l-16 16" fill="none" stroke="var(--bad)" stroke-width="3.4"/>`,
  } as const;
  return [
    box(margin, y, width, 36, `${tone}-soft`, 18),
    signs[tone],
    textAt(x, y + 25, text, { size: 20, colour: toneColour[tone], bold: true }),
    textAt(margin + width + 16, y + 25, name, { size: 20, colour: "soft" }),
  ].join("");
}

function figures(view: VariantView, start: number, y: number): string {
  const items = headlineFigures(view, start);
  const gap = 12;
  const width = (inner - gap * (items.length - 1)) / items.length;
  return items
    .map(({ value, label, tone }, k) => {
      const x = margin + k * (width + gap);
      const lines = fitLines(label, 14, width - 24, 2);
      return [
        box(x, y, width, 94, "panel"),
        textAt(x + 14, y + 36, fitLine(value, 27, width - 24), {
          size: 27,
          colour: tone === "" ? "ink" : toneColour[tone],
          bold: true,
        }),
        ...lines.map((line, n) => textAt(x + 14, y + 60 + 19 * n, line, { size: 14, colour: "soft" })),
      ].join("");
    })
    .join("");
}

/** The curves of what came back when; where nothing went down, what happened instead. */
async function middle(model: ReportModel, y: number, height: number): Promise<string> {
  const main = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  if (main.result.outage.startedAtMs === null) {
    const size = 19;
    const lines = main.story.flatMap(({ atMs, text }) =>
      fitLines(`${clock(atMs, start)}  ${text}`, size, inner, 2),
    );
    const room = Math.floor((height - 26) / 30);
    return lines
      .slice(0, room)
      .map((line, k) => textAt(margin, y + 44 + 30 * k, line, { size, colour: "ink" }))
      .join("");
  }
  const { view, left } = worst(main);
  const { spec } = await restorationChart(view, model.observed, start, curveReplicationsOf(model));
  if (spec === undefined) return "";
  const svg = await draw("picture", inPanels(spec, height - 24));
  const heading = `Regions in which each capability works${left > 0 ? `; ${left} that were hurt less are left out` : ""}`;
  return [
    textAt(margin, y + 12, heading, { size: 16, colour: "ink", bold: true }),
    placed(svg, margin, y + 24, inner, height - 24),
  ].join("");
}

/** The capabilities with the longest downtime, in the order of the scenario. */
function worst(view: VariantView): { readonly view: VariantView; readonly left: number } {
  const { capabilities } = view.result.outage;
  const hurt = capabilities.filter((item) => item.regionsDegraded > 0);
  const names = new Set(
    [...hurt]
      .sort((a, b) => b.downtimeMinutes - a.downtimeMinutes || b.unservedLogins - a.unservedLogins)
      .slice(0, panelsMax)
      .map(({ name }) => name),
  );
  const { recovery } = view.result;
  const byCapability = recovery.byCapability.filter(({ name }) => names.has(name));
  return {
    view: { ...view, result: { ...view.result, recovery: { ...recovery, byCapability } } },
    left: hurt.length - names.size,
  };
}

/** What the chart is known to be: a panel a value of one field, with its data inside. */
interface Faceted {
  readonly data: { readonly values: readonly Readonly<Record<string, unknown>>[] };
  readonly facet: { readonly field: string };
  readonly spec: object;
}

/** The same chart in a wide and low frame: two rows of panels, with names no wider than these. */
function inPanels(spec: TopLevelSpec, height: number): TopLevelSpec {
  const { spec: panel, facet, ...frame } = spec as unknown as Faceted;
  const values = frame.data.values.map((value) => value[facet.field]);
  const panels = Math.max(1, new Set(values).size);
  const across = panels <= 3 ? panels : Math.ceil(panels / 2);
  const rows = Math.ceil(panels / across);
  const spacing = { column: 16, row: 44 };
  const width = Math.floor((inner - 64) / across) - spacing.column;
  return {
    ...frame,
    columns: across,
    spacing,
    // Names must not push the panels apart; vega takes them for a third wider than they are.
    bounds: "flush",
    resolve: { axis: { x: "shared", y: "shared" } },
    facet: { ...facet, columns: across, header: { labelLimit: 1.3 * width, labelFontSize: 13 } },
    spec: { ...panel, width, height: Math.floor((height - 52) / rows) - 40 },
  } as unknown as TopLevelSpec;
}

function foot({ command, result }: ReportModel): readonly string[] {
  const y = pictureSize.height - 30;
  const right = `fleetquake ${result.fleetquake}, seed ${result.seed}`;
  const room = inner - textWidth(right, 16) - 24;
  return [
    `<path d="M${margin} ${y - 26}h${inner}" stroke="var(--line)" stroke-width="1"/>`,
    textAt(margin, y, fitLine(command, 16, room), { size: 16, colour: "ink" }),
    textAt(pictureSize.width - margin, y, right, { size: 16, colour: "soft", anchor: "end" }),
  ];
}
