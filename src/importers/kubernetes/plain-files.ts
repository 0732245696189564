/** Manifests that no kustomization reads: what `kubectl apply --recursive` would take, and why not what it would not. */
import type { Issue } from "../../base/issue.js";
import type { Place, TreeFile } from "../contract.js";
import { templateMessage } from "../template-line.js";
import { directoryOf, type Files } from "./files.js";
import { issueAt } from "./issue-at.js";
import type { KubeObject } from "./kube-object.js";
import { kustomizationNames } from "./kustomization-file.js";
import { manifestsOf, yamlOf } from "./manifest.js";
import { textAt } from "./values.js";

export const isYaml = (path: string): boolean => /\.(?:ya?ml|json)$/.test(path);
/** A file that is meant as a manifest, even where it cannot be read. */
export const looksLikeManifest = (text: string): boolean =>
  /^\s*-?\s*apiVersion:/m.test(text) && /^\s*kind:/m.test(text);

/** Objects of one file, with what is wrong with it. */
export function objectsIn(file: TreeFile, issues: Issue[]): readonly KubeObject[] {
  const { objects, problem } = manifestsOf(file);
  if (problem === null) return objects;
  if (problem.kind === "template") issues.push(templateIssue(problem.at));
  else if (looksLikeManifest(file.text)) issues.push(issueAt("not-yaml", problem.message, problem.at));
  return [];
}

const templateIssue = (at: Place): Issue => issueAt("template", templateMessage, at, undefined, "warning");

/** Directories of Helm charts below a directory. */
export function chartsIn(files: Files, directory: string): ReadonlySet<string> {
  const charts = new Set<string>();
  for (const { path } of files.under(directory)) {
    if (path === "Chart.yaml" || path.endsWith("/Chart.yaml")) charts.add(directoryOf(path));
  }
  return charts;
}

/** Charts are not rendered: each is named, and each template in it. */
export function chartIssues(files: Files, chart: string): Issue[] {
  const own = files.get(chart === "" ? "Chart.yaml" : `${chart}/Chart.yaml`);
  if (own === undefined) return [];
  const name = textAt(yamlOf(own).documents[0]?.value, "name") ?? chart;
  const at = { file: own.path, line: 1, column: 1 };
  const issues = [
    issueAt(
      "not-rendered",
      `the Helm chart ${name} is not rendered: what it makes is unknown`,
      at,
      undefined,
      "warning",
    ),
  ];
  const templates = chart === "" ? "templates/" : `${chart}/templates/`;
  for (const { path, file } of files.under(chart)) {
    if (!path.startsWith(templates)) continue;
    const line = file.text.split("\n").findIndex((text) => text.includes("{{"));
    if (line !== -1) {
      const column = file.text.split("\n")[line]!.indexOf("{{") + 1;
      issues.push(templateIssue({ file: file.path, line: line + 1, column }));
    }
  }
  return issues;
}

/** Whether a path lies in one of the directories. */
export function within(path: string, directories: ReadonlySet<string>): boolean {
  for (let here = directoryOf(path); ; here = directoryOf(here)) {
    if (directories.has(here)) return true;
    if (here === "") return false;
  }
}

/** Files below a directory that may hold manifests: no chart's, no kustomization's. */
export function manifestFiles(
  files: Files,
  directory: string,
): readonly { readonly path: string; readonly file: TreeFile }[] {
  const under = files.under(directory);
  const charts = chartsIn(files, directory);
  const kustomizations = new Set(
    under.filter(({ path }) => isKustomization(path)).map(({ path }) => directoryOf(path)),
  );
  return under.filter(
    ({ path }) =>
      isYaml(path) &&
      !within(path, charts) &&
      !within(path, kustomizations) &&
      !path.split("/").some((part) => part.startsWith(".") && part !== "."),
  );
}

export const isKustomization = (path: string): boolean =>
  kustomizationNames.some((name) => path === name || path.endsWith(`/${name}`));
