/**
 * A trace for ui.perfetto.dev (Chrome trace event format): who was down when, what people did, what managers decided.
 * One process a kind of track, one thread a service and region group; times in microseconds after the start.
 */
import { canonicalJson } from "../base/json.js";
import { compileFleet } from "../models/fleet/compile-fleet.js";
import type { Trace, TraceEvent } from "./trace.js";

interface TrackEvent {
  readonly ph: "X" | "i" | "C" | "M";
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: "t";
  readonly args?: Readonly<Record<string, unknown>>;
}

const processes = { managers: 1, people: 2, services: 3, capabilities: 4 } as const;

export function perfettoJson(trace: Trace): string {
  const events = [...metadata(), ...new Tracks(trace).all()];
  return `{"displayTimeUnit":"ms","traceEvents":[\n${events.map((event) => canonicalJson(event)).join(",\n")}\n]}\n`;
}

function metadata(): readonly TrackEvent[] {
  return Object.entries(processes).map(([name, pid]) => ({
    ph: "M",
    name: "process_name",
    pid,
    tid: 0,
    args: { name },
  }));
}

class Tracks {
  private readonly out: TrackEvent[] = [];
  private readonly threads = new Map<string, number>();
  private readonly downSince = new Map<string, { t: number; reason: string }>();
  private readonly workSince = new Map<string, TraceEvent & { e: "work" }>();
  private readonly downRegions = new Map<string, Set<string>>();
  private readonly groupOf: (place: string) => string;

  constructor(private readonly trace: Trace) {
    const fleet = compileFleet(trace.header.spec.fleet);
    this.groupOf = (place) => {
      const region = fleet.regionIndex.get(place);
      return region === undefined ? place : fleet.groupNames[fleet.groupOfRegion[region]!]!;
    };
  }

  all(): readonly TrackEvent[] {
    for (const event of this.trace.events) this.add(event);
    const endMs = this.trace.events.at(-1)?.t ?? 0;
    for (const [key, { t, reason }] of this.downSince) this.downSpan(key, t, endMs, reason);
    return this.out;
  }

  private thread(pid: number, name: string): number {
    const key = `${pid} ${name}`;
    const known = this.threads.get(key);
    if (known !== undefined) return known;
    const tid = this.threads.size + 1;
    this.threads.set(key, tid);
    this.out.push({ ph: "M", name: "thread_name", pid, tid, args: { name } });
    return tid;
  }

  private instant(pid: number, thread: string, event: TraceEvent, name: string): void {
    this.out.push({
      ph: "i",
      s: "t",
      name,
      pid,
      tid: this.thread(pid, thread),
      ts: event.t * 1000,
      args: { id: event.id, because: event.because },
    });
  }

  private downSpan(key: string, fromMs: number, toMs: number, reason: string): void {
    const [service, place] = key.split(" ") as [string, string];
    const tid = this.thread(processes.services, `${service} · ${this.groupOf(place)}`);
    this.out.push({
      ph: "X",
      name: `${place}: ${reason}`,
      pid: processes.services,
      tid,
      ts: fromMs * 1000,
      dur: (toMs - fromMs) * 1000,
    });
  }

  private add(event: TraceEvent): void {
    switch (event.e) {
      case "change":
        this.instant(processes.people, "changes", event, event.text);
        return;
      case "phase":
        this.instant(processes.people, "incident", event, `${event.phase}: ${event.text}`);
        return;
      case "defect":
        this.instant(processes.managers, event.manager, event, event.text);
        return;
      case "plan":
        this.instant(processes.managers, event.manager, event, `plan: ${event.actions.length} actions`);
        return;
      case "guard":
        this.instant(
          processes.managers,
          event.manager,
          event,
          `${event.guard} ${event.verdict}s ${event.action} ${event.service}`,
        );
        return;
      case "execute":
        this.instant(processes.managers, event.manager, event, `${event.action} ${event.service}`);
        return;
      case "overload":
        this.instant(processes.services, `${event.service} ${event.where}`, event, event.state);
        return;
      case "work":
        this.work(event);
        return;
      case "down":
        if (!this.downSince.has(`${event.service} ${event.place}`))
          this.downSince.set(`${event.service} ${event.place}`, { t: event.t, reason: event.reason });
        return;
      case "up": {
        const key = `${event.service} ${event.place}`;
        const since = this.downSince.get(key);
        this.downSince.delete(key);
        if (since !== undefined) this.downSpan(key, since.t, event.t, since.reason);
        return;
      }
      case "quality":
        this.quality(event);
        return;
      default:
    }
  }

  private work(event: TraceEvent & { e: "work" }): void {
    const key = `${event.service} ${event.group} ${event.places.join()}`;
    if (event.state === "start") {
      this.workSince.set(key, event);
      return;
    }
    const since = this.workSince.get(key);
    this.workSince.delete(key);
    if (since === undefined) return;
    this.out.push({
      ph: "X",
      name: `${event.service} in ${event.group} (${event.places.length})`,
      pid: processes.people,
      tid: this.thread(processes.people, `crew ${since.crew}`),
      ts: since.t * 1000,
      dur: (event.t - since.t) * 1000,
    });
  }

  private quality(event: TraceEvent & { e: "quality" }): void {
    const down = this.downRegions.get(event.capability) ?? new Set();
    const before = down.size;
    if (event.success === 0) down.add(event.region);
    else down.delete(event.region);
    this.downRegions.set(event.capability, down);
    if (down.size === before) return;
    this.out.push({
      ph: "C",
      name: `${event.capability}: regions down`,
      pid: processes.capabilities,
      tid: 0,
      ts: event.t * 1000,
      args: { regions: down.size },
    });
  }
}
