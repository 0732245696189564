/** What the sources of an Application mean: a kustomization, plain manifests of a directory, or a chart that is not rendered. */
import type { Issue } from "../../base/issue.js";
import { refusalOf } from "../kubernetes/admission.js";
import type { Reference } from "../kubernetes/draft.js";
import { type Files, join, Kept } from "../kubernetes/files.js";
import { issueAt } from "../kubernetes/issue-at.js";
import { livesInNoNamespace } from "../kubernetes/kinds.js";
import { changed, type KubeObject, placeOf } from "../kubernetes/kube-object.js";
import { type Kustomization, kustomizationOf, type Transform } from "../kubernetes/kustomization-file.js";
import { buildOf, kustomizationFileIn } from "../kubernetes/kustomize.js";
import { manifestsOf } from "../kubernetes/manifest.js";
import { flagAt, type Mapping, mappingAt, type Path, textAt, withValue } from "../kubernetes/values.js";
import type { ApplicationSpec, Source } from "./application.js";
import { chartObjects, hostsOfChart, isChart, isUsableChart } from "./chart.js";
import { globMatches } from "./glob.js";

export interface Rendered {
  readonly objects: readonly KubeObject[];
  /** Some of it is a chart, a plugin or another repository: what that makes is unknown. */
  readonly opaque: boolean;
  /** Whom the values of its charts name. */
  readonly names: readonly Reference[];
  /** Why Argo CD does not sync. */
  readonly refusal: Issue | null;
  readonly issues: readonly Issue[];
}

const kept = new Kept<Rendered>();

/** `isOurs` tells which repositories are the one at hand; it has to answer the same for the same files. */
export function renderApplication(
  files: Files,
  spec: ApplicationSpec,
  isOurs: (source: Source) => boolean,
): Rendered {
  const ours = spec.sources.map(isOurs);
  return kept.of(spec.object, ours.join(), files, (noting) => {
    const parts = spec.sources.map((source, i) => renderSource(noting, spec, source, ours[i]!));
    const refusal = parts.find((part) => part.refusal !== null)?.refusal ?? null;
    const issues = parts.flatMap((part) => part.issues);
    const opaque = parts.length === 0 || parts.some((part) => part.opaque);
    const names = parts.flatMap((part) => part.names);
    if (refusal !== null) return { objects: [], opaque, names, refusal, issues };
    let refused: Issue | null = null;
    const objects = parts
      .flatMap((part) => part.objects.map((object) => placed(object, spec.namespace)))
      .filter((object) => {
        const reason = refusalOf(object);
        refused ??= reason;
        return reason === null;
      });
    return { objects, opaque, names, refusal: refused, issues };
  });
}

const nothing: Rendered = { objects: [], opaque: false, names: [], refusal: null, issues: [] };

function renderSource(files: Files, spec: ApplicationSpec, source: Source, ours: boolean): Rendered {
  const at = placeOf(spec.object, [...source.at, "path"]);
  if (source.chart !== null || !ours) return { ...nothing, opaque: true };
  const directory = join("", source.path ?? "");
  const refuse = (issue: Issue): Rendered => ({ ...nothing, refusal: issue });
  if (directory === null || files.under(directory).length === 0) {
    return refuse(issueAt("missing-file", `there is no directory ${source.path}`, at));
  }
  if (mappingAt(source.value, "plugin") !== null) return { ...nothing, opaque: true };
  if (isChart(files, directory)) {
    if (!isUsableChart(files, directory)) {
      const file = `${directory === "" ? "" : `${directory}/`}Chart.yaml`;
      const message = "no chart: apiVersion, name or version is missing";
      return refuse(issueAt("no-chart", message, { file, line: 1, column: 1 }));
    }
    const objects = chartObjects(files, directory, spec.namespace);
    return { ...nothing, objects, opaque: true, names: hostsOfChart(files, directory) };
  }
  const file = kustomizationFileIn(files, directory);
  if (file === undefined) return plain(files, directory, source);
  const base = kustomizationOf(file);
  const refused = base.unknownField ?? base.nothing;
  if (refused !== null) return refuse(refused);
  const built = buildOf(files, directory, overlaid(base, source, spec), { filesFromOutside: false }, []);
  return { ...nothing, objects: built.objects, refusal: built.failure, issues: built.issues };
}

const overlays = new WeakMap<KubeObject, WeakMap<Kustomization, Transform>>();

/** What `source.kustomize` adds. */
function overlaid(base: Kustomization, source: Source, { object }: ApplicationSpec): Kustomization {
  const options = mappingAt(source.value, "kustomize");
  if (options === null) return base;
  let known = overlays.get(object);
  if (known === undefined) overlays.set(object, (known = new WeakMap()));
  let transform = known.get(base);
  if (transform === undefined) {
    const from = (path: Path): Path => [...source.at, "kustomize", ...path];
    transform = {
      ...base.transform,
      namespace: textAt(options, "namespace") ?? base.transform.namespace,
      prefix: textAt(options, "namePrefix") ?? base.transform.prefix,
      suffix: textAt(options, "nameSuffix") ?? base.transform.suffix,
      locate: (path) =>
        options[path[0] as string] === undefined ? base.transform.locate(path) : placeOf(object, from(path)),
    };
    known.set(base, transform);
  }
  return { ...base, transform };
}

/** Manifests of a directory, without those below it unless `recurse` says so. */
function plain(files: Files, directory: string, source: Source): Rendered {
  const recurse = flagAt(source.value, "directory", "recurse") === true;
  const include = textAt(source.value, "directory", "include");
  const exclude = textAt(source.value, "directory", "exclude");
  const own = directory === "" ? 0 : directory.length + 1;
  const objects: KubeObject[] = [];
  for (const { path } of files.under(directory)) {
    const relative = path.slice(own);
    if (!/\.(?:ya?ml|json)$/.test(path) || (!recurse && relative.includes("/"))) continue;
    if (include !== null && include !== "" && !anyGlob(include, relative)) continue;
    if (exclude !== null && exclude !== "" && anyGlob(exclude, relative)) continue;
    const file = files.get(path)!;
    if (file.text.includes("+argocd:skip-file-rendering")) continue;
    const { objects: found, others, problem } = manifestsOf(file);
    if (problem !== null) {
      const code = problem.kind === "template" ? "template" : "not-yaml";
      return { ...nothing, refusal: issueAt(code, problem.message, problem.at) };
    }
    if (others[0] !== undefined) {
      return {
        ...nothing,
        refusal: issueAt("not-an-object", "no Kubernetes object: apiVersion or kind is missing", others[0]),
      };
    }
    objects.push(...found);
  }
  return { ...nothing, objects };
}

/** `{a.yaml,b/*}` is several patterns. */
const anyGlob = (pattern: string, path: string): boolean =>
  pattern
    .replace(/^\{|\}$/g, "")
    .split(",")
    .some((one) => globMatches(one, path) || globMatches(one, path.slice(path.lastIndexOf("/") + 1)));

const inNamespace = new WeakMap<KubeObject, Map<string, KubeObject>>();

/** Objects that say no namespace go where the Application says. */
function placed(object: KubeObject, namespace: string | null): KubeObject {
  if (namespace === null || object.namespace !== null || livesInNoNamespace(object.kind, object.group))
    return object;
  let known = inNamespace.get(object);
  if (known === undefined) inNamespace.set(object, (known = new Map()));
  let result = known.get(namespace);
  if (result === undefined) {
    const body = withValue(object.body, ["metadata", "namespace"], namespace) as Mapping;
    result = { ...changed(object, body, null), formerly: object.formerly };
    known.set(namespace, result);
  }
  return result;
}
