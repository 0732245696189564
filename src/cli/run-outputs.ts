/** The files of a run, one entry a format. Renderers are loaded late, and charts that several of them show are drawn once. */
import type { Evidence, ReportModel } from "../report/model.js";
import type { Charts } from "../report/page.js";
import type { VariantRun } from "../run/run-variant.js";
import type { Scenario } from "../scenario/scenario.js";
import { traceLines } from "../trace/json-lines.js";
import { perfettoJson } from "../trace/perfetto.js";
import type { ResultFile } from "../trace/result.js";
import type { Pieces } from "./files.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import type { RunFormat } from "./options.js";
import type { Rasterise } from "./rasterise.js";
import { reportHtml, reportModel } from "./report-html.js";

interface Finished {
  readonly result: ResultFile;
  readonly scenario: Scenario;
  /** In the order of `result.variants`. */
  readonly finished: readonly VariantRun[];
  readonly evidence: Evidence;
  readonly request: CatalogueRequest;
  /** Asked for before anything was simulated; null: no picture is wanted. */
  readonly rasterise: Rasterise | null;
}

/** Names of files, relative to the folder of the report, and what they hold. */
export async function runOutputs(
  formats: readonly RunFormat[],
  { result, scenario, finished, evidence, request, rasterise }: Finished,
): Promise<ReadonlyMap<string, Pieces>> {
  const files = new Map<string, Pieces>();
  let made: ReportModel | undefined;
  const model = (): ReportModel => (made ??= reportModel(result, scenario, finished, evidence, request));
  let drawn: Charts | undefined;
  const charts = async (): Promise<Charts> => {
    const { drawCharts } = await import("../report/render-report.js");
    drawn ??= await drawCharts(model());
    return drawn;
  };
  for (const format of formats) await add(format);
  return files;

  async function add(format: RunFormat): Promise<void> {
    switch (format) {
      case "html":
        files.set("index.html", [await reportHtml(model(), true, await charts())]);
        return;
      case "html-static":
        files.set("static.html", [await reportHtml(model(), false, await charts())]);
        return;
      case "json":
        files.set("result.json", [`${JSON.stringify(result, null, 2)}\n`]);
        return;
      case "trace":
        for (const run of finished) files.set(`trace${infix(run)}.jsonl`, traceLines(run.trace));
        return;
      case "perfetto":
        for (const run of finished) files.set(`trace${infix(run)}.perfetto.json`, [perfettoJson(run.trace)]);
        return;
      case "markdown": {
        const { summaryMarkdown } = await import("../report/summary-markdown.js");
        const pages = [
          ...(formats.includes("html") ? ["index.html"] : []),
          ...(formats.includes("html-static") ? ["static.html"] : []),
        ];
        files.set("summary.md", [summaryMarkdown(model(), pages)]);
        return;
      }
      case "png": {
        const { summaryPicture } = await import("../report/picture/summary-picture.js");
        files.set("summary.png", [rasterise!(await summaryPicture(model()))]);
        return;
      }
      case "vega-lite": {
        const { specFiles } = await import("../report/specs.js");
        for (const [name, text] of specFiles(await charts())) files.set(`charts/${name}`, [text]);
      }
    }
  }

  function infix({ result: { name } }: VariantRun): string {
    return finished.length === 1 ? "" : `.${name}`;
  }
}
