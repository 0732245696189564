/** Outcomes, taken in the order of the cases, become counts by property and operator, and groups with one cause each. */
import type { VerdictKind } from "../models/judging/property.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { MutationSpec } from "../scenario/scenario.js";
import type { SearchMode } from "./check-result.js";
import { decisionKey, type Outcome, type OutcomeViolation } from "./outcome.js";

export interface Group {
  readonly violation: OutcomeViolation;
  /** The first case with the fewest mutations. */
  readonly recipe: readonly MutationSpec[];
  readonly cases: number;
  /** Operators that lead to it, in the order met; those of several mutations joined by "+". */
  readonly operators: readonly string[];
}

interface OpenGroup {
  violation: OutcomeViolation;
  recipe: readonly MutationSpec[];
  cases: number;
  readonly operators: Set<string>;
}

export interface Tally {
  readonly kinds: ReadonlyMap<VerdictKind, number>;
  readonly violated: number;
  readonly hazards: number;
  /** Random cases in which it was judged; of these, how many violated it. */
  readonly drawn: number;
  readonly drawnViolated: number;
}

export interface OperatorTally {
  cases: number;
  violated: number;
  hazards: number;
  refused: number;
  unnoticed: number;
}

interface Count {
  cases: number;
  distinct: number;
  /** Lists of mutations that made no case: one of them took the site of another. */
  gone: number;
}

export class Collector {
  private readonly groups = new Map<string, OpenGroup>();
  private readonly tallies: {
    kinds: Map<VerdictKind, number>;
    violated: number;
    hazards: number;
    drawn: number;
    drawnViolated: number;
  }[];
  private readonly operatorTallies = new Map<string, OperatorTally>();
  private readonly signatures = new Set<number>();
  private readonly counts = new Map<SearchMode["mode"], Count>();
  /** Random cases by the operator of their first mutation. */
  private readonly drawn = new Map<string, { cases: number; violated: number }>();
  /** Cases with a violation of the gate. */
  violatedCases = 0;

  constructor(
    private readonly properties: readonly PropertyRule[],
    private readonly gate: ReadonlySet<string>,
  ) {
    this.tallies = properties.map(() => ({
      kinds: new Map(),
      violated: 0,
      hazards: 0,
      drawn: 0,
      drawnViolated: 0,
    }));
  }

  /** True: the case violates the gate. */
  add(mode: SearchMode["mode"], recipe: readonly MutationSpec[], outcome: Outcome): boolean {
    const count = this.counts.get(mode) ?? { cases: 0, distinct: 0, gone: 0 };
    this.counts.set(mode, count);
    if (outcome === null) {
      count.gone++;
      return false;
    }
    count.cases++;
    // Counted here and not where cases are judged: a thread only knows what it was asked itself.
    const { signature } = outcome;
    if (signature === null || !this.signatures.has(signature)) count.distinct++;
    if (signature !== null) this.signatures.add(signature);
    const failed = outcome.violations.filter((violation) => !violation.hazard);
    const violated = new Set(failed.map((violation) => violation.property));
    const hazardous = new Set(
      outcome.violations.filter((violation) => violation.hazard).map((violation) => violation.property),
    );
    outcome.verdicts.forEach((kind, k) => {
      if (kind === null) return;
      const tally = this.tallies[k]!;
      const name = this.properties[k]!.name;
      tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
      if (violated.has(name)) tally.violated++;
      if (hazardous.has(name)) tally.hazards++;
      if (mode !== "random") return;
      // A case that did not test it says nothing about it.
      if (kind === "holds" || kind === "violated") tally.drawn++;
      if (violated.has(name)) tally.drawnViolated++;
    });
    const gateViolated = failed.some((violation) => this.gate.has(violation.property));
    if (gateViolated) this.violatedCases++;
    if (mode === "random") {
      const op = recipe[0]?.op ?? "";
      const drawn = this.drawn.get(op) ?? { cases: 0, violated: 0 };
      this.drawn.set(op, {
        cases: drawn.cases + 1,
        violated: drawn.violated + (gateViolated ? 1 : 0),
      });
    }
    for (const violation of outcome.violations) this.group(violation, recipe);
    if (recipe.length === 1) this.profile(recipe[0]!.op, outcome);
    return gateViolated;
  }

  private group(violation: OutcomeViolation, recipe: readonly MutationSpec[]): void {
    const key = `${violation.hazard ? "hazard" : "violation"} ${decisionKey(violation)}`;
    const operators = recipe.map(({ op }) => op).join("+");
    const group = this.groups.get(key);
    if (group === undefined) {
      this.groups.set(key, { violation, recipe, cases: 1, operators: new Set([operators]) });
      return;
    }
    group.cases++;
    if (recipe.length < group.recipe.length) {
      group.recipe = recipe;
      group.violation = violation;
    }
    if (group.operators.has("") || recipe.some(({ op }) => group.operators.has(op))) return;
    group.operators.add(operators);
  }

  private profile(op: string, outcome: NonNullable<Outcome>): void {
    let tally = this.operatorTallies.get(op);
    if (tally === undefined) {
      tally = { cases: 0, violated: 0, hazards: 0, refused: 0, unnoticed: 0 };
      this.operatorTallies.set(op, tally);
    }
    tally.cases++;
    const gateViolated = outcome.violations.some((item) => !item.hazard && this.gate.has(item.property));
    if (gateViolated) tally.violated++;
    else if (outcome.violations.length > 0) tally.hazards++;
    else if (outcome.errorsMet) tally.refused++;
    else tally.unnoticed++;
  }

  /** Violations first; by property in the order of the catalogue, then as found. */
  findings(): readonly Group[] {
    const rank = new Map(this.properties.map((property, k) => [property.name, k]));
    return [...this.groups.values()]
      .map(
        ({ violation, recipe, cases, operators }, k) =>
          [{ violation, recipe, cases, operators: [...operators].filter(isNews(operators)) }, k] as const,
      )
      .sort(
        ([a, i], [b, j]) =>
          Number(a.violation.hazard) - Number(b.violation.hazard) ||
          rank.get(a.violation.property)! - rank.get(b.violation.property)! ||
          i - j,
      )
      .map(([group]) => group);
  }

  tally(index: number): Tally {
    return this.tallies[index]!;
  }

  operator(id: string): OperatorTally | undefined {
    return this.operatorTallies.get(id);
  }

  /** A copy: counting goes on. */
  count(mode: SearchMode["mode"]): Readonly<Count> {
    return { ...(this.counts.get(mode) ?? { cases: 0, distinct: 0, gone: 0 }) };
  }

  drawnBy(id: string): { readonly cases: number; readonly violated: number } {
    return this.drawn.get(id) ?? { cases: 0, violated: 0 };
  }
}

/** What a pair does is news only where neither of the two does it alone, be that seen before or later. */
const isNews =
  (known: ReadonlySet<string>) =>
  (operators: string): boolean => {
    const [first, ...more] = operators.split("+");
    return first !== "" && (more.length === 0 || ![first!, ...more].some((op) => known.has(op)));
  };
