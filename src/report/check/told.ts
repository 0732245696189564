/** What a search found, in the words that all outputs share. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type {
  CheckResult,
  CounterexampleView,
  DocumentDiff,
  Finding,
  PropertyOutcome,
  Risk,
  SearchMode,
} from "../../chaos/check-result.js";
import type { Tone } from "../outcome.js";
import { plural } from "../words.js";

/** error: fails the check. warning: a violation of a property that only reports. note: a hazard. */
export type Weight = "error" | "warning" | "note";

export function weightOf(result: CheckResult, { kind, property }: Finding): Weight {
  if (kind === "hazard") return "note";
  return result.properties.find((item) => item.property === property)?.gate === false ? "warning" : "error";
}

export const weightWord: Readonly<Record<Weight, string>> = {
  error: "violation",
  warning: "violation, reported only",
  note: "hazard",
};

/** Which property, how often, how small; `write` is how the output writes a name. */
export function findingSentence(
  result: CheckResult,
  finding: Finding,
  write: (name: string) => string,
): string {
  const { property, cases, counterexample } = finding;
  const weight = weightOf(result, finding);
  const what = weight === "note" ? `Hazard for ${write(property)}` : `Violates ${write(property)}`;
  const only = weight === "warning" ? " (reported only)" : "";
  return `${what}${only} in ${plural(cases, "case")}; the smallest: ${sizeText(counterexample)}.`;
}

/** Neither held nor violated: whoever reads only the colour must not take it for a success. */
export const isOpen = ({ verdict }: PropertyOutcome): boolean =>
  verdict === "never-exercised" || verdict === "out-of-budget";

export interface Headline {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
}

export function headlineOf(result: CheckResult): Headline {
  const gate = result.properties.filter((item) => item.gate);
  const violated = gate.filter((item) => item.verdict === "violated");
  const open = gate.filter(isOpen);
  const weights = result.findings.map((finding) => weightOf(result, finding));
  const count = (weight: Weight): number => weights.filter((item) => item === weight).length;
  const besides = [
    ...(count("warning") > 0 ? [`${thousands(count("warning"))} reported only`] : []),
    ...(count("note") > 0 ? [plural(count("note"), "hazard")] : []),
  ];
  const end = (text: string): string => `${[text, ...besides].join("; ")}.`;
  if (violated.length > 0) {
    const of = `${violated.length} of ${plural(gate.length, "gate property", "gate properties")}`;
    const sentence = `${of} violated, by ${plural(count("error"), "cause")}`;
    return { tone: "bad", word: "violated", sentence: end(sentence) };
  }
  if (open.length > 0 || gate.length === 0) {
    const why = open.map((item) => `${item.property} (${item.verdict})`).join(", ");
    const sentence = why === "" ? "No gate property was judged" : `Nothing can be said about ${why}`;
    return { tone: "warn", word: "no verdict", sentence: end(sentence) };
  }
  return { tone: "good", word: "no violation found", sentence: end("No gate property was violated") };
}

const stopped: Readonly<Record<CheckResult["stoppedBy"], string>> = {
  budget: "the budget of cases was used up",
  wall: "the time was up",
  interrupt: "somebody interrupted it",
  "first-violation": "the first violation was enough",
  confidence: "the confidence asked for was reached",
};

export const stoppedBecause = ({ stoppedBy }: CheckResult): string => stopped[stoppedBy];

export const casesOf = ({ modes }: CheckResult): number => modes.reduce((sum, mode) => sum + mode.cases, 0);

export const searchedSentence = (result: CheckResult): string =>
  `${plural(casesOf(result), "case")} judged; the search ended because ${stoppedBecause(result)}.`;

export const after = (ms: number): string => `+${formatHoursMinutes(ms)}`;

/** Violated without any mutation, and not told by a finding of its own. */
export const atBaseOnly = (result: CheckResult): CheckResult["baseViolates"] =>
  result.baseViolates.filter(
    ({ property }) =>
      !result.findings.some(
        (finding) => finding.property === property && finding.counterexample.mutations.length === 0,
      ),
  );

export const mutationText = ({ op, label }: CounterexampleView["mutations"][number]): string =>
  `${op}: ${label}`;

/** What has to come together, one text a mutation or event. */
export const causesOf = ({ mutations, events }: CounterexampleView): readonly string[] => [
  ...mutations.map(mutationText),
  ...events,
];

const sizeText = ({ size }: CounterexampleView): string =>
  [plural(size.mutations, "mutation"), plural(size.services, "service"), plural(size.regions, "region")].join(
    ", ",
  );

const servicesNamed = 4;

export function outageText({ outage }: CounterexampleView): string {
  const { removed, services, hurt, lastsMs, restoredAtMs, unservedLogins } = outage;
  if (removed + hurt === 0) return "nothing goes down";
  const named = services.slice(0, servicesNamed).join(", ");
  const more = services.length > servicesNamed ? ` and ${services.length - servicesNamed} more` : "";
  const parts = [`${plural(removed, "instance")} removed${named === "" ? "" : ` (${named}${more})`}`];
  if (hurt > 0) parts.push(`${thousands(hurt)} more down with them`);
  if (restoredAtMs === "never") parts.push("not restored within the run");
  else if (lastsMs !== null) parts.push(`the outage lasts ${formatHoursMinutes(lastsMs)}`);
  if (unservedLogins > 0) parts.push(`${plural(unservedLogins, "login")} not served`);
  return parts.join("; ");
}

/**
 * The line that does it: in the document that the mutation struck, the first line that came, or, where none came, the
 * first that went.
 */
export function guiltyLine({ diff, place }: CounterexampleView): DocumentDiff["lines"][number] | null {
  const document = diff.find((item) => item.id === place.document) ?? diff[0];
  return (
    document?.lines.find((line) => line.kind === "added") ??
    document?.lines.find((line) => line.kind === "removed") ??
    null
  );
}

export const diffSign = { same: " ", removed: "-", added: "+" } as const;

/** At most one case in so many violates it. */
export const boundText = (bound: PropertyOutcome["bound"]): string =>
  bound === null
    ? "–"
    : bound.upper95 >= 1
      ? "no bound"
      : `at most 1 in ${thousands(Math.floor(1 / bound.upper95))}`;

/** "exhaustive for ...": how much of what it covers was judged. */
export function modeText({ mode, about, cases, planned }: SearchMode): string {
  const what = about.startsWith(mode) ? about : `${mode}: ${about}`;
  return `${what}; ${thousands(cases)} of ${plural(planned, "case")}${cases < planned ? ", not finished" : ""}`;
}

export const generatorsOf = (result: CheckResult): readonly string[] =>
  result.modes.flatMap((mode) => (mode.generator === null ? [] : [mode.generator]));

const threeDigits = (value: number): string => String(Number(value.toPrecision(3)));

export const riskText = ({ per1000, low95, high95, cases, generator }: Risk): string =>
  `Of 1,000 changes made as people make them, ${threeDigits(per1000)} violate the gate ` +
  `(95 %: ${threeDigits(low95)} to ${threeDigits(high95)}; ${plural(cases, "case")} of generator ${generator}).`;
