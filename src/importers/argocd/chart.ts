/**
 * Charts are not rendered, with one exception: the chart argocd-apps of the Argo project makes Applications and
 * ApplicationSets of its values one to one, and is how many repositories describe their root.
 */
import type { Place, TreeFile } from "../contract.js";
import type { Reference } from "../kubernetes/draft.js";
import type { Files } from "../kubernetes/files.js";
import { type KubeObject, kubeObject, type Layer } from "../kubernetes/kube-object.js";
import { yamlOf } from "../kubernetes/manifest.js";
import { hostReferences } from "../kubernetes/value-hosts.js";
import {
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  type Path,
  textAt,
  type Value,
  valueAt,
} from "../kubernetes/values.js";
import { argoGroup } from "./application.js";

const appsChart = "argocd-apps";

export const isChart = (files: Files, directory: string): boolean =>
  chartFile(files, directory) !== undefined;

/** Helm refuses a chart without these, and Argo CD then changes nothing. */
export function isUsableChart(files: Files, directory: string): boolean {
  const file = chartFile(files, directory);
  const value = file === undefined ? undefined : yamlOf(file).documents[0]?.value;
  return ["apiVersion", "name", "version"].every((key) => valueAt(value, [key]) !== undefined);
}

function chartFile(files: Files, directory: string, name = "Chart.yaml"): TreeFile | undefined {
  return files.get(directory === "" ? name : `${directory}/${name}`);
}

/** Names of the charts that a chart consists of, with the keys of their values. */
export function dependenciesOf(
  files: Files,
  directory: string,
): readonly { readonly name: string; readonly key: string }[] {
  const file = chartFile(files, directory);
  const value = file === undefined ? undefined : yamlOf(file).documents[0]?.value;
  return listAt(value, "dependencies").flatMap((dependency) => {
    const name = textAt(dependency, "name");
    return name === null ? [] : [{ name, key: textAt(dependency, "alias") ?? name }];
  });
}

/** What the values of argocd-apps describe; `namespace` is that of the release. */
export function chartObjects(
  files: Files,
  directory: string,
  namespace: string | null,
): readonly KubeObject[] {
  const apps = dependenciesOf(files, directory).filter(({ name }) => name === appsChart);
  const values = chartFile(files, directory, "values.yaml");
  if (values === undefined) return [];
  return apps.flatMap(({ key }) => valuesObjects(values, [key], namespace ?? "argocd"));
}

/**
 * What the values beside a chart that is gone, or no chart any more, described: it runs on, since a directory of values renders nothing that Argo
 * CD would accept.
 */
export function orphanedValues(
  files: Files,
  directory: string,
  namespace: string | null,
): readonly KubeObject[] {
  const values = chartFile(files, directory, "values.yaml");
  if (values === undefined || isUsableChart(files, directory)) return [];
  return valuesObjects(values, [appsChart], namespace ?? "argocd");
}

const named = new WeakMap<TreeFile, readonly Reference[]>();

/** Hosts that the values of a chart name. */
export function hostsOfChart(files: Files, directory: string): readonly Reference[] {
  const file = chartFile(files, directory, "values.yaml");
  const document = file === undefined ? undefined : yamlOf(file).documents[0];
  if (file === undefined || document === undefined) return [];
  let references = named.get(file);
  if (references === undefined) {
    const start = { file: file.path, line: 1, column: 1 };
    references = hostReferences(document.value, [], (path) => document.locate(path) ?? start);
    named.set(file, references);
  }
  return references;
}

const kinds = {
  applications: "Application",
  applicationsets: "ApplicationSet",
  projects: "AppProject",
} as const;
const made = new WeakMap<TreeFile, Map<string, readonly KubeObject[]>>();

function valuesObjects(file: TreeFile, path: Path, namespace: string): readonly KubeObject[] {
  let known = made.get(file);
  if (known === undefined) made.set(file, (known = new Map()));
  const label = JSON.stringify([path, namespace]);
  let objects = known.get(label);
  if (objects === undefined) {
    objects = readValues(file, path, namespace);
    known.set(label, objects);
  }
  return objects;
}

function readValues(file: TreeFile, path: Path, namespace: string): readonly KubeObject[] {
  const document = yamlOf(file).documents[0];
  const values = document === undefined ? null : mappingAt(document.value, ...path);
  if (document === undefined || values === null) return [];
  const objects: KubeObject[] = [];
  for (const [field, kind] of Object.entries(kinds)) {
    const found = values[field];
    // Version 2 of the chart has mappings by name, version 1 lists.
    const entries: [string | null, Value | undefined, Path][] = isMapping(found)
      ? Object.entries(found).map(([name, value]) => [name, value, [...path, field, name]])
      : listAt(values, field).map((value, i) => [null, value, [...path, field, i]]);
    for (const [key, value, at] of entries) {
      const name = textAt(value, "name") ?? key;
      if (name === null || !isMapping(value)) continue;
      const place: Place = document.locate(at) ?? { file: file.path, line: 1, column: 1 };
      const layer: Layer = {
        locate: (asked) => document.locate([...at, ...asItIsInValues(asked)]),
        origin: (asked) => document.origin([...at, ...asItIsInValues(asked)]),
      };
      const object = kubeObject(objectOf(kind, name, namespace, value), layer, place);
      if (object !== null) objects.push(object);
    }
  }
  return objects;
}

const metadataFields = ["namespace", "additionalLabels", "additionalAnnotations", "finalizers", "name"];

/** In the values the fields of spec stand beside those of metadata. */
const asItIsInValues = (path: Path): Path =>
  path[0] === "spec" || path[0] === "metadata" ? path.slice(1) : path;

function objectOf(kind: string, name: string, namespace: string, value: Mapping): Mapping {
  const spec = Object.fromEntries(Object.entries(value).filter(([key]) => !metadataFields.includes(key)));
  return {
    apiVersion: `${argoGroup}/v1alpha1`,
    kind,
    metadata: {
      name,
      namespace: textAt(value, "namespace") ?? namespace,
      labels: mappingAt(value, "additionalLabels") ?? {},
      annotations: mappingAt(value, "additionalAnnotations") ?? {},
      finalizers: listAt(value, "finalizers"),
    },
    spec,
  };
}
