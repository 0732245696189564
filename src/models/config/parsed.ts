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

/**
 * A document that was written from a value. Its text is made only when somebody asks for it, and reading it back needs no
 * parsing. One class for all of them, since a search makes millions. A spread does not copy the text: `plainDocument` does.
 */
class WrittenDocument implements Doc {
  readonly #value: Json;
  #text: string | null = null;

  constructor(
    readonly id: string,
    readonly version: number,
    value: Json,
  ) {
    this.#value = value;
  }

  get text(): string {
    this.#text ??= stringify(this.#value, { lineWidth: 0 });
    return this.#text;
  }

  toJSON(): Doc {
    return { id: this.id, version: this.version, text: this.text };
  }

  static valueOf(doc: Doc): Json | undefined {
    return #value in doc ? doc.#value : undefined;
  }
}

export const writtenDocument = (id: string, version: number, value: Json): Doc =>
  new WrittenDocument(id, version, value);

/** What a document was written from; undefined: it came as text. */
export const valueWritten = (doc: Doc): Json | undefined => WrittenDocument.valueOf(doc);

/** The same document as plain data, to be copied with changes or handed to others. */
export const plainDocument = (doc: Doc): Doc => (doc instanceof WrittenDocument ? doc.toJSON() : doc);

/** A set of documents as plain data; the same set where it is that already. */
export function plainDocuments(documents: readonly Doc[]): readonly Doc[] {
  if (!documents.some((doc) => doc instanceof WrittenDocument)) return documents;
  let plain = plainOf.get(documents);
  if (plain === undefined) {
    plain = documents.map(plainDocument);
    plainOf.set(documents, plain);
  }
  return plain;
}
const plainOf = new WeakMap<readonly Doc[], readonly Doc[]>();
