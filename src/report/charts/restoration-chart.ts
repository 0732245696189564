/** Regions in which a capability works, by time: simulated with its band, and as the public was told. */
import type { TopLevelSpec } from "vega-lite";
import { thousands } from "../../base/format-number.js";
import type { Observed } from "../../scenario/scenario.js";
import type { Bands } from "../../trace/bands.js";
import type { VariantView } from "../../trace/variant-view.js";
import { clip } from "../check/visible.js";
import { draw, drawn } from "../draw.js";
import type { Chart } from "../model.js";
import { meaningOf, namedRegions } from "./named-regions.js";
import { lastMs, timeScale } from "./time-scale.js";

const looks = {
  "simulated: works again": { colour: "var(--c1)", dash: [1, 0] },
  "simulated: published": { colour: "var(--c6)", dash: [6, 3] },
  "in fact": { colour: "var(--c2)", dash: [2, 2] },
} as const;
type Series = keyof typeof looks;
const series = Object.keys(looks) as readonly Series[];

/** More would be a page of its own; the worst hurt are shown, in the order of the file. */
const panelsMax = 12;
const titleMax = 40;

export interface BandSource {
  readonly bands: Bands;
  /** Where the times of the bands begin, in ms after the start of the scenario. */
  readonly fromMs: number;
  /** "200 replications of this run". */
  readonly words: string;
}

interface Values {
  readonly lines: { panel: string; series: Series; at: number; regions: number }[];
  readonly areas: { panel: string; at: number; low: number; high: number }[];
  readonly points: { panel: string; at: number; regions: number }[];
}

export async function restorationChart(
  view: VariantView,
  observed: readonly Observed[],
  startUtcMs: number,
  band: BandSource | null,
): Promise<Chart> {
  const chosen = panelsOf(view, observed);
  const values = valuesOf(view, observed, startUtcMs, band, chosen.shown);
  const spec = (columns: number, width: number, ticks: number) =>
    specOf(view, values, startUtcMs, columns, width, ticks) as unknown as TopLevelSpec;
  const simulated = band === null ? "" : ` The band holds four of five of ${band.words} (10 % to 90 %).`;
  const left = chosen.left === 0 ? "" : ` ${thousands(chosen.left)} less hurt ones are in the table alone.`;
  return {
    ...(await drawn("restoration", spec(3, 245, 8))),
    narrow: await draw("restoration-narrow", spec(1, 216, 4)),
    title: "Regions in which each capability works",
    description:
      `One panel a capability, from 0 to all ${thousands(view.regions)} regions: the simulated restoration, and when the simulated status page tells of it.${simulated} ${meaningOf(observed)}${left}`.trim(),
  };
}

function panelsOf(view: VariantView, observed: readonly Observed[]) {
  const hurt = view.result.outage.capabilities.filter(
    (item) => item.regionsDegraded > 0 || namedRegions(observed, item.name, view.regions).length > 0,
  );
  const worst = [...hurt].sort((a, b) => b.unservedLogins - a.unservedLogins).slice(0, panelsMax);
  return { shown: hurt.filter((item) => worst.includes(item)), left: hurt.length - worst.length };
}

function valuesOf(
  view: VariantView,
  observed: readonly Observed[],
  startUtcMs: number,
  band: BandSource | null,
  shown: VariantView["result"]["outage"]["capabilities"],
): Values {
  const time = timeScale(startUtcMs);
  const endMs = lastMs(view, observed);
  const values: Values = { lines: [], areas: [], points: [] };
  for (const [k, { name }] of shown.entries()) {
    const c = view.capabilities.findIndex((item) => item.name === name);
    const working = view.working[c]!;
    const { title } = view.capabilities[c]!;
    // Two titles that are cut alike stay two panels.
    const panel = title.length > titleMax ? `${clip(title, titleMax)} (${k + 1})` : title;
    const add = (of: Series, curve: readonly (readonly [number, number])[]): void => {
      const within = curve.filter(([ms]) => ms <= endMs);
      if (within.length === 0) return;
      for (const [ms, regions] of within)
        values.lines.push({ panel, series: of, at: time.value(ms), regions });
      values.lines.push({ panel, series: of, at: time.value(endMs), regions: within.at(-1)![1] });
    };
    add("simulated: works again", working.restored);
    add("simulated: published", working.published);
    const named = namedRegions(observed, name, view.regions);
    add("in fact", named);
    for (const [ms, regions] of named.slice(1)) values.points.push({ panel, at: time.value(ms), regions });
    const points = band?.bands.restored.find((item) => item.capability === name)?.points ?? [];
    const shifted = points
      .map(({ atMs, low, high }) => ({ atMs: atMs + band!.fromMs, low, high }))
      .filter(({ atMs }) => atMs <= endMs);
    for (const { atMs, low, high } of shifted) values.areas.push({ panel, at: time.value(atMs), low, high });
    const last = shifted.at(-1);
    if (last !== undefined)
      values.areas.push({ panel, at: time.value(endMs), low: last.low, high: last.high });
  }
  return values;
}

function specOf(
  view: VariantView,
  { lines, areas, points }: Values,
  startUtcMs: number,
  columns: number,
  width: number,
  ticks: number,
) {
  const shown = series.filter((name) => lines.some((item) => item.series === name));
  const x = timeScale(startUtcMs).encoding(false, ticks);
  const y = {
    type: "quantitative",
    scale: { domain: [0, view.regions] },
    axis: { title: "regions", tickCount: 4 },
  };
  const legend = { title: null, orient: "top", columns: columns === 1 ? 1 : undefined };
  const layer = [
    {
      transform: [{ filter: "isValid(datum.high)" }],
      mark: { type: "area", interpolate: "step-after", color: "var(--c1)", opacity: 0.22 },
      encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
    },
    {
      transform: [{ filter: "isValid(datum.series)" }],
      mark: { type: "line", interpolate: "step-after", strokeWidth: 2 },
      encoding: {
        x,
        y: { ...y, field: "regions" },
        color: {
          field: "series",
          type: "nominal",
          scale: { domain: shown, range: shown.map((name) => looks[name].colour) },
          legend,
        },
        strokeDash: {
          field: "series",
          type: "nominal",
          scale: { domain: shown, range: shown.map((name) => looks[name].dash) },
          legend,
        },
      },
    },
    {
      transform: [{ filter: "datum.point === true" }],
      mark: { type: "point", filled: true, size: 26, opacity: 1, color: "var(--c2)" },
      encoding: { x, y: { ...y, field: "regions" } },
    },
  ];
  return {
    data: { values: [...lines, ...areas, ...points.map((item) => ({ ...item, point: true }))] },
    facet: {
      field: "panel",
      type: "nominal",
      title: null,
      sort: [...new Set(lines.map((item) => item.panel))],
    },
    columns,
    resolve: { axis: { x: "independent", y: "independent" } },
    spec: { width, height: 130, layer },
  };
}
