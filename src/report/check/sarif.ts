/** SARIF 2.1.0: findings as code scanning shows them. One run a scenario and variant, one rule a property. */
import { fingerprint } from "../../base/hash.js";
import { canonicalJson, type Json } from "../../base/json.js";
import type { CheckFile, CheckResult, Finding, PropertyOutcome } from "../../chaos/check-result.js";
import { artifact, message, root, sarifLog, segment } from "../sarif-parts.js";
import { after, atBaseOnly, causesOf, isOpen, outageText, type Weight, weightOf } from "./told.js";

export function sarif(file: CheckFile): string {
  return sarifLog(file.results.map((result) => run(file, result)));
}

function run(file: CheckFile, result: CheckResult): Json {
  const { scenario, variant, seed, base, command, stoppedBy } = result;
  const rules = rulesOf(result);
  const indexOf = new Map(rules.map((rule, k) => [rule.property, k]));
  return {
    tool: {
      driver: {
        name: "fleetquake",
        version: file.fleetquake,
        semanticVersion: file.fleetquake,
        rules: rules.map(ruleOf),
      },
    },
    // Ends in a slash: category without an instance, so that the next upload replaces this one.
    automationDetails: {
      id: `fleetquake/${segment(scenario.name)}/${segment(variant)}/`,
      description: message(`${scenario.title}, variant ${variant}`),
    },
    originalUriBaseIds: root,
    invocations: [
      {
        executionSuccessful: stoppedBy !== "interrupt",
        toolExecutionNotifications: result.properties.flatMap((item) =>
          isOpen(item)
            ? [
                {
                  level: "warning",
                  message: message(`${item.property}: ${item.verdict}, ${item.because}`),
                  associatedRule: { id: item.property, index: indexOf.get(item.property)! },
                },
              ]
            : [],
        ),
      },
    ],
    columnKind: "utf16CodeUnits",
    results: [
      ...result.findings.map((finding) => resultOf(result, finding, indexOf.get(finding.property)!)),
      ...atBaseOnly(result).map((item) => baseResult(result, item, indexOf.get(item.property)!)),
    ],
    properties: { seed, base, command, stoppedBy, scenario: scenario.name, variant },
  };
}

type RuleSource = Pick<PropertyOutcome, "property" | "about" | "modality" | "gate">;

/** The properties, and those that only a finding or the base names. */
function rulesOf(result: CheckResult): readonly RuleSource[] {
  const rules: RuleSource[] = [...result.properties];
  for (const { property } of [...result.findings, ...result.baseViolates]) {
    if (rules.some((rule) => rule.property === property)) continue;
    rules.push({ property, about: property, modality: "always", gate: false });
  }
  return rules;
}

function ruleOf({ property, about, modality, gate }: RuleSource): Json {
  const gateText = gate ? "A violation fails the check." : "A violation is only reported.";
  const help = `Property ${property} (${modality}): ${about}. ${gateText}`;
  return {
    id: property,
    shortDescription: message(about),
    fullDescription: message(help),
    help: message(
      `${help} Every finding names the smallest mutation that leads to it and the command that repeats it.`,
    ),
    defaultConfiguration: { level: gate ? "error" : "warning" },
    properties: { modality, gate, tags: ["reliability", modality] },
  };
}

function resultOf(result: CheckResult, finding: Finding, ruleIndex: number): Json {
  const { counterexample, witness, property, kind } = finding;
  const location = locationOf(counterexample.place);
  const cause = fingerprint(canonicalJson([property, kind, { ...witness }]));
  return {
    ruleId: property,
    ruleIndex,
    level: weightOf(result, finding) satisfies Weight,
    kind: "fail",
    message: message(
      [
        `${finding.decision}.`,
        `Smallest cause: ${causesOf(counterexample).join("; ")}.`,
        `What it makes: ${outageText(counterexample)}.`,
        `Replay: ${counterexample.replay}`,
      ].join("\n"),
    ),
    locations: [location],
    codeFlows: [
      {
        message: message("from the change to the violation"),
        threadFlows: [
          {
            locations: counterexample.chain.map(({ at, text }, k) => ({
              // Viewers refuse a step without a place; all of them follow from the same one.
              location: { ...location, message: message(`${after(at)}: ${text}`) },
              executionOrder: k + 1,
              kinds: k === counterexample.chain.length - 1 ? ["danger"] : ["taint"],
            })),
          },
        ],
      },
    ],
    // The second is the one that GitHub compares; without it all findings at one line would be one alert.
    partialFingerprints: { "propertyAndWitness/v1": cause, primaryLocationLineHash: `${cause}:1` },
    properties: {
      id: finding.id,
      because: finding.because,
      seed: result.seed,
      base: result.base,
      cases: finding.cases,
      operators: finding.operators,
      mutations: counterexample.mutations.map(({ op, at }) => ({ op, at })),
      witness: { ...witness },
      savedAs: counterexample.savedAs,
    },
  };
}

function baseResult(
  result: CheckResult,
  { property, because }: CheckResult["baseViolates"][number],
  ruleIndex: number,
): Json {
  const gate = result.properties.find((item) => item.property === property)?.gate === true;
  const cause = fingerprint(canonicalJson([property, "base"]));
  return {
    ruleId: property,
    ruleIndex,
    level: gate ? "error" : "warning",
    kind: "fail",
    message: message(`Without any mutation: ${because}.`),
    locations: [locationOf({ file: result.scenario.file, line: 1, column: 1, document: "scenario" })],
    partialFingerprints: { "propertyAndWitness/v1": cause, primaryLocationLineHash: `${cause}:1` },
    properties: { seed: result.seed, base: result.base },
  };
}

function locationOf({ file, line, column, document }: Finding["counterexample"]["place"]) {
  return {
    physicalLocation: {
      artifactLocation: artifact(file),
      region: { startLine: Math.max(1, line), startColumn: Math.max(1, column) },
    },
    logicalLocations: [{ name: document, fullyQualifiedName: document, kind: "resource" }],
  };
}
