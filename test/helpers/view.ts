/** What a report shows of the first variant of a scenario. */
import { defaultGate, propertyCatalogue } from "../../src/models/judging/catalogue.js";
import { runVariant } from "../../src/run/run-variant.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { type VariantView, viewOf } from "../../src/trace/variant-view.js";
import { runOf } from "./scenario.js";

export function viewOfScenario(scenario: Scenario): VariantView {
  const { trace, result } = runVariant(runOf(scenario), scenario.variants[0]!, {
    seed: 1,
    properties: propertyCatalogue,
    gate: defaultGate,
    runs: 1,
    sha256: () => "",
  });
  return viewOf(trace, result);
}
