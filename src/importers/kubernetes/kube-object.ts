/** One Kubernetes object as it would be applied, which still knows which lines of which files made it so. */
import type { Place, Setting } from "../contract.js";
import { groupOf, objectId } from "./kinds.js";
import { isMapping, type Mapping, type Path, textAt, type Value, valueAt } from "./values.js";

/** One text that gave values to an object: its manifest, a patch, a transformer. */
export interface Layer {
  /** Where this text gives a value at that path; null: it says nothing about it. */
  locate(path: Path): Place | null;
  /** Where a text within this text begins. */
  origin(path: Path): Place | null;
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  /** Empty where only `generateName` is given. */
  readonly name: string;
  readonly namespace: string | null;
  readonly body: Mapping;
  /** The later wins. */
  readonly layers: readonly Layer[];
  /** Names and namespaces that it had before kustomize changed them: patches and references may use them. */
  readonly formerly: readonly { readonly name: string; readonly namespace: string | null }[];
  readonly at: Place;
}

/** Secret values end here: nobody above needs them. Of what SOPS encrypted, only that it did is kept. */
function withoutSecrets(body: Mapping): Mapping {
  const encrypted = isMapping(body["sops"]);
  if (body["kind"] !== "Secret" && !encrypted) return body;
  const { data, stringData, sops, ...rest } = body;
  return encrypted || sops === true ? { ...rest, sops: true } : rest;
}

/** An object of a body that has an apiVersion and a kind; null for other mappings. */
export function kubeObject(body: Value, layer: Layer, at: Place): KubeObject | null {
  if (!isMapping(body)) return null;
  const apiVersion = textAt(body, "apiVersion");
  const kind = textAt(body, "kind");
  if (apiVersion === null || kind === null || apiVersion === "" || kind === "") return null;
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind,
    name: textAt(body, "metadata", "name") ?? "",
    namespace: textAt(body, "metadata", "namespace") || null,
    body: withoutSecrets(body),
    layers: [layer],
    formerly: [],
    at,
  };
}

/** The object with another body, by what a further text says. Its former name stays known. */
export function changed(object: KubeObject, body: Mapping, layer: Layer | null): KubeObject {
  const name = textAt(body, "metadata", "name") ?? "";
  const namespace = textAt(body, "metadata", "namespace") || null;
  const apiVersion = textAt(body, "apiVersion") ?? object.apiVersion;
  const moved = name !== object.name || namespace !== object.namespace;
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind: textAt(body, "kind") ?? object.kind,
    name,
    namespace,
    body: withoutSecrets(body),
    layers: layer === null ? object.layers : [...object.layers, layer],
    formerly: moved
      ? [...object.formerly, { name: object.name, namespace: object.namespace }]
      : object.formerly,
    at: object.at,
  };
}

/** The place that gave an object the value at a path: the last text that says something about it. */
export function placeOf(object: KubeObject, path: Path): Place {
  for (let i = object.layers.length - 1; i >= 0; i--) {
    const at = object.layers[i]!.locate(path);
    if (at !== null) return at;
  }
  return object.at;
}

/** Where the text that stands at a path begins, e.g. of a patch that is written within a manifest. */
export function originOf(object: KubeObject, path: Path): Place {
  for (let i = object.layers.length - 1; i >= 0; i--) {
    const at = object.layers[i]!.origin(path);
    if (at !== null) return at;
  }
  return object.at;
}

/** Whether some text gives the value at a path, rather than a default. */
export const isWritten = (object: KubeObject, path: Path): boolean =>
  object.layers.some((layer) => layer.locate(path) !== null);

/** The setting at a path as YAML writes it: `prune: true`. Null where there is none. */
export function settingOf(object: KubeObject, ...path: Path): Setting | null {
  const value = valueAt(object.body, path);
  if (value === undefined) return null;
  const key = path.at(-1);
  const shown = typeof value === "object" && value !== null ? "…" : String(value);
  return { text: typeof key === "number" ? `- ${shown}` : `${key}: ${shown}`, at: placeOf(object, path) };
}

export const idOf = (object: KubeObject): string =>
  objectId(
    object.kind,
    object.group,
    object.namespace,
    object.name || `${textAt(object.body, "metadata", "generateName") ?? ""}*`,
  );

/** A label or annotation, whichever has it: Flux reads both. */
export function markOf(object: KubeObject, key: string, value: string): Setting | null {
  for (const field of ["annotations", "labels"]) {
    if (textAt(object.body, "metadata", field, key) === value)
      return settingOf(object, "metadata", field, key);
  }
  return null;
}
