/**
 * The reader that managers share: documents to a Reading with four-valued presence. What cannot be understood becomes
 * an entry in error, never a missing one. Equal documents give the identical Reading.
 */
import type { Issue } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";
import type { Doc, Entry, Reading, Self } from "../managers/contract.js";
import { type Described, describe, type Listed, unknown } from "./described.js";
import { type Own, readOwn } from "./own-entry.js";
import { createParse, issueIn, valueWritten } from "./parsed.js";

export type Reader = (documents: readonly Doc[], self: Self) => Reading;

/** What one set of documents says, and what each manager finds of itself in it. */
export interface Told {
  readonly described: Described;
  own(self: Self): Own;
}

/** Sets of documents whose readings are kept. */
const setsKept = 8;

/** A reader with its own cache of parsed texts; `seed` holds values that need no parsing. */
export function createReader(seed: ReadonlyMap<string, Json> = new Map()): Reader {
  const parse = createParse(seed);
  return readerOf((documents) => {
    const described = describe(documents, parse);
    return { described, own: (self) => readOwn(documents, self, described.applications, parse) };
  });
}

/** A reader of documents of whatever form; `tell` is asked once for each set of them. */
export function readerOf(tell: (documents: readonly Doc[]) => Told): Reader {
  let kept: readonly DocumentSet[] = [];
  return (documents, self) => {
    let set = kept.find((item) => sameDocuments(item.documents, documents));
    if (set === undefined) {
      set = new DocumentSet(documents, tell(documents));
      kept = [set, ...kept].slice(0, setsKept);
    }
    return set.reading(self);
  };
}

const sameDocuments = (a: readonly Doc[], b: readonly Doc[]): boolean =>
  a === b || (a.length === b.length && a.every((doc, k) => doc === b[k] || sameText(doc, b[k]!)));

const sameText = (a: Doc, b: Doc): boolean =>
  a.id === b.id &&
  a.version === b.version &&
  a.fault === b.fault &&
  // A document that was written from a value is compared by itself: asking for its text would write it.
  valueWritten(a) === undefined &&
  valueWritten(b) === undefined &&
  a.text === b.text;

/** What one manager sees, whichever of its cells reads. */
interface View {
  readonly entries: Readonly<Record<Name, Entry>>;
  /** What is wrong in entries that are not this manager's, and in documents that nobody could parse. */
  readonly errors: readonly Issue[];
}

/** One set of documents, with what everybody reads from it. */
class DocumentSet {
  private readonly described: Described;
  private readonly views = new Map<Name, View>();
  private readonly readings = new Map<Self, Reading>();

  constructor(
    readonly documents: readonly Doc[],
    private readonly told: Told,
  ) {
    this.described = told.described;
  }

  reading(self: Self): Reading {
    let reading = this.readings.get(self);
    if (reading === undefined) {
      reading = this.read(self);
      this.readings.set(self, reading);
    }
    return reading;
  }

  private read(self: Self): Reading {
    const { version, whole } = this.described;
    if (whole === "unreadable") {
      const own = unknown(issueIn("unreadable", "configuration", "the source could not be read"));
      return { version, whole, entries: {}, own, policy: null, guards: null };
    }
    const { own, policy, guards } = this.told.own(self);
    const listed = own.is === "present" ? own.spec.manages : [];
    const { entries, errors } = this.viewOf(self, listed, own.is === "unknown" ? own : null);
    return { version, whole, entries, own, policy, guards, errors };
  }

  private viewOf({ manager, service }: Self, listed: readonly Name[], failed: Entry | null): View {
    let view = this.views.get(manager);
    if (view === undefined) {
      view = this.view((application) => isOf(manager, application));
      this.views.set(manager, view);
    }
    const { entries } = view;
    // Its list may name what is nobody's.
    if (listed.some((name) => entries[name] === undefined)) {
      const also = new Set(listed);
      return this.view((application, name) => isOf(manager, application) || also.has(name));
    }
    if (failed === null || service === null) return view;
    // What else is wrong with the service that it runs as is told by its own entry.
    const told = entries[service] === undefined ? this.described.applications.get(service)?.entry : undefined;
    const error = told?.is === "unknown" ? told.error : null;
    return {
      entries: { ...entries, [service]: failed },
      errors: view.errors.filter((item) => item !== error),
    };
  }

  private view(isIts: (application: Listed, name: Name) => boolean): View {
    const { applications, removed, broken } = this.described;
    const entries: Record<Name, Entry> = {};
    const errors: Issue[] = [];
    for (const [name, application] of applications) {
      const { entry } = application;
      if (isIts(application, name)) entries[name] = entry;
      else if (entry.is === "unknown") errors.push(entry.error);
    }
    for (const [name, entry] of removed) entries[name] = entry;
    errors.push(...broken);
    return { entries, errors };
  }
}

/** Whose an unreadable entry is cannot be known: whoever has it in its inventory has to decide what that means. */
const isOf = (manager: Name, { manager: owner, unreadable }: Listed): boolean =>
  owner === manager || (owner === null && unreadable);
