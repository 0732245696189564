/**
 * Where things can stand: regions, the groups (cells) they belong to, and the one global place; and how a need of an
 * instance at one place reaches the places of another service.
 */
import { assert } from "../../base/assert.js";
import { sortedNames } from "../../base/order.js";
import type { Name, Placement, RegionGroupSpec } from "./spec.js";

export const REGIONAL = 0;
export const GROUP = 1;
export const GLOBAL = 2;

/** The name of the one place of a global service. */
export const GLOBAL_PLACE = "global";

const PLACEMENT_CODE: Readonly<Record<Placement, number>> = {
  regional: REGIONAL,
  group: GROUP,
  global: GLOBAL,
};

/** 0 regional, 1 group, 2 global: a larger code is a wider place. */
export const placementCode = (placement: Placement): number => PLACEMENT_CODE[placement];

export interface Topology {
  /** Canonical natural order. */
  readonly regionNames: readonly Name[];
  readonly groupNames: readonly Name[];
  readonly regionIndex: ReadonlyMap<Name, number>;
  readonly groupIndex: ReadonlyMap<Name, number>;
  readonly groupOfRegion: Int32Array;
  readonly regionsOfGroup: readonly Int32Array[];
  /** Share of the traffic by region; sums to 1. */
  readonly regionWeight: Float64Array;
  readonly allRegions: Int32Array;
  readonly allGroups: Int32Array;
}

const indexOf = (names: readonly Name[]): ReadonlyMap<Name, number> => new Map(names.map((n, i) => [n, i]));
const upTo = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

export function buildTopology(groups: readonly RegionGroupSpec[]): Topology {
  const regionNames = sortedNames(groups.flatMap((group) => group.members));
  const groupNames = sortedNames(groups.map((group) => group.name));
  const regionIndex = indexOf(regionNames);
  const groupIndex = indexOf(groupNames);
  assert(regionIndex.size === regionNames.length, "a region belongs to one group");
  assert(groupIndex.size === groupNames.length, "group names are unique");
  const groupOfRegion = new Int32Array(regionNames.length);
  const regionsOfGroup: Int32Array[] = groupNames.map(() => new Int32Array(0));
  const regionWeight = new Float64Array(regionNames.length);
  for (const group of groups) {
    const g = groupIndex.get(group.name)!;
    const regions = Int32Array.from(group.members, (name) => regionIndex.get(name)!).sort();
    regionsOfGroup[g] = regions;
    for (const region of regions) {
      groupOfRegion[region] = g;
      regionWeight[region] = group.weight;
    }
  }
  normalise(regionWeight);
  return {
    regionNames,
    groupNames,
    regionIndex,
    groupIndex,
    groupOfRegion,
    regionsOfGroup,
    regionWeight,
    allRegions: upTo(regionNames.length),
    allGroups: upTo(groupNames.length),
  };
}

function normalise(weights: Float64Array): void {
  let total = 0;
  for (const weight of weights) total += weight; // canonical order, so the same sum for every file order
  for (let i = 0; i < weights.length; i++) weights[i] = total > 0 ? weights[i]! / total : 1 / weights.length;
}

/** The place of width `to` that contains `place` of width `from`; -1 where `to` is narrower and there are several. */
export function containingPlace(topology: Topology, from: number, place: number, to: number): number {
  if (to < from) return -1;
  if (to === from) return place;
  return to === GLOBAL ? 0 : topology.groupOfRegion[place]!;
}

/** All places of width `to` inside `place` of the wider `from`. Shared arrays: do not change them. */
export function placesInside(topology: Topology, from: number, place: number, to: number): Int32Array {
  assert(to < from, "only a wider place contains several");
  if (from === GROUP) return topology.regionsOfGroup[place]!;
  return to === GROUP ? topology.allGroups : topology.allRegions;
}

/**
 * The places of width `to` that a list of region and group names stands for, ascending and each once. A region name
 * means its group where groups are asked for; a group name means all of its regions where regions are.
 */
export function placesNamed(topology: Topology, names: readonly Name[], to: number): Int32Array {
  if (to === GLOBAL) return Int32Array.of(0);
  const places = new Set<number>();
  for (const name of names) {
    const region = topology.regionIndex.get(name);
    const group = topology.groupIndex.get(name);
    assert(region !== undefined || group !== undefined, `no region or group is called ${name}`);
    if (to === GROUP) places.add(group ?? topology.groupOfRegion[region!]!);
    else if (region !== undefined) places.add(region);
    else for (const member of topology.regionsOfGroup[group!]!) places.add(member);
  }
  return Int32Array.from(places).sort();
}
