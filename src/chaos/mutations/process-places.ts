/** Times, cells and documents that process operators refer to. */
import { isTicket } from "../../models/config/ticket.js";
import type { Name } from "../../models/fleet/spec.js";
import type { Doc } from "../../models/managers/contract.js";
import type { CaseEvent } from "../../scenario/case.js";
import type { RunManager } from "../../scenario/run.js";
import type { Material, PatchDocument } from "./material.js";

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
/** The last change has been carried out by then. */
export const soonMs = 5 * minuteMs;
/** What was deployed again is back by then. */
export const laterMs = 45 * minuteMs;

export const afterLastChange = (material: Material, ms: number): number => material.lastChange.atMs + ms;

/** Above this number of cells only some of them are struck: the others would show the same. */
const cellsMax = 8;

/** Cells of all managers, those of one manager after the other, each name once. */
export const cellsOf = (material: Material): readonly Name[] => [
  ...new Set(material.base.run.managers.flatMap((manager) => manager.cells.map((cell) => cell.name))),
];

/** All of a few, the first, the middle and the last of many. */
export const representatives = <T>(items: readonly T[]): readonly T[] =>
  items.length <= cellsMax ? items : [items[0]!, items[items.length >> 1]!, items.at(-1)!];

export const managersOf = (material: Material): readonly RunManager[] => material.base.run.managers;

type Deliver = Extract<CaseEvent, { e: "deliver" }>;

export function deliver(
  what: Pick<Deliver, "atMs" | "version" | "text"> & Partial<Deliver>,
): readonly [Deliver] {
  return [{ e: "deliver", as: "new", cells: null, withoutTickets: false, ...what }];
}

/** A version that nobody delivers yet: documents of it are seen by those who get it delivered. */
export const newVersion = (material: Material): number =>
  Math.max(material.version, ...material.documents.map((document) => document.version)) + 1;

export const stemOf = (id: string): string => id.replace(/\.yaml$/, "");

/** Ids of the documents that differ between two versions, in canonical order. The ledger of tickets is not among them. */
export function changedBetween(material: Material, before: number, after: number): readonly string[] {
  const old = byId(material.view(before));
  const now = byId(material.view(after));
  const ids = [...old.keys(), ...[...now.keys()].filter((id) => !old.has(id))];
  return ids.filter((id) => !isSame(old.get(id), now.get(id)));
}

const byId = (docs: readonly Doc[]): ReadonlyMap<string, Doc> =>
  new Map(docs.filter((doc) => !isTicket(doc)).map((doc) => [doc.id, doc]));

const isSame = (a: Doc | undefined, b: Doc | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.text === b.text);

/** The text that a document has in `from`, as a document of `version`; null where there is none. */
export const takenFrom = (material: Material, id: string, from: number, version: number): PatchDocument => ({
  id,
  version,
  text: material.document(id, from)?.text ?? null,
});
