/** Finished runs of a scenario as the outputs of `run` get them. */
import { createHash } from "node:crypto";
import { reportModel } from "../../src/cli/report-html.js";
import { defaultGate, propertyCatalogue } from "../../src/models/judging/catalogue.js";
import type { ReportModel } from "../../src/report/model.js";
import { runVariant } from "../../src/run/run-variant.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import type { ResultFile } from "../../src/trace/result.js";
import { nasty } from "./check-result.js";
import { noEvidence } from "./report.js";
import { runOf, scenarioOf } from "./scenario.js";

/** Result and model of the variants of these names, in this order; of all without any. */
export function modelOf(scenario: Scenario, ...names: readonly string[]): ReportModel {
  const variants = scenario.variants.filter(({ name }) => names.length === 0 || names.includes(name));
  const finished = variants.map((variant) =>
    runVariant(runOf(scenario, variant.name), variant, {
      seed: 1,
      properties: propertyCatalogue,
      gate: defaultGate,
      runs: 3,
      sha256: (pieces) => {
        const hash = createHash("sha256");
        for (const piece of pieces) hash.update(piece);
        return hash.digest("hex");
      },
    }),
  );
  const { name, title, about, sources } = scenario;
  const { startUtcMs } = scenario.variants[0]!.spec;
  const result: ResultFile = {
    fleetquake: "0.1.0",
    scenario: { name, title, about, sources, startUtcMs, file: `${name}.yaml` },
    seed: 1,
    variants: finished.map((run) => run.result),
  };
  return reportModel(result, scenario, finished, noEvidence, null);
}

const veryLong = `${nasty} ${"W".repeat(10_000)}`;

/** Every text that a scenario can hold is somebody's attempt to be more than a text. */
export const hostileModel = (): ReportModel => {
  const text = JSON.stringify(veryLong);
  const model = modelOf(
    scenarioOf(`
fleetquake: 1
title: ${text}
about: ${text}
sources: [${text}]
regions: { eu: { members: [eu-1, eu-2], assumed: ${text} } }
services:
  api: { title: ${text}, manager: m, needs: [db] }
  db: { manager: m }
capabilities: { shop: { title: ${text}, service: api, share: 1 } }
managers: { m: { model: legacy } }
changes: [{ at: 1m, author: x, approvals: [{ by: p, covers: [db] }], intend: { remove: [db] } }]
choices: { one: { about: ${text}, taken: ${text}, instead: [${text}], why: ${text} } }
variants: { first: {}, second: {} }
`),
  );
  return { ...model, command: veryLong };
};
