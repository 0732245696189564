/** The working part of a search: judges, shrinks and tells cases. What it answers depends on the question alone. */
import type { Issue } from "../base/issue.js";
import { type Base, baseText, buildBase } from "../chaos/base.js";
import type { StagingFinding } from "../chaos/check-result.js";
import { counterexampleText, type Told, tell } from "../chaos/counterexample.js";
import type { Recipe } from "../chaos/enumerate.js";
import type { Memo } from "../chaos/memo.js";
import type { Outcome, OutcomeViolation } from "../chaos/outcome.js";
import { decisionKey } from "../chaos/outcome.js";
import { byId, caseOf, type Operators } from "../chaos/recipe.js";
import { searchDocument } from "../chaos/search-document.js";
import { type Depth, Searcher } from "../chaos/searcher.js";
import { shrink } from "../chaos/shrink/shrink.js";
import { Trials } from "../chaos/shrink/trials.js";
import { searchStaging } from "../chaos/staging-search.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { CaseLuck } from "../scenario/case.js";
import type { Scenario, Variant } from "../scenario/scenario.js";
import { type FullCatalogue, knownNames } from "./catalogue.js";
import { sha256 } from "./sha256.js";

/** What a worker needs to know of one search. */
export interface Subject {
  readonly scenario: Scenario;
  readonly variant: Variant;
  readonly properties: readonly string[];
  readonly operators: readonly string[];
  readonly luck: CaseLuck;
}

export type Question =
  | { readonly ask: "open"; readonly search: number; readonly subject: Subject }
  | {
      readonly ask: "judge";
      readonly id: number;
      readonly search: number;
      readonly recipes: readonly Recipe[];
      readonly depths: readonly Depth[];
    }
  | {
      readonly ask: "shrink";
      readonly id: number;
      readonly search: number;
      readonly recipe: Recipe;
      readonly violation: OutcomeViolation;
      readonly triesMax: number;
    }
  | {
      readonly ask: "staging";
      readonly id: number;
      readonly search: number;
      readonly recipes: readonly Recipe[];
      readonly gate: readonly string[];
    }
  | { readonly ask: "verify"; readonly id: number };

export interface Shrinkage extends Told {
  readonly text: string;
  readonly tries: number;
  readonly minimal: boolean;
}

export type Answer =
  | { readonly id: number; readonly kind: "judged"; readonly outcomes: readonly Outcome[] }
  | { readonly id: number; readonly kind: "shrunk"; readonly shrinkage: Shrinkage | null }
  | { readonly id: number; readonly kind: "staged"; readonly findings: readonly StagingFinding[] }
  | { readonly id: number; readonly kind: "verified" }
  | {
      readonly id: number;
      readonly kind: "broken";
      readonly issues: readonly Issue[];
      readonly request: string | null;
    }
  | { readonly id: number; readonly kind: "failed"; readonly message: string; readonly stack: string };

interface Open {
  readonly subject: Subject;
  readonly base: Base;
  readonly operators: Operators;
  readonly properties: readonly PropertyRule[];
  readonly searcher: Searcher;
  readonly trials: Trials;
}

/** One memory serves several searches. */
const prefixed = (memo: Memo, prefix: string): Memo => ({
  get: (key) => memo.get(prefix + key),
  set: (key, text) => memo.set(prefix + key, text),
});

/** Answers the questions of searches, one after the other, in whatever thread it lives. */
export class CheckDesk {
  private readonly searches = new Map<number, Open>();

  constructor(
    private readonly catalogue: FullCatalogue,
    /** The user's own modules are in the catalogue. */
    private readonly loaded: boolean,
    private readonly stopped: Int32Array,
    /** After a search: managers that are not ours are asked again what they were asked. */
    private readonly recheck: () => void = () => {},
    /** What other threads have judged. */
    private readonly shared: Memo | null = null,
  ) {}

  /** Null: nothing is to be said about it. Throws a ManagerFault where a manager that is not ours is broken. */
  answer(question: Question): Answer | null {
    if (question.ask === "open") {
      this.open(question);
      return null;
    }
    const { id } = question;
    switch (question.ask) {
      case "judge":
        return { id, kind: "judged", outcomes: this.judge(question) };
      case "shrink":
        return { id, kind: "shrunk", shrinkage: this.shrink(question) };
      case "staging":
        return { id, kind: "staged", findings: this.staging(question) };
      case "verify":
        this.recheck();
        return { id, kind: "verified" };
    }
  }

  private open({ search, subject }: Extract<Question, { ask: "open" }>): void {
    const { scenario, variant, luck } = subject;
    const built = buildBase(scenario.name, variant, scenario.variants, this.catalogue);
    if (!built.ok) throw new Error(built.error[0]?.message ?? "the variant cannot be built");
    const operators = byId(this.catalogue.mutations.filter(({ id }) => subject.operators.includes(id)));
    const properties = this.catalogue.properties.filter(({ name }) => subject.properties.includes(name));
    const base = built.value;
    const shared = this.shared === null ? {} : { shared: prefixed(this.shared, `${search} `) };
    const searcher = new Searcher(base, operators, properties, {
      luck,
      exact: this.loaded,
      interrupt: () => Atomics.load(this.stopped, 0) === 1,
      ...shared,
    });
    const trials = new Trials(searchDocument(scenario, variant), base, {
      scenario: scenario.name,
      catalogue: this.catalogue,
      known: knownNames(this.catalogue),
      ...shared,
      judged: (item, property) => searcher.known(item, property),
    });
    this.searches.set(search, { subject, base, operators, properties, searcher, trials });
  }

  private judge({ search, recipes, depths }: Extract<Question, { ask: "judge" }>): readonly Outcome[] {
    const { searcher } = this.searches.get(search)!;
    // A run that the stop has cut short proves nothing, and is not to be told apart from one at a limit: no case then.
    const cut = (): boolean => Atomics.load(this.stopped, 0) === 1;
    return recipes.map((recipe, k) => {
      const outcome = cut() ? null : searcher.judge(recipe, depths[k]!);
      return cut() ? null : outcome;
    });
  }

  private shrink({
    search,
    recipe,
    violation,
    triesMax,
  }: Extract<Question, { ask: "shrink" }>): Shrinkage | null {
    const { subject, base, operators, properties, trials } = this.searches.get(search)!;
    const property = properties.find(({ name }) => name === violation.property)!;
    const start = caseOf(base, operators, recipe, subject.luck);
    if (start === null) return null;
    const shrunk = shrink(trials, start, operators, {
      property,
      decision: decisionKey(violation),
      triesMax,
    });
    if (shrunk === null) return null;
    const told = tell(
      { base, item: shrunk.full },
      { base: shrunk.base, item: shrunk.item },
      operators,
      property,
      shrunk.violation,
    );
    const text = counterexampleText(shrunk, told, {
      property: property.name,
      base: sha256([baseText(base.spec)]),
      title: subject.scenario.title,
      judgedByRun: !(property.companions ?? []).some((kind) => kind === "uncorrupted" || kind === "staging"),
    });
    return { ...told, text, tries: shrunk.tries, minimal: shrunk.minimal };
  }

  private staging({
    search,
    recipes,
    gate,
  }: Extract<Question, { ask: "staging" }>): readonly StagingFinding[] {
    const { subject, base, operators, properties } = this.searches.get(search)!;
    return searchStaging(base, {
      variant: subject.variant,
      catalogue: this.catalogue,
      operators,
      properties: properties.filter((property) => gate.includes(property.name)),
      recipes,
      luck: subject.luck,
    });
  }
}
