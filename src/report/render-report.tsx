/** The report of runs: draws the charts, then the page. */
import { heatChart } from "./charts/heat-chart.js";
import { restorationChart } from "./charts/restoration-chart.js";
import { dependencyPicture } from "./dependency-picture.js";
import { htmlDocument } from "./document.js";
import type { Chart, ReportModel } from "./model.js";
import { type Charts, Page } from "./page.js";
import { replayParts } from "./replay/replay-data.js";
import { replayStyle } from "./replay/replay-style.js";
import { sectionsStyle } from "./sections-style.js";
import { curveReplicationsOf } from "./spread-words.js";
import { style } from "./style.js";
import { drawTook } from "./took/draw-took.js";
import { viewerData } from "./viewer-data.js";

/** `drawn`: where several outputs share them, drawn once. */
export async function renderReport(model: ReportModel, drawn?: Charts): Promise<string> {
  const charts = drawn ?? (await drawCharts(model));
  const replay = await replayParts(model);
  const frame = {
    title: `${model.result.scenario.title} – outage report`,
    version: model.result.fleetquake,
    style: `${style}${sectionsStyle}${replayStyle}`,
    sha256Base64: model.sha256Base64,
    viewer:
      model.viewer === null
        ? undefined
        : { script: model.viewer, data: viewerData(model, replay?.data ?? null) },
  };
  return htmlDocument(frame, <Page model={model} charts={charts} replay={replay} />);
}

/** One after the other: drawing is synchronous work, and the order then is the same every time. */
export async function drawCharts(model: ReportModel): Promise<Charts> {
  const { variants, observed, result } = model;
  const start = result.scenario.startUtcMs;
  const main = variants[0]!;
  const hurt = main.result.outage.startedAtMs !== null;
  const heat = new Map<string, Chart>();
  for (const [k, view] of variants.entries()) {
    if (view.availability.some((item) => item.intervals.length > 0)) {
      heat.set(view.result.name, await heatChart(view, start, `heat-${k}`));
    }
  }
  return {
    restoration: hurt ? await restorationChart(main, observed, start, curveReplicationsOf(model)) : null,
    took: await drawTook(model),
    dependencies: await dependencyPicture(main),
    heat,
  };
}
