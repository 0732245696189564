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
  let material: Material | null = Material.of(base);
  for (let k = 0; k < recipe.length && material !== null; k++)
    material =
      k === 0 && recipe.length > 1
        ? first(base, operators, recipe[k]!)
        : step(material, operators, recipe[k]!);
  return material;
}

function step(material: Material, operators: Operators, { op, at }: MutationSpec): Material | null {
  const operator = operators.get(op);
  const patch = operator?.apply(material, at) ?? null;
  return operator === undefined || patch === null ? null : material.with(patch, operator.level === "text");
}

/** Lists of pairs keep the first mutation while the second goes over all sites, so the last first step is kept. */
function first(base: Base, operators: Operators, mutation: MutationSpec): Material | null {
  const known = firstSteps.get(base);
  const { op, at } = mutation;
  if (known?.op === op && known.at === at && known.operators === operators) return known.material;
  const material = step(Material.of(base), operators, mutation);
  firstSteps.set(base, { op, at, operators, material });
  return material;
}
const firstSteps = new WeakMap<Base, MutationSpec & { operators: Operators; material: Material | null }>();

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
