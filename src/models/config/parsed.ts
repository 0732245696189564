/** Documents as plain data: each text is parsed once, and what was written from a value is not parsed at all. */
import { LineCounter, parseDocument, stringify } from "yaml";
import type { Issue } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import type { Doc } from "../managers/contract.js";

export type Parsed = { readonly value: Json } | { readonly error: Issue };
export type Parse = (doc: Doc) => Parsed;

/** Parsed texts that are kept; a search that meets more of them starts again with none. */
const parsedMax = 4096;

/** A parser with its own cache; `seed` holds the values of texts that need no parsing. */
export function createParse(seed: ReadonlyMap<string, Json>): Parse {
  const byText = new Map<string, Parsed>();
  const byDoc = new WeakMap<Doc, Parsed>();
  const parseText = (doc: Doc): Parsed => {
    const value = seed.get(doc.text);
    if (value !== undefined) return { value };
    const known = byText.get(doc.text);
    if (known !== undefined) return known;
    const result = parseYaml(doc);
    if (byText.size >= parsedMax) byText.clear();
    byText.set(doc.text, result);
    return result;
  };
  return (doc) => {
    const value = valueWritten(doc);
    if (value !== undefined) return { value };
    let result = byDoc.get(doc);
    if (result === undefined) {
      result = parseText(doc);
      byDoc.set(doc, result);
    }
    return result;
  };
}

function parseYaml(doc: Doc): Parsed {
  const lines = new LineCounter();
  // Warnings are for whoever writes a file, not for whoever runs what thousands of broken ones lead to.
  const document = parseDocument(doc.text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    return { error: { ...issueIn("syntax", doc.id, problem.message), line, column: col } };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as Json };
  } catch (error) {
    return { error: issueIn("aliases", doc.id, error instanceof Error ? error.message : "too many aliases") };
  }
}

/** What is wrong with a document, in the words of whoever reads it. */
export const issueIn = (code: string, file: string, message: string): Issue => ({
  code,
  severity: "error",
  file,
  message: `${file}: ${message}`,
});

type Fields = { readonly [key: string]: Json };
export const isMap = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isNames = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const written = Symbol("written from");

/**
 * A document with `value` as its content. Its text is written only when somebody asks for it, and reading it back needs
 * no parsing.
 */
export function writtenDocument(id: string, version: number, value: Json): Doc {
  let text: string | null = null;
  const doc: Doc = {
    id,
    version,
    get text() {
      text ??= stringify(value, { lineWidth: 0 });
      return text;
    },
  };
  // Not enumerable: a copy with another text is a document like any other.
  return Object.defineProperty(doc, written, { value });
}

/** What a document was written from; undefined: it came as text. */
export const valueWritten = (doc: Doc): Json | undefined => (doc as { readonly [written]?: Json })[written];
