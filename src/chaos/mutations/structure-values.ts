/** S07 and S08: values of the wrong type or size. */
import type { Json } from "../../base/json.js";
import { type Application, applicationIn, type OwnEntry, ownEntryIn } from "./facts.js";
import type { Operator } from "./operator.js";
import { isFields, isList, type Key, place, replaced } from "./paths.js";
import { defineOperator, writes } from "./strikes.js";

interface Other {
  readonly keys: readonly Key[];
  readonly kind: "text" | "list" | "map" | "number";
  readonly to: Json;
}

/** The commonest wrong type of each field: a list for one, one for a list, a text for a number. */
function* otherTypes(entry: Application | OwnEntry): Iterable<Other> {
  for (const [key, value] of Object.entries(entry.value)) {
    const keys = [key];
    switch (key) {
      case "manages":
      case "needs":
      case "owns":
      case "regions":
        if (isList(value) && value.length > 0) yield { keys, kind: "text", to: value.join(", ") };
        break;
      // A name as a list reads like no name, which is S02.
      case "manager":
        if (typeof value === "string") yield { keys, kind: "list", to: [value] };
        break;
      case "replicas":
        if (typeof value === "number") yield { keys, kind: "text", to: `${value}` };
        break;
      case "protect":
        if (value === true) yield { keys, kind: "text", to: "true" };
        break;
      case "policy":
        if (isFields(value)) yield { keys, kind: "list", to: [value] };
        break;
      case "guards":
        if (isList(value) && value.length > 0) yield { keys, kind: "map", to: guardsAsMap(value) };
    }
  }
}

const guardsAsMap = (guards: readonly Json[]): Json =>
  Object.fromEntries(
    guards.map((item, k) => [
      isFields(item) && typeof item["guard"] === "string" ? item["guard"] : `${k}`,
      isFields(item) ? (item["options"] ?? {}) : item,
    ]),
  );

const wrongType: Operator = defineOperator({
  id: "S07",
  name: "wrong-type",
  level: "structure",
  class: "illegal",
  about: "A value has the wrong type: one for a list, a list for one, a text for a number or a boolean.",
  precondition: "a field whose type matters; of empty lists nothing is left to be written as text",
  incident: "S07; `deps: net` for `deps: [net]`; guards as a mapping are no list of guards any more",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    for (const { keys, kind, to } of otherTypes(entry)) {
      const site = `${place(entry.stem, ...keys)} (${kind})`;
      const label = () => `\`${keys.join(".")}\` in ${entry.stem} is a ${kind}`;
      yield writes(doc, facts, site, label, () => replaced(entry.value, keys, to));
    }
  },
});

/** Every number that means something: replicas, numbers of the policy, options of guards. */
export function* numbersIn(
  entry: Application | OwnEntry,
): Iterable<readonly [keys: readonly Key[], value: number]> {
  const { replicas, policy, guards } = entry.value;
  if (entry.kind === "application" && typeof replicas === "number") yield [["replicas"], replicas];
  if (entry.kind === "application") return;
  for (const [key, value] of isFields(policy) ? Object.entries(policy) : []) {
    if (typeof value === "number") yield [["policy", key], value];
  }
  for (const [k, guard] of isList(guards) ? guards.entries() : []) {
    const options = isFields(guard) ? guard["options"] : undefined;
    for (const [key, value] of isFields(options) ? Object.entries(options) : []) {
      if (typeof value === "number") yield [["guards", k, "options", key], value];
    }
  }
}

const extremes = [0, -1, 1_000_000_000];

const outOfRange: Operator = defineOperator({
  id: "S08",
  name: "number-out-of-range",
  level: "structure",
  class: "illegal",
  about: "A number is zero, negative or huge.",
  precondition: "a number: replicas, or one of a policy or a guard that the own entry holds",
  incident: "S08; zero replicas are a removal under another name",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    for (const [keys, value] of numbersIn(entry)) {
      for (const to of extremes) {
        if (to === value) continue;
        const site = `${place(entry.stem, ...keys)} -> ${to}`;
        const label = () => `\`${keys.join(".")}\` in ${entry.stem} is ${to} instead of ${value}`;
        yield writes(doc, facts, site, label, () => replaced(entry.value, keys, to));
      }
    }
  },
});

export const valueOperators: readonly Operator[] = [wrongType, outOfRange];
