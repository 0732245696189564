/** Regions and groups as `in` names them. */
import { compareNatural } from "../base/order.js";
import type { Name, RegionGroupSpec } from "../models/fleet/spec.js";
import type { Reporter } from "./reporter.js";
import { expandRange } from "./values.js";

/** Regions or groups named by `in`, or null for all; unknown ones are reported. */
export function places(
  value: string | readonly string[] | undefined,
  path: readonly (string | number)[],
  groups: readonly RegionGroupSpec[],
  report: Reporter,
): readonly Name[] | null {
  if (value === undefined) return null;
  const known = new Set(groups.flatMap((group) => [group.name, ...group.members]));
  const names: Name[] = [];
  for (const text of typeof value === "string" ? [value] : value) {
    const expanded = expandRange(text);
    for (const name of "names" in expanded ? expanded.names : [text]) {
      if (known.has(name)) names.push(name);
      else report.unknown("region or group", name, known, path);
    }
  }
  if (names.length === 0 && typeof value !== "string" && value.length === 0) {
    report({
      code: "empty-list",
      path,
      message: "`in` names no place",
      hint: "leave it out to mean everywhere",
    });
  }
  return names.sort(compareNatural);
}
