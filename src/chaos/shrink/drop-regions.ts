/** Take region groups and regions out, with everything that names them. */
import type { Json } from "../../base/json.js";
import type { CaseEvent } from "../../scenario/case.js";
import { fewer, type Pass } from "./pass.js";
import { type Fields, fieldsOf, isFields, listOf, mapValues, type Subject, withKey } from "./subject.js";

/** Ranges of members are written out, so that they can be taken out one by one. */
/** One region of one group: what follows is a hundred times cheaper, and mostly it is enough. */
export const dropScale: Pass = {
  name: "scale",
  *candidates(subject) {
    const groups = Object.entries(fieldsOf(subject.document, "regions"));
    const firstOnly = groups.map(
      ([name, group]) => [name, withMembers(group, membersOf(group).slice(0, 1))] as const,
    );
    if (groups.length > 1) yield withGroups(subject, groups, firstOnly.slice(0, 1));
    if (groups.some(([, group]) => membersOf(group).length > 1)) yield withGroups(subject, groups, firstOnly);
  },
};

type Groups = readonly (readonly [string, Json])[];

const membersOf = (group: Json): readonly Json[] => (isFields(group) ? listOf(group["members"]) : []);

/** The subject with these groups only; whoever named one of the others no longer does. */
function withGroups({ document, item }: Subject, groups: Groups, kept: Groups): Subject {
  const names = (list: Groups): readonly string[] =>
    list.flatMap(([name, group]) => [name, ...membersOf(group).map(String)]);
  const left = names(kept);
  const gone = names(groups).filter((name) => !left.includes(name));
  const smaller = { document: withKey(document, "regions", Object.fromEntries(kept)), item };
  return gone.reduce(withoutPlace, smaller);
}

export const dropRegions: Pass = {
  name: "regions",
  *candidates(subject) {
    const groups = Object.entries(fieldsOf(subject.document, "regions"));
    for (const kept of fewer(groups)) yield withGroups(subject, groups, kept);
    for (const [k, [name, group]] of groups.entries()) {
      for (const members of fewer(membersOf(group))) {
        const changed = groups.map((entry, j) =>
          j === k ? ([name, withMembers(group, members)] as const) : entry,
        );
        yield withGroups(subject, groups, changed);
      }
    }
  },
};

const withMembers = (group: Json, members: readonly Json[]): Json =>
  isFields(group) ? { ...group, members: [...members] } : group;

/** A region or a group is gone: nobody names it any more. */
function withoutPlace({ document, item }: Subject, place: string): Subject {
  const names = (list: Json | undefined): Json | undefined => {
    if (list === place) return undefined;
    if (!Array.isArray(list)) return list;
    const left = list.filter((name) => name !== place);
    return left.length === 0 ? undefined : left;
  };
  const withoutIn = (value: Json): Json =>
    isFields(value) ? withKey(value, "in", names(value["in"])) : value;
  const services = mapValues(fieldsOf(document, "services"), (service) =>
    isFields(service) && Array.isArray(service["needs"])
      ? { ...service, needs: service["needs"].map(withoutIn) }
      : service,
  );
  const managers = mapValues(fieldsOf(document, "managers"), (manager) => {
    if (!isFields(manager) || !isFields(manager["rollout"])) return manager;
    const waves = listOf(manager["rollout"]["waves"]).flatMap((wave) => names(wave) ?? []);
    return { ...manager, rollout: { ...manager["rollout"], waves } };
  });
  const response = fieldsOf(document, "response");
  const order = isFields(response["order"]) ? names(response["order"]["groups"]) : undefined;
  let smaller: Fields = { ...document, services, managers };
  if (document["faults"] !== undefined)
    smaller = withKey(smaller, "faults", listOf(document["faults"]).map(withoutIn));
  if (document["response"] !== undefined)
    smaller = withKey(
      smaller,
      "response",
      withKey(response, "order", order === undefined ? undefined : { groups: order }),
    );
  const left = (cells: readonly string[] | null): readonly string[] | null =>
    cells === null ? null : cells.filter((cell) => cell !== place);
  const events = item.events.map((event): CaseEvent => {
    if (event.e === "deliver") return { ...event, cells: left(event.cells) };
    if (event.e === "partial") return { ...event, cells: left(event.cells) ?? [] };
    return event;
  });
  const documents = item.documents.filter((doc) => !doc.id.endsWith(`.${place}.yaml`));
  return { document: smaller, item: { ...item, documents, events } };
}
