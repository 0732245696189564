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
    if (value !== undefined && (value === null || typeof value !== "object"))
      values.set(name, String(value ?? "").replace(/\n/g, ""));
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
    const to =
      value === undefined
        ? value
        : mapTexts(value, key === "metadata" ? replace : (text) => retyped(text, replace(text)));
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

/**
 * `$${X}` is `${X}` literally; `${X}`, `${X:-default}` and `${X:=default}` are values, and a default may hold variables
 * itself. Other forms stay.
 */
function expand(text: string, variables: Variables, unknown: Set<string>): string {
  let result = "";
  let done = 0;
  for (let at = text.indexOf("${"); at !== -1; at = text.indexOf("${", at)) {
    if (text[at - 1] === "$" && at > done) {
      result += text.slice(done, at - 1);
      done = at;
      at += 2;
      continue;
    }
    const end = closing(text, at + 2);
    const form = end === -1 ? null : /^([A-Za-z_]\w*)(?:(:?[-=])([\s\S]*))?$/.exec(text.slice(at + 2, end));
    if (form === null) {
      at += 2;
      continue;
    }
    result += text.slice(done, at);
    const [, name, operator, fallback] = form;
    const value = variables.values.get(name!);
    if (value !== undefined && (value !== "" || operator === undefined || !operator.startsWith(":")))
      result += value;
    else if (operator !== undefined) result += expand(fallback ?? "", variables, unknown);
    else if (variables.open) {
      unknown.add(name!);
      result += text.slice(at, end + 1);
    }
    done = end + 1;
    at = done;
  }
  return result + text.slice(done);
}

/** The brace that closes the one before `from`; -1: none does. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "{" && text[i - 1] === "$") open++;
    else if (text[i] === "}" && --open === 0) return i;
  }
  return -1;
}
