/** Take region groups and regions out, with everything that names them. */
import type { Json } from "../../base/json.js";
import type { CaseEvent } from "../../scenario/case.js";
import { fewer, type Pass } from "./pass.js";
import { type Fields, fieldsOf, isFields, listOf, mapValues, type Subject, withKey } from "./subject.js";

/** Ranges of members are written out, so that they can be taken out one by one. */
export const dropRegions: Pass = {
  name: "regions",
  *candidates({ document, item }) {
    const groups = Object.entries(fieldsOf(document, "regions"));
    const membersOf = (group: Json): readonly Json[] => (isFields(group) ? listOf(group["members"]) : []);
    const withGroups = (kept: readonly (readonly [string, Json])[]): Subject => {
      const gone = groups.map(([name]) => name).filter((name) => !kept.some(([other]) => other === name));
      const regions = Object.fromEntries(kept);
      return gone.reduce((subject, name) => withoutPlace(subject, name), {
        document: withKey(document, "regions", regions),
        item,
      });
    };
    const firstOnly = groups.map(
      ([name, group]) => [name, withMembers(group, membersOf(group).slice(0, 1))] as const,
    );
    if (groups.length > 1) yield withGroups(firstOnly.slice(0, 1));
    if (groups.some(([, group]) => membersOf(group).length > 1)) yield withGroups(firstOnly);
    for (const kept of fewer(groups)) yield withGroups(kept);
    for (const [k, [name, group]] of groups.entries()) {
      for (const members of fewer(membersOf(group))) {
        const changed = groups.map((entry, j) =>
          j === k ? ([name, withMembers(group, members)] as const) : entry,
        );
        const gone = membersOf(group).filter((member) => !members.includes(member));
        yield gone.reduce<Subject>(
          (subject, member) => withoutPlace(subject, String(member)),
          withGroups(changed),
        );
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
