/** Which services a request of a capability calls, and how often on average. */
import type { CompiledFleet } from "./compile-fleet.js";
import type { CapabilitySpec, Name } from "./spec.js";
import { placesNamed } from "./topology.js";

export interface Called {
  readonly service: number;
  /** Chance (0..1) that a request calls it; by instance where it is pinned to places. */
  readonly calls: number;
  /** Instances that share the calls, where a need names places; null: the one that serves the region. */
  readonly pinned: Int32Array | null;
}

/**
 * A request meets a service once, however many paths lead to it: by the likeliest. Hard needs are always called, soft
 * ones with their weight, k of a set of n with k / n, and what is needed only to start is not called.
 */
export function requestCalls(fleet: CompiledFleet, capability: CapabilitySpec): readonly Called[] {
  const local = new Map<number, number>();
  const pinned = new Map<string, Called>();
  const call = (name: Name, calls: number): void => {
    const service = fleet.serviceIndex.get(name)!;
    if ((local.get(service) ?? 0) >= calls) return;
    local.set(service, calls);
    for (const need of fleet.services[service]!.needs) {
      if (need.kind === "startup") continue;
      const names = need.kind === "any" ? need.of : [need.service];
      const often =
        calls * (need.kind === "soft" ? need.weight : need.kind === "any" ? need.k / names.length : 1);
      if (often === 0) continue;
      for (const needed of names) {
        if (need.in === null) call(needed, often);
        else callAt(needed, often, need.in);
      }
    }
  };
  const callAt = (name: Name, calls: number, places: readonly Name[]): void => {
    const service = fleet.serviceIndex.get(name)!;
    const first = fleet.firstInstance[service]!;
    const at = placesNamed(fleet, places, fleet.placement[service]!).map((place) => first + place);
    const key = `${name} in ${places.join()}`;
    const each = calls / Math.max(1, at.length);
    if ((pinned.get(key)?.calls ?? 0) < each) pinned.set(key, { service, calls: each, pinned: at });
  };
  for (const name of [capability.service, ...capability.alsoServices]) call(name, 1);
  return [
    ...[...local].sort(([a], [b]) => a - b).map(([service, calls]) => ({ service, calls, pinned: null })),
    ...pinned.values(),
  ];
}
