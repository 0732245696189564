/** S01 to S04: something is missing, or there twice. */
import { type Application, applicationIn, type Facts, ownEntryIn } from "./facts.js";
import type { Patch, PatchDocument } from "./material.js";
import type { Operator } from "./operator.js";
import { isFields, isList, namesIn, place, without, withoutName } from "./paths.js";
import { defineOperator, dropped, writes, written } from "./strikes.js";

/** An application gone without a trace: its document and every reference to it. */
export function withoutApplication(application: Application, facts: Facts): Patch {
  const { doc, name } = application;
  const documents: PatchDocument[] = [dropped(doc.id, facts)];
  if (name === null) return { documents };
  for (const own of facts.own) {
    const value = withoutName(own.value, "manages", name);
    if (value !== own.value) documents.push(written(own.doc.id, facts, value));
  }
  for (const other of facts.applications) {
    const value = withoutName(withoutName(other.value, "needs", name), "owns", name);
    if (value !== other.value && other !== application) documents.push(written(other.doc.id, facts, value));
  }
  return { documents };
}

const dropEntry: Operator = defineOperator({
  id: "S01",
  name: "dropped-entry",
  level: "structure",
  class: "inconsistent",
  about: "An entry is left out: of a manager's list, or everywhere, as if it had never been.",
  precondition:
    "an item of a manager's list; an application that its own entry does not protect (S21 has those)",
  incident:
    "S01; the incident together with S11; a bare omission is no permission to remove, hashicorp/terraform #14275 (C2)",
  *strikesIn(doc, facts) {
    const own = ownEntryIn(doc);
    if (own !== null) {
      for (const [k, name] of namesIn(own.value["manages"])) {
        const label = () => `${name} is left out of ${own.stem}`;
        yield writes(doc, facts, place(own.stem, "manages", k), label, () =>
          without(own.value, ["manages", k]),
        );
      }
    }
    const application = applicationIn(doc);
    if (application === null || application.name === null || application.value["protect"] === true) return;
    yield {
      site: application.stem,
      label: () => `${application.name} is gone from the configuration, with every reference to it`,
      patch: () => withoutApplication(application, facts),
    };
  },
});

const dropField: Operator = defineOperator({
  id: "S02",
  name: "dropped-field",
  level: "structure",
  class: "illegal",
  about:
    "A field that has to be there is not: the name or the manager of an application, the name or the service of an own entry.",
  precondition: "the field; a service that is not null, since a missing one says the same",
  incident: "S02; fields left blank in a policy row, Google in June 2025",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    for (const key of entry.kind === "own" ? ["name", "service"] : ["name", "manager"]) {
      const value = entry.value[key];
      if (value === undefined || (value === null && key === "service")) continue;
      const label = () => `\`${key}\` is missing in ${entry.stem}`;
      yield writes(doc, facts, place(entry.stem, key), label, () => without(entry.value, [key]));
    }
  },
});

const sections = ["manages", "needs", "owns", "regions", "policy", "guards"];
const folders = ["applications", "managers"];

const dropSection: Operator = defineOperator({
  id: "S03",
  name: "dropped-section",
  level: "structure",
  class: "illegal",
  about: "A whole section is missing: a list with all that is in it, the policy, the guards, a folder.",
  precondition: "a list or a mapping with something in it; for a folder, a document",
  incident: "S03; the manager that started before its sources were there, external-dns #1238 (A6)",
  *strikesIn(doc, facts) {
    const entry = applicationIn(doc) ?? ownEntryIn(doc);
    if (entry === null) return;
    for (const key of sections) {
      const value = entry.value[key];
      const size = isList(value) ? value.length : isFields(value) ? Object.keys(value).length : 0;
      if (size === 0) continue;
      const label = () => `the whole section \`${key}\` is missing in ${entry.stem}`;
      yield writes(doc, facts, place(entry.stem, key), label, () => without(entry.value, [key]));
    }
  },
  *strikesAcross(facts) {
    for (const folder of folders) {
      const inside = facts.documents.filter((doc) => doc.id.startsWith(`${folder}/`));
      if (inside.length === 0) continue;
      yield {
        site: folder,
        label: () => `the folder ${folder} is missing, with ${inside.length} documents`,
        patch: () => ({ documents: inside.map((doc) => dropped(doc.id, facts)) }),
      };
    }
  },
});

const duplicate: Operator = defineOperator({
  id: "S04",
  name: "duplicate-entry",
  level: "structure",
  class: "illegal",
  about: "A second file describes an application, for the same manager or for another one.",
  precondition: "an application with a name; another manager, for the second kind",
  incident: "S04; two owners of one name, argoproj/argo-cd #5431 and #11402 (C4), docker/compose #9742 (C5)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application === null || application.name === null) return;
    const { stem, name, value, manager } = application;
    // It sorts behind the first one, so that a reader that lets the last win takes this one.
    const id = `${stem}_copy.yaml`;
    if (facts.has(id)) return;
    yield {
      site: stem,
      label: () => `${name} is described twice, in ${stem} and in ${stem}_copy`,
      patch: () => ({ documents: [written(id, facts, value)] }),
    };
    if (typeof manager !== "string") return;
    for (const { name: other } of facts.background.managers) {
      if (other === manager) continue;
      yield {
        site: `${stem} -> ${other}`,
        label: () => `${name} is described twice, for ${manager} and for ${other}`,
        patch: () => ({ documents: [written(id, facts, { ...value, manager: other })] }),
      };
    }
  },
});

export const entryOperators: readonly Operator[] = [dropEntry, dropField, dropSection, duplicate];
