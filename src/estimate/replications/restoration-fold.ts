/**
 * When each capability was whole again in each region, and what the end of the recovery was waiting for, folded from the
 * events of a run. Frequent events cost an array access each.
 */
import type { CompiledFleet } from "../../models/fleet/compile-fleet.js";
import type { RunSink } from "../../run/sink.js";
import { kindOf } from "../../trace/instance-sink.js";
import { impairedBelow } from "../../trace/measures.js";

/** ms after the start of the scenario; NaN: was never impaired; Infinity: is not whole again. */
export interface Restoration {
  /** By capability * groups + group: the last of its regions. */
  readonly byCapabilityGroup: Float64Array;
  /** By region: the last of its capabilities. */
  readonly byRegion: Float64Array;
}

export class RestorationFold implements RunSink {
  private readonly regions: number;
  private readonly groups: number;
  /** By capability * regions + region, in ms; NaN: never impaired. */
  private readonly wholeAt: Float64Array;
  private readonly impaired: Uint8Array;
  /** By instance, in ms; -1: never. */
  private readonly runningAt: Float64Array;
  private readonly deployingAt: Float64Array;
  private readonly startedBy: Map<number, number[]> = new Map();
  private readonly needs: readonly (readonly number[])[];
  private lastWholeMs = -1;

  constructor(private readonly fleet: CompiledFleet) {
    this.regions = fleet.regionNames.length;
    this.groups = fleet.groupNames.length;
    const slots = fleet.spec.capabilities.length * this.regions;
    this.wholeAt = new Float64Array(slots);
    this.impaired = new Uint8Array(slots);
    this.runningAt = new Float64Array(fleet.instanceCount);
    this.deployingAt = new Float64Array(fleet.instanceCount);
    this.needs = needsOf(fleet);
    this.reset();
  }

  reset(): void {
    this.wholeAt.fill(Number.NaN);
    this.impaired.fill(0);
    this.runningAt.fill(-1);
    this.deployingAt.fill(-1);
    this.startedBy.clear();
    this.lastWholeMs = -1;
  }

  instance(_id: number, t: number, kind: number, instance: number): void {
    if (kind === kindOf.deploying) this.deployingAt[instance] = t;
    else if (kind === kindOf.running) {
      this.runningAt[instance] = t;
      const others = this.startedBy.get(t);
      if (others === undefined) this.startedBy.set(t, [instance]);
      else others.push(instance);
    }
  }

  quality(_id: number, t: number, capability: number, region: number, success: number): void {
    const at = capability * this.regions + region;
    const impaired = success < impairedBelow ? 1 : 0;
    if (impaired === this.impaired[at]) return;
    this.impaired[at] = impaired;
    this.wholeAt[at] = impaired === 1 ? Number.POSITIVE_INFINITY : t;
    if (impaired === 0) this.lastWholeMs = t;
  }

  event(): void {}

  result(): Restoration {
    const { fleet, regions, groups } = this;
    const capabilities = fleet.spec.capabilities.length;
    const byCapabilityGroup = new Float64Array(capabilities * groups).fill(Number.NaN);
    const byRegion = new Float64Array(regions).fill(Number.NaN);
    for (let c = 0; c < capabilities; c++) {
      for (let r = 0; r < regions; r++) {
        const at = this.wholeAt[c * regions + r]!;
        if (Number.isNaN(at)) continue;
        later(byCapabilityGroup, c * groups + fleet.groupOfRegion[r]!, at);
        later(byRegion, r, at);
      }
    }
    return { byCapabilityGroup, byRegion };
  }

  /**
   * Services on the path that the end waited for, from the last instance back: what it needed that came up the moment
   * it was begun, or else whose end gave a crew or a slot free at that moment. Adds one to each of them in `counts`, by
   * service index.
   */
  countCritical(counts: Uint32Array): void {
    if (this.lastWholeMs < 0) return;
    let next = this.lastUpTo(this.lastWholeMs);
    const seen = new Set<number>();
    const services = new Set<number>();
    while (next >= 0 && !seen.has(next)) {
      seen.add(next);
      services.add(this.fleet.serviceOf[next]!);
      const begun = this.deployingAt[next]!;
      next = begun < 0 ? -1 : this.waitedFor(next, begun);
    }
    for (const service of services) counts[service]!++;
  }

  private lastUpTo(atMs: number): number {
    const exactly = this.startedBy.get(atMs)?.at(-1);
    if (exactly !== undefined) return exactly;
    let last = -1;
    this.runningAt.forEach((t, instance) => {
      if (t >= 0 && t <= atMs && (last < 0 || t > this.runningAt[last]!)) last = instance;
    });
    return last;
  }

  private waitedFor(instance: number, begun: number): number {
    const needed = this.needs[instance]!.find((other) => this.runningAt[other] === begun);
    if (needed !== undefined) return needed;
    return this.startedBy.get(begun)?.find((other) => other !== instance) ?? -1;
  }
}

function later(list: Float64Array, at: number, value: number): void {
  if (Number.isNaN(list[at]!) || value > list[at]!) list[at] = value;
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
