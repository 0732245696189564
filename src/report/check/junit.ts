/** JUnit XML: one suite a scenario and variant, one case a property. Without times: the same bytes every time. */
import type { CheckFile, CheckResult, Finding, PropertyOutcome } from "../../chaos/check-result.js";
import { plural } from "../words.js";
import { findingLines } from "./plain.js";
import { atBaseOnly } from "./told.js";
import { oneLine, visible } from "./visible.js";

type Kind = "passed" | "failure" | "error" | "skipped";

export function junit(file: CheckFile): string {
  const suites = file.results.map(suiteOf);
  const sum = (kind: Kind | "all"): number => suites.reduce((total, suite) => total + suite.count(kind), 0);
  const root = { name: "fleetquake check", ...counts(sum) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    "testsuites",
    root,
    suites.map((suite) => suite.xml),
  )}\n`;
}

const counts = (count: (kind: Kind | "all") => number): Record<string, string> => ({
  tests: String(count("all")),
  failures: String(count("failure")),
  errors: String(count("error")),
  skipped: String(count("skipped")),
});

function suiteOf(result: CheckResult): { xml: string; count: (kind: Kind | "all") => number } {
  const kinds = result.properties.map(kindOf);
  const count = (kind: Kind | "all"): number =>
    kind === "all" ? kinds.length : kinds.filter((item) => item === kind).length;
  const { scenario, variant, seed, base, command, stoppedBy } = result;
  const name = `${scenario.name} / ${variant}`;
  const about = Object.entries({ seed: String(seed), base, command, stoppedBy }).map(([key, value]) =>
    element("property", { name: key, value }, []),
  );
  const cases = result.properties.map((property, k) =>
    element(
      "testcase",
      { name: property.property, classname: `${scenario.name}.${variant}`, file: scenario.file },
      [content(result, property, kinds[k]!)],
    ),
  );
  const xml = element("testsuite", { name, ...counts(count) }, [element("properties", {}, about), ...cases]);
  return { xml, count };
}

/** What only reports fails no build: its finding is in the output of a passed case. */
function kindOf({ verdict, gate }: PropertyOutcome): Kind {
  switch (verdict) {
    case "not-applicable":
      return "skipped";
    case "violated":
      return gate ? "failure" : "passed";
    case "never-exercised":
      return gate ? "failure" : "skipped";
    case "out-of-budget":
      return gate ? "error" : "skipped";
    default:
      return "passed";
  }
}

function content(result: CheckResult, property: PropertyOutcome, kind: Kind): string {
  const { verdict, because } = property;
  const findings = result.findings.filter((finding) => finding.property === property.property);
  const base = atBaseOnly(result)
    .filter((item) => item.property === property.property)
    .map((item) => `without any mutation: ${item.because}`);
  const text = [...base, ...findings.map((finding) => told(result, finding))].join("\n\n");
  if (kind === "skipped") return element("skipped", { message: `${verdict}: ${because}` }, []);
  if (kind === "passed") return text === "" ? "" : element("system-out", {}, [escapeText(text)]);
  const message = verdict === "violated" ? decisions(findings, because) : `${verdict}: ${because}`;
  return element(kind, { type: verdict, message }, [escapeText(text === "" ? because : text)]);
}

const told = (result: CheckResult, finding: Finding): string =>
  [...findingLines(result, finding), `  replay: ${finding.counterexample.replay}`].join("\n");

function decisions(findings: readonly Finding[], because: string): string {
  const first = findings.find((finding) => finding.kind === "violation")?.decision ?? because;
  return findings.length > 1
    ? `${first} (and ${plural(findings.length - 1, "more cause", "more causes")})`
    : first;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[],
): string {
  const head = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join("");
  const inner = children.filter((child) => child !== "");
  if (inner.length === 0) return `<${name}${head}/>`;
  // White space would become part of a text.
  const joined = inner[0]!.startsWith("<") ? `\n${inner.join("\n")}\n` : inner.join("");
  return `<${name}${head}>${joined}</${name}>`;
}

/** XML 1.0 has no way to write most controls, not even escaped: they are made visible first. */
const escapeText = (text: string): string =>
  visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const escapeAttribute = (text: string): string =>
  escapeText(oneLine(text)).replaceAll('"', "&quot;").replaceAll("\t", "&#9;");
