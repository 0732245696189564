/**
 * What was edited, told as differences between documents, with the line that the manager made too much of. The line
 * follows from the causes of the run: the error that the manager met, or what it took away though nobody asked; no
 * incident is known here.
 */
import { parseDocument } from "yaml";
import { type DiffLine, diffDocuments, excerpt } from "../base/diff-lines.js";
import { isTicketId } from "../models/config/ticket.js";
import type { Name } from "../models/fleet/spec.js";
import type { Doc } from "../models/managers/contract.js";
import type { Run, RunChange } from "../scenario/run.js";
import { whyEvents } from "./story.js";
import type { Trace, TraceEvent } from "./trace.js";

export interface ToldLine extends DiffLine {
  readonly guilty: boolean;
}

export interface ToldDocument {
  readonly id: string;
  readonly lines: readonly ToldLine[];
  /** It is as it was before: what the change left out is in here. */
  readonly untouched: boolean;
}

export interface ToldChange {
  readonly atMs: number;
  readonly text: string;
  /** It is the root of what went though nobody asked. */
  readonly root: boolean;
  /** The one with the guilty line first. At most `documentsMax`; all of them are counted in `touched`. */
  readonly documents: readonly ToldDocument[];
  readonly touched: number;
  /** What the manager made of the guilty line; null: there is none. */
  readonly misread: string | null;
  /** The change that was meant would have taken the guilty line out. */
  readonly leftOut: boolean;
}

const documentsMax = 6;
/** Lines of context around a change. */
const context = 2;
const linesMax = 60;

export function toldChanges(run: Pick<Run, "documents" | "changes">, trace: Trace): readonly ToldChange[] {
  const why = whyEvents(trace);
  const root = why[0];
  const version = root?.e === "change" ? root.version : null;
  return run.changes.map((change, k) => {
    const before = k === 0 ? run.documents : run.changes[k - 1]!.documents;
    const isRoot = change.version === version;
    const fault = isRoot ? faultOf(change, before, why) : null;
    return told(change, before, isRoot, fault);
  });
}

interface Fault {
  readonly id: string;
  /** Line in the text after the change, or before it where `removed`; counts from 1. */
  readonly line: number;
  readonly removed: boolean;
  readonly text: string;
}

function told(change: RunChange, before: readonly Doc[], root: boolean, fault: Fault | null): ToldChange {
  const old = textById(before);
  const now = textById(change.documents);
  const touched = change.touched.filter((id) => !isTicketId(id));
  const shown = fault === null ? touched : [fault.id, ...touched.filter((id) => id !== fault.id)];
  return {
    atMs: change.atMs,
    text: change.text,
    root,
    documents: shown.slice(0, documentsMax).map((id) => {
      const lines = diffDocuments(old.get(id) ?? null, now.get(id) ?? null);
      const marked = lines.map((line) => ({ ...line, guilty: isGuilty(line, id, fault) }));
      return {
        id,
        lines: around(marked).slice(0, linesMax),
        untouched: lines.every(({ kind }) => kind === "same"),
      };
    }),
    touched: touched.length,
    misread: fault?.text ?? null,
    leftOut: fault !== null && !fault.removed && isMissingIn(change.repaired, fault, now.get(fault.id)!),
  };
}

const textById = (documents: readonly Doc[]): ReadonlyMap<string, string> =>
  new Map(documents.map(({ id, text }) => [id, text]));

const isGuilty = ({ kind, line }: DiffLine, id: string, fault: Fault | null): boolean =>
  fault !== null && fault.id === id && fault.line === line && (kind === "removed") === fault.removed;

/** Changed lines and the guilty one, each with some of what is around it. */
function around(lines: readonly ToldLine[]): readonly ToldLine[] {
  const guilty = lines.findIndex((line) => line.guilty);
  const changed = new Set(excerpt(lines, context));
  return lines.filter(
    (line, k) =>
      changed.has(line) || (guilty >= 0 && Math.abs(k - guilty) <= context) || (guilty >= 0 && k === 0),
  ) as readonly ToldLine[];
}

function isMissingIn(repaired: readonly Doc[], fault: Fault, text: string): boolean {
  const line = text.split("\n")[fault.line - 1];
  const meant = repaired.find(({ id }) => id === fault.id)?.text;
  return meant !== undefined && line !== undefined && !meant.split("\n").includes(line);
}

/** The line that did it; null: the causes lead to none. */
function faultOf(change: RunChange, before: readonly Doc[], why: readonly TraceEvent[]): Fault | null {
  const texts = why.flatMap((event) =>
    event.e === "read"
      ? event.errors.map(({ error }) => error)
      : event.e === "execute" && event.cause === "error"
        ? [event.text]
        : [],
  );
  for (const text of texts) {
    const fault = misreadLine(text, change, before);
    if (fault !== null) return fault;
  }
  const taken = why.find((event) => event.e === "execute" && event.cause !== "explicit");
  if (taken?.e === "execute") {
    const fault = mentioned(taken.service, taken.text, change, before);
    if (fault !== null) return fault;
  }
  // An owner that was removed as asked takes with it what it owns.
  const lost = why.find((event) => event.e === "removed" && event.cause !== "explicit");
  return lost?.e === "removed" ? mentioned(lost.service, `${lost.cause}`, change, before) : null;
}

/** An error names its document first, and what in it: `managers/legacy.yaml: manages[0] refers to ...`. */
function misreadLine(error: string, change: RunChange, before: readonly Doc[]): Fault | null {
  const doc = change.documents.find(({ id }) => error.startsWith(`${id}:`));
  if (doc === undefined) return null;
  const message = error.slice(doc.id.length + 1).trim();
  const at = /^(\w+)(?:\[(\d+)\])?/.exec(message.replaceAll("`", ""));
  const line =
    at === null ? null : lineOf(doc.text, at[2] === undefined ? [at[1]!] : [at[1]!, Number(at[2])]);
  if (line !== null) return { id: doc.id, line, removed: false, text: message };
  const old = before.find(({ id }) => id === doc.id)?.text ?? null;
  const changed = diffDocuments(old, doc.text);
  const struck =
    changed.find(({ kind }) => kind === "added") ?? changed.find(({ kind }) => kind === "removed");
  return struck === undefined
    ? null
    : { id: doc.id, line: struck.line, removed: struck.kind === "removed", text: message };
}

/** Line of a value in a YAML text; null: there is no such value. */
function lineOf(text: string, path: readonly (string | number)[]): number | null {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "silent" });
  if (document.errors.length > 0) return null;
  const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
  const offset = node?.range?.[0];
  return offset === undefined ? null : text.slice(0, offset).split("\n").length;
}

/** The first line of the change that names a service: one that went before one that came. */
function mentioned(service: Name, text: string, change: RunChange, before: readonly Doc[]): Fault | null {
  const old = textById(before);
  const now = textById(change.documents);
  const names = (line: string): boolean => line.split(/[^\w.-]+|^-|\s-/u).includes(service);
  const ids = change.touched.filter((id) => !isTicketId(id));
  // A document that went as a whole says most.
  const gone = ids.filter((id) => !now.has(id));
  for (const kind of ["removed", "added"] as const) {
    for (const id of [...gone, ...ids.filter((other) => now.has(other))]) {
      const struck = diffDocuments(old.get(id) ?? null, now.get(id) ?? null).find(
        (line) => line.kind === kind && names(line.text),
      );
      if (struck !== undefined) return { id, line: struck.line, removed: kind === "removed", text };
    }
  }
  return null;
}
