/**
 * The reader that managers share: documents to a Reading with four-valued presence. What cannot be understood becomes
 * an entry in error, never a missing one. Equal documents give the identical Reading.
 */
import { LineCounter, parseDocument, stringify } from "yaml";
import { fingerprint } from "../../base/hash.js";
import type { Issue } from "../../base/issue.js";
import { canonicalJson, type Json } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";
import type { Doc, Entry, EntrySpec, OwnEntrySpec, Reading, Self, Ticket } from "../managers/contract.js";
import { type Policy, type PolicyAxis, policyAxes, policyNumbersDefault } from "../managers/policy.js";
import { isTicket, readTicket } from "./ticket.js";

type Parsed = { readonly value: Json } | { readonly error: Issue };
export type Reader = (documents: readonly Doc[], self: Self) => Reading;

/** Parsed texts that are kept; a search that meets more of them starts again with none. */
const parsedMax = 4096;

/** A reader with its own cache of parsed texts; `seed` holds values that need no parsing. */
export function createReader(seed: ReadonlyMap<string, Json> = new Map()): Reader {
  const parsed = new Map<string, Parsed>();
  const read = new WeakMap<Doc, Parsed>();
  const readings = new Map<string, { documents: readonly Doc[]; reading: Reading }[]>();
  const parseText = (doc: Doc): Parsed => {
    const written = writtenValue.get(doc) ?? seed.get(doc.text);
    if (written !== undefined) return { value: written };
    const known = parsed.get(doc.text);
    if (known !== undefined) return known;
    const result = parseYaml(doc);
    if (parsed.size >= parsedMax) parsed.clear();
    parsed.set(doc.text, result);
    return result;
  };
  const parse = (doc: Doc): Parsed => {
    let result = read.get(doc);
    if (result === undefined) {
      result = parseText(doc);
      read.set(doc, result);
    }
    return result;
  };
  return (documents, self) => {
    const key = `${self.manager}/${self.cell}`;
    const before = readings.get(key) ?? [];
    const same = before.find((item) => sameDocuments(item.documents, documents));
    if (same !== undefined) return same.reading;
    const reading = readAll(documents, self, parse);
    readings.set(key, [{ documents, reading }, ...before].slice(0, 8));
    return reading;
  };
}

const sameDocuments = (a: readonly Doc[], b: readonly Doc[]): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every(
      (doc, k) =>
        doc === b[k] ||
        // Asking for the text of a document that was written from a value would write it.
        (!writtenValue.has(doc) &&
          !writtenValue.has(b[k]!) &&
          doc.id === b[k]!.id &&
          doc.text === b[k]!.text &&
          doc.version === b[k]!.version &&
          doc.fault === b[k]!.fault),
    ));

function parseYaml(doc: Doc): Parsed {
  const lines = new LineCounter();
  // Warnings are for whoever writes a file, not for whoever runs what thousands of broken ones lead to.
  const document = parseDocument(doc.text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    return { error: { ...issue("syntax", doc.id, problem.message), line, column: col } };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as Json };
  } catch (error) {
    return { error: issue("aliases", doc.id, error instanceof Error ? error.message : "too many aliases") };
  }
}

const issue = (code: string, file: string, message: string): Issue => ({
  code,
  severity: "error",
  file,
  message: `${file}: ${message}`,
});

type Fields = { readonly [key: string]: Json };
const isMap = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNames = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

interface Application {
  readonly doc: Doc;
  readonly manager: Name | null;
  readonly entry: Entry;
}

function readAll(documents: readonly Doc[], self: Self, parse: (doc: Doc) => Parsed): Reading {
  const version = documents.reduce((highest, doc) => Math.max(highest, doc.version), 0);
  const unreadable =
    documents.length === 0 || documents.some((doc) => doc.fault === "error" || doc.fault === "empty");
  if (unreadable) {
    const error = issue("unreadable", "configuration", "the source could not be read");
    return {
      version,
      whole: "unreadable",
      entries: {},
      own: { is: "unknown", error },
      policy: null,
      guards: null,
    };
  }
  const applications = applicationsIn(documents, parse);
  const { own, policy, guards } = readOwn(documents, self, applications, parse);
  const entries: Record<Name, Entry> = {};
  const listed = new Set(own.is === "present" ? own.spec.manages : []);
  for (const [name, application] of applications) {
    // Whose an unreadable entry is cannot be known: whoever has it in its inventory has to decide what that means.
    const unreadable = application.manager === null && application.entry.is === "unknown";
    if (application.manager === self.manager || unreadable || listed.has(name)) {
      entries[name] = withNeeds(application, applications);
    }
  }
  for (const doc of documents) {
    if (!isTicket(doc)) continue;
    const ticket = readTicket(doc);
    for (const name of ticket.removes) {
      if (!applications.has(name)) entries[name] = removed(ticket, doc.version);
    }
  }
  if (own.is === "unknown" && self.service !== null) entries[self.service] = own;
  const partial = documents.some((doc) => doc.fault === "partial");
  return { version, whole: partial ? "partial" : "complete", entries, own, policy, guards };
}

/** The applications that a set of documents describes; every manager and cell reads the same ones. */
function applicationsIn(
  documents: readonly Doc[],
  parse: (doc: Doc) => Parsed,
): ReadonlyMap<Name, Application> {
  const known = applicationsOf.get(documents);
  if (known !== undefined) return known;
  const applications = new Map<Name, Application>();
  for (const doc of documents) {
    if (!doc.id.startsWith("applications/")) continue;
    let described = applicationOf.get(doc);
    if (described === undefined) {
      described = readApplication(doc, parse(doc));
      applicationOf.set(doc, described);
    }
    const [name, application] = described;
    const other = applications.get(name);
    applications.set(
      name,
      other === undefined ? application : { ...application, entry: duplicate(name, other.doc, doc) },
    );
  }
  applicationsOf.set(documents, applications);
  return applications;
}

/*
 * Documents never change, so what was read from one may be kept as long as it lives: a search reads thousands of sets of
 * documents that differ in one.
 */
const applicationOf = new WeakMap<Doc, [Name, Application]>();
const applicationsOf = new WeakMap<readonly Doc[], ReadonlyMap<Name, Application>>();

/** Values of documents that were written from them, so that reading them back needs no parsing. */
const writtenValue = new WeakMap<Doc, Json>();

/** A document with `value` as its content; its text is written only when somebody asks for it. */
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
  writtenValue.set(doc, value);
  return doc;
}

const removed = (ticket: Ticket, sinceVersion: number): Entry => ({ is: "removed", ticket, sinceVersion });

const unknown = (error: Issue): Extract<Entry, { is: "unknown" }> => ({ is: "unknown", error });

const duplicate = (name: Name, a: Doc, b: Doc): Entry =>
  unknown(issue("duplicate-name", b.id, `${name} is described in ${a.id} as well`));

/** One application document; an unreadable one keeps the name of its file. */
function readApplication(doc: Doc, parsed: Parsed): [Name, Application] {
  const stem = doc.id.slice("applications/".length).replace(/\.yaml$/, "");
  const fail = (code: string, message: string, manager: Name | null = null): [Name, Application] => [
    stem,
    { doc, manager, entry: unknown(issue(code, doc.id, message)) },
  ];
  if ("error" in parsed) return [stem, { doc, manager: null, entry: unknown(parsed.error) }];
  const { value } = parsed;
  if (!isMap(value)) return fail("not-a-map", "this is not a mapping");
  const { name, manager, needs, regions, replicas, protect, owns } = value;
  const owner = typeof manager === "string" ? manager : null;
  if (typeof name !== "string" || name === "") return fail("no-name", "it has no name", owner);
  if (manager !== null && typeof manager !== "string")
    return fail("manager", "`manager` is not a name", owner);
  if (needs !== undefined && !isNames(needs)) return fail("needs", "`needs` is not a list of names", owner);
  if (regions !== undefined && !isNames(regions))
    return fail("regions", "`regions` is not a list of names", owner);
  if (owns !== undefined && !isNames(owns)) return fail("owns", "`owns` is not a list of names", owner);
  const count = replicas ?? 1;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0) {
    return fail("replicas", "`replicas` is not a whole number", owner);
  }
  const spec: EntrySpec = {
    name,
    manager: owner,
    needs: needs ?? [],
    regions: regions ?? null,
    replicas: count,
    protect: protect === true,
    ...(owns === undefined ? {} : { owns }),
    revision: fingerprint(canonicalJson({ ...value, manager: null })),
  };
  return [name, { doc, manager: owner, entry: { is: "present", spec } }];
}

/** A present entry whose need is not described anywhere is in error. */
function withNeeds(application: Application, applications: ReadonlyMap<Name, Application>): Entry {
  const { entry, doc } = application;
  if (entry.is !== "present") return entry;
  const missing = entry.spec.needs.find((name) => !applications.has(name));
  return missing === undefined
    ? entry
    : unknown(issue("dangling-need", doc.id, `it needs ${missing}, which is not described`));
}

type Own = Pick<Reading, "own" | "policy" | "guards">;

function readOwn(
  documents: readonly Doc[],
  self: Self,
  applications: ReadonlyMap<Name, Application>,
  parse: (doc: Doc) => Parsed,
): Own {
  const id =
    self.cell === "global" ? `managers/${self.manager}.yaml` : `managers/${self.manager}.${self.cell}.yaml`;
  const fail = (code: string, message: string): Own => ({
    own: unknown(issue(code, id, message)),
    policy: null,
    guards: null,
  });
  const doc = documents.find((item) => item.id === id);
  if (doc === undefined) return fail("no-own-entry", "the manager's own entry is missing");
  const parsed = parse(doc);
  if ("error" in parsed) return { own: unknown(parsed.error), policy: null, guards: null };
  const { value } = parsed;
  if (!isMap(value)) return fail("not-a-map", "this is not a mapping");
  const { name, service, manages, policy, guards } = value;
  if (name !== self.manager) return fail("name", `\`name\` is not ${self.manager}`);
  if ((service ?? null) !== self.service)
    return fail("service", `\`service\` is not ${self.service ?? "null"}`);
  if (!isNames(manages)) return fail("manages", "`manages` is not a list of names");
  const wrong = wrongReference(manages, self, applications);
  if (wrong !== null) return fail(wrong.code, wrong.message);
  const badPolicy = policy === undefined ? null : wrongPolicy(policy);
  if (badPolicy !== null) return fail("policy", badPolicy);
  const spec: OwnEntrySpec = { name: self.manager, service: self.service, manages };
  return {
    own: { is: "present", spec },
    policy: policy === undefined ? null : (policy as Partial<Policy>),
    guards: Array.isArray(guards) ? guards : null,
  };
}

/** A reference that leads nowhere, or to somebody else's. */
function wrongReference(
  manages: readonly Name[],
  self: Self,
  applications: ReadonlyMap<Name, Application>,
): { code: string; message: string } | null {
  for (const [index, name] of manages.entries()) {
    const application = applications.get(name);
    if (application === undefined) {
      return {
        code: "dangling-reference",
        message: `manages[${index}] refers to ${name}, which is not described anywhere`,
      };
    }
    if (application.manager !== null && application.manager !== self.manager) {
      return {
        code: "foreign-reference",
        message: `manages[${index}] refers to ${name}, which belongs to ${application.manager}`,
      };
    }
  }
  return null;
}

function wrongPolicy(policy: Json): string | null {
  if (!isMap(policy)) return "`policy` is not a mapping";
  for (const [axis, value] of Object.entries(policy)) {
    if (axis in policyAxes) {
      const values: readonly unknown[] = policyAxes[axis as PolicyAxis];
      if (!values.includes(value))
        return `policy.${axis} is "${String(value)}", not one of ${values.join(", ")}`;
    } else if (!(axis in policyNumbersDefault)) return `there is no policy axis ${axis}`;
    else if (typeof value !== "number" || value < 0) return `policy.${axis} is not a number`;
  }
  return null;
}
