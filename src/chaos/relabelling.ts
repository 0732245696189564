/**
 * The test that a symmetry has to pass before a search relies on it: single mutations that differ only in names of one
 * class have to be judged alike on the plan. A manager that looks at names, or at their order, does not pass.
 */

import type { Name } from "../models/fleet/spec.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { Recipe } from "./enumerate.js";
import type { Material } from "./mutations/material.js";
import { decisionKey, type Outcome } from "./outcome.js";
import { relabelled, type Symmetry, without } from "./symmetry.js";

export interface JudgedRecipe {
  readonly recipe: Recipe;
  readonly outcome: Outcome;
}

/** The classes that no judged recipe speaks against. `properties`: those that the outcomes are about, in order. */
export function confirmed(
  symmetry: Symmetry,
  material: Material,
  judged: readonly JudgedRecipe[],
  properties: readonly PropertyRule[],
): Symmetry {
  const before = new Map<string, string>();
  const apart = new Set<Name>();
  for (const { recipe, outcome } of judged) {
    const { text, classes } = relabelled(symmetry, material, recipe);
    if (classes.length === 0) continue;
    const found = onPlan(outcome, properties);
    const known = before.get(text);
    if (known === undefined) before.set(text, found);
    else if (known !== found) for (const first of classes) apart.add(first);
  }
  return without(symmetry, apart);
}

/** What was found, without names and without what takes time: that is a matter of luck, which goes by names. */
function onPlan(outcome: Outcome, properties: readonly PropertyRule[]): string {
  if (outcome === null) return "no case";
  const asked = new Set(properties.filter((property) => property.onPlan === true).map(({ name }) => name));
  return JSON.stringify([
    outcome.verdicts.filter((_, k) => asked.has(properties[k]!.name)),
    outcome.violations
      .filter(({ property }) => asked.has(property))
      .map((violation) => [decisionKey(violation), violation.hazard])
      .sort(),
  ]);
}
