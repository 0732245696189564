/** Do files describe the same as others did? Places do not count: lines move. */
import type { Imported, ImportedManager, ImportedNeed, Item, Ownership, Setting } from "../contract.js";

export function sameGraph(a: Imported, b: Imported): boolean {
  if (a === b) return true;
  return (
    all(a.items, b.items, sameItem) &&
    all(a.managers, b.managers, sameManager) &&
    all([...a.refused.keys()], [...b.refused.keys()], Object.is)
  );
}

function all<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k] && !same(a[k]!, b[k]!)) return false;
  return true;
}

const sameItem = (a: Item, b: Item): boolean =>
  a.id === b.id &&
  a.kind === b.kind &&
  a.runs === b.runs &&
  a.data === b.data &&
  a.owner === b.owner &&
  a.replicas === b.replicas &&
  a.keepOnly === b.keepOnly &&
  a.needsKnown === b.needsKnown &&
  sameSetting(a.keep, b.keep) &&
  sameOwnership(a.ownership, b.ownership) &&
  all(a.contains, b.contains, Object.is) &&
  all(a.needs, b.needs, sameNeed);

const sameSetting = (a: Setting | null, b: Setting | null): boolean => a?.text === b?.text;

const sameOwnership = (a: Ownership | null, b: Ownership | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.omitted === b.omitted &&
    a.deleted === b.deleted &&
    a.refused === b.refused &&
    all(a.because, b.because, sameSetting));

const sameNeed = (a: ImportedNeed, b: ImportedNeed): boolean =>
  a.on === b.on && a.kind === b.kind && a.certain === b.certain;

const sameManager = (a: ImportedManager, b: ImportedManager): boolean =>
  a.name === b.name &&
  a.preset === b.preset &&
  a.service === b.service &&
  all(a.reads, b.reads, Object.is) &&
  all(a.roots, b.roots, Object.is);
