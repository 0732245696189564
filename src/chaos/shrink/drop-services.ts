/** Take services out, with everything that names them. */
import type { Json } from "../../base/json.js";
import type { CaseDocument } from "../../scenario/case.js";
import { fewer, type Pass } from "./pass.js";
import {
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  mapTexts,
  mapValues,
  type Subject,
  withKey,
  without,
  withoutReference,
} from "./subject.js";

export const dropServices: Pass = {
  name: "services",
  *candidates(subject) {
    const names = Object.keys(fieldsOf(subject.document, "services"));
    for (const kept of fewer(names)) {
      yield names.filter((name) => !kept.includes(name)).reduce(withoutService, subject);
    }
  },
};

function withoutService({ document, item }: Subject, name: string): Subject {
  const left = (list: Json | undefined): readonly Json[] => listOf(list).filter((other) => other !== name);
  const orNone = (list: readonly Json[]): Json | undefined => (list.length === 0 ? undefined : [...list]);
  const need = (value: Json): readonly Json[] => {
    if (value === name) return [];
    if (!isFields(value)) return [value];
    if (value["service"] === name) return [];
    if (value["of"] === undefined) return [value];
    const of = left(value["of"]);
    if (of.length === 0) return [];
    return [{ ...value, of: [...of], k: Math.min(Number(value["k"] ?? 1), of.length) }];
  };
  const services = mapValues(without(fieldsOf(document, "services"), name), (service) =>
    isFields(service) && Array.isArray(service["needs"])
      ? withKey(service, "needs", orNone(service["needs"].flatMap(need)))
      : service,
  );
  let smaller: Fields = { ...document, services };
  const change = (key: string, how: (value: Json, key: string) => Json | undefined): void => {
    if (document[key] !== undefined) smaller = withKey(smaller, key, mapValues(fieldsOf(document, key), how));
  };
  change("capabilities", (value) => {
    if (!isFields(value) || value["service"] === name) return undefined;
    if (value["services"] === undefined) return value;
    const of = left(value["services"]);
    return of.length === 0 ? undefined : { ...value, services: [...of] };
  });
  change("objects", (value) => (isFields(value) ? { ...value, owns: [...left(value["owns"])] } : value));
  change("managers", (value) => {
    if (!isFields(value)) return value;
    const reads = withKey(value, "reads", orNone(left(value["reads"])));
    return value["service"] === name ? withKey(reads, "service", undefined) : reads;
  });
  const changes = listOf(document["changes"]).map((item): Json => {
    if (!isFields(item)) return item;
    const intend = intentionsWithout(item["intend"], name);
    const approvals = listOf(item["approvals"]).map((approval) =>
      isFields(approval) ? { ...approval, covers: [...left(approval["covers"])] } : approval,
    );
    const edits = editsWithout(item["edits"], name);
    const scope = item["scope"] === undefined ? undefined : [...left(item["scope"])];
    const next = withKey(withKey(withKey(item, "intend", intend), "scope", scope), "edits", edits);
    return item["approvals"] === undefined ? next : { ...next, approvals };
  });
  if (document["changes"] !== undefined) smaller = { ...smaller, changes };
  const configuration = document["configuration"];
  // Files of another format may name what the scenario leaves out.
  const imported = isFields(configuration) && configuration["import"] !== undefined;
  if (isFields(configuration) && !imported)
    smaller = withKey(smaller, "configuration", configurationWithout(configuration, name));
  if (document["faults"] !== undefined) {
    const faults = listOf(document["faults"]).filter((fault) => !isFields(fault) || fault["of"] !== name);
    smaller = withKey(smaller, "faults", orNone(faults));
  }
  const documents = mapTexts(
    item.documents.filter((doc) => !describes(doc, name)),
    (text) => (imported ? text : withoutReference(text, name)),
  );
  const events = item.events.filter(
    (event) =>
      !(event.e === "fault" && event.of === name) &&
      !(event.e === "staging" && event.id === `applications/${name}.yaml`),
  );
  return { document: referencesGone(smaller), item: { ...item, documents, events } };
}

/** Its own file, or a second one that describes it as well. */
function describes({ id, text, was }: CaseDocument, name: string): boolean {
  if (!id.startsWith("applications/")) return false;
  const named = new RegExp(`^name:\\s+["']?${name.replaceAll(".", "\\.")}["']?\\s*$`, "m");
  return id === `applications/${name}.yaml` || named.test(was ?? text ?? "");
}

/** No list of edits is another thing than an empty one: the configuration then follows from what is intended. */
function editsWithout(edits: Json | undefined, name: string): Json | undefined {
  if (!Array.isArray(edits)) return edits;
  const about = (value: Json): boolean =>
    typeof value === "string" &&
    (value === name || /^applications\/([^#]*?)(\.yaml)?(#|$)/.exec(value)?.[1] === name);
  const mentions = (value: Json): boolean =>
    about(value) ||
    (Array.isArray(value) ? value : isFields(value) ? Object.values(value) : []).some((part) =>
      mentions(part),
    );
  return edits.filter((edit) => !mentions(edit));
}

function intentionsWithout(intend: Json | undefined, name: string): Json | undefined {
  const one = (item: Json): readonly Json[] => {
    if (!isFields(item)) return [item];
    const kept = mapValues(item, (value) => {
      if (Array.isArray(value)) {
        const left = value.filter((other) => other !== name);
        return left.length === 0 ? undefined : left;
      }
      const about = isFields(value) ? [value["service"], value["to"]] : [];
      return about.includes(name) ? undefined : value;
    });
    return Object.keys(kept).length === 0 ? [] : [kept];
  };
  if (intend === undefined) return undefined;
  const all: readonly Json[] = Array.isArray(intend) ? intend : [intend];
  const left = all.flatMap(one);
  return left.length === 0 ? undefined : left;
}

function configurationWithout(configuration: Fields, name: string): Fields {
  const omit = configuration["omitFromOwnEntry"];
  const documents = configuration["documents"];
  let next = configuration;
  if (omit !== undefined)
    next = withKey(
      next,
      "omitFromOwnEntry",
      listOf(omit).filter((other) => other !== name),
    );
  if (isFields(documents)) {
    const kept = without(documents, `applications/${name}.yaml`);
    next = {
      ...next,
      documents: mapValues(kept, (value) =>
        typeof value === "string" ? withoutReference(value, name) : withoutNamed(value, name),
      ),
    };
  }
  return withKey(next, "edits", editsWithout(next["edits"], name));
}

/** The same for a document that is written as a mapping. */
function withoutNamed(value: Json, name: string): Json {
  if (Array.isArray(value))
    return value.filter((item) => item !== name).map((item) => withoutNamed(item, name));
  if (!isFields(value)) return value;
  return mapValues(value, (item, key) =>
    item === name && !["name", "manager", "cell"].includes(key) ? null : withoutNamed(item, name),
  );
}

/** Fallbacks to capabilities that are gone. */
export function referencesGone(whole: Fields): Fields {
  const document = ownedOnly(whole);
  const capabilities = fieldsOf(document, "capabilities");
  if (document["capabilities"] === undefined) return document;
  const known = mapValues(capabilities, (value) => {
    if (!isFields(value) || value["fallback"] === undefined) return value;
    const left = listOf(value["fallback"]).filter((item) => {
      const name = isFields(item) ? item["capability"] : item;
      return typeof name === "string" && capabilities[name] !== undefined;
    });
    return withKey(value, "fallback", left.length === 0 ? undefined : left);
  });
  return withKey(document, "capabilities", Object.keys(known).length === 0 ? undefined : known);
}

/** Objects own what is there. */
function ownedOnly(document: Fields): Fields {
  if (document["objects"] === undefined) return document;
  const objects = fieldsOf(document, "objects");
  const known = new Set([...Object.keys(fieldsOf(document, "services")), ...Object.keys(objects)]);
  const kept = mapValues(objects, (value) =>
    isFields(value)
      ? { ...value, owns: listOf(value["owns"]).filter((name) => known.has(String(name))) }
      : value,
  );
  return { ...document, objects: kept };
}
