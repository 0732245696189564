/**
 * Where a cluster begins: the Kustomization that nobody but Flux itself applies. A FluxInstance (or the values of its chart)
 * makes one from `sync`; `flux bootstrap` writes one into gotk-sync.yaml; else somebody applied one by hand.
 */
import type { Issue } from "../../base/issue.js";
import type { Place, Tree, TreeFile } from "../contract.js";
import { directoryOf, filesOf, join, Noting } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { type KubeObject, kubeObject, placeOf } from "../kubernetes/kube-object.js";
import { kustomizationFileIn } from "../kubernetes/kustomize.js";
import { manifestsOf } from "../kubernetes/manifest.js";
import { mappingAt, type Path, textAt } from "../kubernetes/values.js";
import { isKustomization, specOf } from "./spec.js";

export interface Root {
  readonly object: KubeObject;
  /** The object stands for a FluxInstance, or for a directory that was named: no file describes it. */
  readonly madeUp: "sync" | "directory" | null;
  /** Where the URL of the source is, if it is written here. */
  readonly url: string | null;
  readonly at: Place;
}

/** Files that can have to do with Flux, cheap to tell. */
const concernsFlux = (text: string): boolean =>
  text.includes("toolkit.fluxcd.io") || text.includes("fluxcd.controlplane.io");

/** The roots in a tree, or those that `entry` names. */
export function findRoots(files: Noting, entry: readonly string[], issues: Issue[]): readonly Root[] {
  if (entry.length > 0) return entry.flatMap((path) => rootsAt(files, path, issues));
  const objects = files.under("").flatMap(({ path, file }) => {
    const here = fluxObjects(file);
    // What is listed counts as read only when it is looked up.
    if (here.length > 0) files.get(path);
    return here;
  });
  const synced = objects.flatMap((object) => syncOf(object) ?? []);
  if (synced.length > 0) return firstOfEach(synced);
  const bootstrapped = files
    .under("")
    .filter(({ path }) => /(?:^|\/)gotk-(?:sync|components)\.yaml$/.test(path))
    .map(({ path }) => directoryOf(directoryOf(path)));
  if (bootstrapped.length > 0)
    return [...new Set(bootstrapped)].flatMap((path) => rootsAt(files, path, issues));
  return unapplied(objects.filter(isKustomization));
}

/**
 * The directories at which the roots of a tree begin, as entries for reading it: with these, an edit of what says where the
 * root is cannot move it.
 */
export function rootDirectories(tree: Tree): readonly string[] {
  const roots = findRoots(new Noting(filesOf(tree)), [], []);
  return [...new Set(roots.flatMap(({ object }) => join("", specOf(object).path) ?? []))];
}

const found = new WeakMap<TreeFile, readonly KubeObject[]>();

function fluxObjects(file: TreeFile): readonly KubeObject[] {
  let objects = found.get(file);
  if (objects === undefined) {
    objects = concernsFlux(file.text)
      ? manifestsOf(file).objects.filter((object) => isKustomization(object) || syncOf(object) !== null)
      : [];
    found.set(file, objects);
  }
  return objects;
}

/** A directory, a file with Kustomizations, or nothing. */
function rootsAt(files: Noting, entry: string, issues: Issue[]): readonly Root[] {
  const path = join("", entry);
  const file = path === null ? undefined : files.get(path);
  if (file !== undefined) {
    const objects = manifestsOf(file).objects;
    const synced = objects.flatMap((object) => syncOf(object) ?? []);
    return [...synced, ...objects.filter(isKustomization).map(written)];
  }
  if (path !== null && files.under(path).length > 0) {
    // The Kustomization that applies this directory, if the directory itself describes it.
    const sync = files.get(`${path === "" ? "" : `${path}/`}flux-system/gotk-sync.yaml`);
    const own = sync === undefined ? [] : manifestsOf(sync).objects.filter(isKustomization);
    const matching = own.filter((object) => join("", specOf(object).path) === path);
    return matching.length > 0 ? matching.map(written) : [directoryRoot(files, path)];
  }
  issues.push(issueAt("missing-file", `there is no ${entry}`, { file: entry, line: 1, column: 1 }));
  return [];
}

const written = (object: KubeObject): Root => ({ object, madeUp: null, url: null, at: object.at });

/** Kustomizations whose file no other one's path covers: people have applied them. */
function unapplied(objects: readonly KubeObject[]): readonly Root[] {
  const paths = objects.map((object) => join("", specOf(object).path));
  const top = objects.filter((object, i) =>
    paths.every(
      (path, k) => k === i || path === null || !`${object.at.file}`.startsWith(path === "" ? "" : `${path}/`),
    ),
  );
  return (top.length > 0 ? top : objects.slice(0, 1)).map(written);
}

/** One root for one path: values of a chart may stand beside the instance that they make. */
function firstOfEach(roots: readonly Root[]): readonly Root[] {
  const seen = new Set<string>();
  return roots.filter(({ object }) => {
    const { path } = specOf(object);
    return !seen.has(path) && seen.add(path);
  });
}

const synced = new WeakMap<KubeObject, Root | null>();

/** The root that a FluxInstance makes, or the release of a chart that makes the instance. */
function syncOf(object: KubeObject): Root | null {
  let root = synced.get(object);
  if (root === undefined) {
    root = readSync(object);
    synced.set(object, root);
  }
  return root;
}

function readSync(object: KubeObject): Root | null {
  const at: Path | null =
    object.kind === "FluxInstance"
      ? ["spec", "sync"]
      : object.kind === "HelmRelease"
        ? ["spec", "values", "instance", "sync"]
        : null;
  const sync = at === null ? null : mappingAt(object.body, ...at);
  if (at === null || sync === null) return null;
  const path = textAt(sync, "path");
  const kind = textAt(sync, "kind");
  if (path === null || kind === null) return null;
  const place = placeOf(object, [...at, "path"]);
  const name = textAt(sync, "name") ?? object.namespace ?? "flux-system";
  return {
    object: made(place, path, name, object.namespace ?? "flux-system", { kind, name }),
    madeUp: "sync",
    url: textAt(sync, "url"),
    at: place,
  };
}

/** What the operator and `flux bootstrap` write. */
function made(
  at: Place,
  path: string,
  name: string,
  namespace: string,
  sourceRef: { readonly kind: string; readonly name: string },
): KubeObject {
  const body = {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace },
    spec: { interval: "10m", path, prune: true, sourceRef: { ...sourceRef } },
  };
  return kubeObject(body, { locate: () => at, origin: () => at }, at)!;
}

const directories = new WeakMap<TreeFile, Map<string, Root>>();

function directoryRoot(files: Noting, path: string): Root {
  const file = kustomizationFileIn(files, path) ?? files.under(path)[0]!.file;
  let known = directories.get(file);
  if (known === undefined) directories.set(file, (known = new Map()));
  let root = known.get(path);
  if (root === undefined) {
    const at = { file: file.path, line: 1, column: 1 };
    // Named by its path, so that it is never taken for a Kustomization that a file describes.
    root = {
      object: made(at, path, path, "flux-system", { kind: "GitRepository", name: "flux-system" }),
      madeUp: "directory",
      url: null,
      at,
    };
    known.set(path, root);
  }
  return root;
}
