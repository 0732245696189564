/** Ablations in tests: the chosen guards of the catalogue on one variant of a scenario. */
import { type AblateRequest, type AblationFound, ablate } from "../../src/chaos/ablate/ablate.js";
import type { OracleGate } from "../../src/chaos/ablate/oracle.js";
import { mutationCatalogue } from "../../src/chaos/mutations/catalogue.js";
import { guardCatalogue } from "../../src/models/guards/catalogue.js";
import type { Guard } from "../../src/models/guards/guard.js";
import { defaultGate, propertyCatalogue } from "../../src/models/judging/catalogue.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { catalogue } from "./catalogue.js";
import { luck } from "./search.js";

const judged = propertyCatalogue.filter(({ name }) => defaultGate.includes(name));
export const gate: OracleGate = {
  safety: judged.filter(({ modality }) => modality !== "eventually"),
  progress: judged.filter(({ modality }) => modality === "eventually"),
};

export const guardsNamed = (names: readonly string[]): readonly Guard[] =>
  names.map((name) => guardCatalogue.find((guard) => guard.name === name)!);

export function ablationOf(
  scenario: Scenario,
  names: readonly string[],
  more: Partial<AblateRequest> = {},
): AblationFound {
  const work = ablate({
    scenario,
    variant: scenario.variants[0]!,
    guards: guardsNamed(names),
    catalogue,
    gate,
    operators: mutationCatalogue,
    luck,
    cases: 0,
    strip: false,
    full: false,
    changesPerWeek: 5,
    ...more,
  });
  for (;;) {
    const step = work.next();
    if (step.done !== true) continue;
    if (!step.value.ok) throw new Error(step.value.error[0]!.message);
    return step.value.value;
  }
}

export const setsOf = (rows: readonly { readonly guards: readonly string[] }[]): readonly string[] =>
  rows.map(({ guards }) => [...guards].sort().join(" ")).sort();
