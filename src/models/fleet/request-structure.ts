/**
 * What a request of a capability passes through, as nodes for `successProbability`. A request comes from one region
 * and meets every service at the place that serves this region, so the structure is the same for all regions.
 */
import type { CompiledFleet } from "./compile-fleet.js";
import type { CapabilitySpec, Name, NeedSpec, ServiceSpec } from "./spec.js";
import type { RequestNode } from "./success-probability.js";
import { placesNamed } from "./topology.js";

/** Where the state of a node comes from. `pinned`: places given by `in`, the best of which counts; null: where the request is. */
export interface RequestPart {
  readonly service: number;
  readonly pinned: Int32Array | null;
}

export interface RequestStructure {
  /** Children first; the two roots last. The first `parts.length` nodes stand for services. */
  readonly nodes: readonly RequestNode[];
  readonly parts: readonly RequestPart[];
  /** Node that works when the capability itself does. */
  readonly own: number;
  /** Node that works when the capability or a fallback that the user has does. */
  readonly served: number;
}

const leaf: RequestNode = { hard: [], soft: [], sets: [], ways: [] };

/**
 * Hard needs with a grace time are left out: until it is over the dependant does not notice, afterwards its own
 * health says so. A cycle is cut where the walk meets a service again; its health is counted by the simulator.
 * What a pinned place needs itself is in its health, not in the structure.
 */
export function requestStructure(fleet: CompiledFleet, capability: CapabilitySpec): RequestStructure {
  const nodes: RequestNode[] = [];
  const parts: RequestPart[] = [];
  const nodeOf = new Map<string, number>();
  const open = new Set<Name>();

  const add = (part: RequestPart, node: RequestNode): number => {
    parts.push(part);
    return nodes.push(node) - 1;
  };
  const local = (name: Name): number | null => {
    const known = nodeOf.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return null;
    open.add(name);
    const service = fleet.serviceIndex.get(name)!;
    const node = nodeFor(fleet.services[service]!);
    open.delete(name);
    const index = add({ service, pinned: null }, node);
    nodeOf.set(name, index);
    return index;
  };
  const pinned = (name: Name, places: readonly Name[]): number => {
    const key = `${name} in ${places.join()}`;
    const known = nodeOf.get(key);
    if (known !== undefined) return known;
    const service = fleet.serviceIndex.get(name)!;
    const first = fleet.firstInstance[service]!;
    const at = placesNamed(fleet, places, fleet.placement[service]!).map((place) => first + place);
    const index = add({ service, pinned: at }, leaf);
    nodeOf.set(key, index);
    return index;
  };
  const reach = (name: Name, need: NeedSpec): number | null =>
    need.in === null ? local(name) : pinned(name, need.in);
  const nodeFor = (service: ServiceSpec): RequestNode => {
    const hard: number[] = [];
    const soft: { child: number; weight: number }[] = [];
    const sets: { k: number; of: number[] }[] = [];
    for (const need of service.needs) {
      if (need.kind === "any") {
        const of = need.of.map((name) => reach(name, need)).filter((child) => child !== null);
        sets.push({ k: Math.max(0, need.k - (need.of.length - of.length)), of });
      } else if (need.kind !== "startup") {
        if (need.kind === "hard" && need.graceMs > 0) continue;
        const child = reach(need.service, need);
        if (child === null) continue;
        if (need.kind === "hard") hard.push(child);
        else soft.push({ child, weight: need.weight });
      }
    }
    return { hard, soft, sets, ways: [] };
  };

  const rootsOf = (of: CapabilitySpec) =>
    [of.service, ...of.alsoServices].map((name) => local(name)).filter((child) => child !== null);
  const byName = new Map(fleet.spec.capabilities.map((item) => [item.name, item]));
  const ownRoots = rootsOf(capability);
  const others = capability.fallback.map(({ capability: name, enrolled }) => ({
    enrolled,
    roots: rootsOf(byName.get(name)!),
  }));
  const own = nodes.push({ ...leaf, hard: ownRoots }) - 1;
  const ways = [{ child: own, open: 1 }];
  for (const { enrolled, roots } of others) {
    ways.push({ child: nodes.push({ ...leaf, hard: roots }) - 1, open: enrolled });
  }
  const served = nodes.push({ ...leaf, ways }) - 1;
  return { nodes, parts, own, served };
}
