/** What a search needs, without workers: bases of variant documents, operators by id, judged cases. */
import { type Base, buildBase } from "../../src/chaos/base.js";
import { Evaluator } from "../../src/chaos/evaluate.js";
import { mutationCatalogue } from "../../src/chaos/mutations/catalogue.js";
import { Material } from "../../src/chaos/mutations/material.js";
import { type Decision, decisionKey, violationsOf } from "../../src/chaos/outcome.js";
import { byId } from "../../src/chaos/recipe.js";
import { searchDocument } from "../../src/chaos/search-document.js";
import type { Fields, Subject } from "../../src/chaos/shrink/subject.js";
import { Trials } from "../../src/chaos/shrink/trials.js";
import { propertyCatalogue } from "../../src/models/judging/catalogue.js";
import type { PropertyRule } from "../../src/models/judging/rule.js";
import type { ManagerModel } from "../../src/models/managers/define-manager.js";
import type { Case, CaseLuck } from "../../src/scenario/case.js";
import { parseScenario, parseVariantDocument } from "../../src/scenario/parse.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { catalogue, known } from "./catalogue.js";

export const operators = byId(mutationCatalogue);
export const luck: CaseLuck = { seed: 1, replication: 0, pinned: [] };

export const propertyOf = (name: string): PropertyRule => {
  const found = propertyCatalogue.find((item) => item.name === name);
  if (found === undefined) throw new Error(`there is no property ${name}`);
  return found;
};

/** Managers of a test beside those of the catalogue. */
export class Workbench {
  readonly catalogue;
  readonly known;

  constructor(models: readonly ManagerModel[] = []) {
    this.catalogue = { ...catalogue, managers: [...catalogue.managers, ...models] };
    this.known = { ...known, managers: this.catalogue.managers.map((item) => item.name) };
  }

  scenario(text: string, file = "test.yaml"): Scenario {
    const parsed = parseScenario(text, file, { known: this.known });
    if (!parsed.ok)
      throw new Error(parsed.error.map((issue) => `${issue.path}: ${issue.message}`).join("\n"));
    return parsed.value.scenario;
  }

  base(scenario: Scenario, name = scenario.variants[0]!.name): Base {
    const variant = scenario.variants.find((item) => item.name === name)!;
    const built = buildBase(scenario.name, variant, scenario.variants, this.catalogue);
    if (!built.ok) throw new Error(built.error.map((issue) => issue.message).join("\n"));
    return built.value;
  }

  document(scenario: Scenario, name = scenario.variants[0]!.name): Fields {
    return searchDocument(scenario, scenario.variants.find((item) => item.name === name)!);
  }

  /** What a shrink of a case on a variant starts with. */
  trials(scenario: Scenario, name = scenario.variants[0]!.name): Trials {
    return new Trials(this.document(scenario, name), this.base(scenario, name), {
      scenario: scenario.name,
      catalogue: this.catalogue,
      known: this.known,
    });
  }

  material(base: Base): Material {
    return Material.of(base);
  }

  /** Null: the document is no scenario. */
  baseOfDocument(document: Fields): Base | null {
    const variant = parseVariantDocument(document, this.known);
    if (!variant.ok) return null;
    const built = buildBase("test", variant.value, [], this.catalogue);
    return built.ok ? built.value : null;
  }

  /** Does the subject still make this decision? */
  keeps({ document, item }: Subject, property: PropertyRule, decision: string): boolean {
    const base = this.baseOfDocument(document);
    return (
      base !== null && decisionsOf(base, item, property).some((found) => decisionKey(found) === decision)
    );
  }
}

export const decisionsOf = (base: Base, item: Case, property: PropertyRule): readonly Decision[] =>
  violationsOf(new Evaluator(base).evaluate(item, [property]).verdicts);

export const textsOf = (base: Base): ReadonlyMap<string, string> =>
  new Map(base.run.changes.at(-1)!.documents.map((doc) => [doc.id, doc.text]));
