/** A scenario back to text. What is written is what was read, in the order of the format: parse(format(s)) is s. */
import { stringify } from "yaml";
import type { Json } from "../base/json.js";
import type { Scenario } from "./scenario.js";

const order = [
  "fleetquake",
  "title",
  "about",
  "sources",
  "start",
  "horizon",
  "acyclic",
  "regions",
  "services",
  "objects",
  "capabilities",
  "managers",
  "configuration",
  "changes",
  "faults",
  "mutations",
  "response",
  "demand",
  "observed",
  "properties",
  "limits",
  "variants",
  "expect",
];

export function formatScenario(scenario: Scenario): string {
  const document = scenario.document as { readonly [key: string]: Json };
  const sorted: Record<string, Json> = {};
  for (const key of order) if (document[key] !== undefined) sorted[key] = document[key];
  return stringify(sorted, { lineWidth: 110, aliasDuplicateObjects: false });
}
