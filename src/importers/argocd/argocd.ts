/** A repository from which Argo CD runs clusters: Applications, what generates them, and what they apply. */
import type { Issue } from "../../base/issue.js";
import type {
  Imported,
  ImportedManager,
  ImportedNeed,
  Importer,
  ImportOptions,
  ItemId,
  Ownership,
  Tree,
} from "../contract.js";
import { assemble } from "../kubernetes/assemble.js";
import { type Entry, idIn } from "../kubernetes/entry-index.js";
import { filesOf, Noting } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import type { KubeObject } from "../kubernetes/kube-object.js";
import { leftOutBy } from "../kubernetes/left-out.js";
import { brokenManifest } from "../kubernetes/manifest.js";
import { serverOf } from "../kubernetes/server-of.js";
import { isApplication, isApplicationSet, ownershipOfApplication, ownershipOfSet } from "./application.js";
import { type Declared, declaredIn } from "./declared.js";
import { argoDraft, opaqueDraft } from "./drafts.js";
import { selfOf } from "./self.js";
import { type Unit, walk } from "./walk.js";
import { waveNeeds } from "./waves.js";

export const argocd: Importer = {
  format: "argocd",
  about: "a repository of Argo CD: Applications, ApplicationSets, and the objects at their paths",
  read: readArgo,
  broken: brokenManifest,
  leftOut: leftOutBy("Application"),
};

function readArgo(tree: Tree, options: ImportOptions): Imported {
  const files = new Noting(filesOf(tree));
  const issues: Issue[] = [];
  const declared = declaredIn(files, options.entry, issues);
  if (declared.applications.length === 0 && !issues.some(({ severity }) => severity === "error")) {
    issues.push(noRoot(tree));
  }
  const { units, issues: found, urls } = walk(files, declared.applications, declared.clusters);
  const entries = entriesOf(declared, units, issues);
  const { items, issues: assembled } = assemble(entries);
  const service = selfOf(entries, files);
  return {
    format: "argocd",
    items,
    managers: managersOf(declared, entries, service, urls),
    refused: new Map(units.flatMap(({ id, refusal }) => (refusal === null ? [] : [[id, refusal] as const]))),
    reads: [...tree.files.keys()].filter((path) => files.hasRead(path)),
    issues: [...issues, ...found, ...assembled],
  };
}

/** Where only a template of a chart would make Applications, that is the place to look at. */
function noRoot(tree: Tree): Issue {
  const issue = { code: "no-root", severity: "error" } as const;
  const message = "no Application and no ApplicationSet of Argo CD";
  for (const { path, text } of tree.files.values()) {
    const line = text.split("\n").findIndex((one) => /^\s*kind:\s*["']?Application(?:Set)?\b/.test(one));
    if (line === -1) continue;
    return {
      ...issue,
      message: `${message} but this one, which a template makes`,
      file: path,
      line: line + 1,
      column: 1,
      hint: "put beside the repository what it makes (helm template .. > rendered.yaml), and import that",
    };
  }
  return { ...issue, message };
}

const none: readonly ImportedNeed[] = [];
const ownerships = new WeakMap<KubeObject, Ownership>();

function ownershipOf(object: KubeObject): Ownership {
  let ownership = ownerships.get(object);
  if (ownership === undefined) {
    ownership = isApplicationSet(object) ? ownershipOfSet(object) : ownershipOfApplication(object);
    ownerships.set(object, ownership);
  }
  return ownership;
}

const entriesKept = new WeakMap<
  readonly KubeObject[],
  { readonly id: ItemId; readonly entries: readonly Entry[] }
>();

/** What is applied, with its owner; what only people apply belongs to nobody. */
function entriesOf(declared: Declared, units: readonly Unit[], issues: Issue[]): readonly Entry[] {
  const unitOf = new Map(units.map((unit) => [unit.id, unit]));
  const isUnit = (object: KubeObject): boolean => isApplication(object) || isApplicationSet(object);
  const entryOf = (object: KubeObject, cluster: string, owner: ItemId | null): Entry => {
    const unit = cluster === "" && isUnit(object) ? unitOf.get(argoDraft(object).id) : undefined;
    if (unit === undefined) return { draft: argoDraft(object), cluster, owner, ownership: null, needs: none };
    const draft = unit.opaque ? opaqueDraft(object) : argoDraft(object);
    return { draft, cluster, owner, ownership: ownershipOf(object), needs: none, names: unit.names };
  };
  const entries: Entry[] = [];
  for (const { id, cluster, objects } of units) {
    const hasUnits = objects.some(isUnit);
    let known = hasUnits ? undefined : entriesKept.get(objects);
    if (known === undefined || known.id !== id) {
      const own = objects.map((object) => entryOf(object, cluster, id));
      const waves = waveNeeds(own);
      const waiting = own.map((entry) => {
        const needs = waves.get(idIn(entry.draft.id, entry.cluster));
        return needs === undefined ? entry : { ...entry, needs };
      });
      known = { id, entries: waiting };
      if (!hasUnits) entriesKept.set(objects, known);
    }
    entries.push(...known.entries);
  }
  const described = new Map(entries.map(({ draft, cluster }) => [idIn(draft.id, cluster), draft.object]));
  for (const object of [...declared.applications, ...declared.others]) {
    const entry = entryOf(object, "", null);
    const before = described.get(entry.draft.id);
    if (before === undefined) {
      described.set(entry.draft.id, object);
      entries.push(entry);
    } else if (before.at.file !== object.at.file || before.at.line !== object.at.line) {
      const { file, line } = before.at;
      const message = `${entry.draft.title} (${entry.draft.kind}) is described twice, also in ${file}:${line}`;
      issues.push(issueAt("described-twice", message, object.at, undefined, "warning"));
    }
  }
  return entries;
}

/** One Argo CD: at the top of it are the Applications that nobody else applies, or those that apply themselves. */
function managersOf(
  declared: Declared,
  entries: readonly Entry[],
  service: ItemId | null,
  urls: readonly string[],
): ImportedManager[] {
  const owners = new Map(entries.map(({ draft, cluster, owner }) => [idIn(draft.id, cluster), owner]));
  const ids = [...new Set(declared.applications.map((object) => argoDraft(object).id))];
  const top = ids.filter((id) => (owners.get(id) ?? null) === null);
  const roots = top.length > 0 ? top : ids.filter((id) => ownsItself(id, owners)).slice(0, 1);
  const first = declared.applications.find((object) => argoDraft(object).id === roots[0]);
  if (first === undefined) return [];
  const reads = new Set(urls.flatMap((url) => serverOf(url, entries) ?? []));
  return [{ name: "argocd", preset: "argocd/application", service, reads: [...reads], roots, at: first.at }];
}

/** Going from owner to owner leads back. */
function ownsItself(id: ItemId, owners: ReadonlyMap<ItemId, ItemId | null>): boolean {
  const seen = new Set<ItemId>();
  for (let here = owners.get(id) ?? null; here !== null && !seen.has(here); here = owners.get(here) ?? null) {
    if (here === id) return true;
    seen.add(here);
  }
  return false;
}
