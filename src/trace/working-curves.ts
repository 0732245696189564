/** In how many regions each capability works over time: what a restoration curve draws, from the fall to the last return. */
import type { Name } from "../models/fleet/spec.js";
import { type Curve, impairedBelow } from "./measures.js";
import type { Trace } from "./trace.js";

export interface WorkingCurve {
  readonly capability: Name;
  /** Regions that work from each time on; the first pair is that of the start, where all do. */
  readonly working: Curve;
}

/** A capability works in a region where requests succeed as the measures count it: at least `impairedBelow`. File order. */
export function workingCurves({ header, events }: Trace): readonly WorkingCurve[] {
  const { fleet } = header.spec;
  const regions = fleet.regionGroups.reduce((sum, group) => sum + group.members.length, 0);
  const curves = new Map(
    fleet.capabilities.map(({ name }) => [
      name,
      { steps: [[0, regions]] as [number, number][], impaired: new Set<Name>() },
    ]),
  );
  for (const event of events) {
    if (event.e !== "quality") continue;
    const curve = curves.get(event.capability);
    if (curve === undefined) continue;
    if (event.success < impairedBelow) curve.impaired.add(event.region);
    else curve.impaired.delete(event.region);
    const count = regions - curve.impaired.size;
    const last = curve.steps.at(-1)!;
    if (last[0] === event.t) last[1] = count;
    else if (last[1] !== count) curve.steps.push([event.t, count]);
  }
  return [...curves].map(([capability, { steps }]) => ({ capability, working: steps }));
}
