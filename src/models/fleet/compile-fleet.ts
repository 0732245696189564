/**
 * The fleet as arrays: what the simulator walks instead of names. An instance is one service at one place (a region, a
 * group or the global place); the instances of a service are consecutive. Same arrays for every order in the file.
 */
import { assert } from "../../base/assert.js";
import { compareNatural } from "../../base/order.js";
import { transpose } from "./int32-rows.js";
import { buildRequirements, type Requirements } from "./requirements.js";
import type { FleetSpec, Name, ServiceSpec } from "./spec.js";
import type { Topology } from "./topology.js";
import {
  buildTopology,
  containingPlace,
  GLOBAL,
  GLOBAL_PLACE,
  GROUP,
  placementCode,
  REGIONAL,
} from "./topology.js";

export interface CompiledFleet extends Topology, Requirements {
  readonly spec: FleetSpec;
  /** Canonical natural order; a service index is a place in it. */
  readonly serviceNames: readonly Name[];
  readonly serviceIndex: ReadonlyMap<Name, number>;
  /** In the order of `serviceNames`. */
  readonly services: readonly ServiceSpec[];
  /** By service: 0 regional, 1 group, 2 global. */
  readonly placement: Uint8Array;
  /** Length services + 1: instances of service s are firstInstance[s] .. firstInstance[s + 1] - 1, one a place. */
  readonly firstInstance: Int32Array;
  readonly instanceCount: number;
  /** By instance. */
  readonly serviceOf: Int32Array;
  /** By instance: region index, group index or 0. */
  readonly placeOf: Int32Array;
  /** By instance: group index; -1 for global. */
  readonly groupOfInstance: Int32Array;
  /** Instance -> requirements that it is a member of. */
  readonly memberOfStart: Int32Array;
  readonly memberOf: Int32Array;
  placeName(instance: number): Name;
  /** Names of the places of a service, in the order of its instances. */
  placesOf(service: number): readonly Name[];
  /** -1: the service has no such place. */
  placeIndex(service: number, place: Name): number;
  /** The instance of a service that serves a region. */
  instanceAt(service: number, region: number): number;
}

/** Assumes a spec whose references were checked; a dangling one is a bug of the caller. */
export function compileFleet(spec: FleetSpec): CompiledFleet {
  const topology = buildTopology(spec.regionGroups);
  const services = [...spec.services].sort((a, b) => compareNatural(a.name, b.name));
  const serviceNames = services.map((service) => service.name);
  const serviceIndex = new Map(serviceNames.map((name, i) => [name, i]));
  assert(serviceIndex.size === services.length, "service names are unique");
  const placement = Uint8Array.from(services, (service) => placementCode(service.placement));
  const instances = layOutInstances(topology, placement);
  const { firstInstance, instanceCount } = instances;
  const requirements = buildRequirements({ topology, services, serviceIndex, placement, firstInstance });
  const memberOf = transpose(
    { start: requirements.memberStart, values: requirements.members },
    instanceCount,
  );
  return {
    spec,
    serviceNames,
    serviceIndex,
    services,
    placement,
    memberOfStart: memberOf.start,
    memberOf: memberOf.values,
    ...topology,
    ...instances,
    ...requirements,
    ...lookups(topology, placement, instances),
  };
}

function layOutInstances(topology: Topology, placement: Uint8Array) {
  const placeCount = [topology.regionNames.length, topology.groupNames.length, 1];
  const firstInstance = new Int32Array(placement.length + 1);
  for (let s = 0; s < placement.length; s++) {
    firstInstance[s + 1] = firstInstance[s]! + placeCount[placement[s]!]!;
  }
  const instanceCount = firstInstance[placement.length]!;
  const serviceOf = new Int32Array(instanceCount);
  const placeOf = new Int32Array(instanceCount);
  const groupOfInstance = new Int32Array(instanceCount);
  for (let s = 0; s < placement.length; s++) {
    const first = firstInstance[s]!;
    const width = placement[s]!;
    for (let i = first; i < firstInstance[s + 1]!; i++) {
      serviceOf[i] = s;
      placeOf[i] = i - first;
      groupOfInstance[i] = width === GLOBAL ? -1 : containingPlace(topology, width, i - first, GROUP);
    }
  }
  return { firstInstance, instanceCount, serviceOf, placeOf, groupOfInstance };
}

function lookups(
  topology: Topology,
  placement: Uint8Array,
  at: { firstInstance: Int32Array; serviceOf: Int32Array; placeOf: Int32Array },
) {
  const namesByWidth = [topology.regionNames, topology.groupNames, [GLOBAL_PLACE]] as const;
  const placesOf = (service: number): readonly Name[] => namesByWidth[placement[service]!]!;
  return {
    placesOf,
    placeName: (instance: number): Name => placesOf(at.serviceOf[instance]!)[at.placeOf[instance]!]!,
    placeIndex: (service: number, place: Name): number => {
      const width = placement[service]!;
      if (width === GLOBAL) return place === GLOBAL_PLACE ? 0 : -1;
      return (width === GROUP ? topology.groupIndex : topology.regionIndex).get(place) ?? -1;
    },
    instanceAt: (service: number, region: number): number =>
      at.firstInstance[service]! + containingPlace(topology, REGIONAL, region, placement[service]!),
  };
}
