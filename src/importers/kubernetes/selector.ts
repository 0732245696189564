/** Which objects a patch is for, and which pods a label selector selects. */
import type { KubeObject } from "./kube-object.js";
import { isMapping, listAt, type Mapping, mappingAt, textAt, textsAt, type Value } from "./values.js";

/** The `target` of a kustomize patch: anchored regular expressions on what an object is called, or was called before. */
export function targets(selector: Mapping, object: KubeObject): boolean {
  const version = object.apiVersion.slice(object.apiVersion.indexOf("/") + 1);
  return (
    matches(selector, "group", object.group) &&
    matches(selector, "version", version) &&
    matches(selector, "kind", object.kind) &&
    namesOf(object).some(
      ({ name, namespace }) =>
        matches(selector, "name", name) &&
        matches(selector, "namespace", namespace ?? "default", namespace ?? ""),
    ) &&
    selectedBy(textAt(selector, "labelSelector"), mappingAt(object.body, "metadata", "labels")) &&
    selectedBy(textAt(selector, "annotationSelector"), mappingAt(object.body, "metadata", "annotations"))
  );
}

export const namesOf = (
  object: KubeObject,
): readonly { readonly name: string; readonly namespace: string | null }[] => [object, ...object.formerly];

function matches(selector: Mapping, field: string, ...values: string[]): boolean {
  const pattern = textAt(selector, field);
  if (pattern === null || pattern === "") return true;
  const expression = compiled(pattern);
  return values.some((value) => (expression === null ? value === pattern : expression.test(value)));
}

const expressions = new Map<string, RegExp | null>();

/** Null: no regular expression that both engines agree on. */
function compiled(pattern: string): RegExp | null {
  let known = expressions.get(pattern);
  if (known === undefined) {
    if (expressions.size > 1000) expressions.clear();
    // Nested repetition can take for ever in a backtracking engine; Go's never does. Such patterns are compared as text.
    const dangerous = /[+*}]\)?[+*{]/.test(pattern) || pattern.length > 200;
    try {
      known = dangerous ? null : new RegExp(`^(?:${pattern})$`);
    } catch {
      known = null;
    }
    expressions.set(pattern, known);
  }
  return known;
}

/** A selector in its textual form: `app=cart,tier in (a, b),!old`. */
function selectedBy(text: string | null, labels: Mapping | null): boolean {
  if (text === null || text.trim() === "") return true;
  return text.split(/,(?![^(]*\))/).every((part) => {
    const set = /^\s*([^\s!=()]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(part);
    if (set !== null) {
      const value = textAt(labels ?? {}, set[1]!);
      const listed = value !== null && set[3]!.split(",").some((item) => item.trim() === value);
      return set[2] === "in" ? listed : !listed;
    }
    const equality = /^\s*([^\s!=]+)\s*(==?|!=)\s*([^\s=]*)\s*$/.exec(part);
    if (equality !== null) {
      const same = textAt(labels ?? {}, equality[1]!) === equality[3];
      return equality[2] === "!=" ? !same : same;
    }
    const exists = /^\s*(!?)\s*(\S+)\s*$/.exec(part);
    return exists === null || (textAt(labels ?? {}, exists[2]!) !== null) === (exists[1] === "");
  });
}

/** A label selector with `matchLabels` and `matchExpressions`. An empty one selects everything. */
export function selectsLabels(selector: Mapping, labels: Mapping): boolean {
  const wanted = mappingAt(selector, "matchLabels") ?? {};
  return (
    Object.entries(wanted).every(([key, value]) => labels[key] === value) &&
    listAt(selector, "matchExpressions").every((expression) => expressionHolds(expression, labels))
  );
}

function expressionHolds(expression: Value, labels: Mapping): boolean {
  if (!isMapping(expression)) return false;
  const value = textAt(labels, textAt(expression, "key") ?? "");
  const values = textsAt(expression, "values");
  switch (textAt(expression, "operator")) {
    case "In":
      return value !== null && values.includes(value);
    case "NotIn":
      return value === null || !values.includes(value);
    case "Exists":
      return value !== null;
    case "DoesNotExist":
      return value === null;
    default:
      return false;
  }
}
