/**
 * When each capability was whole again in each region, and the milestones of the people between, folded from the events
 * of a run. Frequent events cost an array access each.
 */
import type { RunSink } from "../../run/sink.js";
import type { Run } from "../../scenario/run.js";
import { kindOf } from "../../trace/instance-sink.js";
import { impairedBelow } from "../../trace/measures.js";
import type { TraceEvent } from "../../trace/trace.js";

/** ms after the start of the scenario; NaN: was never impaired; Infinity: is not whole again. */
export interface Restoration {
  /** By capability * groups + group: the last of its regions. */
  readonly byCapabilityGroup: Float64Array;
  /** By region: the last of its capabilities. */
  readonly byRegion: Float64Array;
  /**
   * The first time that a capability which was down (no request succeeded) works again in one region and stays so: the
   * layers below it are there. NaN: none was ever down; Infinity: none works yet.
   */
  readonly firstWorkingMs: number;
  /** Something that a manager runs as is gone at the end of the run. */
  readonly managerGone: boolean;
  /** The last verification, and the last word to the public. NaN: people had none to make; Infinity: one is still to come. */
  readonly verifiedMs: number;
  readonly publishedMs: number;
}

export class RestorationFold implements RunSink {
  private readonly regions: number;
  private readonly groups: number;
  /** By capability * regions + region, in ms; NaN: never impaired. */
  private readonly wholeAt: Float64Array;
  private readonly impaired: Uint8Array;
  private readonly wasDown: Uint8Array;
  /** By instance: a manager runs as it. */
  private readonly ofManager: Uint8Array;
  private readonly gone: Uint8Array;
  /** By capability * groups + group: impaired regions, people are to check it, and checked results to be told. */
  private readonly impairedRegions: Int32Array;
  private readonly toVerify: Uint8Array;
  private readonly toPublish: Int32Array;
  private verifiedMs = Number.NaN;
  private publishedMs = Number.NaN;
  private atWork = false;

  constructor(private readonly run: Pick<Run, "fleet" | "runsManager">) {
    const { fleet } = run;
    this.regions = fleet.regionNames.length;
    this.groups = fleet.groupNames.length;
    const slots = fleet.spec.capabilities.length * this.regions;
    this.wholeAt = new Float64Array(slots);
    this.impaired = new Uint8Array(slots);
    this.wasDown = new Uint8Array(slots);
    this.ofManager = Uint8Array.from(fleet.serviceOf, (service) => (run.runsManager[service]! >= 0 ? 1 : 0));
    this.gone = new Uint8Array(fleet.instanceCount);
    const cells = fleet.spec.capabilities.length * this.groups;
    this.impairedRegions = new Int32Array(cells);
    this.toVerify = new Uint8Array(cells);
    this.toPublish = new Int32Array(cells);
    this.reset();
  }

  reset(): void {
    this.wholeAt.fill(Number.NaN);
    for (const list of [this.impaired, this.wasDown, this.gone, this.toVerify]) list.fill(0);
    this.impairedRegions.fill(0);
    this.toPublish.fill(0);
    this.verifiedMs = Number.NaN;
    this.publishedMs = Number.NaN;
    this.atWork = false;
  }

  instance(_id: number, _t: number, kind: number, instance: number): void {
    if (this.ofManager[instance] === 0) return;
    if (kind === kindOf.running) this.gone[instance] = 0;
    else if (kind === kindOf.removed || kind === kindOf.stopped || kind === kindOf.crashed)
      this.gone[instance] = 1;
  }

  quality(_id: number, t: number, capability: number, region: number, success: number): void {
    const at = capability * this.regions + region;
    if (success === 0) this.wasDown[at] = 1;
    const impaired = success < impairedBelow ? 1 : 0;
    if (impaired === this.impaired[at]) return;
    this.impaired[at] = impaired;
    this.wholeAt[at] = impaired === 1 ? Number.POSITIVE_INFINITY : t;
    const cell = capability * this.groups + this.run.fleet.groupOfRegion[region]!;
    this.impairedRegions[cell]! += impaired === 1 ? 1 : -1;
    // People check a group once all of it is fine, and only what comes back while they handle an incident.
    this.toVerify[cell] = this.impairedRegions[cell] === 0 && this.atWork ? 1 : 0;
  }

  event(event: TraceEvent): void {
    switch (event.e) {
      case "phase":
        if (event.phase === "alert") this.atWork = true;
        if (event.phase === "closed") this.atWork = false;
        return;
      case "verified": {
        const cell = this.cellOf(event.capability, event.group);
        this.toVerify[cell] = 0;
        this.toPublish[cell]!++;
        this.verifiedMs = event.t;
        return;
      }
      case "published":
        this.toPublish[this.cellOf(event.capability, event.group)]!--;
        this.publishedMs = event.t;
    }
  }

  private cellOf(capability: string, group: string): number {
    const { fleet } = this.run;
    const c = fleet.spec.capabilities.findIndex(({ name }) => name === capability);
    return c * this.groups + fleet.groupIndex.get(group)!;
  }

  result(): Restoration {
    const { regions, groups } = this;
    const { fleet } = this.run;
    const capabilities = fleet.spec.capabilities.length;
    const byCapabilityGroup = new Float64Array(capabilities * groups).fill(Number.NaN);
    const byRegion = new Float64Array(regions).fill(Number.NaN);
    let firstWorkingMs = Number.NaN;
    for (let c = 0; c < capabilities; c++) {
      for (let r = 0; r < regions; r++) {
        const at = this.wholeAt[c * regions + r]!;
        if (Number.isNaN(at)) continue;
        later(byCapabilityGroup, c * groups + fleet.groupOfRegion[r]!, at);
        later(byRegion, r, at);
        if (this.wasDown[c * regions + r] === 1 && !(at >= firstWorkingMs)) firstWorkingMs = at;
      }
    }
    const verifying = this.toVerify.includes(1);
    const publishing = verifying || this.toPublish.some((count) => count > 0);
    return {
      byCapabilityGroup,
      byRegion,
      firstWorkingMs,
      managerGone: this.gone.includes(1),
      verifiedMs: verifying ? Number.POSITIVE_INFINITY : this.verifiedMs,
      publishedMs: publishing ? Number.POSITIVE_INFINITY : this.publishedMs,
    };
  }
}

function later(list: Float64Array, at: number, value: number): void {
  if (Number.isNaN(list[at]!) || value > list[at]!) list[at] = value;
}
