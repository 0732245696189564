/** What the end of a recovery was waiting for, folded from the events of a run. */
import type { CompiledFleet } from "../../models/fleet/compile-fleet.js";
import type { Name } from "../../models/fleet/spec.js";
import type { RunSink } from "../../run/sink.js";
import { kindOf } from "../../trace/instance-sink.js";
import { impairedBelow } from "../../trace/measures.js";

/** One instance on the way to what was whole again last. Times in ms after the start of the scenario. */
export interface PathStep {
  readonly service: Name;
  readonly place: Name;
  /** Null: it came up without being deployed. */
  readonly begunAtMs: number | null;
  readonly runningAtMs: number;
  /** What it waited for until it was begun: something that it needs, a crew or slot that came free, or nothing here. */
  readonly after: "need" | "slot" | "start";
}

export interface CriticalPath {
  /** First to last. */
  readonly steps: readonly PathStep[];
  readonly capability: Name;
  readonly region: Name;
  /** When this capability was whole again in this region, after everything else. */
  readonly wholeAtMs: number;
}

export class CriticalPathFold implements RunSink {
  /** By instance, ms after the start of the scenario; -1: never. */
  private readonly runningAt: Float64Array;
  private readonly deployingAt: Float64Array;
  /** By instance: how many had started before it was running; what tells apart those of the same moment. */
  private readonly startedAs: Uint32Array;
  private started = 0;
  private readonly needs: readonly (readonly number[])[];
  private readonly impaired: Uint8Array;
  private readonly regions: number;
  private lastWholeMs = -1;
  /** capability * regions + region: what was whole again last. */
  private lastWhole = -1;

  constructor(private readonly fleet: CompiledFleet) {
    this.regions = fleet.regionNames.length;
    this.runningAt = new Float64Array(fleet.instanceCount);
    this.deployingAt = new Float64Array(fleet.instanceCount);
    this.startedAs = new Uint32Array(fleet.instanceCount);
    this.impaired = new Uint8Array(fleet.spec.capabilities.length * this.regions);
    this.needs = needsOf(fleet);
    this.reset();
  }

  reset(): void {
    this.runningAt.fill(-1);
    this.deployingAt.fill(-1);
    this.started = 0;
    this.impaired.fill(0);
    this.lastWholeMs = -1;
    this.lastWhole = -1;
  }

  instance(_id: number, t: number, kind: number, instance: number): void {
    if (kind === kindOf.deploying) this.deployingAt[instance] = t;
    else if (kind === kindOf.running && this.runningAt[instance] !== t) {
      this.runningAt[instance] = t;
      this.startedAs[instance] = this.started++;
    }
  }

  quality(_id: number, t: number, capability: number, region: number, success: number): void {
    const at = capability * this.regions + region;
    const impaired = success < impairedBelow ? 1 : 0;
    if (impaired === this.impaired[at]) return;
    this.impaired[at] = impaired;
    if (impaired === 0) {
      this.lastWholeMs = t;
      this.lastWhole = at;
    }
  }

  event(): void {}

  /**
   * Services on the path to what was whole again last, from there back. It begins with the last instance to start of
   * all that this capability needs in this region. Before each comes what it needed that came up the moment it was
   * begun, or else an instance that came up at that moment and so gave a crew or a slot free. Adds one to each of these
   * services in `counts`, by service index. What is not whole again by the end waits for something that never came.
   */
  count(counts: Uint32Array): void {
    const services = new Set([...this.backwards()].map((instance) => this.fleet.serviceOf[instance]!));
    for (const service of services) counts[service]!++;
  }

  /** The same path, step by step; null: nothing was ever whole again. */
  path(): CriticalPath | null {
    if (this.lastWhole < 0) return null;
    const { fleet } = this;
    const steps = [...this.backwards()].map((instance): PathStep => {
      const begun = this.deployingAt[instance]!;
      const waited = begun < 0 ? -1 : this.waitedFor(instance, begun);
      return {
        service: fleet.serviceNames[fleet.serviceOf[instance]!]!,
        place: fleet.placeName(instance),
        begunAtMs: begun < 0 ? null : begun,
        runningAtMs: this.runningAt[instance]!,
        after: waited < 0 ? "start" : this.needs[instance]!.includes(waited) ? "need" : "slot",
      };
    });
    return {
      steps: steps.reverse(),
      capability: fleet.spec.capabilities[Math.floor(this.lastWhole / this.regions)]!.name,
      region: fleet.regionNames[this.lastWhole % this.regions]!,
      wholeAtMs: this.lastWholeMs,
    };
  }

  /** Instances on the path, the last one first. */
  private backwards(): ReadonlySet<number> {
    const seen = new Set<number>();
    let next = this.lastWhole < 0 ? -1 : this.lastStarted();
    while (next >= 0 && !seen.has(next)) {
      seen.add(next);
      const begun = this.deployingAt[next]!;
      next = begun < 0 ? -1 : this.waitedFor(next, begun);
    }
    return seen;
  }

  /** The nearest to the capability where several started at the same time; -1: nothing did. */
  private lastStarted(): number {
    const { fleet, regions } = this;
    const { service, alsoServices } = fleet.spec.capabilities[Math.floor(this.lastWhole / regions)]!;
    const region = this.lastWhole % regions;
    const serving = [service, ...alsoServices].map((name) =>
      fleet.instanceAt(fleet.serviceIndex.get(name)!, region),
    );
    const reached = new Set(serving);
    let last = -1;
    for (const instance of reached) {
      const atMs = this.runningAt[instance]!;
      if (atMs >= 0 && atMs <= this.lastWholeMs && (last < 0 || atMs > this.runningAt[last]!))
        last = instance;
      // A set is walked in the order of adding, what is added on the way included.
      for (const needed of this.needs[instance]!) reached.add(needed);
    }
    return last;
  }

  private waitedFor(instance: number, begun: number): number {
    const needed = this.needs[instance]!.find((other) => this.runningAt[other] === begun);
    if (needed !== undefined) return needed;
    // The first of that moment. One that was started again since is not what this one waited for.
    let first = -1;
    for (let other = 0; other < this.runningAt.length; other++) {
      if (this.runningAt[other] !== begun || other === instance) continue;
      if (first < 0 || this.startedAs[other]! < this.startedAs[first]!) first = other;
    }
    return first;
  }
}

/** By instance: every instance that one of its needs could be met by. */
function needsOf(fleet: CompiledFleet): readonly (readonly number[])[] {
  const needs: number[][] = Array.from({ length: fleet.instanceCount }, () => []);
  for (let r = 0; r < fleet.requirementCount; r++) {
    let owner = fleet.requirementOwner[r]!;
    while (owner < 0) owner = fleet.requirementOwner[-owner - 1]!;
    for (let k = fleet.memberStart[r]!; k < fleet.memberStart[r + 1]!; k++)
      needs[owner]!.push(fleet.members[k]!);
  }
  return needs;
}
