/** A sink that keeps every event by name: the trace of a run. */
import { causes } from "../models/managers/contract.js";
import { canonicalSpec } from "../scenario/canonical-spec.js";
import type { Run } from "../scenario/run.js";
import { downReasons, instanceEvents } from "../trace/instance-sink.js";
import type { Trace, TraceEvent, TraceHeader } from "../trace/trace.js";
import type { RunSink } from "./sink.js";

export class TraceRecorder implements RunSink {
  private readonly events: TraceEvent[] = [];

  constructor(private readonly run: Run) {}

  instance(
    id: number,
    t: number,
    kind: number,
    instance: number,
    because: number,
    detail: number,
    extra: number,
  ): void {
    const { fleet, managers } = this.run;
    const service = fleet.serviceNames[fleet.serviceOf[instance]!]!;
    const at = { id, t, because: because < 0 ? [] : [because], service, place: fleet.placeName(instance) };
    const manager = (index: number): string => (index < 0 ? "people" : managers[index]!.spec.name);
    const e = instanceEvents[kind]!;
    switch (e) {
      case "removed":
        this.events.push({
          ...at,
          e,
          cause: causes[detail]!,
          by: manager((extra >> 1) - 1),
          dataLost: (extra & 1) === 1,
        });
        return;
      case "stopped":
        this.events.push({ ...at, e, cause: causes[detail]!, by: manager((extra >> 1) - 1) });
        return;
      case "deploying":
        this.events.push({ ...at, e, by: manager(detail), hand: extra === 1 });
        return;
      case "down":
        this.events.push({
          ...at,
          e,
          reason: downReasons[detail]!,
          needs: extra < 0 ? null : fleet.serviceNames[extra]!,
        });
        return;
      default:
        this.events.push({ ...at, e });
    }
  }

  quality(
    id: number,
    t: number,
    capability: number,
    region: number,
    success: number,
    served: number,
    because: number,
  ): void {
    this.events.push({
      id,
      t,
      because: because < 0 ? [] : [because],
      e: "quality",
      capability: this.run.spec.fleet.capabilities[capability]!.name,
      region: this.run.fleet.regionNames[region]!,
      success,
      served,
    });
  }

  event(event: TraceEvent): void {
    this.events.push(event);
  }

  trace(seed: number, replication: number): Trace {
    return { header: headerOf(this.run, seed, replication), events: this.events };
  }
}

function headerOf(run: Run, seed: number, replication: number): TraceHeader {
  return {
    fleetquake: 1,
    kind: "trace",
    scenario: run.scenario,
    variant: run.variant,
    seed,
    replication,
    spec: canonicalSpec(run.spec),
    managers: run.managers.map((manager) => ({
      name: manager.spec.name,
      model: manager.spec.model,
      policy: manager.policy,
      guards: manager.guards.map((item) => item.guard.name),
    })),
    tickets: run.changes.filter((change) => change.ticket.removes.length > 0).map((change) => change.ticket),
  };
}
