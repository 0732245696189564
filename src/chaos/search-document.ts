/** The document of a variant as a search works on it: everything that only one variant or a reader needs is left out. */
import { variantDocument } from "../scenario/parse.js";
import type { Scenario, Variant } from "../scenario/scenario.js";
import { type Fields, fieldsOf, isFields } from "./shrink/subject.js";

export function searchDocument(scenario: Scenario, variant: Variant): Fields {
  const {
    observed: _observed,
    choices: _choices,
    case: _case,
    mutations: _mutations,
    ...document
  } = variantDocument(scenario, variant);
  const { spec } = variant;
  const members = new Map(spec.fleet.regionGroups.map((group) => [group.name, group.members]));
  const regions = Object.fromEntries(
    Object.entries(fieldsOf(document, "regions")).map(([name, group]) => [
      name,
      isFields(group) ? { ...group, members: [...(members.get(name) ?? [])] } : group,
    ]),
  );
  return { ...document, regions };
}
