/** One self-contained HTML file: no script, no request, one style sheet named by its hash. */
import { renderToStaticMarkup } from "preact-render-to-string";
import { heatChart, restorationChart, workChart } from "./charts.js";
import { dependencyPicture } from "./dependency-picture.js";
import type { Chart, ReportModel } from "./model.js";
import { type Charts, Page } from "./page.js";
import { style } from "./style.js";

export async function renderReport(model: ReportModel): Promise<string> {
  const charts = await drawCharts(model);
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${model.sha256Base64(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content={`fleetquake ${model.result.fleetquake}`} />
        <title>{`${model.result.scenario.title} – outage report`}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <Page model={model} charts={charts} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${page}\n`;
}

/** One after the other: drawing is synchronous work, and the order then is the same every time. */
async function drawCharts({ variants, observed, result }: ReportModel): Promise<Charts> {
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
    restoration: hurt ? await restorationChart(main, observed, start) : null,
    work: main.work.length > 0 ? await workChart(main, start) : null,
    dependencies: await dependencyPicture(main),
    heat,
  };
}
