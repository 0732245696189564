/** What the fluid is told of a fleet: who serves, how warm caches are, and how requests do apart from load. */
import type { FleetLoad } from "../models/demand/fleet-load.js";
import type { CompiledFleet } from "../models/fleet/compile-fleet.js";
import { levelFull, type QualityTracker } from "./quality-tracker.js";

/** `serving` and `level` by instance, the same arrays that `quality` reads. */
export function takeHealth(
  fleet: CompiledFleet,
  { fluid, instances }: Pick<FleetLoad, "fluid" | "instances">,
  serving: Uint8Array,
  level: Uint8Array,
  quality: QualityTracker,
): void {
  instances.forEach((instance, station) => {
    const { capacity, warmUp } = fleet.services[fleet.serviceOf[instance]!]!;
    const share = warmth(level[instance]!, warmUp?.capacity ?? 1);
    fluid.setStation(station, serving[instance] === 1 ? capacity! * share : null);
  });
  const regions = fleet.regionNames.length;
  for (let c = 0; c < fleet.spec.capabilities.length; c++) {
    for (let region = 0; region < regions; region++) {
      const { success, served } = quality.unloaded(c, region);
      fluid.setFlow(c * regions + region, success, served);
    }
  }
}

/** Share of the capacity that is there: the middle of each step of the line from `cold` up to 1. */
function warmth(level: number, cold: number): number {
  return level >= levelFull ? 1 : cold + ((1 - cold) * (level - 0.5)) / (levelFull - 1);
}
