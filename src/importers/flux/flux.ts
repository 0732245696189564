/** A repository from which Flux runs a cluster: Kustomizations and what they apply, down to the objects. */
import type { Issue } from "../../base/issue.js";
import type {
  Imported,
  ImportedManager,
  ImportedNeed,
  Importer,
  ImportOptions,
  ItemId,
  Tree,
} from "../contract.js";
import { assemble } from "../kubernetes/assemble.js";
import { type Entry, idIn } from "../kubernetes/entry-index.js";
import { filesOf, Noting } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import type { KubeObject } from "../kubernetes/kube-object.js";
import { leftOutBy } from "../kubernetes/left-out.js";
import { brokenManifest } from "../kubernetes/manifest.js";
import { fluxDraft } from "./drafts.js";
import { findRoots, type Root } from "./roots.js";
import { type Self, selfOf } from "./self.js";
import { isKustomization, ownershipOf, specOf } from "./spec.js";
import { type Unit, walk } from "./walk.js";

export const flux: Importer = {
  format: "flux",
  about: "a repository of Flux: Kustomizations, HelmReleases, and the objects at their paths",
  read: readFlux,
  broken: brokenManifest,
  leftOut: leftOutBy("Kustomization"),
};

function readFlux(tree: Tree, options: ImportOptions): Imported {
  const files = new Noting(filesOf(tree));
  const issues: Issue[] = [];
  const roots = findRoots(files, options.entry, issues);
  if (roots.length === 0 && issues.length === 0) {
    const message = "no FluxInstance, no gotk-sync.yaml and no Kustomization of Flux";
    issues.push({ code: "no-root", severity: "error", message });
  }
  const { units, issues: found } = walk(files, roots, options.variables);
  const entries = entriesOf(roots, units);
  const waiting = orderOfServices(units, entries);
  const selves = new Map<string, Self>();
  for (const root of roots) {
    const cluster = units.find(({ spec }) => spec.object === root.object)?.home ?? "";
    const self = selfOf(cluster, entries, root.url === null ? [] : [root.url]);
    selves.set(cluster, self);
    for (const [id, needs] of self.needs) waiting.set(id, [...(waiting.get(id) ?? []), ...needs]);
  }
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
    managers: managersOf(roots, units, entries, selves),
    refused: new Map(units.flatMap(({ id, refusal }) => (refusal === null ? [] : [[id, refusal] as const]))),
    reads: [...tree.files.keys()].filter((path) => files.hasRead(path)),
    issues: [...issues, ...found, ...missing(units, ids), ...assembled],
  };
}

/** Everything that is applied, with its owner; roots that no file describes belong to nobody. */
function entriesOf(roots: readonly Root[], units: readonly Unit[]): readonly Entry[] {
  const entries = units.flatMap(entriesOfUnit);
  for (const root of roots) {
    const unit = units.find(({ spec }) => spec.object === root.object);
    if (unit === undefined || entries.some(({ draft, cluster }) => idIn(draft.id, cluster) === unit.id))
      continue;
    entries.push(entryOf(root.object, unit.home, null));
  }
  return entries;
}

const entriesKept = new WeakMap<
  readonly KubeObject[],
  { readonly id: ItemId; readonly entries: readonly Entry[] }
>();

/** The same entries for the same objects, so that what is made of them is made once. */
function entriesOfUnit({ id, cluster, home, objects }: Unit): readonly Entry[] {
  let known = entriesKept.get(objects);
  if (known === undefined || known.id !== id) {
    known = { id, entries: objects.map((object) => entryOf(object, cluster, id, cluster === home)) };
    entriesKept.set(objects, known);
  }
  return known.entries;
}

/** A Kustomization owns something where Flux runs. */
function entryOf(object: KubeObject, cluster: string, owner: ItemId | null, here = true): Entry {
  const ownership = here && isKustomization(object) ? ownershipOf(specOf(object)) : null;
  return { draft: fluxDraft(object), cluster, owner, ownership, needs: none };
}

const none: readonly ImportedNeed[] = [];

/**
 * A Kustomization that depends on another waits until that one is ready: with `wait` or health checks, until its services
 * are. So its own services need those to start.
 */
function orderOfServices(
  units: readonly Unit[],
  entries: readonly Entry[],
): Map<ItemId, readonly ImportedNeed[]> {
  const services = new Map<ItemId, ItemId[]>();
  for (const { draft, cluster, owner } of entries) {
    if (!draft.runs || owner === null) continue;
    const list = services.get(owner);
    if (list === undefined) services.set(owner, [idIn(draft.id, cluster)]);
    else list.push(idIn(draft.id, cluster));
  }
  const byName = new Map(
    units.map((unit) => [`${unit.spec.namespace}/${unit.spec.name}@${unit.home}`, unit]),
  );
  const needs = new Map<ItemId, ImportedNeed[]>();
  for (const unit of units) {
    for (const { namespace, name, at } of unit.spec.dependsOn) {
      const before = byName.get(`${namespace}/${name}@${unit.home}`);
      if (before === undefined) continue;
      const { wait, healthChecks } = before.spec;
      const theirs = wait
        ? (services.get(before.id) ?? [])
        : healthChecks.map((id) => idIn(id, before.cluster));
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

/** One Flux a cluster. */
function managersOf(
  roots: readonly Root[],
  units: readonly Unit[],
  entries: readonly Entry[],
  selves: ReadonlyMap<string, Self>,
): ImportedManager[] {
  const described = new Set(entries.map(({ draft, cluster }) => idIn(draft.id, cluster)));
  return [...selves].flatMap(([cluster, self]) => {
    const own = roots.flatMap(
      (root) => units.find(({ spec, home }) => spec.object === root.object && home === cluster) ?? [],
    );
    const at = roots.find(({ object }) => object === own[0]?.spec.object)?.at;
    if (at === undefined) return [];
    const suffix = cluster === "" ? "" : `-${cluster.slice(cluster.lastIndexOf("/") + 1)}`;
    const preset = "flux/kustomization";
    const { controllers, operator, reads } = self;
    const managers: ImportedManager[] = [
      { name: `flux${suffix}`, preset, service: controllers, reads, roots: own.map(({ id }) => id), at },
    ];
    if (operator !== null && controllers !== null) {
      // The operator keeps an inventory of what it installs and collects garbage by the same rules.
      managers.push({
        name: `flux-operator${suffix}`,
        preset,
        service: operator,
        reads: [],
        roots: [controllers],
        at,
      });
    }
    return managers.filter(({ service }) => service === null || described.has(service));
  });
}

/** A Kustomization that depends on one that is not there is never applied again, and deletes nothing. */
function missing(units: readonly Unit[], ids: ReadonlySet<ItemId>): Issue[] {
  return units.flatMap((unit) =>
    unit.spec.dependsOn.flatMap(({ namespace, name, at }) => {
      if (ids.has(idIn(`Kustomization/${namespace}/${name}`, unit.home))) return [];
      const message = `${unit.spec.namespace}/${unit.spec.name} depends on ${namespace}/${name}, which is not described: it waits for ever`;
      return [issueAt("unknown-dependency", message, at, "spec.dependsOn", "warning")];
    }),
  );
}
