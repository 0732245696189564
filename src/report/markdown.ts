/** GitHub's Markdown: what users write stays inside of cells, lines and blocks. */
import { clip, oneLine, visible } from "./check/visible.js";

/** A page of a job holds a megabyte; one text must not fill it. */
const lengthMax = 2_000;

/** Text between markup, on one line. */
export const escaped = (text: string, max = lengthMax): string =>
  clip(oneLine(text), max)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    // Names like that call people, and addresses become links by themselves.
    .replaceAll("@", "&#64;")
    .replaceAll("://", "&#58;//")
    .replaceAll(/[\\`*_{}[\]|~#]/g, (sign) => `\\${sign}`);

/** As code, with a fence longer than any inside; a table takes a | for the end of the cell even there. */
export function code(text: string, max = lengthMax): string {
  const line = clip(oneLine(text), max).replaceAll("|", "\\|");
  const fence = "`".repeat(longestTicks(line) + 1);
  return fence.length === 1 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/** A block of code, with a fence longer than any inside. */
export function fenced(language: string, lines: readonly string[]): readonly string[] {
  const inner = lines.map((line) => clip(visible(line), lengthMax));
  const fence = "`".repeat(Math.max(3, longestTicks(inner.join("\n")) + 1));
  return [`${fence}${language}`, ...inner, fence];
}

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly number?: boolean;
}

/** Cells are Markdown already; empty ones keep their place. */
export function markdownTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => title)),
    `|${columns.map(({ number }) => (number === true ? "--:" : "---")).join("|")}|`,
    ...rows.map(line),
  ];
}

const longestTicks = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
