/** Where the time of one run went, from its trace: the phases, and the critical path; in the terms of an estimate. */
import { compileFleet } from "../../models/fleet/compile-fleet.js";
import { feedTrace } from "../../trace/feed.js";
import type { Measures } from "../../trace/measures.js";
import type { Trace } from "../../trace/trace.js";
import { type CriticalPath, CriticalPathFold } from "./critical-path.js";
import { type PhaseName, phases, phaseTimes } from "./figures.js";
import { RestorationFold } from "./restoration-fold.js";

export interface RunTimes {
  /** In their order; ms each. The first five add up to the time to recovery. */
  readonly phases: readonly { readonly name: PhaseName; readonly ms: number }[];
  readonly path: CriticalPath | null;
}

export function runTimesOf(trace: Trace, measures: Measures): RunTimes {
  const { fleet: spec, managers } = trace.header.spec;
  const { serviceNames } = compileFleet(spec);
  const runsManager = Int32Array.from(serviceNames, (name) =>
    managers.findIndex(({ service }) => service === name),
  );
  const restoration = feedTrace(trace, (fleet) => new RestorationFold({ fleet, runsManager })).result();
  const times = phaseTimes(measures, restoration);
  return {
    phases: phases.map((name, k) => ({ name, ms: times[k]! })),
    path: feedTrace(trace, (fleet) => new CriticalPathFold(fleet)).path(),
  };
}
