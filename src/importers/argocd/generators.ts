/**
 * Generators of ApplicationSets over the files at hand: lists, directories and files of this repository, clusters that the
 * repository describes, and matrix and merge of those.
 */
import type { Issue } from "../../base/issue.js";
import type { Place } from "../contract.js";
import { directoryOf, type Files } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { type KubeObject, placeOf } from "../kubernetes/kube-object.js";
import { yamlOf } from "../kubernetes/manifest.js";
import { selectsLabels } from "../kubernetes/selector.js";
import {
  flagAt,
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  mapTexts,
  type Path,
  textAt,
  type Value,
} from "../kubernetes/values.js";
import { globMatches } from "./glob.js";
import { normalized, render } from "./template.js";

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

/** Parameters of one generator. Null: it cannot be known here what it gives. */
export function parametersOf(
  generator: Value,
  path: Path,
  of: Generating,
  given: Mapping = {},
): readonly Mapping[] | null {
  const at = placeOf(of.object, path);
  if (!isMapping(generator))
    throw new GeneratorFailure(issueAt("wrong-generator", "a generator is a mapping", at));
  const made = rawParameters(generator, path, at, of, given);
  const selector = mappingAt(generator, "selector");
  if (made === null || selector === null) return made;
  return made.filter((parameters) => selectsLabels(selector, flattened(parameters)));
}

function rawParameters(
  generator: Mapping,
  path: Path,
  at: Place,
  of: Generating,
  given: Mapping,
): readonly Mapping[] | null {
  const filled = (value: Value): Value => mapTexts(value, (text) => render(text, given, of.go, new Set()));
  const list = mappingAt(generator, "list");
  if (list !== null) return listAt(filled(list), "elements").filter(isMapping);
  const git = mappingAt(generator, "git");
  if (git !== null) return gitParameters(filled(git) as Mapping, at, of);
  const clusters = mappingAt(generator, "clusters");
  if (clusters !== null) return withValues(clusterParameters(clusters, of), clusters, of);
  const matrix = mappingAt(generator, "matrix");
  if (matrix !== null) return matrixParameters(matrix, [...path, "matrix"], at, of, given);
  const merge = mappingAt(generator, "merge");
  if (merge !== null) return mergeParameters(merge, [...path, "merge"], of, given);
  const kind = Object.keys(generator).find((key) => key !== "selector" && key !== "template") ?? "none";
  of.issues.push(
    issueAt("generator", `what the generator ${kind} gives is not known here`, at, undefined, "warning"),
  );
  return null;
}

function gitParameters(git: Mapping, at: Place, of: Generating): readonly Mapping[] | null {
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
  return withValues(found, git, of);
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

/** Clusters that Secrets in the repository describe, and the one of Argo CD where the selector is empty. */
function clusterParameters(clusters: Mapping, of: Generating): readonly Mapping[] {
  const selector = mappingAt(clusters, "selector") ?? {};
  const described = of.clusters
    .filter((secret) => selectsLabels(selector, mappingAt(secret.body, "metadata", "labels") ?? {}))
    .map((secret): Mapping => {
      const { name } = secret;
      const metadata = {
        labels: mappingAt(secret.body, "metadata", "labels"),
        annotations: mappingAt(secret.body, "metadata", "annotations"),
      };
      return { name, nameNormalized: normalized(name), server: `https://${name}`, metadata };
    });
  const everywhere =
    Object.keys(mappingAt(selector, "matchLabels") ?? {}).length +
      listAt(selector, "matchExpressions").length ===
    0;
  const local = {
    name: "in-cluster",
    nameNormalized: "in-cluster",
    server: "https://kubernetes.default.svc",
  };
  return everywhere ? [local, ...described] : described;
}

/** Further values of a generator, which may use its parameters. */
function withValues(made: readonly Mapping[], generator: Mapping, of: Generating): readonly Mapping[] {
  const values = mappingAt(generator, "values");
  if (values === null) return made;
  return made.map((parameters) => ({
    ...parameters,
    values: mapTexts(values, (text) => render(text, parameters, of.go, new Set())),
  }));
}

/** Every pair; the second may use the parameters of the first. */
function matrixParameters(
  matrix: Mapping,
  path: Path,
  at: Place,
  of: Generating,
  given: Mapping,
): readonly Mapping[] | null {
  const generators = listAt(matrix, "generators");
  const [first, second] = generators;
  if (first === undefined || second === undefined || generators.length > 2) {
    throw new GeneratorFailure(issueAt("wrong-generator", "matrix has two generators", at));
  }
  const outer = parametersOf(first, [...path, "generators", 0], of, given);
  if (outer === null) return null;
  const found: Mapping[] = [];
  for (const left of outer) {
    const inner = parametersOf(second, [...path, "generators", 1], of, { ...given, ...left });
    if (inner === null) return null;
    for (const right of inner) found.push({ ...left, ...right });
  }
  return found;
}

/** The first generator, overridden by the others where the merge keys are equal. */
function mergeParameters(
  merge: Mapping,
  path: Path,
  of: Generating,
  given: Mapping,
): readonly Mapping[] | null {
  const keys = listAt(merge, "mergeKeys").filter((key): key is string => typeof key === "string");
  const lists = listAt(merge, "generators").map((generator, i) =>
    parametersOf(generator, [...path, "generators", i], of, given),
  );
  if (lists.some((list) => list === null)) return null;
  const [base = [], ...overrides] = lists as readonly (readonly Mapping[])[];
  const keyOf = (parameters: Mapping): string => {
    const flat = flattened(parameters);
    return JSON.stringify(keys.map((key) => flat[key] ?? null));
  };
  return base.map((parameters) => {
    const same = overrides.map((list) => list.find((other) => keyOf(other) === keyOf(parameters)) ?? {});
    return Object.assign({}, parameters, ...same) as Mapping;
  });
}

/** `cluster.name` for what is nested. */
function flattened(value: Mapping, prefix = ""): Record<string, Value> {
  const flat: Record<string, Value> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (isMapping(item)) Object.assign(flat, flattened(item, `${prefix}${key}.`));
    else flat[`${prefix}${key}`] = typeof item === "object" ? item : String(item);
  }
  return flat;
}
