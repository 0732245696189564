/** What mutations work on: the documents of every version and the events so far. Each mutation makes a new one. */
import { parse, stringify } from "yaml";
import type { Json } from "../../base/json.js";
import { withDocument } from "../../models/config/documents.js";
import { valueWritten, writtenDocument } from "../../models/config/parsed.js";
import type { Doc } from "../../models/managers/contract.js";
import type { MakeDocument } from "../../scenario/apply-case.js";
import type { CaseDocument, CaseEvent } from "../../scenario/case.js";
import type { RunChange } from "../../scenario/run.js";
import type { Base } from "../base.js";

/** What one mutation does. A document with `value` is written from it; `text` null removes it. */
export interface Patch {
  readonly documents?: readonly PatchDocument[];
  readonly events?: readonly CaseEvent[];
}
export type PatchDocument =
  | { readonly id: string; readonly version: number; readonly text: string | null }
  | { readonly id: string; readonly version: number; readonly value: Json };

/** A document of a case that a mutation made: plain data for all others, and what the managers read of it for us. */
class MadeDocument implements CaseDocument {
  readonly #doc: Doc | null;
  readonly id: string;
  readonly version: number;
  declare readonly was?: string;

  constructor({ id, version }: PatchDocument, doc: Doc | null, was: string | undefined) {
    this.id = id;
    this.version = version;
    this.#doc = doc;
    if (was !== undefined) this.was = was;
  }

  get text(): string | null {
    return this.#doc === null ? null : this.#doc.text;
  }

  toJSON(): CaseDocument {
    const { id, version, text, was } = this;
    return { id, version, text, ...(was === undefined ? {} : { was }) };
  }

  /** Null: the managers read none; undefined: the document of the case was not made here. */
  static docOf(document: CaseDocument): Doc | null | undefined {
    return #doc in document ? document.#doc : undefined;
  }
}

export class Material {
  private readonly views = new Map<number, readonly Doc[]>();

  private constructor(
    readonly base: Base,
    /** In the order of the mutations; of one id and version the last counts. Text is made when it is asked for. */
    readonly documents: readonly MadeDocument[],
    readonly events: readonly CaseEvent[],
  ) {}

  /** The material without any mutation: one a base, so that what is known of it is worked out once. */
  static of(base: Base): Material {
    let plain = plainOf.get(base);
    if (plain === undefined) {
      plain = new Material(base, [], []);
      plainOf.set(base, plain);
    }
    return plain;
  }

  /** The version that the last change delivers: what mutations of text and structure strike. */
  get version(): number {
    return this.base.run.changes.length + 1;
  }

  get lastChange(): RunChange {
    return this.base.run.changes.at(-1)!;
  }

  /** Documents as delivered in a version, in canonical order, with the mutations so far in them. */
  view(version = this.version): readonly Doc[] {
    const known = this.views.get(version);
    if (known !== undefined) return known;
    const { run } = this.base;
    const plain = version <= 1 ? run.documents : (run.changes[version - 2] ?? this.lastChange).documents;
    const mine = this.documents.filter(
      (doc) =>
        doc.version <= version &&
        !run.changes.some(
          (change, k) => k + 2 > doc.version && k + 2 <= version && change.touched.includes(doc.id),
        ),
    );
    const docs = mine.reduce((set, item) => withDocument(set, item.id, MadeDocument.docOf(item)!), plain);
    this.views.set(version, docs);
    return docs;
  }

  document(id: string, version = this.version): Doc | undefined {
    return this.view(version).find((doc) => doc.id === id);
  }

  /** The material after a mutation. `corrupts`: it damages texts that stay what they were for those who mean well. */
  with(patch: Patch, corrupts = false): Material {
    const documents = [...this.documents];
    for (const item of patch.documents ?? []) {
      const doc = madeFrom(item);
      const intact = corrupts ? this.intact(item.id, item.version) : undefined;
      const entry = new MadeDocument(item, doc, intact);
      const before = documents.findIndex((other) => other.id === item.id && other.version === item.version);
      if (before >= 0) documents.splice(before, 1);
      documents.push(entry);
    }
    return new Material(this.base, documents, [...this.events, ...(patch.events ?? [])]);
  }

  /** The text of a document before anybody damaged it. */
  private intact(id: string, version: number): string | undefined {
    const mine = this.documents.find((doc) => doc.id === id && doc.version === version);
    return mine?.was ?? this.document(id, version)?.text;
  }
}

const plainOf = new WeakMap<Base, Material>();

function madeFrom(item: PatchDocument): Doc | null {
  if ("value" in item) return writtenDocument(item.id, item.version, item.value);
  return item.text === null ? null : { id: item.id, version: item.version, text: item.text };
}

/** The Doc for a document of a case; one that a mutation wrote from a value is found again and needs no parsing. */
export const makeDocument: MakeDocument = (document) => {
  const known = MadeDocument.docOf(document);
  if (known !== undefined) return known;
  const { id, version, text } = document;
  return text === null ? null : { id, version, text };
};

/** The content of a document as plain data, undefined where it cannot be parsed. Kept as long as the document lives. */
export function contentOf(doc: Doc): Json | undefined {
  const written = valueWritten(doc);
  if (written !== undefined) return written;
  if (contents.has(doc)) return contents.get(doc);
  let value: Json | undefined;
  try {
    value = parse(doc.text, { logLevel: "error" }) as Json;
  } catch {
    value = undefined;
  }
  contents.set(doc, value);
  return value;
}
const contents = new WeakMap<Doc, Json | undefined>();

export const writeValue = (value: Json): string => stringify(value, { lineWidth: 0 });
