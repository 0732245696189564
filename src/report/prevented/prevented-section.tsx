/** What would have prevented it: the variants, guards, and what else breaks it. */
import type { Chart, ReportModel } from "../model.js";
import { WhatIf } from "../what-if/what-if.js";
import { Ablation } from "./ablation.js";
import { Counterexamples } from "./counterexamples.js";
import { VariantDetails, Variants } from "./variants.js";

export function Prevented({
  model,
  heat,
}: {
  model: ReportModel;
  /** By variant name. */
  heat: ReadonlyMap<string, Chart>;
}) {
  const start = model.result.scenario.startUtcMs;
  return (
    <>
      <h3>Variants</h3>
      <Variants model={model} />
      <WhatIf model={model.viewer === null ? null : model.whatIf} />
      {model.variants.slice(1).map((view) => (
        <VariantDetails key={view.result.name} view={view} start={start} heat={heat.get(view.result.name)} />
      ))}
      <Ablation model={model} />
      <Counterexamples model={model} />
    </>
  );
}
