/**
 * YAML texts as plain values that know where they stand. Parsing never throws; places are looked up when asked for. Aliases
 * are bounded: a file whose aliases unfold to more than `nodesMax` values is a problem, not a heap without end.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from "yaml";
import type { Place } from "../contract.js";
import { templateLine, templateMessage } from "../template-line.js";
import type { Mapping, Path, Value } from "./values.js";

/** Values that one document may unfold to. The largest real manifest at hand (all of Flux) has about 60 000. */
const nodesMax = 500_000;
/** Deeper than any manifest; YAML of brackets only would exhaust the stack otherwise. */
const depthMax = 100;
/** Brackets that are open at once: the parser goes that deep before anybody can stop it. */
const openMax = 500;

export interface YamlDocument {
  readonly value: Value;
  /** Where the value at a path stands: its key in a mapping, the entry in a list. Null: there is no such value. */
  locate(path: Path): Place | null;
  /** Where the text within a text begins: the first line of a block scalar. */
  origin(path: Path): Origin | null;
}

export interface YamlProblem {
  readonly kind: "syntax" | "template" | "aliases" | "depth";
  readonly message: string;
  readonly at: Place;
}

export interface YamlText {
  readonly documents: readonly YamlDocument[];
  /** The first thing wrong; there are no documents then. */
  readonly problem: YamlProblem | null;
}

/** Where a text lies in a file: a text within a file is moved by the lines and columns before it. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

class TooMuch extends Error {
  constructor(
    readonly kind: "aliases" | "depth" | "template",
    readonly node: Node | null,
  ) {
    super(kind);
  }
}

/** All documents of a text. Empty ones are left out. */
export function parseYaml(text: string, origin: Origin): YamlText {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: origin.file, line: origin.line + line - 1, column: origin.column + col - 1 };
  };
  if (deepNesting(text)) {
    const at = { file: origin.file, line: origin.line, column: origin.column };
    return { documents: [], problem: { kind: "depth", message: `nested more than ${depthMax} deep`, at } };
  }
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const documents: YamlDocument[] = [];
  for (const document of parsed as Document.Parsed[]) {
    const error = document.errors[0];
    if (error !== undefined) {
      const at = place(error.pos[0]);
      const template = templateLine(text);
      return {
        documents: [],
        problem:
          template === null
            ? { kind: "syntax", message: error.message.split("\n")[0]!, at }
            : { kind: "template", message: templateMessage, at: place(template) },
      };
    }
    if (document.contents === null) continue;
    try {
      const value = plain(document);
      if (value !== null) {
        documents.push({
          value,
          locate: (path) => {
            const found = find(document, path);
            return found === null ? null : place(found.start);
          },
          origin: (path) => {
            const found = find(document, path);
            return found === null ? null : place(contentStart(text, found.node));
          },
        });
      }
    } catch (caught) {
      if (!(caught instanceof TooMuch)) throw caught;
      const at = place(caught.node?.range?.[0] ?? 0);
      const message = {
        aliases: `its aliases unfold to more than ${nodesMax} values`,
        depth: `nested more than ${depthMax} deep`,
        template: templateMessage,
      }[caught.kind];
      return { documents: [], problem: { kind: caught.kind, message, at } };
    }
  }
  return { documents, problem: null };
}

/** Flow collections or indentation that would exhaust the stack of the parser. */
function deepNesting(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) {
      if (++open > openMax) return true;
    } else if (code === 0x5d || code === 0x7d) open--;
    else if (code === 0x0a) {
      if (entriesAt(text, i + 1) > depthMax) return true;
    }
  }
  return entriesAt(text, 0) > depthMax;
}

/** How many entries and explicit keys open at once: `- - ? - `. */
function entriesAt(text: string, start: number): number {
  let entries = 0;
  for (let i = start; ; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2d || code === 0x3f) {
      if (text.charCodeAt(i + 1) !== 0x20) return entries;
      entries++;
    } else if (code !== 0x20) return entries;
  }
}

/** The value of a document, with aliases unfolded and merge keys merged. */
function plain(document: Document.Parsed): Value {
  const anchors = new Map<string, Node>();
  let nodes = 0;
  const visit = (node: unknown, depth: number): Value => {
    if (++nodes > nodesMax) throw new TooMuch("aliases", node as Node);
    if (depth > depthMax) throw new TooMuch("depth", node as Node);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      return target === undefined ? null : visit(target, depth + 1);
    }
    if (isScalar(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      const value = node.value;
      if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
      return value === null || value === undefined ? null : String(value);
    }
    if (isSeq(node)) {
      const list = node.items.map((item) => visit(item, depth + 1));
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      return list;
    }
    if (!isMap(node)) return null;
    const mapping: Record<string, Value> = {};
    for (const pair of node.items) {
      // `{{ .Values.name }}` is a mapping with a mapping for a key: valid YAML, and never meant.
      if (isMap(pair.key)) throw new TooMuch("template", node);
      const key = isScalar(pair.key) ? String(pair.key.value) : String(visit(pair.key, depth + 1));
      const value = visit(pair.value, depth + 1);
      if (key === "<<" && isScalar(pair.key) && pair.key.type === "PLAIN") merge(mapping, value);
      else setOwn(mapping, key, value);
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    return mapping;
  };
  return visit(document.contents, 0);
}

/** `__proto__` as a key of a file is a key like any other. */
function setOwn(mapping: Record<string, Value>, key: string, value: Value): void {
  if (key === "__proto__") Object.defineProperty(mapping, key, { value, enumerable: true, writable: true });
  else mapping[key] = value;
}

/** What is there already wins over what is merged in. */
function merge(mapping: Record<string, Value>, value: Value): void {
  for (const part of Array.isArray(value) ? (value as readonly Value[]) : [value]) {
    if (typeof part !== "object" || part === null || Array.isArray(part)) continue;
    for (const [key, item] of Object.entries(part as Mapping)) {
      if (!Object.hasOwn(mapping, key)) setOwn(mapping, key, item!);
    }
  }
}

/** The node at a path and where its key or entry begins. */
function find(document: Document.Parsed, path: Path): { node: unknown; start: number } | null {
  let node: unknown = document.contents;
  let start = document.contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return null;
      start = (pair.key as Node).range?.[0] ?? start;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      const item = node.items[step];
      if (item === undefined) return null;
      node = item;
      start = (item as Node).range?.[0] ?? start;
    } else return null;
  }
  return { node, start };
}

/** Offset of the first sign of a scalar's content: for a block scalar, after the indentation of its first line. */
function contentStart(text: string, node: unknown): number {
  if (!isScalar(node) || !node.range) return 0;
  const begin = node.range[0];
  if (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE") return begin + 1;
  if (node.type !== "BLOCK_LITERAL" && node.type !== "BLOCK_FOLDED") return begin;
  let offset = text.indexOf("\n", begin) + 1;
  if (offset === 0) return begin;
  while (text.charCodeAt(offset) === 0x20) offset++;
  return offset;
}
