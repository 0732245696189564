/** From a saved trace to whoever folds over a run: events by name become events in numbers. */
import { assert } from "../base/assert.js";
import { type CompiledFleet, compileFleet } from "../models/fleet/compile-fleet.js";
import { causes } from "../models/managers/contract.js";
import { downReasonOf, type InstanceSink, kindOf } from "./instance-sink.js";
import type { Trace, TraceEvent } from "./trace.js";

export interface Fold extends InstanceSink {
  event(event: TraceEvent): void;
}

/** Tells every event of a trace to the fold that `make` builds for its fleet; returns the fold. */
export function feedTrace<F extends Fold>(trace: Trace, make: (fleet: CompiledFleet) => F): F {
  const fleet = compileFleet(trace.header.spec.fleet);
  const fold = make(fleet);
  const managerIndex = new Map(trace.header.managers.map((manager, index) => [manager.name, index]));
  const indexOf = (manager: string): number => managerIndex.get(manager) ?? -1;
  for (const event of trace.events) feed(fold, fleet, indexOf, event);
  return fold;
}

function feed(
  fold: Fold,
  fleet: CompiledFleet,
  managerIndex: (name: string) => number,
  event: TraceEvent,
): void {
  const because = event.because[0] ?? -1;
  if (event.e === "quality") {
    const capability = fleet.spec.capabilities.findIndex((item) => item.name === event.capability);
    const region = fleet.regionIndex.get(event.region)!;
    fold.quality(event.id, event.t, capability, region, event.success, event.served, because);
    return;
  }
  if (!("place" in event)) {
    fold.event(event);
    return;
  }
  const service = fleet.serviceIndex.get(event.service);
  assert(service !== undefined, `the trace names a service that its header does not know: ${event.service}`);
  const instance = fleet.firstInstance[service]! + fleet.placeIndex(service, event.place);
  const [detail, extra] = numbersOf(event, fleet, managerIndex);
  fold.instance(event.id, event.t, kindOf[event.e], instance, because, detail, extra);
}

type InstanceEvent = Extract<TraceEvent, { readonly place: string }>;

/** `detail` and `extra` of an event, as InstanceSink lists them. */
function numbersOf(
  event: InstanceEvent,
  fleet: CompiledFleet,
  managerIndex: (name: string) => number,
): readonly [detail: number, extra: number] {
  switch (event.e) {
    case "removed":
      return [causes.indexOf(event.cause), (managerIndex(event.by) + 1) * 2 + (event.dataLost ? 1 : 0)];
    case "stopped":
      return [causes.indexOf(event.cause), (managerIndex(event.by) + 1) * 2];
    case "deploying":
      return [managerIndex(event.by), event.hand ? 1 : 0];
    case "down": {
      const needs = event.needs === null ? undefined : fleet.serviceIndex.get(event.needs);
      return [downReasonOf[event.reason], needs ?? -1];
    }
    default:
      return [0, 0];
  }
}
