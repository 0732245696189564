/** The load of a compiled fleet: its flows and stations, and what every service with a capacity can bear. */
import type { CompiledFleet } from "../fleet/compile-fleet.js";
import { requestCalls } from "../fleet/request-calls.js";
import type { Name } from "../fleet/spec.js";
import { FluidFleet, type FluidFlow } from "./fluid-fleet.js";
import { safeWindowMs, waitingAfter } from "./herd.js";
import { loadPolicyOf, retriesOf, shedsByItself, staleFrom } from "./load-policy.js";
import { hiddenCapacity, loadState } from "./metastability.js";
import type { DemandSpec } from "./spec.js";

export interface FleetLoad {
  readonly fluid: FluidFleet;
  /** capability * regions + region is a flow. */
  readonly flows: readonly FluidFlow[];
  /** Instance by station, in canonical order; and back, -1 for an instance without a capacity. */
  readonly instances: Int32Array;
  readonly stationOf: Int32Array;
}

export const hasCapacity = (fleet: CompiledFleet): boolean =>
  fleet.services.some((service) => service.capacity !== null);

export function fleetLoad(fleet: CompiledFleet, demand: DemandSpec): FleetLoad {
  const stationOf = new Int32Array(fleet.instanceCount).fill(-1);
  const instances: number[] = [];
  for (let i = 0; i < fleet.instanceCount; i++)
    if (fleet.services[fleet.serviceOf[i]!]!.capacity !== null) stationOf[i] = instances.push(i) - 1;
  const { capabilities } = fleet.spec;
  const regions = fleet.regionNames.length;
  const indexOf = new Map(capabilities.map((item, c) => [item.name, c]));
  const flows = capabilities.flatMap((capability) => {
    const called = requestCalls(fleet, capability);
    return fleet.regionNames.map((_, region): FluidFlow => {
      const path = called.flatMap(({ service, calls, pinned }) =>
        [...(pinned ?? [fleet.instanceAt(service, region)])].flatMap((instance) =>
          stationOf[instance]! < 0 ? [] : [{ station: stationOf[instance]!, calls }],
        ),
      );
      const rate = demand.loginsPerSecond * capability.share * fleet.regionWeight[region]!;
      const fallback = capability.fallback.map(({ capability: name, enrolled }) => ({
        flow: indexOf.get(name)! * regions + region,
        enrolled,
      }));
      return { rate, path, fallback };
    });
  });
  const fluid = new FluidFleet(flows, instances.length, loadPolicyOf(demand));
  return { fluid, flows, instances: Int32Array.from(instances), stationOf };
}

/** What a service can bear at the place where it has most to do. Rates in requests a second. */
export interface ServiceLoad {
  readonly service: Name;
  readonly capacity: number;
  readonly usual: number;
  /** Below this a collapse ends by itself; from here to the capacity the service is vulnerable. */
  readonly hidden: number;
  /** safe: it turns away or drops what is too much, and never collapses. */
  readonly state: "stable" | "vulnerable" | "overloaded" | "safe";
  /** Users who wait after an hour without it, and the shortest time over which they can come back; null: there is none. */
  readonly herd: number;
  readonly safeWindowMs: number | null;
}

export function serviceLoads(fleet: CompiledFleet, demand: DemandSpec): readonly ServiceLoad[] {
  const { flows, instances } = fleetLoad(fleet, demand);
  const policy = loadPolicyOf(demand);
  const usual = new Float64Array(instances.length);
  const herd = new Float64Array(instances.length);
  for (const { rate, path } of flows) {
    const waiting = waitingAfter(0, rate, 3_600_000, policy);
    for (const { station, calls } of path) {
      usual[station]! += rate * calls;
      herd[station]! += waiting * calls;
    }
  }
  const busiest = new Map<number, number>();
  instances.forEach((instance, station) => {
    const service = fleet.serviceOf[instance]!;
    const other = busiest.get(service);
    if (other === undefined || usual[station]! > usual[other]!) busiest.set(service, station);
  });
  return [...busiest].map(([service, station]) => {
    const capacity = fleet.services[service]!.capacity!;
    const retries = retriesOf(policy.retry);
    const never = shedsByItself(policy) || staleFrom(policy, capacity) === Number.POSITIVE_INFINITY;
    const state = loadState(usual[station]!, capacity, retries);
    return {
      service: fleet.serviceNames[service]!,
      capacity,
      usual: usual[station]!,
      hidden: hiddenCapacity(capacity, retries),
      state: never && state === "vulnerable" ? "safe" : state,
      herd: herd[station]!,
      safeWindowMs: safeWindowMs(herd[station]!, capacity, usual[station]!),
    };
  });
}
