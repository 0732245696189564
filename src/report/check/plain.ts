/** A finding as plain lines, for where there is no markup: test reports and annotations. Each adds how to replay it. */
import type { CheckResult, Finding } from "../../chaos/check-result.js";
import { after, causesOf, diffSign, outageText, weightOf, weightWord } from "./told.js";
import { documentLine, visible } from "./visible.js";

export function findingLines(result: CheckResult, finding: Finding): readonly string[] {
  const { counterexample } = finding;
  const lines = [
    `${weightWord[weightOf(result, finding)]} ${finding.id}: ${finding.decision}`,
    ...causesOf(counterexample).map((cause) => `  by ${cause}`),
    ...counterexample.diff.flatMap(({ id, lines }) => [
      `  ${id}`,
      ...lines.map((line) => `    ${diffSign[line.kind]} ${documentLine(line.text)}`),
    ]),
    ...counterexample.chain.map(({ at, text }) => `  ${after(at)}  ${text}`),
    `  outage: ${outageText(counterexample)}`,
    ...(counterexample.savedAs === null ? [] : [`  saved as: ${counterexample.savedAs}`]),
  ];
  return lines.map((line) => visible(line).replaceAll("\n", " "));
}
