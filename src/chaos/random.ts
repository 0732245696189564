/**
 * Random cases: lists of at most k mutations, drawn by fast-check before and independently of the manager. Case i is
 * the same whatever the number of cases asked for. Two weightings that are never mixed: coverage (uniform over operators,
 * every pair of operators at least once) for verdicts, natural (as people err) for statements of risk.
 */
import * as fc from "fast-check";
import type { MutationSpec } from "../scenario/scenario.js";
import type { Base } from "./base.js";
import { Material } from "./mutations/material.js";
import type { MutationClass, Operator } from "./mutations/operator.js";

/** Changes when the same seed no longer gives the same cases. */
const generatorVersion = 2;
export type Weighting = "coverage" | "natural";
export const generatorName = (weighting: Weighting): string => `fleetquake-${weighting}/${generatorVersion}`;

export interface RandomOptions {
  readonly seed: number;
  readonly runs: number;
  /** Most mutations of a case. */
  readonly mutationsMax: number;
  readonly weighting: Weighting;
  readonly weightOf: (mutationClass: MutationClass) => number;
}

/** Sites of every operator on the unmutated material; operators without one are left out. */
export interface Sited {
  readonly operator: Operator;
  readonly sites: readonly string[];
}

export function sited(base: Base, operators: readonly Operator[]): readonly Sited[] {
  const material = Material.of(base);
  return operators
    .map((operator) => ({ operator, sites: operator.sites(material) }))
    .filter(({ sites }) => sites.length > 0);
}

/** Recipes that are made when they are asked for; an array is one as well. */
export interface RecipeList {
  readonly length: number;
  slice(from: number, to: number): readonly (readonly MutationSpec[])[];
}

/** Recipes drawn at once; a million of them would take seconds in which nobody hears Ctrl-C. */
const blockSize = 2_048;

/** `runs` recipes; none where no operator has a site. */
export function randomRecipes(all: readonly Sited[], options: RandomOptions): RecipeList {
  if (all.length === 0 || options.runs === 0) return [];
  const { seed, runs, mutationsMax, weighting, weightOf } = options;
  const natural = weighting === "natural";
  const covering = natural || mutationsMax < 2 ? [] : coveringPairs(all, seed);
  const arbitrary = natural ? naturalRecipe(all, mutationsMax, weightOf) : coverageRecipe(all, mutationsMax);
  const drawn = inBlocks((block) => sample(arbitrary, blockSeed(seed, block), blockSize));
  return {
    length: runs,
    slice: (from, to) => {
      const recipes: (readonly MutationSpec[])[] = [];
      for (let k = Math.max(0, from); k < Math.min(to, runs); k++)
        recipes.push(covering[k] ?? drawn(k - covering.length));
      return recipes;
    },
  };
}

/** Item k of a list that is made block by block; the last block is kept. */
function inBlocks<T>(make: (block: number) => readonly T[]): (k: number) => T {
  let kept = -1;
  let items: readonly T[] = [];
  return (k) => {
    const block = Math.floor(k / blockSize);
    if (block !== kept) {
      items = make(block);
      kept = block;
    }
    return items[k % blockSize]!;
  };
}

/** A seed for every block, far from those of the blocks of neighbouring seeds. */
const blockSeed = (seed: number, block: number): number => (seed + Math.imul(block, 0x9e3779b1)) | 0;

/** Every two operators at one site each. */
function coveringPairs(all: readonly Sited[], seed: number): readonly (readonly MutationSpec[])[] {
  const pairs = operatorPairs(all);
  const siteSeeds = sample(fc.tuple(fc.nat(), fc.nat()), seed, Math.max(1, pairs.length));
  return pairs.map(([a, b], k) => [mutationAt(a, siteSeeds[k]![0]), mutationAt(b, siteSeeds[k]![1])]);
}

/** Unbiased: left alone, the generator prefers the first and the last operators and sites, and short lists. */
const sample = <T>(arbitrary: fc.Arbitrary<T>, seed: number, numRuns: number): readonly T[] =>
  fc.sample(arbitrary, { seed, numRuns, unbiased: true });

const mutationAt = ({ operator, sites }: Sited, draw: number): MutationSpec => ({
  op: operator.id,
  at: sites[draw % sites.length]!,
});

/** Every two operators once, in the order of the catalogue: structure, then text, then what happens around them. */
function operatorPairs(all: readonly Sited[]): readonly (readonly [Sited, Sited])[] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));
}

/** Uniform over operators, then over the sites of the operator. */
const coverageMutation = (all: readonly Sited[]): fc.Arbitrary<MutationSpec> =>
  fc.tuple(fc.nat(all.length - 1), fc.nat()).map(([k, draw]) => mutationAt(all[k]!, draw));

export const coverageRecipe = (all: readonly Sited[], max: number): fc.Arbitrary<readonly MutationSpec[]> =>
  fc.array(coverageMutation(all), { minLength: 1, maxLength: max, size: "max" });

/** Most changes hold one mistake; each further one is a tenth as likely. */
function naturalRecipe(
  all: readonly Sited[],
  max: number,
  weightOf: (mutationClass: MutationClass) => number,
): fc.Arbitrary<readonly MutationSpec[]> {
  const classes = [...new Set(all.map(({ operator }) => operator.class))];
  const mutation = fc.oneof(
    ...classes.map((name) => ({
      weight: Math.round(1000 * weightOf(name)),
      arbitrary: coverageMutation(all.filter(({ operator }) => operator.class === name)),
    })),
  );
  const lengths = Array.from({ length: max }, (_, k) => ({
    weight: Math.max(1, Math.round(1000 / tenTo(k))),
    arbitrary: fc.array(mutation, { minLength: k + 1, maxLength: k + 1 }),
  }));
  return fc.oneof(...lengths);
}

/** Exact, without the power function, whose last bits differ between engines. */
const tenTo = (k: number): number => Number(`1e${k}`);
