/** A repository from which Flux runs a cluster: Kustomizations and what they apply, down to the objects. */
import type { Issue } from "../../base/issue.js";
import type { Imported, ImportedManager, ImportedNeed, Importer, ImportOptions, ItemId, Ownership, Tree } from "../contract.js";
import { assemble, type Entry, idIn } from "../kubernetes/assemble.js";
import { filesOf, Noting } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { fluxDraft } from "./drafts.js";
import { findRoots, type Root } from "./roots.js";
import { selfOf } from "./self.js";
import { ownershipOf } from "./spec.js";
import { type Unit, walk } from "./walk.js";

export const flux: Importer = {
  format: "flux",
  about: "a repository of Flux: Kustomizations, HelmReleases, and the objects at their paths",
  read: readFlux,
};

function readFlux(tree: Tree, options: ImportOptions): Imported {
  const files = new Noting(filesOf(tree));
  const issues: Issue[] = [];
  const roots = findRoots(files, options.entry, issues);
  if (roots.length === 0 && issues.length === 0) {
    issues.push(issueAt("no-root", "no FluxInstance, no gotk-sync.yaml and no Kustomization of Flux", { file: "", line: 1, column: 1 }));
  }
  const { units, issues: found } = walk(files, roots, options.variables);
  const entries = entriesOf(roots, units);
  const urls = roots.flatMap(({ url }) => url ?? []);
  const self = selfOf(entries, urls);
  const waiting = orderOfServices(units, entries);
  for (const [id, needs] of self.needs) waiting.set(id, [...(waiting.get(id) ?? []), ...needs]);
  const { items, issues: assembled } = assemble(
    entries.map((entry) => {
      const needs = waiting.get(idIn(entry.draft.id, entry.cluster));
      return needs === undefined ? entry : { ...entry, needs };
    }),
  );
  const ids = new Set(items.map((item) => item.id));
  return {
    format: "flux",
    items,
    managers: managersOf(roots, units, self, ids),
    refused: new Map(units.flatMap(({ id, refusal }) => (refusal === null ? [] : [[id, refusal] as const]))),
    reads: [...tree.files.keys()].filter((path) => files.hasRead(path)),
    issues: [...issues, ...found, ...missing(units, ids), ...assembled],
  };
}

/** Everything that is applied, with its owner; roots that no file describes belong to nobody. */
function entriesOf(roots: readonly Root[], units: readonly Unit[]): readonly Entry[] {
  const owning = new Map<ItemId, Ownership>();
  for (const { id, spec } of units) owning.set(id, ownershipOf(spec));
  const entries: Entry[] = [];
  const add = (draft: Entry["draft"], cluster: string, owner: ItemId | null): void => {
    const ownership = owning.get(idIn(draft.id, cluster)) ?? null;
    entries.push({ draft, cluster, owner, ownership, needs: none });
  };
  for (const { id, cluster, objects } of units) {
    for (const object of objects) add(fluxDraft(object), cluster, id);
  }
  const described = new Set(entries.map(({ draft, cluster }) => idIn(draft.id, cluster)));
  for (const root of roots) {
    const unit = units.find(({ spec }) => spec.object === root.object);
    if (unit === undefined || described.has(unit.id)) continue;
    add(fluxDraft(root.object), unit.cluster, null);
  }
  return entries;
}

const none: readonly ImportedNeed[] = [];

/**
 * A Kustomization that depends on another waits until that one is ready: with `wait` or health checks, until its services
 * are. So its own services need those to start.
 */
function orderOfServices(units: readonly Unit[], entries: readonly Entry[]): Map<ItemId, readonly ImportedNeed[]> {
  const services = new Map<ItemId, ItemId[]>();
  for (const { draft, cluster, owner } of entries) {
    if (!draft.runs || owner === null) continue;
    const list = services.get(owner);
    if (list === undefined) services.set(owner, [idIn(draft.id, cluster)]);
    else list.push(idIn(draft.id, cluster));
  }
  const byName = new Map(units.map((unit) => [`${unit.spec.namespace}/${unit.spec.name}@${home(unit)}`, unit]));
  const needs = new Map<ItemId, ImportedNeed[]>();
  for (const unit of units) {
    for (const { namespace, name, at } of unit.spec.dependsOn) {
      const before = byName.get(`${namespace}/${name}@${home(unit)}`);
      if (before === undefined) continue;
      const { wait, healthChecks } = before.spec;
      const theirs = wait ? (services.get(before.id) ?? []) : healthChecks.map((id) => idIn(id, before.cluster));
      const evidence = `dependsOn of its Kustomization: ${namespace}/${name} is ready when this is`;
      for (const own of services.get(unit.id) ?? []) {
        const list = needs.get(own) ?? [];
        for (const on of theirs) list.push({ on, kind: "startup", certain: true, evidence, at });
        needs.set(own, list);
      }
    }
  }
  return needs;
}

/** The cluster in which a Kustomization itself lives. */
const home = ({ id }: Unit): string => (id.includes("@") ? id.slice(id.indexOf("@") + 1) : "");

function managersOf(roots: readonly Root[], units: readonly Unit[], self: ReturnType<typeof selfOf>, ids: ReadonlySet<ItemId>): ImportedManager[] {
  const first = roots[0];
  if (first === undefined) return [];
  const rootIds = roots.flatMap((root) => units.find(({ spec }) => spec.object === root.object)?.id ?? []);
  const managers: ImportedManager[] = [
    { name: "flux", preset: "flux/kustomization", service: self.controllers, reads: self.reads, roots: rootIds, at: first.at },
  ];
  if (self.operator !== null && self.controllers !== null) {
    // The operator keeps an inventory of what it installs and collects garbage by the same rules.
    const at = first.at;
    managers.push({ name: "flux-operator", preset: "flux/kustomization", service: self.operator, reads: [], roots: [self.controllers], at });
  }
  return managers.filter(({ service }) => service === null || ids.has(service));
}

/** A Kustomization that depends on one that is not there is never applied again, and deletes nothing. */
function missing(units: readonly Unit[], ids: ReadonlySet<ItemId>): Issue[] {
  return units.flatMap((unit) =>
    unit.spec.dependsOn.flatMap(({ namespace, name, at }) => {
      if (ids.has(idIn(`Kustomization/${namespace}/${name}`, home(unit)))) return [];
      const message = `${unit.spec.namespace}/${unit.spec.name} depends on ${namespace}/${name}, which is not described: it waits for ever`;
      return [issueAt("unknown-dependency", message, at, "spec.dependsOn", "warning")];
    }),
  );
}
