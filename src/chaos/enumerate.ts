/** Every case of a small scope: single mutations, and pairs of structure operators without what is the same twice. */
import type { MutationSpec } from "../scenario/scenario.js";
import type { Base } from "./base.js";
import { Material } from "./mutations/material.js";
import type { Operator } from "./mutations/operator.js";
import type { Sited } from "./random.js";
import { canonicalRecipe, type Symmetry } from "./symmetry.js";

export type Recipe = readonly MutationSpec[];

/** All operators at all of their sites. */
export const singles = (all: readonly Sited[]): readonly Recipe[] =>
  all.flatMap(({ operator, sites }) => sites.map((at) => [{ op: operator.id, at }]));

export interface Pairs {
  readonly recipes: readonly Recipe[];
  /** Pairs left out: the same up to names, or in the other order. */
  readonly symmetric: number;
  readonly commuting: number;
}

/**
 * All sequences of two structure mutations over all sites, the second at the sites that the first leaves. Two mutations
 * of different documents commute, so one order of them is enough; `symmetry` null: names are not exchanged.
 */
export function pairs(base: Base, all: readonly Sited[], symmetry: Symmetry | null): Pairs {
  const structure = all.filter(({ operator }) => operator.level === "structure");
  const start = Material.of(base);
  const recipes: Recipe[] = [];
  const seen = new Set<string>();
  let symmetric = 0;
  let commuting = 0;
  const firsts = structure.flatMap(({ operator, sites }) => sites.map((at) => ({ operator, at })));
  const ranks = new Map(firsts.map(({ operator, at }, rank) => [`${operator.id} ${at}`, rank]));
  for (const [index, first] of firsts.entries()) {
    const patch = first.operator.apply(start, first.at);
    if (patch === null) continue;
    const after = start.with(patch);
    const touched = documentsOf(patch);
    for (const { operator } of structure) {
      for (const at of operator.sites(after)) {
        const other = operator.apply(after, at);
        if (other === null) continue;
        const rank = ranks.get(`${operator.id} ${at}`) ?? -1;
        const apart = documentsOf(other).every((id) => !touched.includes(id));
        if (apart && rank >= 0 && rank < index) {
          commuting++;
          continue;
        }
        const recipe = [
          { op: first.operator.id, at: first.at },
          { op: operator.id, at },
        ];
        if (symmetry !== null) {
          const key = canonicalRecipe(symmetry, start, recipe);
          if (seen.has(key)) {
            symmetric++;
            continue;
          }
          seen.add(key);
        }
        recipes.push(recipe);
      }
    }
  }
  return { recipes, symmetric, commuting };
}

const documentsOf = (patch: NonNullable<ReturnType<Operator["apply"]>>): readonly string[] =>
  (patch.documents ?? []).map((doc) => doc.id);
