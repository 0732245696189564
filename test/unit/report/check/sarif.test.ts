/** SARIF: what code scanning insists on, checked on every fixture. The whole schema is too large to carry along. */
import { describe, expect, it } from "vitest";
import type { CheckResult } from "../../../../src/chaos/check-result.js";
import { sarif } from "../../../../src/report/check/sarif.js";
import { checkFileOf, clean, empty, hostile, violated } from "../../../helpers/check-result.js";

// biome-ignore lint/suspicious/noExplicitAny: the shape is what is under test.
type Loose = any;
const logOf = (...results: readonly CheckResult[]): Loose => JSON.parse(sarif(checkFileOf(...results)));

const levels = ["error", "warning", "note"];

describe.each([
  ["violated", violated],
  ["clean", clean],
  ["empty", empty],
  ["hostile", hostile],
])("SARIF of %s", (_, result) => {
  const log = logOf(result);
  const run = log.runs[0];

  it("is a log of version 2.1.0 with a schema, and the same every time", () => {
    expect(Object.keys(log).sort()).toEqual(["$schema", "runs", "version"]);
    expect(log.version).toBe("2.1.0");
    expect(log.$schema).toMatch(/^https:\/\/.*sarif-schema-2\.1\.0\.json$/);
    expect(log.runs).toHaveLength(1);
    expect(sarif(checkFileOf(result))).toBe(sarif(checkFileOf(structuredClone(result))));
  });

  it("has one rule a property, and results that point at theirs", () => {
    const rules = run.tool.driver.rules;
    const ids = rules.map((rule: Loose) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, result.properties.length)).toEqual(result.properties.map((item) => item.property));
    for (const rule of rules) {
      for (const key of ["shortDescription", "fullDescription", "help"]) expect(rule[key].text).not.toBe("");
      expect(["always", "eventually", "sometimes"]).toContain(rule.properties.modality);
      expect(levels).toContain(rule.defaultConfiguration.level);
    }
    for (const item of run.results) {
      expect(rules[item.ruleIndex].id).toBe(item.ruleId);
      expect(levels).toContain(item.level);
      expect(item.kind).toBe("fail");
      expect(item.message.text).not.toMatch(/\]\(/);
    }
    for (const note of run.invocations[0].toolExecutionNotifications) {
      expect(rules[note.associatedRule.index].id).toBe(note.associatedRule.id);
    }
  });

  it("has places with relative, encoded addresses and positions from 1", () => {
    for (const item of run.results) {
      const steps = (item.codeFlows ?? []).flatMap((flow: Loose) =>
        flow.threadFlows.flatMap((thread: Loose) => thread.locations.map((step: Loose) => step.location)),
      );
      for (const { physicalLocation, logicalLocations } of [...item.locations, ...steps]) {
        const { uri, uriBaseId } = physicalLocation.artifactLocation;
        expect(uri).toMatch(/^(?:[\w.!~*'()/-]|%[0-9A-F]{2})+$/);
        expect(uri).not.toMatch(/^\/|^\w+:/);
        expect(run.originalUriBaseIds[uriBaseId]).toBeDefined();
        expect(physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
        expect(physicalLocation.region.startColumn).toBeGreaterThanOrEqual(1);
        expect(logicalLocations[0].fullyQualifiedName).toBeTypeOf("string");
      }
    }
  });

  it("can be repeated from what it says of itself", () => {
    expect(run.automationDetails.id).toMatch(/^fleetquake\/[^/]+\/[^/]+\/$/);
    expect(run.properties).toMatchObject({ seed: result.seed, base: result.base, command: result.command });
  });
});

describe("SARIF", () => {
  const run = logOf(violated).runs[0];

  it("makes errors of the gate, warnings of what reports, notes of hazards, and tells what holds without mutation", () => {
    expect(run.results.map((item: Loose) => [item.ruleId, item.level])).toEqual([
      ["no-self-removal", "error"],
      ["no-collateral-removal", "error"],
      ["black-start", "warning"],
      ["fail-static", "note"],
      ["no-self-removal", "error"],
      ["churn", "warning"],
    ]);
  });

  it("names the decision, the smallest cause and the command, and follows the chain", () => {
    const [first] = run.results;
    for (const part of ["legacy deletes service-manager", "S11: managers/legacy still", "fleetquake replay"])
      expect(first.message.text).toContain(part);
    const steps = first.codeFlows[0].threadFlows[0].locations;
    expect(steps.map((step: Loose) => step.executionOrder)).toEqual([1, 2, 3, 4, 5]);
    expect(steps[1].location.message.text).toBe(
      "+2m: legacy reads its own entry and finds an error at line 5",
    );
    expect(run.results[1].locations[0].physicalLocation.artifactLocation.uri).toBe(
      "config/managers/legacy%20fleet.yaml",
    );
  });

  it("recognizes a finding again by property and witness alone", () => {
    const prints = run.results.map((item: Loose) => item.partialFingerprints["propertyAndWitness/v1"]);
    expect(new Set(prints).size).toBe(prints.length);
    const [first] = violated.findings;
    const place = { ...first!.counterexample.place, line: 999 };
    const moved = { ...first!, cases: 1, counterexample: { ...first!.counterexample, place } };
    const again = logOf({ ...violated, seed: 8, findings: [moved] }).runs[0];
    expect(again.results[0].partialFingerprints).toEqual(run.results[0].partialFingerprints);
  });

  it("says that a search was cut short and what was never exercised", () => {
    const [invocation] = logOf(empty).runs[0].invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toHaveLength(2);
  });

  it.each([
    ["./a b/c.yaml", "a%20b/c.yaml", "%SRCROOT%"],
    ["a\\b.yaml", "a/b.yaml", "%SRCROOT%"],
    ["x:y.yaml", "x%3Ay.yaml", "%SRCROOT%"],
    ["/etc/a#b.yaml", "file:///etc/a%23b.yaml", undefined],
    ["C:\\fleet\\a.yaml", "file:///C:/fleet/a.yaml", undefined],
  ])("%s is %s", (file, uri, uriBaseId) => {
    const [first] = violated.findings;
    const place = { ...first!.counterexample.place, file };
    const finding = { ...first!, counterexample: { ...first!.counterexample, place } };
    const [result] = logOf({ ...violated, findings: [finding] }).runs[0].results;
    const found = result.locations[0].physicalLocation.artifactLocation;
    expect([found.uri, found.uriBaseId]).toEqual([uri, uriBaseId]);
  });
});
