/**
 * Patches of a kustomization, whichever of the three fields they stand in. A patch that changes nothing of an object leaves
 * that very object, and the same patch on the same object gives the same object: what is known of it stays known.
 */
import type { Place } from "../contract.js";
import { applyOperations, type Operation, operationsOf } from "./json-patch.js";
import { isBuiltin } from "./kinds.js";
import { changed, type KubeObject, type Layer } from "./kube-object.js";
import { namesOf, targets } from "./selector.js";
import { deleted, strategicMerge } from "./strategic-merge.js";
import { flagAt, isMapping, type Mapping, type Path, textAt, type Value, withValue } from "./values.js";
import type { YamlDocument } from "./yaml-source.js";

export interface Patch {
  /** Null: the patch itself says whom it is for. */
  readonly target: Mapping | null;
  readonly options: Mapping | null;
  readonly changes: readonly (Merge | Operations)[];
  readonly at: Place;
}
interface Merge {
  readonly is: "merge";
  readonly body: Mapping;
  readonly layer: Layer;
}
interface Operations {
  readonly is: "operations";
  readonly list: readonly Operation[];
  readonly layer: Layer;
}

/**
 * What a text of a patch says; null: neither a strategic merge, which has a kind and a name, nor a JSON patch. What begins
 * with a bracket has to be JSON, not just YAML.
 */
export function changesOf(text: string, documents: readonly YamlDocument[]): Patch["changes"] | null {
  if (text.startsWith("[") && !isJson(text)) return null;
  const changes: (Merge | Operations)[] = [];
  for (const document of documents) {
    const operations = operationsOf(document.value);
    if (operations !== null) {
      changes.push({ is: "operations", list: operations, layer: layerOfOperations(operations, document) });
    } else if (
      isMapping(document.value) &&
      textAt(document.value, "kind") &&
      textAt(document.value, "metadata", "name")
    ) {
      changes.push({ is: "merge", body: document.value, layer: document });
    } else return null;
  }
  return changes.length === 0 ? null : changes;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** An operation gives the values at and below its path. */
function layerOfOperations(operations: readonly Operation[], document: YamlDocument): Layer {
  const giver = (path: Path): { index: number; rest: Path } | null => {
    for (let index = operations.length - 1; index >= 0; index--) {
      const { op, path: at } = operations[index]!;
      if (at.length > path.length || op === "remove" || op === "test") continue;
      if (!at.every((step, k) => String(path[k]) === String(step))) continue;
      const rest = path.slice(at.length);
      if (document.locate([index, "value", ...rest]) !== null) return { index, rest };
    }
    return null;
  };
  return {
    locate(path: Path): Place | null {
      const found = giver(path);
      if (found === null) return null;
      return document.locate(found.rest.length === 0 ? [found.index] : [found.index, "value", ...found.rest]);
    },
    origin(path: Path): Place | null {
      const found = giver(path);
      return found === null ? null : document.origin([found.index, "value", ...found.rest]);
    },
  };
}

export interface Patched {
  readonly objects: readonly KubeObject[];
  /** Why kustomize refuses; null: it does not. */
  readonly failure: string | null;
}

/** All objects after one patch. Deleted ones are left out. */
export function applyPatch(objects: readonly KubeObject[], patch: Patch): Patched {
  let failure: string | null = null;
  let result = objects;
  for (const change of patch.changes) {
    let found = false;
    const next: KubeObject[] = [];
    for (const object of result) {
      const meant = patch.target === null ? isMeant(change, object) : targets(patch.target, object);
      if (!meant) {
        next.push(object);
        continue;
      }
      found = true;
      const outcome = patchedOnce(object, change, patch);
      if (typeof outcome === "string") failure ??= `${object.kind} ${object.name}: ${outcome}`;
      else if (outcome !== null) next.push(outcome);
    }
    if (!found && patch.target === null) {
      const body = change.is === "merge" ? change.body : {};
      failure ??= `no object is ${textAt(body, "kind") ?? "?"} ${textAt(body, "metadata", "name") ?? "?"}`;
    }
    result = next;
  }
  return { objects: result, failure };
}

/** A strategic merge patch without target is for the object that it names. */
function isMeant(change: Merge | Operations, object: KubeObject): boolean {
  if (change.is === "operations") return false;
  const { body } = change;
  if (textAt(body, "kind") !== object.kind || textAt(body, "apiVersion") !== object.apiVersion) return false;
  const name = textAt(body, "metadata", "name");
  const namespace = textAt(body, "metadata", "namespace") || "default";
  return namesOf(object).some((was) => was.name === name && (was.namespace ?? "default") === namespace);
}

type Outcome = KubeObject | string | null;
const outcomes = new WeakMap<KubeObject, WeakMap<Merge | Operations, Outcome>>();

/** The object after the change, null if it is deleted, or why it cannot be changed. */
function patchedOnce(object: KubeObject, change: Merge | Operations, patch: Patch): Outcome {
  let known = outcomes.get(object);
  if (known === undefined) outcomes.set(object, (known = new WeakMap()));
  let outcome = known.get(change);
  if (outcome === undefined) {
    outcome = patched(object, change, patch);
    known.set(change, outcome);
  }
  return outcome;
}

function patched(object: KubeObject, change: Merge | Operations, patch: Patch): Outcome {
  if (change.is === "operations") {
    const applied = applyOperations(object.body, change.list);
    if (!applied.ok) return applied.error;
    const renamed = changed(object, applied.value, change.layer);
    return renamed.name === "" && object.name !== ""
      ? "no name is left"
      : textAt(renamed.body, "kind") === null
        ? "no kind is left"
        : renamed;
  }
  const merged = strategicMerge(object.body, change.body, isBuiltin(object.group));
  if (merged === deleted) return null;
  let body: Mapping = merged;
  // A patch with a target is for many, and its own name says nothing.
  const keep = (path: Path, value: Value | null, option: string): void => {
    if (option !== "" && flagAt(patch.options ?? {}, option) === true) return;
    if (textAt(body, ...path) !== value && value !== null) body = withValue(body, path, value) as Mapping;
  };
  keep(["metadata", "name"], object.name === "" ? null : object.name, "allowNameChange");
  keep(["kind"], object.kind, "allowKindChange");
  keep(["apiVersion"], object.apiVersion, "");
  keep(["metadata", "namespace"], object.namespace, "");
  return changed(object, body, change.layer);
}
