/**
 * Where a run tells what happens. Instances and quality are told in numbers, since there are many; everything rare is
 * told as the event that a trace holds. Measures and traces are two kinds of sink.
 */

import type { InstanceSink } from "../trace/instance-sink.js";
import type { TraceEvent } from "../trace/trace.js";

export interface RunSink extends InstanceSink {
  event(event: TraceEvent): void;
}

/** The rare events without what the emitter adds. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type RareEvent = Without<TraceEvent, "id" | "t" | "because">;

/** Numbers events and hands them to the sinks; ids are the same whether anybody listens or not. */
export class Emitter {
  nextId = 0;
  muted = false;
  private sinks: readonly RunSink[] = [];

  /** The clock: events are told at its time. */
  constructor(private readonly clock: { readonly now: number }) {}

  reset(sinks: readonly RunSink[]): void {
    this.nextId = 0;
    this.muted = false;
    this.sinks = sinks;
  }

  instance(kind: number, instance: number, because: number, detail: number, extra: number): number {
    if (this.muted) return -1;
    const id = this.nextId++;
    for (const sink of this.sinks) sink.instance(id, this.clock.now, kind, instance, because, detail, extra);
    return id;
  }

  quality(capability: number, region: number, success: number, served: number, because: number): number {
    if (this.muted) return -1;
    const id = this.nextId++;
    for (const sink of this.sinks)
      sink.quality(id, this.clock.now, capability, region, success, served, because);
    return id;
  }

  event(event: RareEvent, because: readonly number[]): number {
    if (this.muted) return -1;
    const id = this.nextId++;
    // Completed in place: a copy would cost more than the rest of the telling.
    const full = event as RareEvent & { id: number; t: number; because: readonly number[] };
    full.id = id;
    full.t = this.clock.now;
    full.because = because.filter((cause) => cause >= 0);
    for (const sink of this.sinks) sink.event(full as TraceEvent);
    return id;
  }
}
