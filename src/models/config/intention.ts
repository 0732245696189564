/** What has to be edited for an intention, and which of it a defective version of the manager forgets. */
import { parse } from "yaml";
import type { Json } from "../../base/json.js";
import { compareNatural } from "../../base/order.js";
import type { FleetSpec, Name } from "../fleet/spec.js";
import type { Doc } from "../managers/contract.js";
import type { DefectSpec, ManagerSpec } from "../managers/spec.js";
import { declaredNeeds } from "./derive.js";
import type { EditSpec, IntentionSpec } from "./spec.js";

export interface IntentionEdits {
  readonly edits: readonly EditSpec[];
  readonly defects: readonly {
    readonly manager: Name;
    readonly defect: DefectSpec;
    /** The edits that this version forgets. */
    readonly edits: readonly EditSpec[];
    readonly text: string;
  }[];
}

interface OwnEntryDoc {
  readonly id: string;
  readonly stem: string;
  readonly manager: Name;
  readonly manages: readonly unknown[];
}

/** Own entries as far as they can be read; a broken one has no references to take out. */
function ownEntries(documents: readonly Doc[], managers: readonly ManagerSpec[]): readonly OwnEntryDoc[] {
  const entries: OwnEntryDoc[] = [];
  for (const doc of documents) {
    if (!doc.id.startsWith("managers/")) continue;
    let value: unknown;
    try {
      value = parse(doc.text);
    } catch {
      continue;
    }
    const record = (value ?? {}) as { name?: unknown; manages?: unknown };
    const manager = managers.find((item) => item.name === record.name);
    const manages = Array.isArray(record.manages) ? record.manages : [];
    if (manager !== undefined)
      entries.push({ id: doc.id, stem: doc.id.replace(/\.yaml$/, ""), manager: manager.name, manages });
  }
  return entries;
}

const listed = (entry: OwnEntryDoc, service: Name): readonly EditSpec[] => {
  const at = entry.manages.indexOf(service);
  return at < 0 ? [] : [{ kind: "delete", path: `${entry.stem}#/manages/${at}` }];
};

export function editsForIntention(
  intention: IntentionSpec,
  documents: readonly Doc[],
  fleet: FleetSpec,
  managers: readonly ManagerSpec[],
): IntentionEdits {
  const entries = ownEntries(documents, managers);
  switch (intention.kind) {
    case "remove":
      return remove(intention.services, documents, entries, fleet, managers);
    case "add":
      return { edits: intention.services.flatMap((name) => add(name, entries, fleet)), defects: [] };
    case "update":
      return { edits: intention.services.map((name) => touch(name, documents)), defects: [] };
    case "rename":
      return { edits: rename(intention.service, intention.to, documents, entries, fleet), defects: [] };
    case "migrate":
      return { edits: migrate(intention.service, intention.to, entries), defects: [] };
  }
}

/** Later deletions in one list come first, so that the indices of the others stay right. */
const lastFirst = (edits: readonly EditSpec[]): readonly EditSpec[] =>
  [...edits].sort((a, b) => compareNatural("path" in b ? b.path : "", "path" in a ? a.path : ""));

function remove(
  services: readonly Name[],
  documents: readonly Doc[],
  entries: readonly OwnEntryDoc[],
  fleet: FleetSpec,
  managers: readonly ManagerSpec[],
): IntentionEdits {
  const edits: EditSpec[] = [];
  const forgotten = new Map<
    string,
    { manager: Name; defect: DefectSpec; edits: EditSpec[]; services: Name[] }
  >();
  for (const service of services) {
    const path = `applications/${service}`;
    if (documents.some((doc) => doc.id === `${path}.yaml`)) edits.push({ kind: "delete", path });
    edits.push(...referencesIn(documents, service, services));
    const owner = [...fleet.services, ...fleet.objects].find((item) => item.name === service)?.manager;
    for (const entry of entries) {
      const needed = listed(entry, service);
      const defect =
        entry.manager === owner ? defectOf(managers.find((item) => item.name === owner)) : undefined;
      if (defect === undefined || needed.length === 0) {
        edits.push(...needed);
        continue;
      }
      const known = forgotten.get(entry.id) ?? { manager: entry.manager, defect, edits: [], services: [] };
      known.edits.push(...needed);
      known.services.push(service);
      forgotten.set(entry.id, known);
    }
  }
  return {
    edits: lastFirst(edits),
    defects: [...forgotten].map(([id, item]) => ({
      manager: item.manager,
      defect: item.defect,
      edits: lastFirst(item.edits),
      text: `this version of ${item.manager} leaves ${item.services.join(", ")} in ${id}`,
    })),
  };
}

/** References to a service in what stays: without these edits its dependants would need what nobody describes. */
function referencesIn(
  documents: readonly Doc[],
  service: Name,
  leaving: readonly Name[],
): readonly EditSpec[] {
  const edits: EditSpec[] = [];
  for (const doc of documents) {
    if (!doc.id.startsWith("applications/") || !doc.text.includes(service)) continue;
    const stem = doc.id.replace(/\.yaml$/, "");
    if (leaving.some((name) => stem === `applications/${name}`)) continue;
    const at = needsIn(doc).indexOf(service);
    if (at >= 0) edits.push({ kind: "delete", path: `${stem}#/needs/${at}` });
  }
  return edits;
}

/** The defect that a removal by this manager's version has, if any. */
function defectOf(manager: ManagerSpec | undefined): DefectSpec | undefined {
  return manager?.defects.find(
    (defect) =>
      defect.does === "leave-reference-in-own-entry" &&
      (defect.fixedIn === null || compareNatural(manager.version, defect.fixedIn) < 0),
  );
}

function add(name: Name, entries: readonly OwnEntryDoc[], fleet: FleetSpec): readonly EditSpec[] {
  const service = fleet.services.find((item) => item.name === name);
  if (service === undefined) return [];
  const value: Json = {
    name,
    manager: service.manager,
    needs: declaredNeeds(service.needs),
    replicas: service.replicas,
  };
  const file: EditSpec = { kind: "add", path: `applications/${name}`, value };
  return [file, ...list(name, service.manager, entries)];
}

const list = (name: Name, manager: Name | null, entries: readonly OwnEntryDoc[]): readonly EditSpec[] =>
  entries
    .filter((entry) => entry.manager === manager && !entry.manages.includes(name))
    .map((entry) => ({ kind: "add", path: `${entry.stem}#/manages`, value: name }));

function touch(name: Name, documents: readonly Doc[]): EditSpec {
  const doc = documents.find((item) => item.id === `applications/${name}.yaml`);
  const revision = Number(/^revision: (\d+)$/m.exec(doc?.text ?? "")?.[1] ?? 0);
  const path = `applications/${name}#/revision`;
  return revision === 0 ? { kind: "add", path, value: 1 } : { kind: "set", path, to: revision + 1 };
}

function rename(
  service: Name,
  to: Name,
  documents: readonly Doc[],
  entries: readonly OwnEntryDoc[],
  fleet: FleetSpec,
): readonly EditSpec[] {
  const edits: EditSpec[] = [{ kind: "delete", path: `applications/${service}` }];
  const manager = fleet.services.find((item) => item.name === service)?.manager ?? null;
  edits.push({
    kind: "add",
    path: `applications/${to}`,
    value: { name: to, manager, needs: needsOf(to, fleet), replicas: 1 },
  });
  for (const entry of entries) {
    const at = entry.manages.indexOf(service);
    if (at >= 0) edits.push({ kind: "set", path: `${entry.stem}#/manages/${at}`, to });
  }
  for (const doc of documents) {
    if (!doc.id.startsWith("applications/")) continue;
    const at = needsIn(doc).indexOf(service);
    if (at >= 0) edits.push({ kind: "set", path: `${doc.id.replace(/\.yaml$/, "")}#/needs/${at}`, to });
  }
  return edits;
}

const needsOf = (name: Name, fleet: FleetSpec): readonly Name[] =>
  declaredNeeds(fleet.services.find((item) => item.name === name)?.needs ?? []);

function needsIn(doc: Doc): readonly unknown[] {
  try {
    const value = parse(doc.text) as { needs?: unknown } | null;
    return Array.isArray(value?.needs) ? value.needs : [];
  } catch {
    return [];
  }
}

function migrate(service: Name, to: Name, entries: readonly OwnEntryDoc[]): readonly EditSpec[] {
  return [
    { kind: "set", path: `applications/${service}#/manager`, to },
    ...entries.filter((entry) => entry.manager !== to).flatMap((entry) => listed(entry, service)),
    ...list(service, to, entries),
  ];
}
