/** A scenario back to text. What is written is what was read, in the order of the format: parse(format(s)) is s. */
import { stringify } from "yaml";
import type { Json } from "../base/json.js";
import { scenarioSchema } from "./document-schema.js";
import type { Scenario } from "./scenario.js";

/** The order of the format, which is that of its schema. */
const order = Object.keys(scenarioSchema.shape);

export const formatScenario = (scenario: Scenario): string =>
  formatDocument(scenario.document as { readonly [key: string]: Json });

/** The text of a scenario document, keys in the order of the format. */
export function formatDocument(document: { readonly [key: string]: Json }): string {
  const sorted: Record<string, Json> = {};
  for (const key of order) if (document[key] !== undefined) sorted[key] = document[key];
  return stringify(sorted, { lineWidth: 110, aliasDuplicateObjects: false });
}
