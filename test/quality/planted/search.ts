/** The search that every planted bug is put to: all single mutations, then random cases, up to the first that shows it. */
import { type Base, buildBase } from "../../../src/chaos/base.js";
import { mutationCatalogue } from "../../../src/chaos/mutations/catalogue.js";
import type { Decision } from "../../../src/chaos/outcome.js";
import { phasesOf } from "../../../src/chaos/phases.js";
import { byId } from "../../../src/chaos/recipe.js";
import { Searcher } from "../../../src/chaos/searcher.js";
import type { Guard } from "../../../src/models/guards/guard.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import type { PropertyRule } from "../../../src/models/judging/rule.js";
import type { ManagerModel } from "../../../src/models/managers/define-manager.js";
import type { MutationSpec } from "../../../src/scenario/scenario.js";
import { catalogue } from "../../helpers/catalogue.js";
import { scenarioOf } from "../../helpers/scenario.js";

export interface Planted {
  readonly managers?: readonly ManagerModel[];
  readonly guards?: readonly Guard[];
}

/** Bugs take the place of what they were made from, so a scenario names both the same. */
const inPlace = <T extends { readonly name: string }>(
  all: readonly T[],
  wrong: readonly T[] = [],
): readonly T[] => all.map((item) => wrong.find(({ name }) => name === item.name) ?? item);

export function baseWith(text: string, { managers, guards }: Planted): Base {
  const scenario = scenarioOf(text);
  const built = buildBase("planted", scenario.variants[0]!, scenario.variants, {
    managers: inPlace(catalogue.managers, managers),
    guards: inPlace(catalogue.guards, guards),
  });
  if (!built.ok) throw new Error(built.error.map((issue) => issue.message).join("\n"));
  return built.value;
}

const operators = byId(mutationCatalogue);
const luck = { seed: 1, replication: 0, pinned: [] };
export const randomCases = 200;

export interface Found {
  readonly recipe: readonly MutationSpec[];
  /** Cases judged until then, this one included. */
  readonly cases: number;
}

export interface Searched {
  /** By property, with rule, action and cause appended one by one: the first case that violates it, no hazard. */
  readonly found: ReadonlyMap<string, Found>;
  readonly cases: number;
}

/** The property; the property and the rule; and so on, down to the cause. */
export function keysOf({ property, rule, action, cause }: Omit<Decision, "service">): readonly string[] {
  const parts = [property, rule, action, cause];
  return parts.map((_, k) => parts.slice(0, k + 1).join(":"));
}

export interface SearchLimits {
  readonly until?: string;
  /** Random cases after all single mutations. */
  readonly random?: number;
}

/** Judges all cases, or stops once `until` is violated. */
export function search(
  base: Base,
  properties: readonly PropertyRule[],
  { until, random = randomCases }: SearchLimits = {},
): Searched {
  const options = {
    seed: 1,
    exhaustive: 1,
    mutationsMax: 3,
    weighting: "coverage",
    weightOf: () => 1,
    examples: [],
  } as const;
  const small = [...phasesOf(base, mutationCatalogue, { ...options, runs: 0 })];
  const runs = small.reduce((sum, phase) => sum + phase.recipes.length, random);
  const searcher = new Searcher(base, operators, properties, { luck, exact: false });
  const found = new Map<string, Found>();
  // What one run has to show somewhere is violated when none of them does.
  const unseen = new Set(properties.filter(({ modality }) => modality === "sometimes"));
  let cases = 0;
  for (const phase of phasesOf(base, mutationCatalogue, { ...options, runs })) {
    for (const [index, recipe] of phase.recipes.slice(0, phase.recipes.length).entries()) {
      const outcome = searcher.judge(recipe, phase.depth(index));
      if (outcome === null) continue;
      cases++;
      for (const violation of outcome.violations) {
        if (violation.hazard) continue;
        for (const key of keysOf(violation)) if (!found.has(key)) found.set(key, { recipe, cases });
      }
      properties.forEach((property, k) => {
        if (outcome.verdicts[k] === "holds") unseen.delete(property);
      });
      if (until !== undefined && found.has(until)) return { found, cases };
    }
  }
  for (const { name } of unseen) found.set(name, { recipe: [], cases });
  return { found, cases };
}

export const rulesNamed = (names: ReadonlySet<string>): readonly PropertyRule[] =>
  propertyCatalogue.filter(({ name }) => names.has(name));
