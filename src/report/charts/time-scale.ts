/** Times on the horizontal axis: instants where the scenario has a calendar, hours after its start otherwise. */
import type { Observed } from "../../scenario/scenario.js";
import type { VariantView } from "../../trace/variant-view.js";

export function timeScale(startUtcMs: number) {
  const calendar = startUtcMs !== 0;
  return {
    value: (ms: number): number => (calendar ? startUtcMs + ms : ms / 3_600_000),
    unit: calendar ? "UTC" : "hours after the start",
    encoding: (title = true, tickCount = 8) =>
      calendar
        ? {
            field: "at",
            type: "temporal" as const,
            scale: { type: "utc" as const, nice: false },
            axis: { format: "%H:%M", title: title ? "UTC" : null, tickCount },
          }
        : {
            field: "at",
            type: "quantitative" as const,
            scale: { nice: false, zero: false },
            axis: { title: title ? "hours after the start" : null, tickCount },
          },
  };
}

/** Where the pictures end: some time after everything is over. */
export function lastMs(view: VariantView, observed: readonly Observed[]): number {
  const { recovery, outage } = view.result;
  const ends = [
    recovery.allRestoredAtMs ?? (outage.startedAtMs === null ? 3_600_000 : view.horizonMs),
    recovery.publishedAtMs ?? 0,
    ...observed.map((row) => row.atMs),
  ];
  return Math.min(view.horizonMs, Math.max(...ends) + 1_800_000);
}
