/** From finished runs, checks and estimates to the bytes of a page. Renderers are loaded late: charts cost a quarter of a second. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { CheckFile } from "../chaos/check-result.js";
import type { EstimateFile } from "../estimate/replications/estimate-result.js";
import { runTimesOf } from "../estimate/replications/run-times.js";
import { durations } from "../models/people/priors.js";
import type { ResponseSpec } from "../models/people/spec.js";
import type { Evidence, ReportModel, Told } from "../report/model.js";
import type { Charts } from "../report/page.js";
import type { VariantRun } from "../run/run-variant.js";
import type { Scenario } from "../scenario/scenario.js";
import type { ResultFile } from "../trace/result.js";
import { summaryOf } from "../trace/summary.js";
import { viewOf } from "../trace/variant-view.js";
import type { CatalogueRequest } from "./foreign/manager-option.js";
import { whatIfModel } from "./what-if.js";

/** Everything that the outputs of a run are made of; the page without a viewer is the one without a script. */
export function reportModel(
  result: ResultFile,
  scenario: Scenario | null,
  finished: readonly VariantRun[],
  evidence: Evidence,
  /** What the command was told to load; null: traces were read, and nothing can be simulated again. */
  request: CatalogueRequest | null,
): ReportModel {
  const names = result.variants.length === 1 ? ` --variant ${result.variants[0]!.name}` : "";
  return {
    result,
    command:
      scenario === null
        ? `fleetquake report ${result.scenario.file}`
        : `fleetquake run ${result.scenario.file}${names} --seed ${result.seed}`,
    variants: finished.map((run) => viewOf(run.trace, run.result)),
    assumptions: scenario?.assumptions ?? [],
    choices: scenario?.choices ?? [],
    observed: scenario?.observed ?? [],
    told: toldOf(finished[0]!, scenario, result.scenario.file),
    evidence,
    sha256Base64,
    viewer: null,
    whatIf: scenario === null || request === null ? null : whatIfModel(scenario, result, request),
  };
}

/** `charts`: drawn before, where several outputs share them. */
export async function reportHtml(model: ReportModel, moving: boolean, charts?: Charts): Promise<string> {
  const { renderReport } = await import("../report/render-report.js");
  return renderReport(moving ? { ...model, viewer: viewerScript() } : model, charts);
}

/** Priors are no part of a trace, since they say where values come from and not what they are. */
function toldOf(
  { trace, result, changes, bands }: VariantRun,
  scenario: Scenario | null,
  file: string,
): Told {
  const { spec } = trace.header;
  const own = scenario?.variants.find(({ name }) => name === result.name);
  const priors: ResponseSpec["priors"] = own?.spec.response.priors ?? {};
  return {
    file: scenario === null ? null : file,
    summary: summaryOf(trace, result),
    changes,
    bands,
    times: runTimesOf(trace, result),
    crews: spec.response.crews,
    priors: durations.flatMap((duration) => {
      const prior = priors[duration];
      return prior === undefined ? [] : [{ duration, prior }];
    }),
    limits: { horizonMs: spec.horizonMs, events: spec.limits.events },
  };
}

export async function checkHtml(file: CheckFile): Promise<string> {
  const { renderCheck } = await import("../report/check/check-page.js");
  return renderCheck({ file, sha256Base64 });
}

export async function estimateHtml(files: readonly EstimateFile[]): Promise<string> {
  const { renderEstimate } = await import("../report/estimate/estimate-page.js");
  return renderEstimate({ files, sha256Base64 });
}

/** Bundled by scripts/build.mjs; the same file whether the program runs from its sources or as built. */
const viewerScript = (): string =>
  readFileSync(new URL("../../dist/viewer/page.js", import.meta.url), "utf8");

export const sha256Base64 = (text: string): string => createHash("sha256").update(text).digest("base64");
