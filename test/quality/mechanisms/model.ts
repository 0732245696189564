/** The manager of a mechanism in its fleet, as it was or with what stops it, and what the search finds there. */
import type { Base } from "../../../src/chaos/base.js";
import { type Decision, decisionKey } from "../../../src/chaos/outcome.js";
import { caseOf } from "../../../src/chaos/recipe.js";
import { Searcher } from "../../../src/chaos/searcher.js";
import { type Shrunk, shrink } from "../../../src/chaos/shrink/shrink.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import type { PropertyRule } from "../../../src/models/judging/rule.js";
import { defineManager, type ManagerModel } from "../../../src/models/managers/define-manager.js";
import type { MutationSpec, Scenario } from "../../../src/scenario/scenario.js";
import { decisionsOf, luck, operators, propertyOf, Workbench } from "../../helpers/search.js";
import { type Found, keysOf, type Searched, type SearchLimits, search } from "../planted/search.js";
import { careful, type Mechanism } from "./mechanism.js";

/** What the scenarios call it. */
const name = "mechanism";
/** Random cases after all single mutations. */
export const randomCases = 100;
const shrinkTries = 300;

export function modelOf(mechanism: Mechanism, fixed: boolean): ManagerModel {
  const { about, policy, guards = [], habit, fix } = mechanism;
  const whole = {
    ...(habit?.model.policy ?? careful),
    ...policy,
    ...(fixed && "policy" in fix ? fix.policy : {}),
  };
  const all = fixed && "guard" in fix ? [...guards, fix.guard] : guards;
  return habit === undefined || (fixed && "withoutHabit" in fix)
    ? defineManager({ name, about, policy: whole, guards: all })
    : { ...habit.model, name, about, policy: whole, guards: all };
}

export class Stage {
  private readonly bench: Workbench;
  private readonly scenario: Scenario;
  readonly base: Base;
  readonly property: PropertyRule;

  constructor(
    readonly mechanism: Mechanism,
    fixed: boolean,
  ) {
    this.bench = new Workbench([modelOf(mechanism, fixed)]);
    this.scenario = this.bench.scenario(mechanism.base, `${mechanism.id}.yaml`);
    this.base = this.bench.base(this.scenario);
    this.property = propertyOf(mechanism.expect.split(":")[0]!);
  }

  /** What the scenario violates as it is, of all properties. */
  asItIs(): readonly Decision[] {
    return this.judged([], propertyCatalogue);
  }

  /** Does this case violate what is expected, and not only as a hazard? */
  violates(recipe: readonly MutationSpec[]): boolean {
    return this.judged(recipe, [this.property]).some((item) => keysOf(item).includes(this.mechanism.expect));
  }

  private judged(recipe: readonly MutationSpec[], properties: readonly PropertyRule[]): readonly Decision[] {
    const outcome = new Searcher(this.base, operators, properties, { luck, exact: false }).judge(
      recipe,
      "full",
    );
    if (outcome === null) throw new Error(`${JSON.stringify(recipe)} makes no case`);
    return outcome.violations.filter(({ hazard }) => !hazard);
  }

  /** The search that knows the property and no mutation; to its end, or until something is violated. */
  search(options: SearchLimits = {}): Searched {
    return search(this.base, [this.property], { random: this.mechanism.random ?? randomCases, ...options });
  }

  shrunk({ recipe }: Found): Shrunk {
    const start = caseOf(this.base, operators, recipe, luck)!;
    const decision = decisionsOf(this.base, start, this.property).find((item) =>
      keysOf(item).includes(this.mechanism.expect),
    )!;
    return shrink(this.bench.trials(this.scenario), start, operators, {
      property: this.property,
      decision: decisionKey(decision),
      triesMax: shrinkTries,
    })!;
  }
}
