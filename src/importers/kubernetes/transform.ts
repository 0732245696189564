/** Namespace, prefix, suffix, labels and annotations that a kustomization gives to what it has gathered. */

import { isClusterScoped } from "./kinds.js";
import { changed, type KubeObject, type Layer } from "./kube-object.js";
import type { Transform } from "./kustomization-file.js";
import { mappingAt, type Path, type Value, valueAt, withValue } from "./values.js";

const unprefixed = new Set(["CustomResourceDefinition", "APIService", "Namespace"]);

const done = new WeakMap<KubeObject, WeakMap<Transform, KubeObject>>();

/** The object as the kustomization leaves it; the same object for the same transform. */
export function transformed(object: KubeObject, transform: Transform): KubeObject {
  let known = done.get(object);
  if (known === undefined) done.set(object, (known = new WeakMap()));
  let result = known.get(transform);
  if (result === undefined) {
    result = transformOne(object, transform);
    known.set(transform, result);
  }
  return result;
}

function transformOne(object: KubeObject, transform: Transform): KubeObject {
  let result = object;
  const set = (path: Path, to: Value, from: Path): void => {
    if (valueAt(result.body, path) === to) return;
    const body = withValue(result.body, path, to);
    result = changed(result, body as KubeObject["body"], givenBy(transform, path, from));
  };
  const { namespace } = transform;
  if (namespace !== null) {
    // kustomize renames a Namespace, too: that is how an override captures a namespace of others.
    if (object.kind === "Namespace" && object.group === "")
      set(["metadata", "name"], namespace, ["namespace"]);
    else if (!isClusterScoped(object.kind, object.group))
      set(["metadata", "namespace"], namespace, ["namespace"]);
  }
  if (result.name !== "" && !unprefixed.has(object.kind)) {
    const { prefix, suffix } = transform;
    if (prefix !== "") set(["metadata", "name"], `${prefix}${result.name}`, ["namePrefix"]);
    if (suffix !== "") set(["metadata", "name"], `${result.name}${suffix}`, ["nameSuffix"]);
  }
  for (const [i, { pairs, selectors, templates }] of transform.labels.entries()) {
    const from = ["labels", i, "pairs"];
    for (const [key, value] of Object.entries(pairs)) {
      if (value === undefined) continue;
      set(["metadata", "labels", key], value, [...from, key]);
      if (templates && mappingAt(result.body, "spec", "template", "spec") !== null) {
        set(["spec", "template", "metadata", "labels", key], value, [...from, key]);
      }
      if (!selectors) continue;
      if (object.kind === "Service" && mappingAt(result.body, "spec", "selector") !== null) {
        set(["spec", "selector", key], value, [...from, key]);
      } else if (
        mappingAt(result.body, "spec", "selector", "matchLabels") !== null &&
        object.group === "apps"
      ) {
        set(["spec", "selector", "matchLabels", key], value, [...from, key]);
      }
    }
  }
  for (const [key, value] of Object.entries(transform.annotations ?? {})) {
    if (value !== undefined) set(["metadata", "annotations", key], value, ["commonAnnotations", key]);
  }
  return result;
}

function givenBy(transform: Transform, path: Path, from: Path): Layer {
  const at = (asked: Path): ReturnType<Layer["locate"]> =>
    asked.length === path.length && asked.every((step, i) => step === path[i])
      ? transform.locate(from)
      : null;
  return { locate: at, origin: at };
}
