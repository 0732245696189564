/**
 * Strategic merge patches as kustomize applies them: mappings are merged, null deletes, lists of built-in kinds are merged
 * by key, lists of custom resources are replaced (kustomize knows no schema for those).
 */
import { isMapping, type Mapping, type Value } from "./values.js";

/** Fields whose entries have an identity, in pod specs and around them. Source: the OpenAPI of Kubernetes 1.32. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  env: ["name"],
  volumes: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  ports: ["containerPort", "port"],
  imagePullSecrets: ["name"],
  secrets: ["name"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey"],
  resourceClaims: ["name"],
  webhooks: ["name"],
};
/** Lists of plain values that are merged as sets. */
const sets = new Set(["finalizers"]);

/** What a patch says should not be there at all. */
export const deleted = Symbol("deleted");

export function strategicMerge(target: Mapping, patch: Mapping, builtin: boolean): Mapping | typeof deleted {
  const directive = patch["$patch"];
  if (directive === "delete") return deleted;
  if (directive === "replace") return without(patch, "$patch");
  const result: Record<string, Value | undefined> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key === "$patch" || value === undefined) continue;
    if (value === null) delete result[key];
    else {
      const merged = mergeValue(key, result[key], value, builtin);
      if (merged === deleted) delete result[key];
      else result[key] = merged;
    }
  }
  return result;
}

function mergeValue(
  key: string,
  to: Value | undefined,
  patch: Value,
  builtin: boolean,
): Value | typeof deleted {
  if (isMapping(patch)) return strategicMerge(isMapping(to) ? to : {}, patch, builtin);
  if (!Array.isArray(patch) || !builtin) return patch;
  const before = Array.isArray(to) ? (to as readonly Value[]) : [];
  if (sets.has(key)) return [...new Set([...before, ...(patch as readonly Value[])])];
  const names = mergeKeys[key];
  return names === undefined ? patch : mergeList(before, patch as readonly Value[], names);
}

function mergeList(before: readonly Value[], patch: readonly Value[], keys: readonly string[]): Value {
  const entries = [...before];
  let replace = false;
  for (const item of patch) {
    if (!isMapping(item)) continue;
    const key = keys.find((name) => item[name] !== undefined);
    if (key === undefined) {
      // `- $patch: replace` alone: the others are all there is.
      if (item["$patch"] === "replace") replace = true;
      continue;
    }
    const at = entries.findIndex((entry) => isMapping(entry) && entry[key] === item[key]);
    const merged = strategicMerge(at === -1 ? {} : (entries[at] as Mapping), item, true);
    if (merged === deleted) {
      if (at !== -1) entries.splice(at, 1);
    } else if (at === -1) entries.push(merged);
    else entries[at] = merged;
  }
  if (replace) return patch.filter((item) => !isMapping(item) || item["$patch"] === undefined);
  return entries;
}

function without(mapping: Mapping, key: string): Mapping {
  const { [key]: _, ...rest } = mapping;
  return rest;
}
