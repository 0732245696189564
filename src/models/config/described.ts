/** What a set of documents describes, the same for every manager and cell that reads it. */
import { fingerprint } from "../../base/hash.js";
import type { Issue } from "../../base/issue.js";
import { canonicalJson } from "../../base/json.js";
import type { Name } from "../fleet/spec.js";
import type { Doc, Entry, EntrySpec, Reading } from "../managers/contract.js";
import { isMap, isNames, issueIn, type Parse, type Parsed, valueWritten } from "./parsed.js";
import { isTicket, readTicket } from "./ticket.js";

export interface Listed {
  readonly manager: Name | null;
  /** In error as well where it needs what nothing describes. */
  readonly entry: Entry;
  /** Its own text cannot be understood. */
  readonly unreadable: boolean;
}

export interface Application extends Listed {
  readonly doc: Doc;
}

export interface Described {
  /** The highest of its documents; 0: there is none. */
  readonly version: number;
  readonly whole: Reading["whole"];
  /** By name, in the order of their documents. */
  readonly applications: ReadonlyMap<Name, Listed>;
  /** What tickets removed and nothing describes any more, in the order of the tickets. */
  readonly removed: ReadonlyMap<Name, Entry>;
  /** What is wrong with documents that are no applications. */
  readonly broken: readonly Issue[];
}

export function describe(documents: readonly Doc[], parse: Parse): Described {
  const applications = new Map<Name, Application>();
  const tickets: Doc[] = [];
  const broken: Issue[] = [];
  for (const doc of documents) {
    if (doc.id.startsWith("applications/")) describeApplication(doc, parse, applications);
    else if (isTicket(doc)) tickets.push(doc);
    else {
      const parsed = parse(doc);
      if ("error" in parsed) broken.push(parsed.error);
    }
  }
  for (const [name, application] of applications) {
    const entry = withNeeds(application, applications);
    if (entry !== application.entry) applications.set(name, { ...application, entry });
  }
  const { version, whole } = deliveryOf(documents);
  return { version, whole, applications, removed: removedBy(tickets, applications), broken };
}

/** How the documents arrived, whatever they say. */
export function deliveryOf(documents: readonly Doc[]): Pick<Described, "version" | "whole"> {
  let version = 0;
  let whole: Reading["whole"] = documents.length === 0 ? "unreadable" : "complete";
  for (const doc of documents) {
    if (doc.version > version) version = doc.version;
    if (doc.fault === "error" || doc.fault === "empty") whole = "unreadable";
    else if (doc.fault === "partial" && whole === "complete") whole = "partial";
  }
  return { version, whole };
}

export function removedBy(
  tickets: readonly Doc[],
  applications: ReadonlyMap<Name, unknown>,
): Described["removed"] {
  const removed = new Map<Name, Entry>();
  for (const doc of tickets) {
    const ticket = readTicket(doc);
    for (const name of ticket.removes) {
      if (!applications.has(name)) removed.set(name, { is: "removed", ticket, sinceVersion: doc.version });
    }
  }
  return removed;
}

function describeApplication(doc: Doc, parse: Parse, applications: Map<Name, Application>): void {
  const [name, application] = applicationIn(doc, parse);
  const other = applications.get(name);
  applications.set(
    name,
    other === undefined
      ? application
      : { ...application, entry: duplicate(name, other.doc, doc), unreadable: true },
  );
}

function applicationIn(doc: Doc, parse: Parse): [Name, Application] {
  // One that a mutation wrote is rarely read again.
  if (valueWritten(doc) !== undefined) return readApplication(doc, parse(doc));
  let application = applicationOf.get(doc);
  if (application === undefined) {
    application = readApplication(doc, parse(doc));
    applicationOf.set(doc, application);
  }
  return application;
}

/** Documents never change, and a search reads thousands of sets of them that differ in one. */
const applicationOf = new WeakMap<Doc, [Name, Application]>();

export const unknown = (error: Issue): Extract<Entry, { is: "unknown" }> => ({ is: "unknown", error });

const duplicate = (name: Name, a: Doc, b: Doc): Entry =>
  unknown(issueIn("duplicate-name", b.id, `${name} is described in ${a.id} as well`));

/** One application document; an unreadable one keeps the name of its file. */
function readApplication(doc: Doc, parsed: Parsed): [Name, Application] {
  const stem = doc.id.slice("applications/".length).replace(/\.yaml$/, "");
  const fail = (code: string, message: string, manager: Name | null = null): [Name, Application] => [
    stem,
    { doc, manager, entry: unknown(issueIn(code, doc.id, message)), unreadable: true },
  ];
  if ("error" in parsed)
    return [stem, { doc, manager: null, entry: unknown(parsed.error), unreadable: true }];
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
  return [name, { doc, manager: owner, entry: { is: "present", spec }, unreadable: false }];
}

/** A present entry whose need is not described anywhere is in error. */
function withNeeds(application: Application, applications: ReadonlyMap<Name, Application>): Entry {
  const { entry, doc } = application;
  if (entry.is !== "present") return entry;
  const missing = entry.spec.needs.find((name) => !applications.has(name));
  return missing === undefined
    ? entry
    : unknown(issueIn("dangling-need", doc.id, `it needs ${missing}, which is not described`));
}
