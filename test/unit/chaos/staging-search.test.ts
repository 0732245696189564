/**
 * What hides a violation in staging. The goal: the differences that explain the incident are found without being told:
 * from the scenario of the incident, without the variants that describe them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { differences, searchStaging } from "../../../src/chaos/staging-search.js";
import { catalogue } from "../../helpers/catalogue.js";
import { root, scenarioOf } from "../../helpers/scenario.js";
import { luck, operators, propertyOf, Workbench } from "../../helpers/search.js";

function withoutStagingVariants(): string {
  const document = parseDocument(readFileSync(join(root, "scenarios/duo-2025-02-13.yaml"), "utf8"));
  for (const name of ["staging-1", "staging-2", "staging-3"]) {
    document.deleteIn(["variants", name]);
    document.deleteIn(["expect", name]);
  }
  // Other expectations use what is anchored there; none of them matters here.
  document.delete("expect");
  return document.toString();
}

describe("the incident", () => {
  const scenario = scenarioOf(withoutStagingVariants(), "duo.yaml");
  const base = new Workbench().base(scenario, "legacy");
  const variant = scenario.variants.find(({ name }) => name === "legacy")!;
  const options = { variant, catalogue, operators, luck, properties: [propertyOf("no-self-removal")] };
  const findings = searchStaging(base, { ...options, recipes: [[]] });

  it("has no staging variant any more", () =>
    expect(scenario.variants.map(({ name }) => name).filter((name) => name.startsWith("staging"))).toEqual(
      [],
    ));

  it("is hidden where the own entry never listed the application, and where somebody else managed it", () => {
    const found = findings.map(({ difference }) => difference);
    expect(found).toContain("the own entry of legacy never listed deprecated-app there");
    expect(found).toContain("deprecated-app is managed by next there");
    expect(found).toContain("a version of legacy without its defects");
    expect(new Set(findings.map(({ property }) => property))).toEqual(new Set(["no-self-removal"]));
  });

  it("is not hidden by differences that have nothing to do with it", () => {
    const found = findings.map(({ difference }) => difference);
    expect(found).not.toContain("one region instead of all");
    expect(found).not.toContain("the own entry of legacy never listed telephony-sms there");
    expect(found.length).toBeLessThan(differences(base.spec).length / 4);
  });

  it("comes out the same twice", () =>
    expect(searchStaging(base, { ...options, recipes: [[]] })).toEqual(findings));

  it("says nothing about a case that does not violate", () => {
    const modern = scenario.variants.find(({ name }) => name === "modern")!;
    const calm = new Workbench().base(scenario, "modern");
    expect(searchStaging(calm, { ...options, variant: modern, recipes: [[]] })).toEqual([]);
  });
});
