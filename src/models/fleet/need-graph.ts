/** The services and what they need to start, as a graph: service -> needed service, over hard, startup and any. */
import { DirectedGraph } from "graphology";
import { sortedNames } from "../../base/order.js";
import { namedBy } from "./hard-closure.js";
import type { FleetSpec } from "./spec.js";

/** Nodes and edges are added in canonical order, so that every walk over the graph is the same for every file order. */
export function needGraph(spec: FleetSpec): DirectedGraph {
  const graph = new DirectedGraph();
  const byName = new Map(spec.services.map((service) => [service.name, service]));
  const names = sortedNames(byName.keys());
  for (const name of names) graph.addNode(name);
  for (const name of names) {
    const needed = byName
      .get(name)!
      .needs.filter((need) => need.kind !== "soft")
      .flatMap(namedBy);
    for (const target of sortedNames(needed)) {
      if (graph.hasNode(target)) graph.mergeDirectedEdge(name, target);
    }
  }
  return graph;
}
