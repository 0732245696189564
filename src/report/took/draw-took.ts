/** Draws what the section on the time shows. */
import { criticalChart, leversChart } from "../estimate/bar-charts.js";
import type { WidthsChart } from "../estimate/row-chart.js";
import type { ReportModel } from "../model.js";
import { crewLanes } from "./crew-lanes.js";
import { crewChart, phasesChart } from "./took-charts.js";

export interface TookCharts {
  readonly phases: WidthsChart | null;
  readonly crews: WidthsChart | null;
  readonly critical: WidthsChart | null;
  readonly levers: WidthsChart | null;
}

export async function drawTook({ variants, result, told, evidence }: ReportModel): Promise<TookCharts> {
  const main = variants[0]!;
  const start = result.scenario.startUtcMs;
  const { estimate } = evidence;
  const startedAtMs = main.result.outage.startedAtMs ?? 0;
  return {
    phases: await phasesChart(told.times, startedAtMs, start),
    crews: await crewChart(crewLanes(main.work), told.crews, startedAtMs, start),
    critical:
      estimate === null || estimate.critical.length === 0 ? null : await criticalChart(estimate, "report"),
    levers: estimate === null ? null : await leversChart(estimate, "report"),
  };
}
