/**
 * Cases that are the same up to names: services that nothing tells apart, and cells of equal standing. A search over
 * pairs needs one of each kind only, provided that the managers treat them alike, which single mutations show first.
 */
import { compareNatural } from "../base/order.js";
import type { Name, NeedSpec, ServiceSpec } from "../models/fleet/spec.js";
import type { MutationSpec } from "../scenario/scenario.js";
import type { Base } from "./base.js";
import { contentOf, type Material } from "./mutations/material.js";

export interface Symmetry {
  /** Name to the canonical first of its class; names that stand alone are not in it. */
  readonly classOf: ReadonlyMap<Name, Name>;
  readonly classes: readonly (readonly Name[])[];
}

export function symmetryOf(base: Base): Symmetry {
  const classes = [...serviceClasses(base), ...cellClasses(base)].filter((names) => names.length > 1);
  return {
    classes,
    classOf: new Map(classes.flatMap((names) => names.map((name) => [name, names[0]!] as const))),
  };
}

/** Services with the same manager, needs, dependants and traits that no change, object or manager names. */
function serviceClasses({ spec }: Base): readonly (readonly Name[])[] {
  const named = new Set<Name>([
    ...spec.managers.flatMap((manager) => [
      ...(manager.service === null ? [] : [manager.service]),
      ...manager.reads,
    ]),
    ...spec.fleet.objects.flatMap((object) => object.owns),
    ...spec.changes.flatMap((change) => [
      ...change.intend.flatMap((item) => ("services" in item ? item.services : [item.service, item.to])),
      ...(change.scope ?? []),
      ...change.approvals.flatMap((approval) => approval.covers),
      // Literal edits may name anything.
      ...(change.edits === null ? [] : spec.fleet.services.map((service) => service.name)),
    ]),
    ...spec.faults.map((fault) => fault.of),
  ]);
  const shape = (service: ServiceSpec): string =>
    JSON.stringify([
      service.manager,
      service.placement,
      service.replicas,
      service.protect,
      service.byHand,
      service.state,
      service.needs.map((need) => needShape(need)),
      spec.fleet.services
        .flatMap((other) =>
          other.needs
            .filter((need) => needNames(need).includes(service.name))
            .map((need) => [other.name, need.kind]),
        )
        .sort((a, b) => compareNatural(String(a), String(b))),
    ]);
  return grouped(
    spec.fleet.services.filter((service) => !named.has(service.name)),
    shape,
    (service) => service.name,
  );
}

const needNames = (need: NeedSpec): readonly Name[] => (need.kind === "any" ? need.of : [need.service]);
const needShape = (need: NeedSpec): unknown => need;

/** Cells that nothing but their name tells apart: not the home of what is global, the same size, named nowhere. */
function cellClasses({ spec, run }: Base): readonly (readonly Name[])[] {
  const named = new Set<Name>([
    ...spec.fleet.services.flatMap((service) => service.needs.flatMap((need) => need.in ?? [])),
    ...spec.managers.flatMap((manager) => manager.rollout?.waves.flat() ?? []),
    ...spec.faults.flatMap((fault) => fault.in ?? []),
  ]);
  const homes = new Set(
    run.managers.flatMap((manager) => manager.cells.filter((cell) => cell.home).map((cell) => cell.name)),
  );
  return grouped(
    spec.fleet.regionGroups.filter((group) => !homes.has(group.name) && !named.has(group.name)),
    () => "cell",
    (group) => group.name,
  );
}

function grouped<T>(items: readonly T[], shape: (item: T) => string, name: (item: T) => Name): Name[][] {
  const groups = new Map<string, Name[]>();
  for (const item of items) {
    const key = shape(item);
    groups.set(key, [...(groups.get(key) ?? []), name(item)]);
  }
  return [...groups.values()].map((names) => names.sort(compareNatural));
}

/**
 * A text that is the same for recipes that differ only in names of a class. List positions count as what stands there,
 * since interchangeable services have different places in a list.
 */
export function canonicalRecipe(
  symmetry: Symmetry,
  material: Material,
  recipe: readonly MutationSpec[],
): string {
  return relabelled(symmetry, material, recipe).text;
}

/** The classes that still hold when of every class in `apart` it is known that its names are no equals. */
export function without(symmetry: Symmetry, apart: ReadonlySet<Name>): Symmetry {
  if (apart.size === 0) return symmetry;
  const classOf = [...symmetry.classOf].filter(([, first]) => !apart.has(first));
  return {
    classes: symmetry.classes.filter((names) => !apart.has(names[0]!)),
    classOf: new Map(classOf),
  };
}

/** The canonical text, and the first names of the classes that it speaks of. */
export function relabelled(
  symmetry: Symmetry,
  material: Material,
  recipe: readonly MutationSpec[],
): { readonly text: string; readonly classes: readonly Name[] } {
  const given = new Map<Name, string>();
  const used = new Map<Name, number>();
  const rename = (name: Name): string => {
    const first = symmetry.classOf.get(name);
    if (first === undefined) return name;
    let known = given.get(name);
    if (known === undefined) {
      const k = (used.get(first) ?? 0) + 1;
      used.set(first, k);
      known = `${first}#${k}`;
      given.set(name, known);
    }
    return known;
  };
  const text = recipe
    .map(
      ({ op, at }) =>
        `${op} ${namesIn(material, at)
          .map((part) => rename(part))
          .join("")}`,
    )
    .join(" | ");
  return { text, classes: [...used.keys()] };
}

const nameParts = /([A-Za-z0-9][\w.-]*)/;

/** A site in pieces, names whole, with list positions replaced by the names that stand there. */
function namesIn(material: Material, site: string): readonly string[] {
  const [path, ...suffix] = site.split(" ");
  const [stem, pointer] = (path ?? "").split("#");
  const parts: string[] = (stem ?? "").split("/").flatMap((part) => splitCell(part));
  if (pointer !== undefined) {
    const doc = material.document(`${stem}.yaml`);
    let at: unknown = doc === undefined ? undefined : contentOf(doc);
    for (const key of pointer.split("/").slice(1)) {
      const next: unknown = (at as Readonly<Record<string, unknown>> | undefined | null)?.[key];
      parts.push("/", typeof next === "string" && Array.isArray(at) ? next : key);
      at = next;
    }
  }
  return [...parts, ...suffix.join(" ").split(nameParts)];
}

/** `next.us-west-2` is the own entry of next in a cell. */
function splitCell(part: string): readonly string[] {
  const dot = part.indexOf(".");
  return dot < 0 ? ["/", part] : ["/", part.slice(0, dot), ".", part.slice(dot + 1)];
}
