/** Mutations of one base as arbitraries: lists of mistakes, and the cases that they make. */
import type * as fc from "fast-check";
import type { Base } from "../chaos/base.js";
import { mutationCatalogue } from "../chaos/mutations/catalogue.js";
import type { Operator } from "../chaos/mutations/operator.js";
import { coverageRecipe, sited } from "../chaos/random.js";
import { byId, caseOf } from "../chaos/recipe.js";
import type { Case } from "../scenario/case.js";
import type { MutationSpec } from "../scenario/scenario.js";

export interface RecipeOptions {
  /** Default: all. `operatorsFor` of the package selects some. */
  readonly operators?: readonly Operator[];
  /** Most mutations of a list; default 3. */
  readonly maxMutations?: number;
}

/** One to `maxMutations` mutations, uniform over the operators that have a site in the base and over their sites. */
export function mutationRecipe(
  base: Base,
  { operators = mutationCatalogue, maxMutations = 3 }: RecipeOptions = {},
): fc.Arbitrary<readonly MutationSpec[]> {
  const all = sited(base, operators);
  if (all.length === 0) throw new Error("none of the operators has a place in this base");
  return coverageRecipe(all, maxMutations);
}

/** The case of such a list, for `Evaluator`; lists in which one mutation takes the place of another make none. */
export function mutationCase(
  base: Base,
  { seed = 1, ...options }: RecipeOptions & { readonly seed?: number } = {},
): fc.Arbitrary<Case> {
  const operators = byId(options.operators ?? mutationCatalogue);
  const luck = { seed, replication: 0, pinned: [] };
  return mutationRecipe(base, options)
    .map((recipe) => caseOf(base, operators, recipe, luck))
    .filter((item) => item !== null);
}
