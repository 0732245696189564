/** Workflow commands: each finding as an annotation at the line that it comes from. */
import type { CheckFile, CheckResult, Finding } from "../../chaos/check-result.js";
import { findingLines } from "./plain.js";
import { atBaseOnly, isOpen, weightOf } from "./told.js";
import { clip, oneLine, visible } from "./visible.js";

/** Longer titles and messages are cut by the page that shows them, without saying so. */
const titleMax = 200;
const messageMax = 4_000;

/** Errors first: a job shows ten annotations of each kind and no more. */
export function githubAnnotations(file: CheckFile): string {
  const lines = file.results.flatMap((result) => [
    ...result.findings.map((finding) => findingCommand(result, finding)),
    ...atBaseOnly(result).map((item) => {
      const gate = result.properties.find(({ property }) => property === item.property)?.gate === true;
      return command(
        gate ? "error" : "warning",
        { file: result.scenario.file, title: item.property },
        [`without any mutation: ${item.because}`],
        `check: ${result.command}`,
      );
    }),
    ...result.properties
      .filter((item) => item.gate && isOpen(item))
      .map((item) =>
        command(
          "error",
          { file: result.scenario.file, title: `${item.property}: ${item.verdict}` },
          [`no verdict: ${item.because}`],
          `check: ${result.command}`,
        ),
      ),
  ]);
  const ordered = [
    ...lines.filter((line) => line.startsWith("::error")),
    ...lines.filter((line) => !line.startsWith("::error")),
  ];
  return ordered.map((line) => `${line}\n`).join("");
}

function findingCommand(result: CheckResult, finding: Finding): string {
  const { place } = finding.counterexample;
  const title = `${finding.property}: ${finding.decision}`;
  const at = { file: place.file, line: String(place.line), col: String(place.column), title };
  return command(
    weightOf(result, finding) === "error" ? "error" : "warning",
    at,
    [`${result.scenario.name}, variant ${result.variant}`, ...findingLines(result, finding)],
    `replay: ${finding.counterexample.replay}`,
  );
}

function command(
  level: "error" | "warning",
  properties: Readonly<Record<string, string>>,
  lines: readonly string[],
  repeat: string,
): string {
  const list = Object.entries(properties).map(
    ([key, value]) =>
      `${key}=${escapeProperty(key === "title" ? clip(oneLine(value), titleMax) : visible(value))}`,
  );
  // What repeats it must not be what is cut off.
  const message = `${clip(visible(lines.join("\n")), messageMax)}\n${visible(repeat)}`;
  return `::${level} ${list.join(",")}::${escapeData(message)}`;
}

/** The percent sign first: the others put some in. */
const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
