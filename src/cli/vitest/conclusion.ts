/** What a search means for the test of one property: it passes, is skipped with a reason, or fails with the whole story. */
import { formatIssue } from "../../base/issue.js";
import type { CheckResult, Finding, PropertyOutcome } from "../../chaos/check-result.js";
import { findingText } from "../../report/check/terminal.js";
import { casesOf } from "../../report/check/told.js";
import { plural } from "../../report/words.js";
import type { Judged } from "./judge-manager.js";
import type { ExpectedOutcome } from "./options.js";

export type Conclusion =
  /** `note`: hazards, worth reading. */
  | { readonly as: "passed"; readonly note: string | null }
  | { readonly as: "skipped"; readonly why: string }
  | { readonly as: "failed"; readonly title: string; readonly text: string };

export interface Asked {
  /** Label of the manager, name of the property, and what it is expected to come out as. */
  readonly manager: string;
  readonly property: string;
  readonly expected: ExpectedOutcome | undefined;
  /** The command that repeats this test alone. */
  readonly again: string;
  /** Folder of counterexamples; null: none is kept. */
  readonly save: string | null;
  /** `--manager` of `fleetquake replay`; null: the manager is a value that only the test knows. */
  readonly option: string | null;
}

/** Causes told in full; what is left is counted. */
const toldMax = 3;
const columns = 96;
const plain = (_style: string, text: string): string => text;

export function concluded(asked: Asked, result: CheckResult): Conclusion {
  const outcome = result.properties.find(({ property }) => property === asked.property)!;
  const { expected, property } = asked;
  const failed = (text: string): Conclusion => ({ as: "failed", title: property, text });
  const findings = result.findings.filter((finding) => finding.property === property);
  const violations = findings.filter(({ kind }) => kind === "violation");
  if (outcome.verdict === "violated") {
    if (expected === "violated") return { as: "passed", note: null };
    return failed(violationText(asked, result, outcome, violations));
  }
  if (result.stoppedBy === "wall") {
    const cases = plural(casesOf(result), "case");
    const text = `no verdict: the time was over after ${cases}. A larger \`timeoutMs\` or fewer \`runs\` help.`;
    return failed(text);
  }
  if (expected === "violated") {
    const said = `${asked.manager} was expected to violate it in ${sceneOf(result)}, and does not: ${verdictText(outcome)}.`;
    return failed(`${said} If that is good news, take it out of \`expect\`.`);
  }
  switch (outcome.verdict) {
    case "not-applicable":
      if (expected === "holds")
        return failed(`expected to hold in ${sceneOf(result)}, and not applicable: ${outcome.because}.`);
      return { as: "skipped", why: `not applicable: ${outcome.because}` };
    case "never-exercised":
      if (expected === "never-exercised") return { as: "passed", note: null };
      return failed(
        `nothing can be said: none of ${plural(casesOf(result), "case")} in ${sceneOf(result)} put ${asked.manager} to this test. ` +
          `A scenario in which ${asked.manager} has something to remove would; \`expect: { "${property}": "never-exercised" }\` lets it stay so.`,
      );
    case "out-of-budget":
      return failed(
        `no verdict: ${outcome.because}; raise \`limits: { events }\` of ${result.scenario.file}.`,
      );
    default:
      return { as: "passed", note: hazardNote(asked, result, findings) };
  }
}

const sceneOf = ({ scenario, variant }: CheckResult): string => `${scenario.name} · ${variant}`;

const verdictText = ({ verdict, because }: PropertyOutcome): string => `${verdict}, ${because}`;

function violationText(
  asked: Asked,
  result: CheckResult,
  outcome: PropertyOutcome,
  findings: readonly Finding[],
): string {
  const told = findings
    .slice(0, toldMax)
    .map((finding, k) => findingText(result, replayed(asked, finding), k + 1, { paint: plain, columns }));
  const left = findings.length - told.length;
  const base = result.baseViolates.some(({ property }) => property === asked.property)
    ? " It does so without any mutation."
    : "";
  const lines = [
    `${asked.manager} violates it in ${sceneOf(result)}, by ${plural(findings.length, "cause")}; ${plural(casesOf(result), "case")} judged.${base}`,
    outcome.about === "" ? "" : `Rule: ${outcome.about}.`,
    ...told.flatMap((text) => ["", text]),
    ...(left > 0 ? ["", `And ${plural(left, "more cause")}.`] : []),
    ...(asked.save === null
      ? ["", 'The option `save: "counterexamples"` keeps the smallest cases as files.']
      : []),
  ];
  return lines.join("\n");
}

/** A file replays with a manager that the command line can open; any other one is replayed by its test, first of all. */
function replayed(asked: Asked, finding: Finding): Finding {
  const { counterexample } = finding;
  const replay =
    counterexample.savedAs !== null && asked.option !== null ? `npx ${counterexample.replay}` : asked.again;
  return { ...finding, counterexample: { ...counterexample, replay } };
}

function hazardNote(asked: Asked, result: CheckResult, findings: readonly Finding[]): string | null {
  if (findings.length === 0) return null;
  const told = findings.map((finding, k) =>
    findingText(result, replayed(asked, finding), k + 1, { paint: plain, columns, findings: 0 }),
  );
  return [`${asked.manager}: ${asked.property} holds where it is promised; beyond that:`, ...told].join("\n");
}

/** Wrong input, or a manager that does not keep the contract. */
export function brokenText({ issues }: Extract<Judged, { is: "broken" }>): string {
  return issues.map(formatIssue).join("\n");
}
