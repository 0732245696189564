/** The order in which people bring services back: what others need comes first. */
import { assert } from "../../base/assert.js";
import { compareNatural } from "../../base/order.js";
import { stronglyConnectedComponents } from "./components.js";
import { needGraph } from "./need-graph.js";
import type { FleetSpec, Name } from "./spec.js";

/**
 * Rank by service name, 0 first. Services by height over what they need (services that need each other share a
 * height), then by layer, then by name.
 */
export function startOrder(spec: FleetSpec): ReadonlyMap<Name, number> {
  const graph = needGraph(spec);
  const components = stronglyConnectedComponents(graph);
  const componentOf = new Map<Name, number>();
  components.forEach((names, index) => {
    for (const name of names) componentOf.set(name, index);
  });
  // Components come in the order in which the walk leaves them: what a component needs comes before it.
  const heights: number[] = [];
  for (const [component, names] of components.entries()) {
    let height = 0;
    for (const needed of names.flatMap((name) => graph.get(name)!)) {
      const other = componentOf.get(needed)!;
      assert(other <= component, "components are ordered bottom-up");
      if (other !== component) height = Math.max(height, heights[other]! + 1);
    }
    heights.push(height);
  }
  const layerOf = new Map(spec.services.map(({ name, layer }) => [name, layer]));
  const height = new Map([...componentOf].map(([name, component]) => [name, heights[component]!]));
  const order = spec.services
    .map(({ name }) => name)
    .sort(
      (a, b) => height.get(a)! - height.get(b)! || layerOf.get(a)! - layerOf.get(b)! || compareNatural(a, b),
    );
  return new Map(order.map((name, rank) => [name, rank]));
}
