/** Sets of documents: in canonical order by id, each id once, and never changed in place. */
import { compareNatural } from "../../base/order.js";
import type { Doc } from "../managers/contract.js";

/** The set with `doc` in the place of the one that has this id; null takes it away. */
export function withDocument(documents: readonly Doc[], id: string, doc: Doc | null): readonly Doc[] {
  const at = documents.findIndex((item) => item.id === id);
  if (at < 0) return doc === null ? documents : inserted(documents, doc);
  const copy = documents.slice();
  if (doc === null) copy.splice(at, 1);
  else copy[at] = doc;
  return copy;
}

function inserted(documents: readonly Doc[], doc: Doc): readonly Doc[] {
  const after = documents.findIndex((item) => compareNatural(item.id, doc.id) > 0);
  return documents.toSpliced(after < 0 ? documents.length : after, 0, doc);
}
