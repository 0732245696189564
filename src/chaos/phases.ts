/** What a search tries, in this order: what was found before, everything small, and then random cases. */
import type { Base } from "./base.js";
import type { SearchMode } from "./check-result.js";
import { pairs, type Recipe, singles } from "./enumerate.js";
import type { MutationClass, Operator } from "./mutations/operator.js";
import {
  generatorName,
  type RecipeList,
  randomRecipes,
  type Sited,
  sited,
  type Weighting,
} from "./random.js";
import type { Depth } from "./searcher.js";
import { type Symmetry, symmetryOf } from "./symmetry.js";

export interface SearchOptions {
  readonly seed: number;
  /** Cases judged before the random ones stop, whatever the mode. */
  readonly runs: number;
  /** Largest number of mutations of the exhaustive mode: 0 leaves it out. */
  readonly exhaustive: 0 | 1 | 2;
  readonly mutationsMax: number;
  readonly weighting: Weighting;
  readonly weightOf: (mutationClass: MutationClass) => number;
  /** Recipes of counterexamples found earlier. */
  readonly examples: readonly Recipe[];
}

export interface Phase {
  readonly mode: SearchMode["mode"];
  readonly about: string;
  readonly generator: string | null;
  readonly level: SearchMode["level"];
  readonly symmetric: number;
  readonly recipes: RecipeList;
  readonly depth: (index: number) => Depth;
}

/** Properties that compare runs are judged in every so many random cases: their companions cost as much again. */
const companionsEvery = 10;

/**
 * One after the other: what single mutations showed decides which names a pair may exchange. `confirm` is asked for that
 * once they were judged, and leaves the classes that passed.
 */
export function* phasesOf(
  base: Base,
  operators: readonly Operator[],
  options: SearchOptions,
  confirm: (symmetry: Symmetry) => Symmetry = (symmetry) => symmetry,
): Generator<Phase, void> {
  const all = sited(base, operators);
  let before = 0;
  for (const make of [
    () => examplesPhase(options),
    options.exhaustive >= 1 ? () => singlesPhase(all) : null,
    options.exhaustive >= 2 ? () => pairsPhase(base, all, confirm(symmetryOf(base))) : null,
    () => randomPhase(all, options, Math.max(0, options.runs - before)),
  ]) {
    const phase = make?.();
    if (phase === undefined || phase.recipes.length === 0) continue;
    if (phase.level === "run") before += phase.recipes.length;
    yield phase;
  }
}

const examplesPhase = ({ examples }: SearchOptions): Phase => ({
  mode: "examples",
  about: examplesAbout(examples.length),
  generator: null,
  level: "run",
  symmetric: 0,
  // The scenario as it is, unmutated, comes before everything.
  recipes: [[], ...examples],
  depth: () => "full",
});

const examplesAbout = (count: number): string =>
  count === 0
    ? "the scenario as it is"
    : `the scenario as it is, and ${count} counterexample${count === 1 ? "" : "s"} found before`;

const counted = (all: readonly Sited[]): string =>
  `${all.length} operators at ${all.reduce((sum, { sites }) => sum + sites.length, 0)} sites`;

const singlesPhase = (all: readonly Sited[]): Phase => ({
  mode: "exhaustive",
  about: `exhaustive for single mutations by ${counted(all)}`,
  generator: null,
  level: "run",
  symmetric: 0,
  recipes: singles(all),
  depth: () => "full",
});

function pairsPhase(base: Base, all: readonly Sited[], symmetry: Symmetry): Phase {
  const structure = all.filter(({ operator }) => operator.level === "structure");
  const { recipes, symmetric, commuting } = pairs(base, all, symmetry);
  return {
    mode: "exhaustive",
    about:
      `exhaustive for sequences of two structure mutations by ${counted(structure)}, judged on the plan; ` +
      `left out: ${symmetric} that are the same up to names, ${commuting} that commute`,
    generator: null,
    level: "plan",
    symmetric: symmetric + commuting,
    recipes,
    depth: () => "plan",
  };
}

function randomPhase(all: readonly Sited[], options: SearchOptions, runs: number): Phase {
  const { weighting, mutationsMax } = options;
  return {
    mode: "random",
    about:
      weighting === "coverage"
        ? `up to ${mutationsMax} mutations, uniform over operators and sites, every pair of operators first`
        : `up to ${mutationsMax} mutations, drawn as people err`,
    generator: generatorName(weighting),
    level: "run",
    symmetric: 0,
    recipes: randomRecipes(all, { ...options, runs }),
    depth: (index) => (index % companionsEvery === 0 ? "full" : "run"),
  };
}
