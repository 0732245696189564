/** The report of some variants of a scenario, as `run` writes it, without judging. */
import { reportHtml, reportModel } from "../../src/cli/report-html.js";
import type { Evidence } from "../../src/report/model.js";
import { runVariant, type VariantRun } from "../../src/run/run-variant.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import type { ResultFile } from "../../src/trace/result.js";
import { runOf } from "./scenario.js";

/** Nothing lies beside the report. */
export const noEvidence: Evidence = { estimate: null, ablation: null, checks: [], leftOut: [] };

export interface WrittenReport {
  readonly html: string;
  readonly runs: readonly VariantRun[];
}

export async function reportOf(
  scenario: Scenario,
  variants = scenario.variants.map(({ name }) => name),
): Promise<WrittenReport> {
  const runs = variants.map((name) => {
    const variant = { ...scenario.variants.find((item) => item.name === name)!, expect: null };
    return runVariant(runOf(scenario, name), variant, {
      seed: 1,
      properties: [],
      gate: [],
      runs: 1,
      sha256: () => "",
    });
  });
  const { name, title, about, sources } = scenario;
  const { startUtcMs } = runs[0]!.trace.header.spec;
  const result: ResultFile = {
    fleetquake: "0",
    scenario: { name, title, about, sources, startUtcMs, file: `${name}.yaml` },
    seed: 1,
    variants: runs.map((run) => run.result),
  };
  return { html: await reportHtml(reportModel(result, scenario, runs, noEvidence, null), true), runs };
}
