/** Cases in tests: what a mutation makes of a scenario, played, and the trace of it. */
import { type Base, buildBase, runFor } from "../../src/chaos/base.js";
import { Material, type Patch } from "../../src/chaos/mutations/material.js";
import type { Operator } from "../../src/chaos/mutations/operator.js";
import { createSimulator } from "../../src/run/simulate.js";
import { TraceRecorder } from "../../src/run/trace-recorder.js";
import { applyCase } from "../../src/scenario/apply-case.js";
import type { Case } from "../../src/scenario/case.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import type { TraceEvent } from "../../src/trace/trace.js";
import { catalogue } from "./catalogue.js";

export function baseOf(scenario: Scenario, variant = scenario.variants[0]!.name): Base {
  const chosen = scenario.variants.find((item) => item.name === variant)!;
  const base = buildBase(scenario.name, chosen, scenario.variants, catalogue);
  if (!base.ok) throw new Error(base.error.map((issue) => issue.message).join("\n"));
  return base.value;
}

export const materialOf = (scenario: Scenario, variant?: string): Material =>
  Material.of(baseOf(scenario, variant));

export const caseOf = ({ documents, events }: Material, seed = 1): Case => ({
  documents,
  events,
  luck: { seed, replication: 0, pinned: [] },
  recipe: [],
});

/** What happens in the run of a case, in order. */
export function eventsOf(material: Material, seed = 1): readonly TraceEvent[] {
  const { base } = material;
  const item = caseOf(material, seed);
  const recorder = new TraceRecorder(base.run);
  createSimulator(base.run).play(applyCase(runFor(base, item), item), seed, 0, [recorder]);
  return recorder.trace(seed, 0).events;
}

/** The material after one mutation; a site that is not there fails the test. */
export function mutated(material: Material, operator: Operator, site: string): Material {
  const patch: Patch | null = operator.apply(material, site);
  if (patch === null) throw new Error(`${operator.id} does not fit at ${site}`);
  return material.with(patch);
}
