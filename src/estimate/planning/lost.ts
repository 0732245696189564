/** What is gone when people begin to bring things back, read off the trace of a run. */
import type { Run } from "../../scenario/run.js";
import type { Trace } from "../../trace/trace.js";

/** By instance. `stopped`: its place is still there; `absent`: it was removed, and its data has to be restored. */
export const there = 0;
export const stopped = 1;
export const absent = 2;

export interface Lost {
  /** When it is decided what to do and the configuration is secured; the end of the run where that never comes. */
  readonly atMs: number;
  readonly began: boolean;
  readonly state: Uint8Array;
  /** By instance: times that it was started before. */
  readonly starts: Int32Array;
  /** Manager index by service at that time: who deploys it; -1: people only. */
  readonly owner: Int32Array;
  /** The managers are held back until everything is there. */
  readonly paused: boolean;
}

/** The first incident of the run: what is lost again later, in a relapse, is none of it. */
export function lostAt(run: Run, trace: Trace): Lost {
  const { fleet } = run;
  const end = beginning(trace);
  const last = end < 0 ? trace.events.length - 1 : end;
  const state = new Uint8Array(fleet.instanceCount);
  const starts = new Int32Array(fleet.instanceCount);
  const owner = Int32Array.from(run.managerOfService);
  const wanted = new Uint8Array(fleet.services.length).fill(1);
  for (const s of run.absentAtStart) wanted[s] = 0;
  const byTicket = new Map(run.changes.map((change) => [change.version, change]));
  for (let at = 0; at <= last; at++) {
    const event = trace.events[at]!;
    switch (event.e) {
      case "removed":
        state[instanceOf(run, event.service, event.place)] = absent;
        break;
      case "stopped":
      case "crashed":
        state[instanceOf(run, event.service, event.place)] = stopped;
        break;
      case "deploying": {
        // Whoever is at it will finish without being told.
        const instance = instanceOf(run, event.service, event.place);
        state[instance] = there;
        starts[instance]!++;
        break;
      }
      case "running":
        state[instanceOf(run, event.service, event.place)] = there;
        break;
      case "handover":
        owner[fleet.serviceIndex.get(event.service)!] = run.managers.findIndex(
          ({ spec }) => spec.name === event.to,
        );
        break;
      case "change": {
        const change = byTicket.get(event.version);
        if (change === undefined || event.rollback === true) break;
        for (const s of change.removes) wanted[s] = 0;
        for (const s of change.adds) wanted[s] = 1;
        break;
      }
    }
  }
  for (let i = 0; i < state.length; i++) if (wanted[fleet.serviceOf[i]!] === 0) state[i] = there;
  const lastEvent = trace.events[last];
  return {
    atMs: lastEvent?.t ?? 0,
    began: end >= 0,
    state,
    starts,
    owner,
    paused: lastEvent?.e === "phase" && lastEvent.phase === "configuration-frozen",
  };
}

const instanceOf = ({ fleet }: Run, service: string, place: string): number => {
  const s = fleet.serviceIndex.get(service)!;
  return fleet.firstInstance[s]! + fleet.placeIndex(s, place);
};

/** The last event before the work: the decision, or the configuration repaired or frozen after it. -1: never. */
function beginning(trace: Trace): number {
  let at = -1;
  for (let k = 0; k < trace.events.length; k++) {
    const event = trace.events[k]!;
    if (event.e === "work" && at >= 0) break;
    if (event.e !== "phase") continue;
    if (event.phase === "decided") at = k;
    else if (at >= 0 && event.phase.startsWith("configuration-")) return k;
    else if (at >= 0) break;
  }
  return at;
}
