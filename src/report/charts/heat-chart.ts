/** Regions x time: the share of a region's requests that succeeds. Large fleets are shown by region group. */
import type { TopLevelSpec } from "vega-lite";
import { thousands } from "../../base/format-number.js";
import type { Interval } from "../../trace/availability.js";
import type { VariantView } from "../../trace/variant-view.js";
import { clip } from "../check/visible.js";
import { drawn } from "../draw.js";
import type { Chart } from "../model.js";
import { type HeatRow, heatRows } from "./heat-rows.js";
import { lastMs, timeScale } from "./time-scale.js";

/** Upper ends of the steps of colour but the last; success within a step looks the same. */
const steps = [0.2, 0.4, 0.6, 0.8] as const;
const colours = ["var(--h5)", "var(--h4)", "var(--h3)", "var(--h2)", "var(--h1)"] as const;

const nameMax = 24;

export async function heatChart(view: VariantView, startUtcMs: number, id: string): Promise<Chart> {
  const time = timeScale(startUtcMs);
  const endMs = lastMs(view, []);
  const { rows, aggregated, left } = heatRows(view.availability);
  const names = shortNames(rows);
  const values = rows.flatMap((row, k) =>
    joined(row.intervals).map(({ fromMs, toMs, success }) => ({
      region: names[k]!,
      group: clip(row.group, nameMax),
      at: time.value(fromMs),
      to: time.value(Math.min(toMs, endMs)),
      success,
    })),
  );
  const groups = [...new Set(rows.map((item) => clip(item.group, nameMax)))];
  const rowHeight = rows.length > 40 ? 6 : rows.length > 12 ? 12 : 20;
  const base = time.encoding();
  const spec = {
    data: { values },
    ...(aggregated ? {} : { facet: { row: rowFacet(groups) }, spacing: 6 }),
    resolve: { scale: { y: "independent" } },
    spec: {
      width: 820,
      height: { step: rowHeight },
      mark: { type: "rect" },
      encoding: {
        x: { ...base, scale: { ...base.scale, domainMin: time.value(0), domainMax: time.value(endMs) } },
        x2: { field: "to" },
        y: {
          field: "region",
          type: "nominal",
          sort: names,
          axis: rowHeight < 12 && !aggregated ? null : { title: null, ticks: false },
        },
        color: {
          field: "success",
          type: "quantitative",
          scale: { type: "threshold", domain: steps, range: colours },
          legend: { title: "requests that succeed", format: ".0%", orient: "top", direction: "horizontal" },
        },
      },
    },
  };
  const { spec: unit, ...rest } = spec;
  const whole = aggregated ? { data: rest.data, ...unit } : spec;
  return {
    ...(await drawn(id, whole as unknown as TopLevelSpec)),
    title: aggregated ? "Region groups and time" : "Regions and time",
    description: `${
      aggregated
        ? `One row a region group, the mean of its regions: ${thousands(view.regions)} regions are too many for a row each.`
        : "One row a region, grouped."
    } Coloured while requests fail, the darker the more. Capabilities weigh by their share of the logins.${left === 0 ? "" : ` ${thousands(left)} more groups are left out.`}`,
  };
}

const rowFacet = (groups: readonly string[]) => ({
  field: "group",
  type: "nominal",
  sort: groups,
  title: null,
  header: { labelAngle: 0, labelAlign: "left" },
});

/** Names cut to a width, and still different. */
function shortNames(rows: readonly HeatRow[]): readonly string[] {
  return rows.map(({ name }, k) => (name.length > nameMax ? `${clip(name, nameMax)} (${k + 1})` : name));
}

/** Neighbours of one colour as one cell: what cannot be told apart need not be drawn apart. */
function joined(intervals: readonly Interval[]): readonly Interval[] {
  const cells: Interval[] = [];
  for (const { fromMs, toMs, success } of intervals) {
    const step = steps.findIndex((end) => success < end);
    const level = step < 0 ? 0.9 : step / 5 + 0.1;
    const last = cells.at(-1);
    if (last !== undefined && last.toMs === fromMs && last.success === level)
      cells[cells.length - 1] = { ...last, toMs };
    else cells.push({ fromMs, toMs, success: level });
  }
  return cells;
}
