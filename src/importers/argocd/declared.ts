/** Applications, ApplicationSets and clusters that files of a repository describe. */
import type { Issue } from "../../base/issue.js";
import type { TreeFile } from "../contract.js";
import { directoryOf, join, type Noting } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import type { KubeObject } from "../kubernetes/kube-object.js";
import { buildDirectory, kustomizationFileIn } from "../kubernetes/kustomize.js";
import { manifestsOf } from "../kubernetes/manifest.js";
import { chartIssues, isKustomization, manifestFiles } from "../kubernetes/plain-files.js";
import { textAt } from "../kubernetes/values.js";
import { isApplication, isApplicationSet } from "./application.js";
import { chartObjects, dependenciesOf, orphanedValues } from "./chart.js";

export interface Declared {
  readonly applications: readonly KubeObject[];
  /** Other objects of a directory that was named: people apply those, too. */
  readonly others: readonly KubeObject[];
  readonly clusters: readonly KubeObject[];
}

/** What is described anywhere, or in the files and directories that `entry` names. */
export function declaredIn(files: Noting, entry: readonly string[], issues: Issue[]): Declared {
  const objects =
    entry.length === 0 ? anywhere(files, issues) : entry.flatMap((path) => at(files, path, issues));
  const isArgo = (object: KubeObject): boolean => isApplication(object) || isApplicationSet(object);
  return {
    applications: objects.filter(isArgo),
    others: entry.length === 0 ? [] : objects.filter((object) => !isArgo(object)),
    clusters: files
      .under("")
      .filter(({ file }) => file.text.includes("argocd.argoproj.io/secret-type"))
      .flatMap(({ path }) => manifestsOf(files.get(path)!).objects)
      .filter(
        (object) =>
          object.kind === "Secret" &&
          textAt(object.body, "metadata", "labels", "argocd.argoproj.io/secret-type") === "cluster",
      ),
  };
}

const found = new WeakMap<TreeFile, readonly KubeObject[]>();

function anywhere(files: Noting, issues: Issue[]): readonly KubeObject[] {
  const objects: KubeObject[] = [];
  const all = files.under("");
  for (const { path, file } of all) {
    if (!file.text.includes("argoproj.io/") || !/^kind:\s*["']?Application(?:Set)?\b/m.test(file.text))
      continue;
    let known = found.get(file);
    if (known === undefined) {
      const { objects: manifests, problem } = manifestsOf(file);
      known =
        problem === null
          ? manifests.filter((object) => isApplication(object) || isApplicationSet(object))
          : [];
      found.set(file, known);
    }
    // What is listed counts as read only when it is looked up.
    if (known.length > 0) files.get(path);
    objects.push(...known);
  }
  for (const { path } of all) {
    const directory = directoryOf(path);
    if (isNamed(path, "values.yaml")) objects.push(...orphanedValues(files, directory, lastPart(directory)));
    if (!isNamed(path, "Chart.yaml")) continue;
    objects.push(...chartApplications(files, directory));
    issues.push(...chartIssues(files, directory));
  }
  return objects;
}

/** The namespace of a release is not written in the chart; its directory is usually called like it. */
function chartApplications(files: Noting, directory: string): readonly KubeObject[] {
  if (!dependenciesOf(files, directory).some(({ name }) => name === "argocd-apps")) return [];
  return chartObjects(files, directory, lastPart(directory));
}

const isNamed = (path: string, name: string): boolean => path === name || path.endsWith(`/${name}`);
const lastPart = (directory: string): string | null =>
  directory.slice(directory.lastIndexOf("/") + 1) || null;

function at(files: Noting, entry: string, issues: Issue[]): readonly KubeObject[] {
  const path = join("", entry);
  const file = path === null ? undefined : files.get(path);
  if (file !== undefined && path !== null) {
    if (path.endsWith("values.yaml")) return chartApplications(files, directoryOf(path));
    const { objects, problem } = manifestsOf(file);
    if (problem !== null) issues.push(issueAt("not-yaml", problem.message, problem.at));
    return objects;
  }
  if (path === null || files.under(path).length === 0) {
    issues.push(issueAt("missing-file", `there is no ${entry}`, { file: entry, line: 1, column: 1 }));
    return [];
  }
  const kustomization = kustomizationFileIn(files, path);
  if (kustomization !== undefined) {
    const built = buildDirectory(files, path, kustomization, { filesFromOutside: false });
    issues.push(...built.issues, ...(built.failure === null ? [] : [built.failure]));
    return built.objects;
  }
  const charts = files.under(path).filter((one) => one.path.endsWith("Chart.yaml"));
  return [
    ...charts.flatMap((one) => chartApplications(files, directoryOf(one.path))),
    ...manifestFiles(files, path)
      .filter((one) => !isKustomization(one.path))
      .flatMap((one) => manifestsOf(files.get(one.path)!).objects),
  ];
}
