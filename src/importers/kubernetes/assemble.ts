/**
 * Items of drafts: names become ids, what is named and not there is left out, and who contains whom is found. Needs between
 * things that run are given directly, also where a file says them through a third: a variable names a Service, and the
 * Service selects pods.
 */
import type { Issue } from "../../base/issue.js";
import type { ImportedNeed, Item, ItemId, Place } from "../contract.js";
import type { Draft, Reference } from "./draft.js";
import { type Entry, EntryIndex, idIn, push, scope } from "./entry-index.js";
import { serviceOf } from "./hosts.js";
import { issueAt } from "./issue-at.js";
import { objectId } from "./kinds.js";
import { compareKeys, naturalKey } from "./natural-key.js";

export interface Assembled {
  readonly items: readonly Item[];
  readonly issues: readonly Issue[];
}

export function assemble(entries: readonly Entry[]): Assembled {
  const twice = new Map<string, { first: string; at: Place; count: number }>();
  const index = new EntryIndex();
  for (const entry of entries) {
    const before = index.add(entry);
    if (before === null) continue;
    const { at } = entry.draft.object;
    const known = twice.get(at.file);
    if (known !== undefined) known.count++;
    else {
      const { file, line } = before.draft.object.at;
      twice.set(at.file, {
        first: `${entry.draft.kind} ${entry.draft.title}, also in ${file}:${line}`,
        at,
        count: 1,
      });
    }
  }
  const issues = [...twice.values()].map(({ first, at, count }) => {
    const message = `${count === 1 ? "an object is" : `${count} objects are`} described twice: ${first}; the first counts`;
    return issueAt("described-twice", message, at, undefined, "warning");
  });
  const needs = new Map<ItemId, Needs>();
  for (const [id, entry] of index.byId) {
    const { needs: given, names, draft } = entry;
    if (given.length > 0 || draft.references.length > 0 || names !== undefined)
      needs.set(id, needsOf(id, entry, index));
  }
  for (const entry of index.byId.values()) admit(entry, index, needs);
  const sorted = [...index.byId].sort(([, a], [, b]) =>
    a.cluster === b.cluster
      ? compareKeys(a.draft.sortKey, b.draft.sortKey)
      : compareKeys(naturalKey(idIn(a.draft.id, a.cluster)), naturalKey(idIn(b.draft.id, b.cluster))),
  );
  const contains = containment(index, sorted);
  const items = sorted.map(([id, entry]) => itemOf(id, entry, needs.get(id), contains.get(id)));
  return { items, issues };
}

const plain = new WeakMap<Entry, Item>();

/** Most items need nobody and contain nobody: those are the same as long as their entry is. */
function itemOf(
  id: ItemId,
  entry: Entry,
  needs: Needs | undefined,
  contains: readonly ItemId[] | undefined,
): Item {
  if ((needs !== undefined && needs.list.length > 0) || contains !== undefined) {
    return makeItem(id, entry, needs ?? { list: [], known: false }, contains ?? []);
  }
  let item = plain.get(entry);
  if (item === undefined) plain.set(entry, (item = makeItem(id, entry, { list: [], known: false }, [])));
  return item;
}

function makeItem(id: ItemId, entry: Entry, needs: Needs, contains: readonly ItemId[]): Item {
  const { draft, cluster, owner, ownership } = entry;
  return {
    id,
    kind: draft.kind,
    title: cluster === "" ? draft.title : `${draft.title} in ${cluster}`,
    runs: draft.runs,
    contains,
    data: draft.data,
    at: draft.object.at,
    owner,
    ownership,
    keep: draft.keep,
    ...(draft.keepOnly === null ? {} : { keepOnly: draft.keepOnly }),
    needs: needs.list,
    needsKnown: needs.known,
    replicas: draft.replicas,
  };
}

interface Needs {
  readonly list: ImportedNeed[];
  known: boolean;
}

function needsOf(id: ItemId, { draft, cluster, needs, names }: Entry, index: EntryIndex): Needs {
  const result: Needs = { list: [], known: false };
  const add = (need: ImportedNeed, tells: boolean): void => {
    const on = index.find(need.on);
    if (on === null || on === id) return;
    if (tells) result.known = true;
    if (result.list.some((other) => other.on === on && other.kind === need.kind)) return;
    result.list.push(on === need.on ? need : { ...need, on });
  };
  for (const need of needs) add(need, true);
  for (const reference of names === undefined ? draft.references : [...draft.references, ...names]) {
    for (const need of resolve(reference, draft, cluster, index)) add(need, reference.tells);
  }
  return result;
}

function resolve(reference: Reference, draft: Draft, cluster: string, index: EntryIndex): ImportedNeed[] {
  const { to, kind, certain, evidence, at } = reference;
  if ("id" in to) return [{ on: idIn(to.id, cluster), kind, certain, evidence, at }];
  if ("selector" in to) {
    const pods = index.selected(to.selector, to.namespace, cluster, false);
    // Several kinds of pods behind one Service stand in for each other.
    return pods.map((on) => ({ on, kind: pods.length === 1 ? kind : "soft", certain, evidence, at }));
  }
  const meant = serviceOf(to.host, draft.release?.namespace ?? draft.namespace);
  if (meant === null) return [];
  const said = (who: string): string => evidence.replace("%s", who);
  const service = idIn(objectId("Service", "", meant.namespace, meant.name), cluster);
  const entry = index.byId.get(service);
  if (entry !== undefined) {
    const name = `the Service ${meant.name}`;
    const selector = entry.draft.selects;
    const pods =
      selector === null
        ? []
        : index.selected({ matchLabels: selector }, entry.draft.namespace, cluster, false);
    return [
      { on: service, kind, certain, evidence: said(name), at },
      ...pods.map((on): ImportedNeed => {
        return {
          on,
          kind: pods.length === 1 ? kind : "soft",
          certain,
          evidence: said(`${name}, which selects it`),
          at,
        };
      }),
    ];
  }
  if (!to.host.includes(".") && !evidence.includes("variable")) return [];
  const release = index.releaseOf(meant.name, meant.namespace, cluster);
  return release === null
    ? []
    : [{ on: release, kind, certain, evidence: said(`its Service ${meant.name}`), at }];
}

/** Whom a policy lets talk to whom: perhaps the one needs the other. */
function admit({ draft, cluster }: Entry, index: EntryIndex, needs: Map<ItemId, Needs>): void {
  for (const { from, to, at } of draft.admissions) {
    const callers = index.selected(
      from.selector,
      from.namespace,
      cluster,
      from.namespace === null && draft.namespace !== null,
    );
    const called = index.selected(
      to.selector,
      to.namespace,
      cluster,
      to.namespace === null && draft.namespace !== null,
    );
    for (const caller of callers) {
      const known = needs.get(caller) ?? { list: [], known: false };
      needs.set(caller, known);
      for (const on of called) {
        if (on === caller || known.list.some((need) => need.on === on)) continue;
        const evidence = `the NetworkPolicy ${draft.object.name} admits it`;
        known.list.push({ on, kind: "soft", certain: false, evidence, at });
      }
    }
  }
}

/** Namespaces contain what is in them, definitions their instances, owners what names them as owner. */
function containment(
  index: EntryIndex,
  sorted: readonly (readonly [ItemId, Entry])[],
): ReadonlyMap<ItemId, readonly ItemId[]> {
  const contains = new Map<string, ItemId[]>();
  const namespaces = new Map<string, ItemId>();
  const definitions: { prefix: string; cluster: string; id: ItemId }[] = [];
  for (const [id, { draft, cluster }] of index.byId) {
    if (draft.kind === "Namespace" && draft.object.group === "")
      namespaces.set(scope(draft.object.name, cluster), id);
    if (draft.defines !== null) definitions.push({ prefix: draft.defines, cluster, id });
  }
  for (const [id, { draft, cluster }] of sorted) {
    const namespace = draft.namespace === null ? undefined : namespaces.get(scope(draft.namespace, cluster));
    if (namespace !== undefined) push(contains, namespace, id);
    for (const definition of definitions) {
      if (definition.cluster === cluster && draft.id.startsWith(definition.prefix))
        push(contains, definition.id, id);
    }
    for (const owner of draft.ownedBy) {
      const found = index.find(idIn(owner, cluster));
      if (found !== null && found !== id) push(contains, found, id);
    }
  }
  return contains;
}
