/** S05, S06, S09, S17: names that are not the right ones. */
import type { Json } from "../../base/json.js";
import type { Name } from "../../models/fleet/spec.js";
import type { Doc } from "../../models/managers/contract.js";
import { applicationIn, type Facts, ownEntryIn } from "./facts.js";
import type { PatchDocument } from "./material.js";
import type { Operator } from "./operator.js";
import { type Fields, type Key, namesIn, place, renamedIn, replaced } from "./paths.js";
import { defineOperator, dropped, type Strike, writes, written } from "./strikes.js";

/** Lists in which names of services stand. */
const listsOf = { own: ["manages"], application: ["needs", "owns"] } as const;

const renameOnce: Operator = defineOperator({
  id: "S05",
  name: "rename-in-one-place",
  level: "structure",
  class: "inconsistent",
  about: "A service gets another name in one place, and keeps the old one everywhere else.",
  precondition: "the name of an application, or a reference in a list",
  incident: "S05; a rename is a removal and an addition, fluxcd/flux2 #3316 (C1)",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    const strike = (name: Name, ...keys: readonly Key[]): Strike => {
      const to = facts.freeName(name);
      const site = `${place(entry.stem, ...keys)} -> ${to}`;
      const label = () => `${name} is called ${to} in ${entry.stem}, and nowhere else`;
      return writes(doc, facts, site, label, () => replaced(entry.value, keys, to));
    };
    if (entry.kind === "application" && entry.name !== null) yield strike(entry.name, "name");
    for (const key of listsOf[entry.kind]) {
      for (const [k, name] of namesIn(entry.value[key])) yield strike(name, key, k);
    }
  },
});

const renameEverywhere: Operator = defineOperator({
  id: "S06",
  name: "rename-everywhere",
  level: "structure",
  class: "inconsistent",
  about: "A service gets another name, consistently: its file, its entry, and every reference.",
  precondition: "an application with a name",
  incident: "S06; the same thing under a new name is deleted and made anew, fluxcd/flux2 #3316 (C1)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application === null || application.name === null) return;
    const { name, stem } = application;
    const to = facts.freeName(name);
    yield {
      site: `${stem} -> ${to}`,
      label: () => `${name} is called ${to} from now on, in its file and in every reference`,
      patch: () => ({ documents: renamedEverywhere(name, to, doc, facts) }),
    };
  },
});

function renamedEverywhere(name: Name, to: Name, doc: Doc, facts: Facts): readonly PatchDocument[] {
  const documents: PatchDocument[] = [];
  for (const { value, doc: file } of facts.applications) {
    let next: Fields = renamedIn(renamedIn(value, "needs", name, to), "owns", name, to);
    if (file !== doc) {
      if (next !== value) documents.push(written(file.id, facts, next));
      continue;
    }
    next = { ...next, name: to };
    const id = doc.id.endsWith(`/${name}.yaml`)
      ? `${doc.id.slice(0, -`${name}.yaml`.length)}${to}.yaml`
      : doc.id;
    if (id !== doc.id) documents.push(dropped(doc.id, facts));
    documents.push(written(id, facts, next));
  }
  for (const { value, service, doc: file } of facts.own) {
    let next = renamedIn(value, "manages", name, to);
    if (service === name) next = { ...next, service: to };
    if (next !== value) documents.push(written(file.id, facts, next));
  }
  return documents;
}

const blankName: Operator = defineOperator({
  id: "S09",
  name: "blank-name",
  level: "structure",
  class: "illegal",
  about: "Where a name has to stand there is null, or an empty text.",
  precondition:
    "a name or a manager of an application, a name or a service of an own entry, the first name of a list",
  incident:
    "S09; blank fields in a policy row, Google in June 2025; an empty selector that matches everything",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    const places: (readonly Key[])[] = (entry.kind === "own" ? ["name", "service"] : ["name", "manager"])
      .filter((key) => entry.value[key] !== undefined)
      .map((key) => [key]);
    for (const key of listsOf[entry.kind]) {
      const first = namesIn(entry.value[key])[0];
      if (first !== undefined) places.push([key, first[0]]);
    }
    for (const keys of places) {
      const now = keys.length === 1 ? entry.value[keys[0]!] : undefined;
      for (const [variant, to] of blanks) {
        // An empty reference leads nowhere: that is S10 and S11.
        if (now === to || (variant === "empty" && keys.length > 1)) continue;
        const site = `${place(entry.stem, ...keys)} (${variant})`;
        const label = () =>
          `${variant === "null" ? "null" : "an empty text"} stands where a name belongs in \`${keys[0]}\` of ${entry.stem}`;
        yield writes(doc, facts, site, label, () => replaced(entry.value, keys, to));
      }
    }
  },
});
const blanks: readonly (readonly [string, Json])[] = [
  ["null", null],
  ["empty", ""],
];

const wrongKind: Operator = defineOperator({
  id: "S17",
  name: "name-of-another-kind",
  level: "structure",
  class: "illegal",
  about:
    "A name of another kind stands there: a service's for a manager's, a manager's or a region group's for a service's.",
  precondition: "a manager that runs as a service of another name; a list of services with something in it",
  incident: "S17; ids of sites where ids of apps belonged, Atlassian in April 2022: 883 sites deleted",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    const strike = (what: string, to: Name, ...keys: readonly Key[]): Strike =>
      writes(
        doc,
        facts,
        `${place(entry.stem, ...keys)} -> ${to}`,
        () => `${to}, the name of a ${what}, stands in \`${keys[0]}\` of ${entry.stem}`,
        () => replaced(entry.value, keys, to),
      );
    const runsAs = (manager: Name | null | undefined): Name | null =>
      facts.background.managers.find((item) => item.name === manager)?.service ?? null;
    const group = facts.material.base.spec.fleet.regionGroups[0]?.name;
    if (entry.kind === "application") {
      const service = runsAs(entry.manager);
      if (service !== null && service !== entry.manager) yield strike("service", service, "manager");
    } else if (entry.service !== null && entry.manager !== null && entry.service !== entry.manager) {
      yield strike("service", entry.service, "name");
      yield strike("manager", entry.manager, "service");
      const own = namesIn(entry.value["manages"]).find(([, name]) => name === entry.service);
      if (own !== undefined) yield strike("manager", entry.manager, "manages", own[0]);
    }
    for (const key of listsOf[entry.kind]) {
      const first = namesIn(entry.value[key])[0];
      if (first !== undefined && group !== undefined && first[1] !== group) {
        yield strike("region group", group, key, first[0]);
      }
    }
  },
});

export const nameOperators: readonly Operator[] = [renameOnce, renameEverywhere, blankName, wrongKind];
