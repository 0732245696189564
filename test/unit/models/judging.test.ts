/** Every property ships with a manager that breaks it and one that keeps it, and says when it was not put to the test. */
import { describe, expect, it } from "vitest";
import { buildBase } from "../../../src/chaos/base.js";
import { singles } from "../../../src/chaos/enumerate.js";
import { Evaluator } from "../../../src/chaos/evaluate.js";
import { mutationCatalogue } from "../../../src/chaos/mutations/catalogue.js";
import { Material } from "../../../src/chaos/mutations/material.js";
import { isHazard } from "../../../src/chaos/outcome.js";
import { byId, caseOf } from "../../../src/chaos/recipe.js";
import { gateWith, isExpectedToChurn } from "../../../src/models/judging/bound.js";
import { defaultGate, propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { processOperators, structureOperators, textOperators } from "../../../src/models/judging/promises.js";
import type { Verdict } from "../../../src/models/judging/property.js";
import { managerModels } from "../../../src/models/managers/catalogue.js";
import { runVariant } from "../../../src/run/run-variant.js";
import type { CaseDocument, CaseEvent } from "../../../src/scenario/case.js";
import { catalogue } from "../../helpers/catalogue.js";
import { fleetWith, removal, type Situation, situations } from "../../helpers/property-scenarios.js";
import { runOf, scenarioOf } from "../../helpers/scenario.js";

const result = (model: string, situation?: Situation) => {
  const scenario = scenarioOf(fleetWith(model, situation));
  return runVariant(runOf(scenario), scenario.variants[0]!, {
    seed: 1,
    properties: propertyCatalogue,
    gate: defaultGate,
    sha256: () => "0".repeat(64),
  }).result;
};

const verdictOf = (property: string, model: string, situation?: Situation): Verdict =>
  result(model, situation).verdicts.find((item) => item.property === property)!;

/** A case of a search: it makes the companions that a single run has not. */
function verdictInSearch(
  property: string,
  model: string,
  documents: readonly CaseDocument[],
  events: readonly CaseEvent[] = [],
): Verdict["verdict"] {
  const scenario = scenarioOf(fleetWith(model));
  const base = buildBase(scenario.name, scenario.variants[0]!, [], catalogue);
  if (!base.ok) throw new Error(base.error[0]!.message);
  const luck = { seed: 1, replication: 0, pinned: [] };
  const rule = propertyCatalogue.filter((item) => item.name === property);
  return new Evaluator(base.value).evaluate({ documents, events, luck, recipe: [] }, rule).verdicts[0]!
    .verdict;
}

/** The own entry cut off in the middle of a word, and as it was. */
const damaged = (cell: string): CaseDocument => ({
  id: `managers/m${cell}.yaml`,
  version: 2,
  text: "name: m\nmana",
  was: `name: m\n${cell === "" ? "" : `cell: ${cell.slice(1)}\n`}service: boss\nmanages: [api, spare, store, web${cell === "" ? ", boss" : ""}]\n`,
});

/** Staging never had the reference that production forgets. */
const stagingWithout = (model: string): readonly CaseEvent[] =>
  model === "modern"
    ? []
    : [
        {
          e: "staging",
          id: "managers/m.yaml",
          version: 2,
          text: "name: m\nservice: boss\nmanages: [api, boss, spare, store, web]\n",
        },
      ];

const inSearch: Readonly<Record<string, (model: string) => Verdict["verdict"]>> = {
  "corruption-monotone": (model) =>
    verdictInSearch(
      "corruption-monotone",
      model,
      model === "modern" ? [damaged(".a"), damaged(".b")] : [damaged("")],
    ),
  "staging-representative": (model) =>
    verdictInSearch("staging-representative", model, [], stagingWithout(model)),
};

describe("every property", () => {
  it.each(propertyCatalogue.map((item) => [item.name, item] as const))("%s", (name, rule) => {
    const { brokenBy, keptBy, modality } = rule;
    const names = managerModels.map((model) => model.name);
    expect(names).toContain(brokenBy);
    expect(names).toContain(keptBy);
    const of = inSearch[name];
    const { broken, kept } = situations[name] ?? { broken: {}, kept: {} };
    // Where one run that shows it is enough, one that does not proves nothing.
    const wrong = modality === "sometimes" ? "never-exercised" : "violated";
    expect(of?.(brokenBy) ?? verdictOf(name, brokenBy, broken).verdict).toBe(wrong);
    expect(of?.(keptBy) ?? verdictOf(name, keptBy, kept).verdict).toBe("holds");
  });

  it("promises something under operators that exist", () => {
    const all = [...textOperators, ...structureOperators, ...processOperators];
    expect(all).toHaveLength(53);
    for (const { assumes = all } of propertyCatalogue) {
      expect(assumes.length).toBeGreaterThan(0);
      for (const id of assumes) expect(all).toContain(id);
    }
  });

  it("is one of a set of names", () => {
    const names = propertyCatalogue.map((item) => item.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of defaultGate) expect(names).toContain(name);
    expect(new Set(propertyCatalogue.map((item) => item.modality))).toEqual(
      new Set(["always", "eventually", "sometimes"]),
    );
  });
});

describe("what is promised", () => {
  it("is kept by the newer manager under every single mutation, but for leases that it does not fence", () => {
    const scenario = scenarioOf(fleetWith("modern"));
    const base = buildBase(scenario.name, scenario.variants[0]!, [], catalogue);
    if (!base.ok) throw new Error(base.error[0]!.message);
    const material = Material.of(base.value);
    const sited = mutationCatalogue.map((operator) => ({ operator, sites: operator.sites(material) }));
    const evaluator = new Evaluator(base.value);
    const operators = byId(mutationCatalogue);
    const broken = new Set<string>();
    for (const recipe of singles(sited)) {
      const item = caseOf(base.value, operators, recipe, { seed: 1, replication: 0, pinned: [] });
      if (item === null) continue;
      const { verdicts } = evaluator.evaluate(item, propertyCatalogue);
      verdicts.forEach(({ property, verdict }, k) => {
        if (verdict === "violated" && !isHazard(propertyCatalogue[k], recipe))
          broken.add(`${property} ${recipe[0]!.op}`);
      });
    }
    // A second instance that has lost its lease acts on the documents of before: only fencing would stop it.
    expect([...broken]).toEqual(["fresh P15"]);
  });
});

const quiet: Situation = { happens: "" };

describe("what was not put to the test", () => {
  it.each([
    ["no-collateral-removal", "never-exercised"],
    ["blast-radius", "never-exercised"],
    ["approval-intact", "never-exercised"],
    ["no-health-removal", "never-exercised"],
    ["eventually-stable", "never-exercised"],
    ["fail-static", "not-applicable"],
    ["corruption-monotone", "not-applicable"],
    ["scope-confined", "not-applicable"],
    ["fresh", "not-applicable"],
    ["guard-survives", "not-applicable"],
    ["no-stale-intent", "not-applicable"],
    ["quarantine-reversible", "not-applicable"],
    ["staging-representative", "not-applicable"],
    ["confluent", "not-applicable"],
    ["approved-removal-progresses", "not-applicable"],
    ["removal-witnessed", "not-applicable"],
    ["no-recollapse", "not-applicable"],
  ])("%s is %s in a run in which nothing happens", (property, verdict) => {
    expect(verdictOf(property, "legacy", quiet).verdict).toBe(verdict);
  });

  it("one version after the other is no test of freshness", () => {
    expect(verdictOf("fresh", "modern").verdict).toBe("never-exercised");
  });

  it("two changes of one document cannot be exchanged", () => {
    const happens =
      "changes: [{ at: 10m, author: x, intend: { update: [old] } }, { at: 60m, author: y, intend: { update: [old] } }]";
    expect(verdictOf("confluent", "modern", { happens }).verdict).toBe("not-applicable");
  });
});

const replaced = `
  n: { model: modern, deployedBy: people }
changes:
  - at: 10m
    author: x
    intend:
      - { migrate: { service: api, to: n } }
      - { migrate: { service: old, to: n } }
      - { migrate: { service: spare, to: n } }
      - { migrate: { service: store, to: n } }
      - { migrate: { service: web, to: n } }
  - { at: 60m, author: x, approvals: [{ by: y, covers: [boss] }], edits: [{ set: managers/m#/service, to: nobody }] }`;

describe("single rules", () => {
  it("a manager that handed everything over may go", () => {
    const there = verdictOf("no-self-removal", "legacy", { happens: replaced });
    const collateral = verdictOf("no-collateral-removal", "legacy", { happens: replaced });
    expect(collateral.violations.map((item) => item.service)).toContain("boss");
    expect(there.violations.map((item) => item.service)).toEqual([]);
  });

  it("a manager that went with what was removed is not under control", () => {
    const { verdict, violations } = verdictOf("manager-controllable", "legacy");
    expect(verdict).toBe("violated");
    expect(violations[0]!.rule).toBe("removed");
  });

  it("a manager that no longer listens is not under control", () => {
    const { verdict, violations } = verdictOf("manager-controllable", "wedging");
    expect(verdict).toBe("violated");
    expect(violations[0]!.rule).toBe("wedged");
  });

  it("a manager that a fault takes down is explained by it", () => {
    const happens = "faults: [{ at: 10m, for: 1h, what: crash, of: m }]";
    expect(verdictOf("manager-controllable", "modern", { happens }).verdict).toBe("never-exercised");
  });

  it("a wave has its turn", () => {
    const manager = "rollout: { waves: [[a], [b]], bake: 2h }";
    const { violations } = verdictOf("blast-radius", "legacy", {
      manager,
      happens: `properties: { blast-radius: { max: 100% } }
${removal}`,
    });
    expect(new Set(violations.map((item) => item.rule))).toEqual(new Set(["wave"]));
  });

  it("health that only removals take is nobody's to react to", () => {
    expect(verdictOf("no-health-removal", "evicting", quiet).verdict).toBe("never-exercised");
  });
});

describe("properties of a scenario", () => {
  it("join the gate, and are expected to hold with it", () => {
    const of = result("modern", {
      happens: `${removal}\nproperties: { idempotent: true, churn: { expected: [x] } }`,
    });
    expect(of.gate).toEqual([...defaultGate, "idempotent"]);
    expect(of.expectations.map((item) => item.text)).toContain("holds idempotent");
    expect(gateWith(defaultGate, {})).toEqual(defaultGate);
  });

  it.each([
    ["blast-radius", "legacy", "{ max: 100%, per: 1h }", "{ max: 5%, per: 1h }"],
    ["approval-intact", "modern", "{ approvers: 1 }", "{ approvers: 3 }"],
    ["eventually-stable", "restless", "{ rounds: 1000 }", "{ rounds: 5 }"],
  ])("%s of %s holds within %s and not within %s", (property, model, wide, narrow) => {
    const happens = (bound: string): string => `${removal}\nproperties: { ${property}: ${bound} }`;
    expect(verdictOf(property, model, { happens: happens(wide) }).verdict).toBe("holds");
    expect(verdictOf(property, model, { happens: happens(narrow) }).verdict).toBe("violated");
  });

  it("declare what comes and goes by itself", () => {
    const cleanup =
      "changes: [{ at: 10m, author: x, edits: [{ delete: applications/old }, { set: managers/m#/manages, to: [api, spare, store, web] }] }]";
    const before = verdictOf("no-collateral-removal", "pruning", { happens: cleanup });
    expect(before.violations.map((item) => item.service)).toEqual(["old"]);
    const happens = `${cleanup}\nproperties: { churn: { expected: [ol*] } }`;
    expect(verdictOf("no-collateral-removal", "pruning", { happens }).verdict).toBe("holds");
  });

  it("match names by patterns", () => {
    const expected = isExpectedToChurn({ churn: { expected: ["preview-*", "*-tmp-*", "exact"] } });
    expect(["preview-7", "a-tmp-b", "exact"].map(expected)).toEqual([true, true, true]);
    expect(["review-7", "exact-2", "a-tmp"].map(expected)).toEqual([false, false, false]);
  });

  it.each([
    ["{ blast-radius: { max: much } }", /error wrong-bound: this is not a share .*blast-radius\.max/],
    ["{ blast-radius: { may: 5% } }", /error unknown-bound: there is no bound "may"/],
    ["{ blast-radius: 5% }", /error wrong-bound: this is no bound/],
    ["{ idempotent: { max: 1 } }", /error unknown-bound: there is no bound "max"[\s\S]*expected true/],
    ["{ churn: { expected: old } }", /error wrong-bound: this is not a list of names/],
    ["{ eventually-stable: { rounds: 0 } }", /error wrong-bound: this is not a whole number/],
    ["{ idempotend: true }", /error unknown-property: [\s\S]*did you mean "idempotent"/],
  ])("%s is an issue with its place", (properties, message) => {
    const read = () => scenarioOf(fleetWith("modern", { happens: `properties: ${properties}` }));
    expect(read).toThrow(message);
    expect(read).toThrow(/^test\.yaml:\d+:\d+:/);
  });
});
