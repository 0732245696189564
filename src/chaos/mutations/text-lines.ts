/** A text as lines with their places in it, and what each line of a block-style YAML document is, judged by its looks. */
import type { Doc } from "../../models/managers/contract.js";

export interface Line {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** Behind the line break. */
  readonly next: number;
  readonly indent: number;
  readonly kind: "blank" | "comment" | "key" | "item" | "other";
  /** Of a line `key: value`. */
  readonly key: string;
  /** Where the value starts that stands on this line behind `key:` or `-`; equal to `end` where there is none. */
  readonly valueStart: number;
}

/** A key at the left margin with the lines that belong to it. */
export interface Block {
  readonly head: Line;
  /** Lines below the head that are indented or items of its list, without blank lines and comments. */
  readonly body: readonly Line[];
  /** Behind the last line. */
  readonly end: number;
}

export function linesOf(doc: Doc): readonly Line[] {
  let lines = linesBy.get(doc);
  if (lines === undefined) {
    lines = split(doc.text);
    linesBy.set(doc, lines);
  }
  return lines;
}
const linesBy = new WeakMap<Doc, readonly Line[]>();

function split(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf("\n", start);
    const next = feed < 0 ? text.length : feed + 1;
    const end = feed < 0 ? text.length : feed > start && text[feed - 1] === "\r" ? feed - 1 : feed;
    lines.push(lineOf(lines.length + 1, text.slice(start, end), start, end, next));
    start = next;
  }
  return lines;
}

function lineOf(number: number, text: string, start: number, end: number, next: number): Line {
  const indent = text.length - text.trimStart().length;
  const line = { number, text, start, end, next, indent, key: "", valueStart: end };
  if (text.trim() === "") return { ...line, kind: "blank" };
  if (text[indent] === "#") return { ...line, kind: "comment" };
  const item = /^\s*- +/.exec(text);
  if (item !== null) return { ...line, kind: "item", valueStart: start + item[0].length };
  const key = /^\s*([\w.-]+):(?: +|$)/.exec(text);
  if (key !== null) return { ...line, kind: "key", key: key[1]!, valueStart: start + key[0].length };
  return { ...line, kind: "other" };
}

export function blocksOf(doc: Doc): readonly Block[] {
  let blocks = blocksBy.get(doc);
  if (blocks === undefined) {
    blocks = parted(doc);
    blocksBy.set(doc, blocks);
  }
  return blocks;
}
const blocksBy = new WeakMap<Doc, readonly Block[]>();

function parted(doc: Doc): readonly Block[] {
  const blocks: { head: Line; body: Line[]; end: number }[] = [];
  for (const line of linesOf(doc)) {
    if (line.kind === "key" && line.indent === 0) blocks.push({ head: line, body: [], end: line.next });
    else if ((line.indent > 0 && line.kind !== "blank" && line.kind !== "comment") || line.kind === "item") {
      const block = blocks.at(-1);
      block?.body.push(line);
      if (block !== undefined) block.end = line.next;
    }
  }
  return blocks;
}

/** The keys whose lists decide what is managed, needed, owned and where. */
const listKeys = ["manages", "needs", "owns", "regions"];
export const listBlocks = (doc: Doc): readonly Block[] =>
  blocksOf(doc).filter((block) => listKeys.includes(block.head.key));

export interface Word {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A plain value that stands on one line: not quoted, not a collection, no alias. */
export function plainValue(doc: Doc, line: Line): Word | null {
  const found = /^[^\s"'[\]{}&*#|>!%@`,][^#\n]*?(?=\s*(?: #.*)?$)/.exec(
    doc.text.slice(line.valueStart, line.end),
  );
  if (found === null) return null;
  return {
    line,
    start: line.valueStart,
    end: line.valueStart + found[0].length,
    text: found[0],
  };
}

/** The first name of a list, written as a block or between brackets. */
export function firstName(doc: Doc, block: Block): Word | null {
  const item = block.body.find((line) => line.kind === "item");
  if (item !== undefined) return plainValue(doc, item);
  const { head } = block;
  const flow = /^\[\s*([\w.-]+)/.exec(doc.text.slice(head.valueStart, head.end));
  if (flow === null) return null;
  const start = head.valueStart + flow[0].length - flow[1]!.length;
  return { line: head, start, end: start + flow[1]!.length, text: flow[1]! };
}
