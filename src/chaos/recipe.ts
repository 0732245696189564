/** From a list of mutations to a case: each works on what the ones before it left. */
import type { Case, CaseLuck } from "../scenario/case.js";
import type { MutationSpec } from "../scenario/scenario.js";
import type { Base } from "./base.js";
import { Material } from "./mutations/material.js";
import type { Operator } from "./mutations/operator.js";

export type Operators = ReadonlyMap<string, Operator>;

export const byId = (operators: readonly Operator[]): Operators =>
  new Map(operators.map((operator) => [operator.id, operator]));

/** The material after the mutations; null where one of them finds its site gone. */
export function mutated(base: Base, operators: Operators, recipe: readonly MutationSpec[]): Material | null {
  let material = Material.of(base);
  for (const { op, at } of recipe) {
    const operator = operators.get(op);
    const patch = operator?.apply(material, at) ?? null;
    if (operator === undefined || patch === null) return null;
    material = material.with(patch, operator.level === "text");
  }
  return material;
}

export function caseOf(
  base: Base,
  operators: Operators,
  recipe: readonly MutationSpec[],
  luck: CaseLuck,
): Case | null {
  const material = mutated(base, operators, recipe);
  if (material === null) return null;
  return { documents: material.documents, events: material.events, luck, recipe };
}

/** Each mutation as a sentence, told on the material that it met. */
export function labelsOf(
  base: Base,
  operators: Operators,
  recipe: readonly MutationSpec[],
): readonly string[] {
  return recipe.map(({ op, at }, k) => {
    const material = mutated(base, operators, recipe.slice(0, k));
    const operator = operators.get(op);
    return material === null || operator === undefined ? `${op} at ${at}` : operator.label(material, at);
  });
}
