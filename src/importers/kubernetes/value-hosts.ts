/** Hosts in the values of a chart, which is all that is known of what its release needs. */
import type { Place } from "../contract.js";
import type { Reference } from "./draft.js";
import { hostsIn } from "./hosts.js";
import { isMapping, type Path, type Value } from "./values.js";

export function hostReferences(values: Value, start: Path, placeOf: (path: Path) => Place): Reference[] {
  const found: Reference[] = [];
  const visit = (value: Value, path: Path, key: string): void => {
    if (typeof value === "string") {
      for (const host of hostsIn(value, key)) {
        const evidence = `the value ${key} names %s`;
        found.push({ to: { host }, kind: "hard", certain: false, evidence, at: placeOf(path), tells: true });
      }
    } else if (Array.isArray(value)) {
      (value as readonly Value[]).forEach((item, i) => {
        visit(item, [...path, i], key);
      });
    } else if (isMapping(value)) {
      for (const [name, item] of Object.entries(value))
        if (item !== undefined) visit(item, [...path, name], name);
    }
  };
  visit(values, start, "");
  return found;
}
