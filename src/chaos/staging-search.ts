/**
 * A state in which the same change passes in staging and violates in production: staging is one region with the same
 * managers, and differs from production in one thing. The search is told neither what triggers the violation nor where.
 */

import type { Name } from "../models/fleet/spec.js";
import type { PropertyRule } from "../models/judging/rule.js";
import type { Catalogue } from "../scenario/build-run.js";
import type { CaseLuck } from "../scenario/case.js";
import type { Spec, Variant } from "../scenario/scenario.js";
import { type Base, buildBase, stagingOf } from "./base.js";
import type { StagingFinding } from "./check-result.js";
import type { Recipe } from "./enumerate.js";
import { Evaluator } from "./evaluate.js";
import { caseOf, labelsOf, type Operators } from "./recipe.js";

interface Difference {
  readonly label: string;
  readonly spec: Spec;
}

/** What staging may have otherwise, one at a time, in the order of the scenario. */
export function differences(spec: Spec): readonly Difference[] {
  const staging = stagingOf(spec);
  const found: Difference[] = [{ label: "one region instead of all", spec: staging }];
  for (const manager of spec.managers) {
    const managed = spec.fleet.services.filter((service) => service.manager === manager.name);
    for (const { name } of managed) found.push(...withoutReference(staging, manager.name, name));
    for (const { name } of managed) found.push(...elsewhere(staging, manager.name, name));
    if (manager.defects.length > 0) {
      const managers = staging.managers.map((item) =>
        item.name === manager.name ? { ...item, defects: [] } : item,
      );
      found.push({
        label: `a version of ${manager.name} without its defects`,
        spec: { ...staging, managers },
      });
    }
  }
  for (const service of staging.fleet.services) {
    service.needs.forEach((need, k) => {
      const label = need.kind === "any" ? `any of ${need.of.join(", ")}` : `${need.service}`;
      const needs = service.needs.filter((_, j) => j !== k);
      found.push({
        label: `${service.name} does not need ${label} there`,
        spec: withService(staging, service.name, { needs }),
      });
    });
  }
  staging.faults.forEach((fault, k) => {
    found.push({
      label: `no fault of ${fault.of} there`,
      spec: { ...staging, faults: staging.faults.filter((_, j) => j !== k) },
    });
  });
  return found;
}

const withService = (spec: Spec, name: Name, changed: Partial<Spec["fleet"]["services"][number]>): Spec => ({
  ...spec,
  fleet: {
    ...spec.fleet,
    services: spec.fleet.services.map((service) =>
      service.name === name ? { ...service, ...changed } : service,
    ),
  },
});

function withoutReference(staging: Spec, manager: Name, service: Name): readonly Difference[] {
  const { configuration } = staging;
  if (configuration.kind !== "derived") return [];
  const omitFromOwnEntry = [...configuration.omitFromOwnEntry, service];
  return [
    {
      label: `the own entry of ${manager} never listed ${service} there`,
      spec: { ...staging, configuration: { ...configuration, omitFromOwnEntry } },
    },
  ];
}

/** The service is somebody else's there. */
const elsewhere = (staging: Spec, manager: Name, service: Name): readonly Difference[] =>
  staging.managers
    .filter((other) => other.name !== manager)
    .map((other) => ({
      label: `${service} is managed by ${other.name} there`,
      spec: withService(staging, service, { manager: other.name }),
    }));

export interface StagingOptions {
  readonly variant: Variant;
  readonly catalogue: Catalogue;
  readonly operators: Operators;
  /** Properties of the gate. */
  readonly properties: readonly PropertyRule[];
  /** Cases that violate in production, the unmutated one among them if it does. */
  readonly recipes: readonly Recipe[];
  readonly luck: CaseLuck;
}

/** For every case that violates in production: the single differences that hide it in staging. */
export function searchStaging(base: Base, options: StagingOptions): readonly StagingFinding[] {
  const { variant, catalogue, operators, properties, recipes, luck } = options;
  const production = new Evaluator(base);
  const places = differences(base.spec).flatMap(({ label, spec }) => {
    const built = buildBase(base.scenario, { ...variant, spec }, [], catalogue);
    return built.ok ? [{ label, evaluator: new Evaluator(built.value) }] : [];
  });
  const findings: StagingFinding[] = [];
  for (const recipe of recipes) {
    const item = caseOf(base, operators, recipe, luck);
    if (item === null) continue;
    const bad = production
      .evaluate(item, properties)
      .verdicts.filter((verdict) => verdict.verdict === "violated");
    const labels = labelsOf(base, operators, recipe);
    // Where one region alone hides it, a further difference explains nothing.
    const hiddenByScale = new Set<string>();
    for (const [k, { label, evaluator }] of places.entries()) {
      // A mutation without a site there cannot happen there: the change comes without it.
      const there =
        caseOf(evaluator.base, operators, recipe, luck) ?? caseOf(evaluator.base, operators, [], luck);
      if (there === null) continue;
      const verdicts = evaluator.evaluate(there, properties).verdicts;
      if (verdicts.some((verdict) => verdict.verdict === "violated")) continue;
      for (const { property, because } of bad) {
        if (hiddenByScale.has(property)) continue;
        if (k === 0) hiddenByScale.add(property);
        findings.push({
          property,
          difference: label,
          mutations: recipe,
          labels,
          inStaging: verdicts.find((verdict) => verdict.property === property)?.because ?? "",
          inProduction: because,
        });
      }
    }
  }
  return findings;
}
