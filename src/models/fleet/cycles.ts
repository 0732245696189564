/** Services that need each other to start. */
import { compareNatural, sortedNames } from "../../base/order.js";
import { stronglyConnectedComponents } from "./components.js";
import { needGraph } from "./need-graph.js";
import type { FleetSpec, Name } from "./spec.js";

/**
 * One shortest cycle through the canonically first service of every group of services that need each other, in
 * canonical order. A path reads "a needs b needs c (needs a)".
 */
export function findCycles(spec: FleetSpec): readonly (readonly Name[])[] {
  const graph = needGraph(spec);
  const cycles: (readonly Name[])[] = [];
  for (const component of stronglyConnectedComponents(graph)) {
    const names = sortedNames(component);
    const first = names[0]!;
    if (names.length === 1 && !graph.get(first)!.includes(first)) continue;
    const inside = new Set(names);
    cycles.push(shortestWayBack(first, (name) => graph.get(name)!.filter((next) => inside.has(next))));
  }
  return cycles.sort((a, b) => compareNatural(a[0]!, b[0]!));
}

/** Breadth first from `start` until it is met again. */
function shortestWayBack(start: Name, neighbours: (name: Name) => readonly Name[]): readonly Name[] {
  const cameFrom = new Map<Name, Name>();
  const open = [start];
  for (const name of open) {
    for (const next of sortedNames(neighbours(name))) {
      if (next === start) return pathTo(name, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, name);
      open.push(next);
    }
  }
  return [start];
}

function pathTo(end: Name, cameFrom: ReadonlyMap<Name, Name>): readonly Name[] {
  const path = [end];
  for (let at = cameFrom.get(end); at !== undefined; at = cameFrom.get(at)) path.push(at);
  return path.reverse();
}
