/** What shrinks share: it saves work and changes no answer. */
import { describe, expect, it } from "vitest";
import { caseOf } from "../../../../src/chaos/recipe.js";
import { passes } from "../../../../src/chaos/shrink/passes.js";
import type { Subject } from "../../../../src/chaos/shrink/subject.js";
import { Trials, type TrialsOptions } from "../../../../src/chaos/shrink/trials.js";
import { managerModels } from "../../../../src/models/managers/catalogue.js";
import type { ManagerModel } from "../../../../src/models/managers/define-manager.js";
import { scenarioFile } from "../../../helpers/scenario.js";
import { decisionsOf, luck, operators, propertyOf, textsOf, Workbench } from "../../../helpers/search.js";

const property = propertyOf("no-collateral-removal");
let turns = 0;
/** The managers of the catalogue, and how often they were asked. */
const counted = managerModels.map(
  (model): ManagerModel => ({
    ...model,
    build: (...args) => {
      const manager = model.build(...args);
      return {
        ...manager,
        step: (memory, turn) => {
          turns++;
          return manager.step(memory, turn);
        },
      };
    },
  }),
);
const bench = new Workbench();
const scenario = scenarioFile("fail-static.yaml");
const variant = "reads-an-error-as-empty";
const base = bench.base(scenario, variant);
const document = bench.document(scenario, variant);
const item = caseOf(base, operators, [{ op: "T02", at: "applications/orders" }], luck)!;

const trials = (options: Partial<TrialsOptions> = {}): Trials =>
  new Trials(document, base, {
    scenario: scenario.name,
    catalogue: { ...bench.catalogue, managers: counted },
    known: bench.known,
    ...options,
  });

/** Subjects as the first removals make them, each as a document of its own. */
const subjects = (): readonly Subject[] =>
  passes.flatMap((pass) => [...pass.candidates({ document, item }, textsOf(base))]);

const answers = (of: Trials) => subjects().map((subject) => of.decisions(subject, property));
const turnsOf = (work: () => void): number => {
  const before = turns;
  work();
  return turns - before;
};

describe("decisions of smaller scenarios", () => {
  const fresh = subjects().map((subject) => {
    const smaller = bench.baseOfDocument(subject.document);
    return smaller === null ? [] : decisionsOf(smaller, subject.item, property);
  });

  it("are some, and not all the same", () =>
    expect(new Set(fresh.map((found) => JSON.stringify(found))).size).toBeGreaterThan(1));

  it("are those of a scenario that is built for each of them", () =>
    expect(answers(trials())).toEqual(fresh));

  it("cost nothing the second time, although the documents are others that read alike", () => {
    const one = trials();
    expect(turnsOf(() => answers(one))).toBeGreaterThan(0);
    expect(turnsOf(() => expect(answers(one)).toEqual(fresh))).toBe(0);
    expect(one.baseFor(subjects()[0]!.document)).toBe(one.baseFor(subjects()[0]!.document));
  });

  it("cost nothing where another thread was first", () => {
    const texts = new Map<string, string>();
    const shared = {
      get: (key: string) => texts.get(key) ?? null,
      set: (key: string, text: string) => void texts.set(key, text),
    };
    answers(trials({ shared }));
    expect(turnsOf(() => expect(answers(trials({ shared }))).toEqual(fresh))).toBe(0);
  });

  it("are those of the search, where it has judged the case", () => {
    const judged = () => [];
    expect(trials({ judged }).decisions({ document, item }, property)).toEqual([]);
    expect(trials({ judged: () => null }).decisions({ document, item }, property)).toEqual(
      decisionsOf(base, item, property),
    );
  });
});
