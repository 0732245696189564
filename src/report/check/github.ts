/** Workflow commands: each finding as an annotation at the line that it comes from. */
import type { CheckFile, CheckResult, Finding } from "../../chaos/check-result.js";
import { workflowCommand as command, errorsFirst } from "../workflow-command.js";
import { findingLines } from "./plain.js";
import { atBaseOnly, isOpen, weightOf } from "./told.js";

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
  return errorsFirst(lines);
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
