/** The services and what they need to start, as a graph: service -> needed services, over hard, startup and any. */
import { sortedNames } from "../../base/order.js";
import { namedBy } from "./hard-closure.js";
import type { FleetSpec, Name } from "./spec.js";

/** By service, what it needs, each name once; services and needs in canonical order, so that every walk is the same for every file order. */
export type NeedGraph = ReadonlyMap<Name, readonly Name[]>;

export function needGraph(spec: FleetSpec): NeedGraph {
  const byName = new Map(spec.services.map((service) => [service.name, service]));
  return new Map(
    sortedNames(byName.keys()).map((name) => {
      const needed = byName
        .get(name)!
        .needs.filter((need) => need.kind !== "soft")
        .flatMap(namedBy);
      return [name, sortedNames(new Set(needed)).filter((target) => byName.has(target))];
    }),
  );
}
