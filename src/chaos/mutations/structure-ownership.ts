/** S15, S16, S18, S22: who manages what, and where. */
import type { Name } from "../../models/fleet/spec.js";
import { type Application, applicationIn, type Facts, type OwnEntry, othersOf, ownEntryIn } from "./facts.js";
import type { PatchDocument } from "./material.js";
import type { Operator } from "./operator.js";
import { appended, isList, place, replaced, without, withoutName } from "./paths.js";
import { defineOperator, dropped, type Strike, writes, written } from "./strikes.js";

const ownChange: Operator = defineOperator({
  id: "S15",
  name: "change-of-owner",
  level: "structure",
  class: "inconsistent",
  about:
    "An application is handed to another manager without a declared migration, or a manager lists what is another's.",
  precondition: "two managers",
  incident:
    "S15; taken for its own and deleted, argoproj/argo-cd #10257 (B10), #16995 (C6), kubernetes #65200 (D1)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application !== null && application.name !== null && application.manager !== undefined) {
      const { stem, name } = application;
      for (const to of othersOf(facts, application.manager)) {
        yield {
          site: `${place(stem, "manager")} -> ${to}`,
          label: () =>
            `${name} is handed from ${application.manager ?? "nobody"} to ${to}, and both lists say so`,
          patch: () => ({ documents: handedOver(application, name, to, facts) }),
        };
      }
    }
    const own = ownEntryIn(doc);
    if (own === null || !isList(own.value["manages"])) return;
    for (const foreign of adoptable(own, facts)) yield adopts(own, foreign, facts);
  },
});

function handedOver(application: Application, name: Name, to: Name, facts: Facts): readonly PatchDocument[] {
  const documents = [written(application.doc.id, facts, { ...application.value, manager: to })];
  for (const own of facts.own) {
    const value =
      own.manager !== to
        ? withoutName(own.value, "manages", name)
        : own.manages.includes(name)
          ? own.value
          : appended(own.value, "manages", name);
    if (value !== own.value) documents.push(written(own.doc.id, facts, value));
  }
  return documents;
}

/** Of every other manager the first application and the service that it runs as: the rest would be the same mistake. */
function adoptable(own: OwnEntry, facts: Facts): readonly Name[] {
  const found: Name[] = [];
  for (const manager of facts.background.managers) {
    if (manager.name === own.manager) continue;
    const first = facts.applications.find(
      (item) => item.manager === manager.name && item.name !== null,
    )?.name;
    for (const name of [first, manager.service]) {
      if (name != null && !own.manages.includes(name) && !found.includes(name) && name !== own.service)
        found.push(name);
    }
  }
  return found;
}

function adopts(own: OwnEntry, name: Name, facts: Facts): Strike {
  const site = `${place(own.stem, "manages", "-")} -> ${name}`;
  const label = () => `${own.stem} lists ${name}, which is not its own`;
  return writes(own.doc, facts, site, label, () => appended(own.value, "manages", name));
}

const widened: Operator = defineOperator({
  id: "S16",
  name: "wider-scope",
  level: "structure",
  class: "inconsistent",
  about:
    "A scope gets wider: a list becomes a star, a manager lists all that the next one has, a limit to regions goes.",
  precondition: "a manager's list; a second manager; an application with regions",
  incident:
    "S16; one scope key removed and a manager reaches everybody's, argoproj/argo-cd #10257 (B10), flux2 #4032 (B8)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (isList(application?.value["regions"])) {
      const { stem, value } = application!;
      const label = () => `${stem} is no longer limited to regions`;
      yield writes(doc, facts, place(stem, "regions"), label, () => without(value, ["regions"]));
    }
    const own = ownEntryIn(doc);
    if (own === null || !isList(own.value["manages"])) return;
    const { stem, value, manages } = own;
    if (manages.length !== 1 || manages[0] !== "*") {
      const label = () => `${stem} lists a star instead of names`;
      yield writes(doc, facts, `${place(stem, "manages")} -> *`, label, () => ({ ...value, manages: ["*"] }));
    }
    const { managers } = facts.background;
    const at = managers.findIndex((item) => item.name === own.manager);
    const next = managers[(at + 1) % managers.length];
    if (at < 0 || next === undefined || next.name === own.manager) return;
    const more = facts.applications.flatMap(({ name, manager }) =>
      name !== null && manager === next.name && !manages.includes(name) ? [name] : [],
    );
    // One more name is the adoption of S15.
    if (more.length < 2) return;
    const label = () => `${stem} lists everything that ${next.name} has as well`;
    const site = `${place(stem, "manages")} -> and all of ${next.name}`;
    yield writes(doc, facts, site, label, () => appended(value, "manages", ...more));
  },
});

const narrowed: Operator = defineOperator({
  id: "S18",
  name: "narrower-scope",
  level: "structure",
  class: "inconsistent",
  about:
    "A scope gets narrower: half of a manager's list is lost, its file is moved where nobody looks, a service is limited to some regions.",
  precondition:
    "a list of at least two; an own entry; regions or region groups to leave out. A moved application reads as S11",
  incident:
    "S18; the inventory without the manager itself (home-ops 1415); a region skipped while all looks well, hashicorp/nomad #12148 (F4)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    const limit = application === null ? null : limitOf(application, facts);
    if (application !== null && limit !== null) {
      const { stem, value } = application;
      const label = () =>
        `${stem} is limited to ${limit.length > 2 ? `${limit.length} regions` : limit.join(", ")}`;
      yield writes(doc, facts, place(stem, "regions"), label, () => ({ ...value, regions: limit }));
    }
    const own = ownEntryIn(doc);
    if (own === null) return;
    const { stem, value } = own;
    const { manages } = value;
    if (isList(manages) && manages.length > 1) {
      const half = Math.ceil(manages.length / 2);
      for (const [variant, left] of [
        ["first half lost", manages.slice(half)],
        ["second half lost", manages.slice(0, half)],
      ] as const) {
        const label = () => `the ${variant.split(" ")[0]} half of the list in ${stem} is lost`;
        const site = `${place(stem, "manages")} (${variant})`;
        yield writes(doc, facts, site, label, () => replaced(value, ["manages"], left));
      }
    }
    const moved = `archive/${doc.id.slice(doc.id.lastIndexOf("/") + 1)}`;
    yield {
      site: `${stem} -> ${moved}`,
      label: () => `${doc.id} was moved to ${moved}, where no manager looks`,
      patch: () => ({ documents: [dropped(doc.id, facts), written(moved, facts, value)] }),
    };
  },
});

/** Half of the regions that it is limited to; without a limit, the first group of several. Null: nothing to leave out. */
function limitOf({ name, value }: Application, facts: Facts): readonly Name[] | null {
  const { regions } = value;
  if (isList(regions)) {
    const names = regions.filter((item) => typeof item === "string");
    return names.length < 2 ? null : names.slice(0, Math.ceil(names.length / 2));
  }
  const { services, regionGroups } = facts.material.base.spec.fleet;
  const placement = services.find((item) => item.name === name)?.placement;
  const [first, second] = regionGroups;
  if (first === undefined || placement === undefined || placement === "global") return null;
  if (placement === "group") return second === undefined ? null : [first.name];
  if (second !== undefined) return first.members;
  return first.members.length < 2 ? null : first.members.slice(0, 1);
}

const inconsistent: Operator = defineOperator({
  id: "S22",
  name: "files-that-disagree",
  level: "structure",
  class: "inconsistent",
  about:
    "Two files disagree: the application says one manager and another one lists it, the own entry names another's service, the replicas are not those that run.",
  precondition: "two managers; an application with replicas",
  incident:
    "S22; a seventh to a third of all parameter mistakes are inconsistencies between values (Yin et al.)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application !== null && application.manager !== undefined) {
      const { stem, value, name, manager } = application;
      for (const { name: to, service } of facts.background.managers) {
        // Its own manager's service in its own hands is S12.
        if (to === manager || service === name) continue;
        const label = () => `${stem} says that ${to} manages it, and the lists of managers do not`;
        yield writes(doc, facts, `${place(stem, "manager")} -> ${to}`, label, () => ({
          ...value,
          manager: to,
        }));
      }
      const { replicas } = value;
      if (typeof replicas === "number") {
        const label = () => `${stem} asks for ${replicas + 1} replicas, and ${replicas} run`;
        const site = `${place(stem, "replicas")} -> ${replicas + 1}`;
        yield writes(doc, facts, site, label, () => ({ ...value, replicas: replicas + 1 }));
      }
    }
    const own = ownEntryIn(doc);
    if (own === null) return;
    for (const { name, service } of facts.background.managers) {
      if (name === own.manager || service === null || service === own.service) continue;
      const label = () => `${own.stem} says that it runs as ${service}, which is ${name}`;
      const site = `${place(own.stem, "service")} -> ${service}`;
      yield writes(doc, facts, site, label, () => ({ ...own.value, service }));
    }
  },
});

export const ownershipOperators: readonly Operator[] = [ownChange, widened, narrowed, inconsistent];
