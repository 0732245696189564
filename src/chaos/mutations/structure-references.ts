/** S10 to S12: references that lead nowhere, or back to where they stand. */
import { applicationIn, ownEntryIn } from "./facts.js";
import type { Operator } from "./operator.js";
import { appended, isList, place, withoutName } from "./paths.js";
import { defineOperator, dropped, writes, written } from "./strikes.js";

const dangling: Operator = defineOperator({
  id: "S10",
  name: "dangling-reference",
  level: "structure",
  class: "inconsistent",
  about: "An application needs or owns what is not described any more.",
  precondition:
    "an application that others need or own, which goes while their references stay; or something a change removed, which an application needs again",
  incident:
    "S10; the reference that a removal left behind on 13 February 2025 (B1); banzaicloud/koperator #186 (D1)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application === null) return;
    const { name, stem, value } = application;
    const refers = facts.applications.filter(
      (other) => other !== application && name !== null && [...other.needs, ...other.owns].includes(name),
    );
    if (name !== null && refers.length > 0) {
      yield {
        site: stem,
        label: () => `${name} is gone, and ${refers.map((other) => other.stem).join(", ")} still refer to it`,
        // The managers' own entries are in order: an error in those is S11.
        patch: () => ({
          documents: [
            dropped(doc.id, facts),
            ...facts.own
              .filter((own) => own.manages.includes(name))
              .map((own) => written(own.doc.id, facts, withoutName(own.value, "manages", name))),
          ],
        }),
      };
    }
    if (value["needs"] !== undefined && !isList(value["needs"])) return;
    for (const gone of facts.removed) {
      if (gone === name || application.needs.includes(gone)) continue;
      const label = () => `${stem} needs ${gone}, which was removed`;
      yield writes(doc, facts, `${place(stem, "needs", "-")} -> ${gone}`, label, () =>
        appended(value, "needs", gone),
      );
    }
  },
});

const danglingOwn: Operator = defineOperator({
  id: "S11",
  name: "dangling-reference-in-an-own-entry",
  level: "structure",
  class: "inconsistent",
  about: "A manager's own entry refers to what is not described any more.",
  precondition:
    "an application that an own entry lists, whose document goes; or something a change removed, which is listed again",
  incident:
    'S11; an error in the manager\'s own configuration read as "remove the manager", 13 February 2025 (B1); argocd-autopilot #494 (B5)',
  *strikesIn(doc, facts) {
    const own = ownEntryIn(doc);
    if (own !== null) {
      if (!isList(own.value["manages"])) return;
      for (const gone of facts.removed) {
        if (own.manages.includes(gone)) continue;
        const label = () => `${own.stem} lists ${gone}, which was removed`;
        const site = `${place(own.stem, "manages", "-")} -> ${gone}`;
        yield writes(doc, facts, site, label, () => appended(own.value, "manages", gone));
      }
      return;
    }
    const application = applicationIn(doc);
    if (application === null || application.name === null) return;
    const { name, stem } = application;
    const lists = facts.own.filter((item) => item.manages.includes(name));
    if (lists.length === 0) return;
    yield {
      site: stem,
      label: () => `${name} is gone, and ${lists.map((item) => item.stem).join(", ")} still list it`,
      patch: () => ({ documents: [dropped(doc.id, facts)] }),
    };
  },
});

const selfReference: Operator = defineOperator({
  id: "S12",
  name: "self-reference",
  level: "structure",
  class: "inconsistent",
  about:
    "Something refers to itself: an application needs or owns itself, a manager manages or owns the service that it runs as.",
  precondition:
    "an application that does not need itself yet; a manager that runs as a service which it does not manage yet",
  incident:
    "S12; a manager in its own inventory, fluxcd/flux2 #4570 and #3949 (B2, B3), applicationset #400 (B4)",
  *strikesIn(doc, facts) {
    const own = ownEntryIn(doc);
    if (own !== null) {
      const { stem, value, service } = own;
      if (service === null || own.manages.includes(service) || !isList(value["manages"])) return;
      const label = () => `${stem} lists ${service}, which is the manager itself`;
      const site = `${place(stem, "manages", "-")} -> ${service}`;
      yield writes(doc, facts, site, label, () => appended(value, "manages", service));
      return;
    }
    const application = applicationIn(doc);
    if (application === null || application.name === null) return;
    const { name, stem, value } = application;
    for (const key of ["needs", "owns"] as const) {
      if (!isList(value[key]) || application[key].includes(name)) continue;
      const label = () => `${name} ${key} itself`;
      yield writes(doc, facts, `${place(stem, key, "-")} -> ${name}`, label, () =>
        appended(value, key, name),
      );
    }
    for (const manager of facts.background.managers) {
      if (manager.service !== name || application.manager === manager.name) continue;
      const label = () => `${name}, which is the manager ${manager.name}, belongs to that manager`;
      const site = `${place(stem, "manager")} -> ${manager.name}`;
      yield writes(doc, facts, site, label, () => ({ ...value, manager: manager.name }));
    }
  },
});

export const referenceOperators: readonly Operator[] = [dangling, danglingOwn, selfReference];
