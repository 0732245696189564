/** Measures of a saved trace: the same fold that a run feeds, fed from the file. */
import { assert } from "../base/assert.js";
import { type CompiledFleet, compileFleet } from "../models/fleet/compile-fleet.js";
import { causes } from "../models/managers/contract.js";
import { downReasonOf, kindOf } from "./instance-sink.js";
import { MeasureFold } from "./measure-fold.js";
import type { Measures } from "./measures.js";
import type { Trace, TraceEvent } from "./trace.js";

export function measure(trace: Trace): Measures {
  const { spec, managers } = trace.header;
  const fleet = compileFleet(spec.fleet);
  const fold = new MeasureFold(fleet, spec);
  const managerIndex = new Map(managers.map((manager, index) => [manager.name, index]));
  for (const event of trace.events) feed(fold, fleet, managerIndex, event);
  return fold.result();
}

function feed(
  fold: MeasureFold,
  fleet: CompiledFleet,
  managerIndex: ReadonlyMap<string, number>,
  event: TraceEvent,
): void {
  switch (event.e) {
    case "quality": {
      const capability = fleet.spec.capabilities.findIndex((item) => item.name === event.capability);
      fold.quality(
        event.id,
        event.t,
        capability,
        fleet.regionIndex.get(event.region)!,
        event.success,
        event.served,
      );
      return;
    }
    case "removed":
    case "stopped":
    case "down": {
      const service = fleet.serviceIndex.get(event.service);
      assert(
        service !== undefined,
        `the trace names a service that its header does not know: ${event.service}`,
      );
      const instance = fleet.firstInstance[service]! + fleet.placeIndex(service, event.place);
      const because = event.because[0] ?? -1;
      if (event.e === "down") {
        fold.instance(event.id, event.t, kindOf.down, instance, because, downReasonOf[event.reason], -1);
      } else if (event.e === "stopped") {
        fold.instance(event.id, event.t, kindOf.stopped, instance, because, causes.indexOf(event.cause), 0);
      } else {
        const by = ((managerIndex.get(event.by) ?? -1) + 1) * 2 + (event.dataLost ? 1 : 0);
        fold.instance(event.id, event.t, kindOf.removed, instance, because, causes.indexOf(event.cause), by);
      }
      return;
    }
    default:
      fold.event(event);
  }
}
