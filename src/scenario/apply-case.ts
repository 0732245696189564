/** A case on the run of its scenario: the same fleet and managers under another script. Pure, and cheap. */
import { withDocument } from "../models/config/documents.js";
import { isFile } from "../models/config/files.js";
import { isTicket } from "../models/config/ticket.js";
import type { Name } from "../models/fleet/spec.js";
import type { Doc } from "../models/managers/contract.js";
import type { Case, CaseDocument, CaseEvent } from "./case.js";
import type { Run, RunChange, Script } from "./run.js";

/** The document that a case puts in place, null where it takes one away; a search hands in those it wrote itself. */
export type MakeDocument = (document: CaseDocument) => Doc | null;

const plainDocument: MakeDocument = ({ id, version, text }) => (text === null ? null : { id, version, text });

type Of<E extends CaseEvent["e"]> = Extract<CaseEvent, { e: E }>;
const eventsOf = <E extends CaseEvent["e"]>(events: readonly CaseEvent[], e: E): readonly Of<E>[] =>
  events.filter((event): event is Of<E> => event.e === e);

/** `run` is the run of the scenario, with the changes in the order that a `swap` of the case asks for. */
export function applyCase(run: Run, item: Case, make: MakeDocument = plainDocument): Script {
  const documents = overlaid(run, item.documents, make);
  const partial = new Map(eventsOf(item.events, "partial").map((event) => [event.version, event.cells]));
  const changes = run.changes.map((change, index): RunChange => {
    const version = index + 2;
    const own = documents(version);
    const cells = partial.get(version) ?? null;
    if (own === change.documents && cells === null) return change;
    return delivering(change, own, cells);
  });
  const deliveries = eventsOf(item.events, "deliver").map((event, index) =>
    deliveryOf(run, event, documents(event.version), run.changes.length + 2 + index),
  );
  const order = [...changes, ...deliveries].map((change, index) => ({ change, index }));
  order.sort((a, b) => a.change.atMs - b.change.atMs || a.index - b.index);
  const faults = eventsOf(item.events, "fault");
  return {
    documents: documents(1),
    changes: order.map(({ change }) => change),
    faults: faults.length === 0 ? run.faults : [...run.faults, ...faults],
    skews: [...run.skews, ...eventsOf(item.events, "skew")],
    bypassed: bypassed(eventsOf(item.events, "bypass")),
    approveAll: eventsOf(item.events, "approve-all").length > 0,
    pinned: item.luck.pinned,
  };
}

/** The documents of every version with those of the case in them; a version that none of them touches stays as it is. */
function overlaid(
  run: Run,
  changed: readonly CaseDocument[],
  make: MakeDocument,
): (version: number) => readonly Doc[] {
  const plain = (version: number): readonly Doc[] =>
    version === 1
      ? run.documents
      : ((run.changes[version - 2] ?? run.changes.at(-1))?.documents ?? run.documents);
  if (changed.length === 0) return plain;
  const made = new Map<CaseDocument, Doc | null>();
  const known = new Map<number, readonly Doc[]>();
  return (version) => {
    const before = known.get(version);
    if (before !== undefined) return before;
    let result = plain(version);
    for (const document of changed) {
      if (document.version > version || isOverwritten(run, document, version)) continue;
      let doc = made.get(document);
      if (doc === undefined) {
        doc = make(document);
        made.set(document, doc);
      }
      result = withDocument(result, document.id, doc);
    }
    known.set(version, result);
    return result;
  };
}

/** A later change that writes the same document puts its own text there. */
const isOverwritten = (run: Run, document: CaseDocument, version: number): boolean =>
  run.changes.some(
    (change, index) =>
      index + 2 > document.version && index + 2 <= version && change.touched.includes(document.id),
  );

function deliveryOf(run: Run, event: Of<"deliver">, documents: readonly Doc[], next: number): RunChange {
  const last = run.changes[event.version - 2] ?? run.changes.at(-1);
  const left = event.withoutTickets ? documents.filter((doc) => !isTicket(doc)) : documents;
  // One document with a higher number makes it a version of its own.
  const delivered = event.as === "old" ? left : left.map((doc) => renumbered(doc, next));
  const ids = new Set(delivered.map((doc) => doc.id));
  const { author, scope, approvals } = last?.spec ?? { author: "somebody", scope: null, approvals: [] };
  return {
    spec: { atMs: event.atMs, author, scope, approvals, intend: [], edits: null },
    atMs: event.atMs,
    version: event.as === "old" ? event.version : next,
    documents: delivered,
    repaired: repairedFor(run.changes.at(-1)?.repaired ?? run.documents, delivered, next),
    ticket: { id: "delivery", removes: [], author, scope, approvals },
    text: event.text,
    defects: [],
    ...(event.cells === null ? wishes(run, delivered) : { removes: [], adds: [] }),
    migrates: [],
    touched: [...ids],
    cells: event.cells,
    delivery: true,
  };
}

/** What people want after a delivery of what changes removed: it is back, or it is to stay away. */
function wishes(run: Run, documents: readonly Doc[]): Pick<RunChange, "removes" | "adds"> {
  const removed = [...new Set(run.changes.flatMap((change) => change.removes))];
  const ids = new Set(documents.map((doc) => doc.id));
  const isRead = (name: Name): boolean =>
    run.managers.some(
      ({ manager, selves }) => manager.read(documents, selves[0]!).entries[name]?.is === "present",
    );
  const isBack = (service: number): boolean => {
    const name = run.fleet.serviceNames[service]!;
    return ids.has(`applications/${name}.yaml`) || (documents.some(isFile) && isRead(name));
  };
  return { removes: removed.filter((service) => !isBack(service)), adds: removed.filter(isBack) };
}

const renumbered = ({ id, text }: Doc, version: number): Doc => ({ id, version, text });

/** The change with other documents. What people would restore is worked out when they do: a plan never asks. */
function delivering(change: RunChange, documents: readonly Doc[], cells: RunChange["cells"]): RunChange {
  let repaired: readonly Doc[] | null = null;
  return {
    ...change,
    documents,
    cells,
    get repaired() {
      repaired ??= repairedFor(change.repaired, documents, change.version);
      return repaired;
    },
  };
}

/** What people restore: what was meant, as a version that no manager takes for an older one. */
export function repairedFor(meant: readonly Doc[], instead: readonly Doc[], version: number): readonly Doc[] {
  const there = new Map(instead.map((doc) => [doc.id, doc]));
  return meant.map((doc) => {
    const other = there.get(doc.id);
    return other === doc ? doc : { id: doc.id, version, text: doc.text };
  });
}

function bypassed(events: readonly Of<"bypass">[]): Script["bypassed"] {
  const off = new Map<Name, Set<string>>();
  for (const { of, guard } of events) off.set(of, (off.get(of) ?? new Set()).add(guard));
  return off;
}
