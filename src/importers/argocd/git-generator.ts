/** Parameters from directories and files of this repository. */
import type { Issue } from "../../base/issue.js";
import type { Place } from "../contract.js";
import { directoryOf, type Files } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import type { KubeObject } from "../kubernetes/kube-object.js";
import { yamlOf } from "../kubernetes/manifest.js";
import { flagAt, isMapping, listAt, type Mapping, textAt, type Value } from "../kubernetes/values.js";
import { globMatches } from "./glob.js";
import { normalized } from "./template.js";

export interface Generating {
  readonly files: Files;
  /** Secrets that describe clusters, in canonical order. */
  readonly clusters: readonly KubeObject[];
  readonly object: KubeObject;
  readonly go: boolean;
  /** What cannot be evaluated here. */
  readonly issues: Issue[];
  isOurs(repoURL: string): boolean;
}

/** A generator that fails makes the whole set fail. */
export class GeneratorFailure extends Error {
  constructor(readonly issue: Issue) {
    super(issue.code);
  }
}

/** Null: it is another repository. */
export function gitParameters(git: Mapping, at: Place, of: Generating): readonly Mapping[] | null {
  const repoURL = textAt(git, "repoURL") ?? "";
  if (!of.isOurs(repoURL)) {
    of.issues.push(
      issueAt(
        "other-source",
        `${repoURL} is not here: what the generator gives is unknown`,
        at,
        undefined,
        "warning",
      ),
    );
    return null;
  }
  const prefix = textAt(git, "pathParamPrefix");
  const wrap = (path: Mapping, rest: Mapping): Mapping =>
    prefix === null ? { ...rest, path } : { ...rest, [prefix]: { path } };
  const directories = listAt(git, "directories");
  const found =
    directories.length > 0
      ? matchingDirectories(directories, of.files).map((path) => wrap(pathParameters(path), {}))
      : matchingFiles(listAt(git, "files"), wrap, at, of);
  return found;
}

function pathParameters(path: string): Record<string, Value> {
  const basename = path.slice(path.lastIndexOf("/") + 1);
  return { path, basename, basenameNormalized: normalized(basename), segments: path.split("/") };
}

/** Directories that a pattern includes and none excludes; those with a leading dot never. */
function matchingDirectories(patterns: readonly Value[], files: Files): readonly string[] {
  const all = new Set<string>();
  for (const { path } of files.under("")) {
    for (let here = directoryOf(path); here !== "" && !all.has(here); here = directoryOf(here)) all.add(here);
  }
  const matches = (path: string, exclude: boolean): boolean =>
    patterns.some(
      (entry) =>
        (flagAt(entry, "exclude") === true) === exclude && globMatches(textAt(entry, "path") ?? "", path),
    );
  return [...all]
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")))
    .filter((path) => matches(path, false) && !matches(path, true))
    .sort();
}

function matchingFiles(
  patterns: readonly Value[],
  wrap: (path: Mapping, rest: Mapping) => Mapping,
  at: Place,
  of: Generating,
): readonly Mapping[] {
  const found: Mapping[] = [];
  for (const { path } of of.files.under("")) {
    const matches = (exclude: boolean): boolean =>
      patterns.some(
        (entry) =>
          (flagAt(entry, "exclude") === true) === exclude && globMatches(textAt(entry, "path") ?? "", path),
      );
    if (!matches(false) || matches(true)) continue;
    const file = of.files.get(path)!;
    const { documents, problem } = yamlOf(file);
    if (problem !== null)
      throw new GeneratorFailure(issueAt("not-yaml", `${path}: ${problem.message}`, problem.at));
    const filename = path.slice(path.lastIndexOf("/") + 1);
    const parameters = {
      ...pathParameters(directoryOf(path)),
      filename,
      filenameNormalized: normalized(filename),
    };
    const value = documents[0]?.value ?? {};
    for (const item of Array.isArray(value) ? (value as readonly Value[]) : [value]) {
      if (!isMapping(item))
        throw new GeneratorFailure(issueAt("wrong-generator", `${path} holds no parameters`, at));
      found.push(wrap(parameters, item));
    }
  }
  return found;
}
