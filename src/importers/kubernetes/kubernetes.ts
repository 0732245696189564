/** Plain manifests and kustomizations that people apply: nobody deletes what they leave out. */
import type { Issue } from "../../base/issue.js";
import type { Imported, Importer, ImportOptions, Tree } from "../contract.js";
import { brokenManifest } from "../kubernetes/manifest.js";
import { assemble } from "./assemble.js";
import { draftOf } from "./draft.js";
import type { Entry } from "./entry-index.js";
import { directoryOf, type Files, filesOf, join, Noting } from "./files.js";
import { issueAt } from "./issue-at.js";
import type { KubeObject } from "./kube-object.js";
import { kustomizationOf } from "./kustomization-file.js";
import { buildDirectory, kustomizationFileIn } from "./kustomize.js";
import { leftOutBy } from "./left-out.js";
import { chartIssues, chartsIn, isKustomization, manifestFiles, objectsIn } from "./plain-files.js";

export const kubernetes: Importer = {
  format: "kubernetes",
  about: "Kubernetes manifests and kustomizations, as kubectl applies them",
  read: readKubernetes,
  broken: brokenManifest,
  leftOut: leftOutBy("kustomization"),
};

function readKubernetes(tree: Tree, options: ImportOptions): Imported {
  const files = new Noting(filesOf(tree));
  const issues: Issue[] = [];
  const objects: KubeObject[] = [];
  for (const entry of options.entry.length === 0 ? [""] : options.entry) {
    objects.push(...objectsAt(files, entry, issues));
  }
  const { items, issues: found } = assemble(objects.map(entryOf));
  return {
    format: "kubernetes",
    items,
    managers: [],
    refused: new Map(),
    reads: [...tree.files.keys()].filter((path) => files.hasRead(path)),
    issues: [...issues, ...found],
  };
}

const entries = new WeakMap<KubeObject, Entry>();

/** Nobody owns what people apply. */
function entryOf(object: KubeObject): Entry {
  let entry = entries.get(object);
  if (entry === undefined) {
    entry = { draft: draftOf(object), cluster: "", owner: null, ownership: null, needs: [] };
    entries.set(object, entry);
  }
  return entry;
}

/** The objects of a file, of a kustomization, or of all that lies below a directory. */
function objectsAt(files: Noting, entry: string, issues: Issue[]): readonly KubeObject[] {
  const path = join("", entry);
  const file = path === null ? undefined : files.get(path);
  if (file !== undefined) return objectsIn(file, issues);
  const here = path === null ? [] : files.under(path);
  if (path === null || here.length === 0) {
    const at = { file: entry, line: 1, column: 1 };
    // An empty repository is told by whoever asked for it.
    if (entry !== "") issues.push(issueAt("missing-file", `there is no ${entry}`, at));
    return [];
  }
  if (kustomizationFileIn(files, path) !== undefined) return build(files, path, issues);
  const objects = topmost(files, path).flatMap((directory) => [...build(files, directory, issues)]);
  for (const chart of chartsIn(files, path)) issues.push(...chartIssues(files, chart));
  for (const found of manifestFiles(files, path)) {
    if (!files.hasRead(found.path)) objects.push(...objectsIn(files.get(found.path)!, issues));
  }
  return objects;
}

function build(files: Files, directory: string, issues: Issue[]): readonly KubeObject[] {
  const file = kustomizationFileIn(files, directory)!;
  const built = buildDirectory(files, directory, file, { filesFromOutside: false });
  issues.push(...built.issues, ...(built.failure === null ? [] : [built.failure]));
  return built.objects;
}

/** Kustomizations that no other one reads. */
function topmost(files: Files, directory: string): string[] {
  const all = files.under(directory).filter(({ path }) => isKustomization(path));
  const read = new Set<string>();
  for (const { path, file } of all) {
    const { resources, components } = kustomizationOf(file);
    for (const named of [...resources, ...components]) {
      const target = join(directoryOf(path), named.path);
      if (target !== null) read.add(target);
    }
  }
  return all
    .filter(({ path, file }) => !kustomizationOf(file).isComponent && !read.has(directoryOf(path)))
    .map(({ path }) => directoryOf(path));
}
