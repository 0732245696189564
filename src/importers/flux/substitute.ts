/**
 * `postBuild` of a Kustomization: variables in texts of what was built. Those that come from the cluster are not known here
 * and stay as they are written, unless they have a default or were given.
 */
import { changed, type KubeObject } from "../kubernetes/kube-object.js";
import { listAt, type Mapping, mappingAt, mapTexts, textAt, type Value } from "../kubernetes/values.js";

export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /** Some come from ConfigMaps or Secrets. */
  readonly open: boolean;
}

const disabled = "kustomize.toolkit.fluxcd.io/substitute";

/** Null: nothing is substituted. */
export function variablesOf(postBuild: Mapping | null, given: ReadonlyMap<string, string>): Variables | null {
  if (postBuild === null) return null;
  const open = listAt(postBuild, "substituteFrom").length > 0;
  const values = new Map(given);
  for (const [name, value] of Object.entries(mappingAt(postBuild, "substitute") ?? {})) {
    if (value !== undefined && (value === null || typeof value !== "object")) values.set(name, String(value ?? "").replace(/\n/g, ""));
  }
  return values.size === 0 && !open ? null : { values, open };
}

export function substituted(object: KubeObject, variables: Variables, unknown: Set<string>): KubeObject {
  for (const field of ["annotations", "labels"]) {
    if (textAt(object.body, "metadata", field, disabled) === "disabled") return object;
  }
  const replace = (text: string): string => (text.includes("$") ? expand(text, variables, unknown) : text);
  const body: Record<string, Value | undefined> = {};
  let same = true;
  for (const [key, value] of Object.entries(object.body)) {
    // Where a text is wanted it stays one; elsewhere it is read as YAML again: `replicas: ${N:=2}`.
    const to = value === undefined ? value : mapTexts(value, key === "metadata" ? replace : (text) => retyped(text, replace(text)));
    if (to !== value) same = false;
    body[key] = to;
  }
  return same ? object : { ...changed(object, body, null), formerly: object.formerly };
}

function retyped(before: string, after: string): Value {
  if (before === after) return after;
  if (after === "true" || after === "false") return after === "true";
  return /^-?(?:0|[1-9]\d{0,14})$/.test(after) ? Number(after) : after;
}

/** `$${X}` is `${X}` literally; `${X}`, `${X:-default}` and `${X:=default}` are values. Other forms stay. */
function expand(text: string, { values, open }: Variables, unknown: Set<string>): string {
  return text.replace(/\$?\$\{([A-Za-z_]\w*)(?:(:?[-=])([^}]*))?\}/g, (all, name: string, form?: string, fallback?: string) => {
    if (all.startsWith("$$")) return all.slice(1);
    const value = values.get(name);
    if (value !== undefined && (value !== "" || form === undefined || !form.startsWith(":"))) return value;
    if (form !== undefined) return fallback ?? "";
    if (!open) return "";
    unknown.add(name);
    return all;
  });
}
