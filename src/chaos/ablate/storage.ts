/** Where a guard has to live: the same sets once more, written into the managers' own entries. */
import type { PropertyRule } from "../../models/judging/rule.js";
import { createSimulator } from "../../run/simulate.js";
import type { Catalogue } from "../../scenario/build-run.js";
import type { Variant } from "../../scenario/scenario.js";
import { judgeRun } from "../../trace/judge.js";
import { JudgeFold } from "../../trace/judge-fold.js";
import { buildBase } from "../base.js";
import { isHazard } from "../outcome.js";
import { caseOf, type Operators } from "../recipe.js";
import { withGuards } from "./switchboard.js";
import { scriptOf, type WorldTrace } from "./world.js";

export interface Stored {
  readonly safe: boolean;
  /** Traces that get through; by label. */
  readonly through: readonly string[];
  /** Traces that cannot be told there: the entry that they damage is another one. */
  readonly notApplicable: readonly string[];
}

export interface StorageRequest {
  readonly scenario: string;
  readonly variant: Variant;
  readonly catalogue: Catalogue;
  readonly traces: readonly WorldTrace[];
  readonly operators: Operators;
  readonly safety: readonly PropertyRule[];
}

/** The guards stored in the configuration that they protect; null where such a scenario cannot be built. */
export function storedInConfiguration(names: readonly string[], request: StorageRequest): Stored | null {
  const { scenario, variant, catalogue, traces, operators, safety } = request;
  const spec = withGuards(variant.spec, names, "in-configuration");
  const built = buildBase(scenario, { ...variant, spec }, [], catalogue);
  if (!built.ok) return null;
  const base = built.value;
  const simulator = createSimulator(base.run);
  const fold = new JudgeFold(base.run.fleet, base.run.spec);
  const through: string[] = [];
  const notApplicable: string[] = [];
  for (const { item, label } of traces) {
    // The documents are other ones here, so the mutations are made again; a case without any is taken by value.
    const again = item.recipe.length === 0 ? item : caseOf(base, operators, item.recipe, item.luck);
    if (again === null) {
      notApplicable.push(label);
      continue;
    }
    const script = scriptOf(base, again);
    fold.reset(script.changes.map((change) => change.ticket));
    simulator.play(script, item.luck.seed, item.luck.replication, [fold]);
    const violated = judgeRun(safety, fold.result(), {}).some(
      ({ verdict, property }) =>
        verdict === "violated" &&
        !isHazard(
          safety.find(({ name }) => name === property),
          item.recipe,
        ),
    );
    if (violated) through.push(label);
  }
  return { safe: through.length === 0, through, notApplicable };
}
