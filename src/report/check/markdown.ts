/** A summary for the page of a job: GitHub's Markdown, with everything of users escaped. */
import { thousands } from "../../base/format-number.js";
import type { CheckFile, CheckResult, Finding } from "../../chaos/check-result.js";
import { code, escaped, fenced, markdownTable } from "../markdown.js";
import {
  after,
  atBaseOnly,
  boundText,
  causesOf,
  diffSign,
  findingSentence,
  generatorsOf,
  headlineOf,
  modeText,
  outageText,
  riskText,
  searchedSentence,
} from "./told.js";
import { documentLine, oneLine, visibleIn } from "./visible.js";

const mark = { good: "✅", warn: "⚠️", bad: "❌" } as const;

export const checkMarkdown = (file: CheckFile): string =>
  `${visibleIn(file)
    .results.map((result) => resultSection(result).join("\n"))
    .join("\n\n")}\n`;

function resultSection(result: CheckResult): readonly string[] {
  const { tone, word, sentence } = headlineOf(result);
  const generators = generatorsOf(result);
  return [
    `## ${mark[tone]} ${escaped(result.scenario.title)}, ${escaped(result.variant)}: ${word}`,
    "",
    `${escaped(sentence)} ${searchedSentence(result)}`,
    ...atBaseOnly(result).flatMap(({ property, because }) => [
      "",
      `Without any mutation ${code(property)} is violated: ${escaped(because)}.`,
    ]),
    "",
    ...markdownTable(
      [
        { title: "property" },
        { title: "gate" },
        { title: "verdict" },
        { title: "exercised", number: true },
        { title: "violated", number: true },
        { title: "hazards", number: true },
        { title: "bound at 95 %" },
        { title: "because" },
      ],
      result.properties.map((item) => [
        code(item.property),
        item.gate ? "yes" : "reports",
        item.verdict === "violated" && item.gate ? `**${item.verdict}**` : item.verdict,
        thousands(item.exercised),
        thousands(item.violated),
        thousands(item.hazards),
        boundText(item.bound),
        escaped(item.because),
      ]),
    ),
    ...result.findings.flatMap((finding, k) => ["", ...findingSection(result, finding, k + 1)]),
    "",
    ...result.modes.map((mode) => `- ${escaped(modeText(mode))}`),
    ...(result.risk === null ? [] : [`- ${escaped(riskText(result.risk))}`]),
    "",
    `Seed ${result.seed}${generators.length === 0 ? "" : `, ${generators.map((name) => `generator ${code(name)}`).join(", ")}`}. To repeat it:`,
    "",
    ...fenced("sh", [oneLine(result.command)]),
  ];
}

function findingSection(result: CheckResult, finding: Finding, number: number): readonly string[] {
  const { counterexample } = finding;
  const { diff } = counterexample;
  const changes = diff.flatMap(({ id, lines }) => [
    `--- ${oneLine(id)}`,
    `+++ ${oneLine(id)}`,
    ...lines.map((line) => `${diffSign[line.kind]}${documentLine(line.text)}`),
  ]);
  return [
    `### ${number}. ${escaped(finding.decision)}`,
    "",
    findingSentence(result, finding, code),
    "",
    ...causesOf(counterexample).map((cause) => `- ${escaped(cause)}`),
    ...(changes.length === 0 ? [] : ["", ...fenced("diff", changes)]),
    "",
    ...counterexample.chain.map(({ at, text }, k) => `${k + 1}. ${after(at)}: ${escaped(text)}`),
    "",
    `What it makes: ${escaped(outageText(counterexample))}.`,
    "",
    ...fenced("sh", [oneLine(counterexample.replay)]),
  ];
}
