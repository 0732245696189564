/** The charts of a run: specifications of vega-lite. */
import type { TopLevelSpec } from "vega-lite";
import type { Observed } from "../scenario/scenario.js";
import type { VariantView } from "../trace/variant-view.js";
import { drawn } from "./draw.js";
import type { Chart } from "./model.js";

/** Times on the horizontal axis: instants where the scenario has a calendar, hours after its start otherwise. */
function timeScale(startUtcMs: number) {
  const calendar = startUtcMs !== 0;
  return {
    value: (ms: number): number => (calendar ? startUtcMs + ms : ms / 3_600_000),
    encoding: (title = true) =>
      calendar
        ? {
            field: "at",
            type: "temporal" as const,
            scale: { type: "utc" as const, nice: false },
            axis: { format: "%H:%M", title: title ? "UTC" : null, tickCount: 8 },
          }
        : {
            field: "at",
            type: "quantitative" as const,
            scale: { nice: false, zero: false },
            axis: { title: title ? "hours after the start" : null, tickCount: 8 },
          },
  };
}

/** Where the pictures end: some time after everything is over. */
function lastMs(view: VariantView, observed: readonly Observed[]): number {
  const { recovery, outage } = view.result;
  const ends = [
    recovery.allRestoredAtMs ?? (outage.startedAtMs === null ? 3_600_000 : view.horizonMs),
    recovery.publishedAtMs ?? 0,
    ...observed.map((row) => row.atMs),
  ];
  return Math.min(view.horizonMs, Math.max(...ends) + 1_800_000);
}

const series = ["simulated: works again", "simulated: published", "published in fact"] as const;

/** Regions in which a capability works, by time: simulated, and as the public was told. */
export async function restorationChart(
  view: VariantView,
  observed: readonly Observed[],
  startUtcMs: number,
): Promise<Chart> {
  const time = timeScale(startUtcMs);
  const endMs = lastMs(view, observed);
  const values: { capability: string; series: string; at: number; regions: number }[] = [];
  for (const item of view.result.recovery.byCapability) {
    const outage = view.result.outage.capabilities.find((of) => of.name === item.name);
    const published = namedRegions(observed, item.name, view.regions);
    if ((outage?.regionsDegraded ?? 0) === 0 && published.length === 0) continue;
    const capability = view.capabilities.find((of) => of.name === item.name)?.title ?? item.name;
    const add = (name: string, curve: readonly (readonly [number, number])[]): void => {
      if (curve.length === 0) return;
      for (const [ms, regions] of curve) {
        if (ms <= endMs) values.push({ capability, series: name, at: time.value(ms), regions });
      }
      values.push({ capability, series: name, at: time.value(endMs), regions: curve.at(-1)![1] });
    };
    if ((outage?.regionsDegraded ?? 0) > 0) {
      const unhurt = view.regions - (outage?.regionsDegraded ?? 0);
      const from = outage?.firstDownAtMs ?? view.result.outage.startedAtMs ?? 0;
      add(series[0], [[from, unhurt], ...item.restored.filter(([ms]) => ms >= from)]);
      add(series[1], [[from, unhurt], ...item.published.filter(([ms]) => ms >= from)]);
    }
    add(series[2], published);
  }
  const shown = series.filter((name) => values.some((item) => item.series === name));
  const ofShown = <T>(ranges: readonly T[]): readonly T[] =>
    ranges.filter((_, k) => shown.includes(series[k]!));
  const spec = {
    data: { values },
    facet: { field: "capability", type: "nominal", title: null, columns: 3, sort: null },
    columns: 3,
    spec: {
      width: 270,
      height: 130,
      mark: { type: "line", interpolate: "step-after", strokeWidth: 2 },
      encoding: {
        x: time.encoding(false),
        y: {
          field: "regions",
          type: "quantitative",
          scale: { domain: [0, view.regions] },
          axis: { title: "regions", tickCount: 4 },
        },
        color: {
          field: "series",
          type: "nominal",
          scale: { domain: shown, range: ofShown(["var(--c1)", "var(--c6)", "var(--c2)"]) },
          legend: { title: null, orient: "top" },
        },
        strokeDash: {
          field: "series",
          type: "nominal",
          scale: {
            domain: shown,
            range: ofShown([
              [1, 0],
              [6, 3],
              [2, 2],
            ]),
          },
          legend: { title: null, orient: "top" },
        },
      },
    },
  };
  return {
    ...(await drawn("restoration", spec as unknown as TopLevelSpec)),
    title: "Regions in which each capability works",
    description: `One panel a capability: the simulated restoration, and when the simulated status page tells of it${
      observed.length > 0 ? "; and what the real status page had named by then" : ""
    }.`,
  };
}

/** Regions named as restored so far: a lower bound on what was restored. */
export function namedRegions(
  observed: readonly Observed[],
  capability: string,
  regions: number,
): readonly (readonly [atMs: number, regions: number])[] {
  const rows = observed.filter(
    (row) => row.event === "restored" && (row.capability === capability || row.capability === "*"),
  );
  if (rows.length === 0) return [];
  const named = new Set<string>();
  const curve: [number, number][] = [[0, 0]];
  for (const row of [...rows].sort((a, b) => a.atMs - b.atMs)) {
    for (const region of row.regions ?? []) named.add(region);
    curve.push([row.atMs, row.regions === null ? regions : named.size]);
  }
  return curve;
}

/** Regions x time: the share of a region's requests that succeeds. */
export async function heatChart(view: VariantView, startUtcMs: number, id: string): Promise<Chart> {
  const time = timeScale(startUtcMs);
  const endMs = lastMs(view, []);
  const values = view.availability.flatMap(({ region, group, intervals }) =>
    intervals.map(({ fromMs, toMs, success }) => ({
      region,
      group,
      at: time.value(fromMs),
      to: time.value(Math.min(toMs, endMs)),
      success,
    })),
  );
  const order = view.availability.map((item) => item.region);
  const groups = [...new Set(view.availability.map((item) => item.group))];
  const rowHeight = order.length > 40 ? 6 : order.length > 12 ? 12 : 20;
  const base = time.encoding();
  const spec = {
    data: { values },
    facet: {
      row: {
        field: "group",
        type: "nominal",
        sort: groups,
        title: null,
        header: { labelAngle: 0, labelAlign: "left" },
      },
    },
    spacing: 6,
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
          sort: order,
          axis: rowHeight < 12 ? null : { title: null, ticks: false },
        },
        color: {
          field: "success",
          type: "quantitative",
          scale: {
            type: "threshold",
            domain: [0.2, 0.4, 0.6, 0.8],
            range: ["var(--h5)", "var(--h4)", "var(--h3)", "var(--h2)", "var(--h1)"],
          },
          legend: { title: "requests that succeed", format: ".0%", orient: "top", direction: "horizontal" },
        },
      },
    },
  };
  return {
    ...(await drawn(id, spec as unknown as TopLevelSpec)),
    title: "Regions and time",
    description:
      "One row a region, grouped; coloured while requests fail, the darker the more. Capabilities weigh by their share of the logins.",
  };
}

/** What crews worked on, by service and region group. */
export async function workChart(view: VariantView, startUtcMs: number): Promise<Chart> {
  const time = timeScale(startUtcMs);
  const endMs = lastMs(view, []);
  const services = [
    ...new Set([...view.work].sort((a, b) => a.fromMs - b.fromMs).map((span) => span.service)),
  ];
  const groups = [...new Set(view.work.map((span) => span.group))];
  const values = view.work.map((span) => ({
    service: span.service,
    group: span.group,
    at: time.value(span.fromMs),
    to: time.value(span.toMs),
  }));
  const phases = view.phases.map((item) => ({ at: time.value(item.atMs), phase: item.phase }));
  const base = time.encoding();
  const scale = { ...base.scale, domainMin: time.value(0), domainMax: time.value(endMs) };
  const spec = {
    width: 800,
    height: { step: Math.max(16, 6 * groups.length), for: "position" },
    layer: [
      {
        data: { values: phases },
        mark: { type: "rule", strokeDash: [3, 3], color: "var(--soft)" },
        encoding: { x: { ...base, scale } },
      },
      {
        data: { values },
        mark: { type: "bar", cornerRadius: 1 },
        encoding: {
          x: { ...base, scale },
          x2: { field: "to" },
          y: { field: "service", type: "nominal", sort: services, axis: { title: null } },
          yOffset: { field: "group", sort: groups },
          color: {
            field: "group",
            type: "nominal",
            sort: groups,
            scale: {
              domain: groups,
              range: groups.map((_, k) => `var(--c${(k % 8) + 1})`),
            },
            legend: { title: null, orient: "top" },
          },
        },
      },
    ],
  };
  return {
    ...(await drawn("work", spec as unknown as TopLevelSpec)),
    title: "What people worked on",
    description:
      "One bar a service and region group, from the start of the work to the last instance that runs. Dotted lines are the phases below.",
  };
}
