/** S13, S14, S19: what an application needs, other than it is. */
import type { Name } from "../../models/fleet/spec.js";
import { type Application, applicationIn, type Facts } from "./facts.js";
import type { Operator } from "./operator.js";
import { appended, isList, namesIn, place, without, withoutName } from "./paths.js";
import { defineOperator, type Strike, writes, written } from "./strikes.js";

const listsNeeds = ({ value }: Application): boolean =>
  value["needs"] === undefined || isList(value["needs"]);

function adds(application: Application, name: Name, facts: Facts, label: () => string): Strike {
  const { doc, stem, value } = application;
  const site = `${place(stem, "needs", "-")} -> ${name}`;
  return writes(doc, facts, site, label, () => appended(value, "needs", name));
}

const cycle: Operator = defineOperator({
  id: "S13",
  name: "dependency-cycle",
  level: "structure",
  class: "inconsistent",
  about: "An application needs what needs it, directly or round several corners.",
  precondition: "a need between two applications that is not mutual yet; for the long way, needs of needs",
  incident:
    "S13; one new edge makes a cycle and something innocent is dropped to break it, systemd #39338 (F1)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application === null || application.name === null || !listsNeeds(application)) return;
    const { name } = application;
    for (const other of facts.applications) {
      if (other === application || other.name === null || !other.needs.includes(name)) continue;
      if (application.needs.includes(other.name)) continue;
      yield adds(application, other.name, facts, () => `${name} needs ${other.name}, which needs ${name}`);
    }
    const path = longestPath(facts);
    const [first, last] = [path[0], path.at(-1)];
    if (path.length < 3 || last !== application || first?.name == null) return;
    const way = path.map((item) => item.name);
    if (application.needs.includes(first.name) || first.needs.includes(name)) return;
    yield adds(application, first.name, facts, () => `a cycle: ${[...way, way[0]].join(" needs ")}`);
  },
});

/** The longest of the shortest ways from a need to a need of it, the first one in canonical order. */
function longestPath(facts: Facts): readonly Application[] {
  let longest = longestOf.get(facts);
  if (longest !== undefined) return longest;
  longest = [];
  for (const start of facts.applications) {
    const ways = new Map<Application, readonly Application[]>([[start, [start]]]);
    for (const [at, way] of ways) {
      if (way.length > longest.length) longest = way;
      for (const name of at.needs) {
        const next = facts.named.get(name);
        if (next !== undefined && !ways.has(next)) ways.set(next, [...way, next]);
      }
    }
  }
  longestOf.set(facts, longest);
  return longest;
}
const longestOf = new WeakMap<Facts, readonly Application[]>();

const reversed: Operator = defineOperator({
  id: "S14",
  name: "reversed-need",
  level: "structure",
  class: "inconsistent",
  about: "A need is written the wrong way round.",
  precondition: "a need of something that is described and does not need it in turn",
  incident: "S14; deleted in the wrong order, flux-operator #84 (E2), operator-sdk #762 (E1)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application === null || application.name === null) return;
    const { name, value, stem } = application;
    for (const [k, needed] of namesIn(value["needs"])) {
      const other = facts.named.get(needed);
      if (other === undefined || other.doc === doc || !listsNeeds(other) || other.needs.includes(name))
        continue;
      yield {
        site: place(stem, "needs", k),
        label: () => `${needed} needs ${name} instead of the other way round`,
        patch: () => ({
          documents: [
            written(doc.id, facts, withoutName(value, "needs", needed)),
            written(other.doc.id, facts, appended(other.value, "needs", name)),
          ],
        }),
      };
    }
  },
});

const kindFlip: Operator = defineOperator({
  id: "S19",
  name: "need-of-another-kind",
  level: "structure",
  class: "inconsistent",
  about:
    "A hard need is taken for a soft one or a soft one for a hard one. Soft needs are not written down, so a need goes or comes.",
  precondition:
    "a need; or a soft need of the fleet that is not written down. Hard and startup needs are written alike, and managers know from elsewhere what an object owns",
  incident:
    "S19; loops at start that nobody sees while everything runs; an edge nobody wrote down, terraform-skill #42 (D6)",
  *strikesIn(doc, facts) {
    const application = applicationIn(doc);
    if (application === null) return;
    const { name, stem, value } = application;
    for (const [k, needed] of namesIn(value["needs"])) {
      const label = () => `${stem} no longer says that it needs ${needed}`;
      yield writes(doc, facts, place(stem, "needs", k), label, () => without(value, ["needs", k]));
    }
    if (!listsNeeds(application)) return;
    const service = facts.material.base.spec.fleet.services.find((item) => item.name === name);
    const soft = new Set(service?.needs.flatMap((need) => (need.kind === "soft" ? [need.service] : [])));
    for (const needed of soft) {
      if (application.needs.includes(needed) || !facts.named.has(needed)) continue;
      yield adds(application, needed, facts, () => `${stem} needs ${needed}, without which it could well do`);
    }
  },
});

export const edgeOperators: readonly Operator[] = [cycle, reversed, kindFlip];
