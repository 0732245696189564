/** What a search found, for whoever looks at a terminal at three in the morning: the verdict first, the command last. */
import { thousands } from "../../base/format-number.js";
import { table, wrap } from "../../base/text-table.js";
import type { CheckResult, DocumentDiff, Finding, PropertyOutcome } from "../../chaos/check-result.js";
import {
  after,
  atBaseOnly,
  boundText,
  causesOf,
  diffSign,
  findingSentence,
  guiltyLine,
  headlineOf,
  modeText,
  outageText,
  riskText,
  searchedSentence,
  type Weight,
  weightOf,
} from "./told.js";
import { clip, documentLine, oneLine, visibleIn } from "./visible.js";

export type Style = "bold" | "dim" | "red" | "green" | "yellow";

export interface TerminalOptions {
  /** Colours, or the text as it is. */
  readonly paint: (style: Style, text: string) => string;
  /** Width of the terminal; 100 where there is none. */
  readonly columns?: number;
  /** Findings told in full; the others get their first line. */
  readonly findings?: number;
}

const columnsMin = 40;
const toneStyle = { good: "green", warn: "yellow", bad: "red" } as const;
const weightStyle: Readonly<Record<Weight, Style>> = { error: "red", warning: "yellow", note: "yellow" };
/** Label and gap before what is told of a finding. */
const indent = 11;

export function terminalReport(original: CheckResult, options: TerminalOptions): string {
  const result = visibleIn(original);
  const { paint } = options;
  const columns = Math.max(columnsMin, options.columns ?? 100);
  const headline = headlineOf(result);
  const name = `${oneLine(result.scenario.name)} · ${oneLine(result.variant)}`;
  const lines = [
    `${paint("bold", clip(name, columns - 24))}: ${paint(toneStyle[headline.tone], headline.word.toUpperCase())}`,
    ...wrap(oneLine(headline.sentence), columns),
    ...wrap(searchedSentence(result), columns),
    ...atBaseOnly(result).flatMap(({ property, because }) =>
      wrap(`Without any mutation ${property} is violated: ${clip(oneLine(because), 300)}.`, columns).map(
        (line) => paint("yellow", line),
      ),
    ),
    "",
    propertyTable(result.properties, options, columns),
  ];
  result.findings.forEach((finding, k) => {
    const full = k < (options.findings ?? Number.POSITIVE_INFINITY);
    lines.push("", ...findingBlock(result, finding, k + 1, full, columns, paint));
  });
  lines.push("", ...searchBlock(result, columns, paint));
  return lines.join("\n");
}

/** One finding alone, told in full, as the whole report tells it. */
export function findingText(
  original: CheckResult,
  finding: Finding,
  number: number,
  options: TerminalOptions,
): string {
  const result = visibleIn({ ...original, findings: [finding] });
  const columns = Math.max(columnsMin, options.columns ?? 100);
  const full = options.findings !== 0;
  return findingBlock(result, result.findings[0]!, number, full, columns, options.paint).join("\n");
}

/** A silence is worth what was searched. */
function searchBlock(
  result: CheckResult,
  columns: number,
  paint: TerminalOptions["paint"],
): readonly string[] {
  const told = [...result.modes.map(modeText), ...(result.risk === null ? [] : [riskText(result.risk)])];
  const block = told.flatMap((text, k) =>
    wrap(clip(oneLine(text), 600), columns - indent).map(
      (line, n) => `${paint("dim", (k + n === 0 ? "searched" : "").padEnd(indent))}${line}`,
    ),
  );
  return [...block, `${paint("dim", "repeat".padEnd(indent))}${oneLine(result.command)}`];
}

const verdictStyle: Readonly<Record<PropertyOutcome["verdict"], Style>> = {
  holds: "green",
  violated: "red",
  hazard: "yellow",
  "never-exercised": "yellow",
  "out-of-budget": "yellow",
  "not-applicable": "dim",
};

function propertyTable(
  properties: readonly PropertyOutcome[],
  { paint }: TerminalOptions,
  columns: number,
): string {
  const header = ["property", "gate", "verdict", "exercised", "violated", "hazards", "at 95 %"];
  const rows = properties.map((item) => [
    clip(oneLine(item.property), Math.max(16, columns - 73)),
    item.gate ? "gate" : "-",
    paint(verdictStyle[item.verdict], item.verdict),
    thousands(item.exercised),
    item.violated > 0 ? paint(item.gate ? "red" : "yellow", thousands(item.violated)) : "0",
    item.hazards > 0 ? paint("yellow", thousands(item.hazards)) : "0",
    boundText(item.bound),
  ]);
  // On a narrow terminal what decides stays, and the counts go.
  const shown = columns >= 90 ? 7 : columns >= 70 ? 6 : 3;
  const cells = [header.map((cell) => paint("bold", cell)), ...rows].map((row) => row.slice(0, shown));
  return table(cells, [3, 4, 5]);
}

function findingBlock(
  result: CheckResult,
  finding: Finding,
  number: number,
  full: boolean,
  columns: number,
  paint: TerminalOptions["paint"],
): readonly string[] {
  const { counterexample } = finding;
  const weight = weightOf(result, finding);
  const start = `${number}.`.padEnd(3);
  const title = wrap(clip(oneLine(finding.decision), 300), columns - start.length);
  const style = weightStyle[weight];
  const about = findingSentence(result, finding, oneLine);
  const block = title.map((line, k) =>
    paint("bold", paint(style, `${k === 0 ? start : " ".repeat(start.length)}${line}`)),
  );
  block.push(...wrap(about, columns - 3).map((line) => `   ${line}`));
  const row = (label: string, text: string): void => {
    wrap(clip(oneLine(text), 600), columns - indent).forEach((line, k) => {
      block.push(`   ${paint("dim", (k === 0 ? label : "").padEnd(indent - 3))}${line}`);
    });
  };
  // Never broken or cut: it is there to be copied.
  const replay = `   ${paint("dim", "replay".padEnd(indent - 3))}${paint("bold", oneLine(counterexample.replay))}`;
  if (!full) return [...block, replay];
  for (const [k, cause] of causesOf(counterexample).entries()) row(k === 0 ? "cause" : "and", cause);
  const guilty = guiltyLine(counterexample);
  for (const document of counterexample.diff) block.push(...diffBlock(document, guilty, columns, paint));
  for (const [k, { at, text }] of counterexample.chain.entries()) {
    row(k === 0 ? "then" : "", `${after(at)}  ${text}`);
  }
  row("outage", outageText(counterexample));
  if (counterexample.savedAs !== null) row("saved", counterexample.savedAs);
  return [...block, replay];
}

function diffBlock(
  { id, lines }: DocumentDiff,
  guilty: DocumentDiff["lines"][number] | null,
  columns: number,
  paint: TerminalOptions["paint"],
): readonly string[] {
  const space = " ".repeat(indent);
  const arrow = "  <-- this line";
  const room = columns - indent - 8 - arrow.length;
  return [
    `   ${paint("dim", "change".padEnd(indent - 3))}${clip(oneLine(id), columns - indent)}`,
    ...lines.map((line) => {
      const text = clip(documentLine(line.text).replaceAll("\t", "  "), room);
      const row = `${diffSign[line.kind]} ${String(line.line).padStart(4)}  ${text}`;
      if (line.kind === "same") return `${space}${paint("dim", row)}`;
      const painted = paint(line.kind === "added" ? "green" : "red", row);
      return `${space}${painted}${line === guilty ? paint("bold", arrow) : ""}`;
    }),
  ];
}
