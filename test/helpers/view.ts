/** The first variant of a scenario, simulated once, and what a report shows of it. */
import { defaultGate, propertyCatalogue } from "../../src/models/judging/catalogue.js";
import { runVariant, type VariantRun } from "../../src/run/run-variant.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { type VariantView, viewOf } from "../../src/trace/variant-view.js";
import { runOf } from "./scenario.js";

export const variantRunOf = (scenario: Scenario): VariantRun =>
  runVariant(runOf(scenario), scenario.variants[0]!, {
    seed: 1,
    properties: propertyCatalogue,
    gate: defaultGate,
    runs: 1,
    sha256: () => "",
  });

export function viewOfScenario(scenario: Scenario): VariantView {
  const { trace, result } = variantRunOf(scenario);
  return viewOf(trace, result);
}
