/**
 * What a Kustomization of Flux builds: the kustomization file at its path, or one that Flux makes up of all files below it,
 * with the namespace, patches and components of the Kustomization, and its variables filled in. Source: the generator in
 * github.com/fluxcd/pkg/kustomize.
 */
import type { Issue } from "../../base/issue.js";
import type { TreeFile } from "../contract.js";
import { directoryOf, type Files, join, Kept } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { changed, type KubeObject, originOf, placeOf } from "../kubernetes/kube-object.js";
import {
  inlinePatch,
  isEmptied,
  type Kustomization,
  kustomizationNames,
  kustomizationOf,
  type Transform,
} from "../kubernetes/kustomization-file.js";
import { type Built, buildOf, kustomizationFileIn } from "../kubernetes/kustomize.js";
import { manifestsOf } from "../kubernetes/manifest.js";
import type { Patch } from "../kubernetes/patches.js";
import { listAt, type Mapping, mappingAt, textAt, textsAt, withValue } from "../kubernetes/values.js";
import type { KustomizationSpec } from "./spec.js";
import { substituted, variablesOf } from "./substitute.js";

const kept = new Kept<Built>();

/** `variables` are given by the user; the results for different ones are kept apart. */
export function buildKustomization(
  files: Files,
  spec: KustomizationSpec,
  variables: ReadonlyMap<string, string>,
): Built {
  const label = variables.size === 0 ? "" : JSON.stringify([...variables]);
  return kept.of(spec.object, label, files, (noting) => build(noting, spec, variables));
}

function build(files: Files, spec: KustomizationSpec, variables: ReadonlyMap<string, string>): Built {
  const at = placeOf(spec.object, ["spec", "path"]);
  const directory = join("", spec.path);
  if (directory === null) return failed(issueAt("missing-file", `${spec.path} leads out of the source`, at));
  const file = kustomizationFileIn(files, directory);
  const base = file === undefined ? madeUp(files, directory, spec) : kustomizationOf(file);
  if ("code" in base) return failed(base);
  const built = buildOf(files, directory, overlaid(base, file, spec), { filesFromOutside: true }, []);
  if (built.failure !== null) return built;
  const issues = [...built.issues];
  const unknownField = file === undefined ? null : base.unknownField;
  if (unknownField !== null) issues.push({ ...unknownField, severity: "warning", hint: "Flux ignores it" });
  return { objects: finished(built.objects, spec, variables, issues), failure: null, issues };
}

const failed = (failure: Issue): Built => ({ objects: [], failure, issues: [] });

/** The kustomization that Flux writes where there is none: every directory that has one, and every other file. */
function madeUp(files: Files, directory: string, spec: KustomizationSpec): Kustomization | Issue {
  const at = placeOf(spec.object, ["spec", "path"]);
  const all = files.under(directory);
  if (all.length === 0) return issueAt("missing-file", `there is no directory ${spec.path}`, at, "spec.path");
  const own = directory === "" ? 0 : directory.length + 1;
  const withFile = new Set<string>();
  for (const { path } of all) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if ((kustomizationNames as readonly string[]).includes(name)) withFile.add(directoryOf(path));
  }
  const resources = new Set<string>();
  for (const { path, file } of all) {
    const inner = outermost(path, own, withFile);
    if (inner !== null) resources.add(inner);
    else if (/\.ya?ml$/.test(path) && !hidden(path.slice(own))) {
      const problem = undecodable(file);
      if (problem !== null) return problem;
      resources.add(path.slice(own));
    }
  }
  const listed = [...resources].map((path) => ({ path, at }));
  return { ...empty, resources: listed, at };
}

/** The first directory on the way to a file that has a kustomization, relative to the start. */
function outermost(path: string, own: number, withFile: ReadonlySet<string>): string | null {
  for (let end = path.indexOf("/", own); end !== -1; end = path.indexOf("/", end + 1)) {
    if (withFile.has(path.slice(0, end))) return path.slice(own, end);
  }
  return null;
}

/** Directories such as .github are not part of the artifact of a source. */
const hidden = (path: string): boolean => path.split("/").some((part) => part.startsWith("."));

function undecodable(file: TreeFile): Issue | null {
  const { problem, others } = manifestsOf(file);
  if (problem !== null)
    return issueAt(problem.kind === "template" ? "template" : "not-yaml", problem.message, problem.at);
  const other = others[0];
  return other === undefined
    ? null
    : issueAt("not-an-object", "no Kubernetes object: apiVersion or kind is missing", other);
}

const emptyTransform: Transform = {
  namespace: null,
  prefix: "",
  suffix: "",
  annotations: null,
  labels: [],
  locate: () => null,
};
const empty: Kustomization = {
  isComponent: false,
  resources: [],
  components: [],
  merges: [],
  operations: [],
  transform: emptyTransform,
  generators: [],
  replicas: [],
  value: {},
  at: { file: "", line: 1, column: 1 },
  failure: null,
  unknownField: null,
  nothing: null,
  issues: [],
};

/** What a Kustomization adds to a kustomization; the same for the same two, so that what it makes of objects is kept. */
interface Overlay {
  readonly transform: Transform;
  readonly patches: readonly Patch[];
  readonly components: Kustomization["components"];
  readonly failure: Issue | null;
  /** It sets something in the file. */
  readonly adds: boolean;
}
const overlays = new WeakMap<KustomizationSpec, WeakMap<object, Overlay>>();

function overlaid(base: Kustomization, file: TreeFile | undefined, spec: KustomizationSpec): Kustomization {
  let known = overlays.get(spec);
  if (known === undefined) overlays.set(spec, (known = new WeakMap()));
  const key = file ?? empty;
  let overlay = known.get(key);
  if (overlay === undefined) known.set(key, (overlay = overlayOf(base.transform, spec)));
  const { components } = overlay;
  // Flux writes what it adds into the file, so only a file to which it adds nothing can be empty.
  const adds = overlay.adds || components.length > 0 || (file === undefined && base.resources.length > 0);
  const nothing =
    adds || (file !== undefined && !isEmptied(base))
      ? null
      : issueAt("empty-kustomization", "the kustomization is empty", base.at);
  return {
    ...base,
    failure: base.failure ?? overlay.failure ?? nothing,
    components: [...base.components, ...components],
    merges: [...base.merges, ...overlay.patches],
    transform: overlay.transform,
  };
}

function overlayOf(base: Transform, { object, targetNamespace }: KustomizationSpec): Overlay {
  const patches: Patch[] = [];
  let failure: Issue | null = null;
  listAt(object.body, "spec", "patches").forEach((item, i) => {
    const path = ["spec", "patches", i];
    const at = placeOf(object, path);
    const changes = inlinePatch(textAt(item, "patch") ?? "", originOf(object, [...path, "patch"]));
    if (changes === null)
      failure ??= issueAt("wrong-patch", "neither a strategic merge patch nor a JSON patch", at);
    else patches.push({ target: mappingAt(item, "target"), options: null, changes, at });
  });
  const prefix = textAt(object.body, "spec", "namePrefix");
  const suffix = textAt(object.body, "spec", "nameSuffix");
  const transform: Transform = {
    ...base,
    namespace: targetNamespace ?? base.namespace,
    prefix: prefix ?? base.prefix,
    suffix: suffix ?? base.suffix,
    locate: (path) =>
      targetNamespace !== null && path[0] === "namespace"
        ? placeOf(object, ["spec", "targetNamespace"])
        : base.locate(path),
  };
  const adds =
    targetNamespace !== null ||
    patches.length > 0 ||
    [prefix, suffix].some((text) => text !== null && text !== "");
  const components = textsAt(object.body, "spec", "components").map((path, i) => {
    return { path, at: placeOf(object, ["spec", "components", i]) };
  });
  return { transform, patches, components, failure, adds };
}

const filled = new WeakMap<
  KubeObject,
  WeakMap<KustomizationSpec, { label: string; object: KubeObject; unknown: readonly string[] }>
>();

/** Variables and common metadata come last. */
function finished(
  objects: readonly KubeObject[],
  spec: KustomizationSpec,
  given: ReadonlyMap<string, string>,
  issues: Issue[],
): readonly KubeObject[] {
  const variables = variablesOf(spec.postBuild, given);
  const common = mappingAt(spec.object.body, "spec", "commonMetadata");
  if (variables === null && common === null) return objects;
  const label = JSON.stringify([...given]);
  const unknown = new Set<string>();
  const result = objects.map((object) => {
    let known = filled.get(object);
    if (known === undefined) filled.set(object, (known = new WeakMap()));
    let done = known.get(spec);
    if (done === undefined || done.label !== label) {
      const missing = new Set<string>();
      const substitutedObject = variables === null ? object : substituted(object, variables, missing);
      done = { label, object: marked(substitutedObject, common), unknown: [...missing] };
      known.set(spec, done);
    }
    for (const name of done.unknown) unknown.add(name);
    return done.object;
  });
  if (unknown.size > 0) {
    const names = [...unknown].sort().join(", ");
    const at = placeOf(spec.object, ["spec", "postBuild", "substituteFrom"]);
    issues.push(
      issueAt(
        "unknown-variable",
        `the cluster has the values of ${names}; they stay as they are written`,
        at,
        undefined,
        "warning",
      ),
    );
  }
  return result;
}

function marked(object: KubeObject, common: Mapping | null): KubeObject {
  let result = object;
  for (const field of ["annotations", "labels"]) {
    for (const [key, value] of Object.entries(mappingAt(common ?? {}, field) ?? {})) {
      if (value === undefined) continue;
      result = changed(result, withValue(result.body, ["metadata", field, key], value) as Mapping, null);
    }
  }
  return result;
}
