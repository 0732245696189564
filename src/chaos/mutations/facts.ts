/** What the documents to mutate say, as far as they can be read: applications, own entries, who refers to whom. */
import type { Json } from "../../base/json.js";
import { sortedNames } from "../../base/order.js";
import { isFile } from "../../models/config/files.js";
import { isTicket } from "../../models/config/ticket.js";
import type { Name } from "../../models/fleet/spec.js";
import type { Doc } from "../../models/managers/contract.js";
import type { Base } from "../base.js";
import { contentOf, type Material } from "./material.js";
import { type Fields, isFields, namesIn, stemOf } from "./paths.js";

export interface Application {
  readonly kind: "application";
  readonly doc: Doc;
  readonly stem: string;
  readonly value: Fields;
  readonly name: Name | null;
  /** Null: nobody's, and undefined: not said. */
  readonly manager: Name | null | undefined;
  readonly needs: readonly Name[];
  readonly owns: readonly Name[];
}

/** A manager's own entry, one a manager or one a cell. */
export interface OwnEntry {
  readonly kind: "own";
  readonly doc: Doc;
  readonly stem: string;
  readonly value: Fields;
  readonly manager: Name | null;
  readonly service: Name | null;
  readonly manages: readonly Name[];
}

/** What holds of every material of one base. */
export interface Background {
  /** Managers in canonical order, with the service that each runs as. */
  readonly managers: readonly { readonly name: Name; readonly service: Name | null }[];
  /** Names that some version described and the last one does not: what the changes removed or renamed. */
  readonly removed: readonly Name[];
}

export class Facts {
  readonly version: number;
  /** What managers read and a mistake can strike: the ledger of tickets is not among them. */
  readonly documents: readonly Doc[];
  readonly background: Background;
  private readonly stems: ReadonlyMap<string, Doc>;
  private known: { applications: readonly Application[]; own: readonly OwnEntry[] } | null = null;
  private names: ReadonlyMap<Name, Application> | null = null;

  constructor(readonly material: Material) {
    this.version = material.version;
    this.documents = material.view().filter((doc) => !isTicket(doc) && isRead(doc));
    this.background = backgroundOf(material.base);
    this.stems = new Map(this.documents.map((doc) => [stemOf(doc.id), doc]));
  }

  /** The document that a site is in; undefined: it is no longer there, or the site is wider than one. */
  documentAt(site: string): Doc | undefined {
    const end = site.search(/[#: ]/);
    const found = this.stems.get(end < 0 ? site : site.slice(0, end));
    // File names with one of these signs in them are rare, and looked for one by one.
    return found ?? this.documents.find((doc) => /[#: ]/.test(doc.id) && site.startsWith(stemOf(doc.id)));
  }

  has(id: string): boolean {
    return this.stems.has(stemOf(id));
  }

  get applications(): readonly Application[] {
    return this.entries().applications;
  }

  get own(): readonly OwnEntry[] {
    return this.entries().own;
  }

  /** Applications by name; of two with one name the last. */
  get named(): ReadonlyMap<Name, Application> {
    this.names ??= new Map(
      this.applications.flatMap((item) => (item.name === null ? [] : [[item.name, item]])),
    );
    return this.names;
  }

  /** Names that some change removed and that nothing describes. */
  get removed(): readonly Name[] {
    return this.background.removed.filter((name) => !this.named.has(name));
  }

  /** A name like this one that nothing has yet. */
  freeName(name: Name): Name {
    let number = 2;
    while (this.named.has(`${name}-v${number}`)) number++;
    return `${name}-v${number}`;
  }

  private entries(): { applications: readonly Application[]; own: readonly OwnEntry[] } {
    if (this.known === null) {
      const entries = this.documents.map(entryOf);
      this.known = {
        applications: entries.filter((entry) => entry?.kind === "application"),
        own: entries.filter((entry) => entry?.kind === "own"),
      };
    }
    return this.known;
  }
}

const isRead = (doc: Doc): boolean =>
  doc.id.startsWith("applications/") || doc.id.startsWith("managers/") || isFile(doc);

/** Facts of a material, worked out once. */
export function factsOf(material: Material): Facts {
  let facts = factsBy.get(material);
  if (facts === undefined) {
    facts = new Facts(material);
    factsBy.set(material, facts);
  }
  return facts;
}
const factsBy = new WeakMap<Material, Facts>();

/** Null where the document cannot be read as a mapping: nothing of structure is left to strike. */
export function entryOf(doc: Doc): Application | OwnEntry | null {
  let entry = entries.get(doc);
  if (entry === undefined) {
    entry = readEntry(doc);
    entries.set(doc, entry);
  }
  return entry;
}
const entries = new WeakMap<Doc, Application | OwnEntry | null>();

export function applicationIn(doc: Doc): Application | null {
  const entry = entryOf(doc);
  return entry?.kind === "application" ? entry : null;
}

export function ownEntryIn(doc: Doc): OwnEntry | null {
  const entry = entryOf(doc);
  return entry?.kind === "own" ? entry : null;
}

function readEntry(doc: Doc): Application | OwnEntry | null {
  // What files of another format mean is known to their importer alone: their text can be struck, not their structure.
  if (isFile(doc)) return null;
  const value = contentOf(doc);
  if (!isFields(value)) return null;
  const stem = stemOf(doc.id);
  const names = (key: string): readonly Name[] => namesIn(value[key]).map(([, name]) => name);
  if (doc.id.startsWith("managers/")) {
    const { name, service } = value;
    return {
      kind: "own",
      doc,
      stem,
      value,
      manager: nameIn(name),
      service: nameIn(service),
      manages: names("manages"),
    };
  }
  const { name, manager } = value;
  return {
    kind: "application",
    doc,
    stem,
    value,
    name: nameIn(name),
    manager: manager === null ? null : (nameIn(manager) ?? undefined),
    needs: names("needs"),
    owns: names("owns"),
  };
}

const nameIn = (value: Json | undefined): Name | null =>
  typeof value === "string" && value !== "" ? value : null;

function backgroundOf(base: Base): Background {
  let background = backgrounds.get(base);
  if (background === undefined) {
    const { run } = base;
    const described = (docs: readonly Doc[]): readonly Name[] =>
      docs.flatMap((doc) => (doc.id.startsWith("applications/") ? (applicationIn(doc)?.name ?? []) : []));
    const last = new Set(described(run.changes.at(-1)?.documents ?? run.documents));
    const ever = [run.documents, ...run.changes.map((change) => change.documents)].flatMap(described);
    background = {
      managers: run.managers.map(({ spec }) => ({ name: spec.name, service: spec.service })),
      removed: sortedNames(new Set(ever)).filter((name) => !last.has(name)),
    };
    backgrounds.set(base, background);
  }
  return background;
}
const backgrounds = new WeakMap<Base, Background>();

/** All managers but this one, in canonical order. */
export function othersOf(facts: Facts, manager: Name | null | undefined): readonly Name[] {
  return facts.background.managers.flatMap((item) => (item.name === manager ? [] : [item.name]));
}
