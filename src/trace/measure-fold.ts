/**
 * Measures as a fold over events. A run feeds it in numbers while it goes; `measure` feeds it from a saved trace. What
 * it knows of the fleet it gets from the compiled fleet, so both give the same figures.
 */
import type { CompiledFleet } from "../models/fleet/compile-fleet.js";
import type { Name } from "../models/fleet/spec.js";
import { type Cause, causes } from "../models/managers/contract.js";
import type { Spec } from "../scenario/scenario.js";
import { downReasonOf, type InstanceSink, kindOf } from "./instance-sink.js";
import {
  type CapabilityMeasures,
  type CapabilityRecovery,
  type Curve,
  impairedBelow,
  type Measures,
} from "./measures.js";
import type { EndVerdict, Phase, TraceEvent } from "./trace.js";

/** Per capability and region: what holds since when. */
interface Levels {
  readonly success: Float64Array;
  readonly served: Float64Array;
  readonly sinceMs: Float64Array;
  readonly downSinceMs: Float64Array;
  readonly downMs: Float64Array;
  readonly longestMs: Float64Array;
  /** Bit 1: was down; bit 2: was impaired. */
  readonly was: Uint8Array;
  /** Logins that failed so far. */
  readonly unserved: Float64Array;
}

const newLevels = (n: number): Levels => ({
  success: new Float64Array(n),
  served: new Float64Array(n),
  sinceMs: new Float64Array(n),
  downSinceMs: new Float64Array(n),
  downMs: new Float64Array(n),
  longestMs: new Float64Array(n),
  was: new Uint8Array(n),
  unserved: new Float64Array(n),
});

/** Growing steps of a curve: only a higher count adds a step, a lower one starts over from there. */
class CurveBuilder {
  private steps: [number, number][] = [];
  count = 0;

  change(atMs: number, by: number): void {
    this.count += by;
    const last = this.steps.at(-1);
    if (last !== undefined && last[0] === atMs) last[1] = this.count;
    else this.steps.push([atMs, this.count]);
  }

  curve(): Curve {
    return this.steps.map(([atMs, regions]) => [atMs, regions] as const);
  }

  clear(): void {
    this.steps = [];
    this.count = 0;
  }
}

const phaseKeys = {
  alert: "alertAtMs",
  detected: "detectedAtMs",
  acknowledged: "acknowledgedAtMs",
  diagnosed: "diagnosedAtMs",
  decided: "decidedAtMs",
  "configuration-repaired": "configurationRepairedAtMs",
  "manager-up": "managerUpAtMs",
} as const satisfies Partial<Record<Phase, keyof Measures["recovery"]>>;

export class MeasureFold implements InstanceSink {
  private readonly levels: Levels;
  private readonly regions: number;
  private readonly loginsPerMs: Float64Array;
  private readonly gone: Uint8Array;
  private removedInstances = 0;
  private dataLost = 0;
  private readonly removedServices = new Set<number>();
  private readonly byCause = new Map<number, number>();
  /** By instance: fell because something that it needs did. */
  private readonly hurt: Uint8Array;
  private readonly stopped: Uint8Array;
  private readonly restored: readonly CurveBuilder[];
  private readonly verified: readonly CurveBuilder[];
  private readonly published: readonly CurveBuilder[];
  private readonly firstDown: Float64Array;
  private readonly restoredAt: Float64Array;
  private readonly impairedNow: Int32Array;
  private readonly groupFirst: Float64Array;
  private readonly groupLast: Float64Array;
  private impairedAll = 0;
  private startedAtMs = Number.NaN;
  private endedAtMs = Number.NaN;
  private disturbedMs = 0;
  private disturbedSince = 0;
  private phases = new Map<Phase, number>();
  private publishedAtMs: number | null = null;
  private stuck: readonly Name[] = [];
  private relapses = 0;
  private sawManagerUp = false;
  private end: { verdict: EndVerdict; atMs: number; events: number } = {
    verdict: "horizon",
    atMs: 0,
    events: 0,
  };

  constructor(
    private readonly fleet: CompiledFleet,
    private readonly spec: Pick<Spec, "demand" | "managers">,
  ) {
    const { capabilities } = fleet.spec;
    this.regions = fleet.regionNames.length;
    this.levels = newLevels(capabilities.length * this.regions);
    this.loginsPerMs = new Float64Array(capabilities.length * this.regions);
    capabilities.forEach((capability, c) => {
      for (let r = 0; r < this.regions; r++) {
        const perSecond = spec.demand.loginsPerSecond * capability.share * fleet.regionWeight[r]!;
        this.loginsPerMs[c * this.regions + r] = perSecond / 1000;
      }
    });
    this.gone = new Uint8Array(fleet.instanceCount);
    this.hurt = new Uint8Array(fleet.instanceCount);
    this.stopped = new Uint8Array(fleet.instanceCount);
    this.restored = capabilities.map(() => new CurveBuilder());
    this.verified = capabilities.map(() => new CurveBuilder());
    this.published = capabilities.map(() => new CurveBuilder());
    this.firstDown = new Float64Array(capabilities.length);
    this.restoredAt = new Float64Array(capabilities.length);
    this.impairedNow = new Int32Array(capabilities.length);
    this.groupFirst = new Float64Array(fleet.groupNames.length);
    this.groupLast = new Float64Array(fleet.groupNames.length);
    this.reset();
  }

  reset(): void {
    const { levels } = this;
    levels.success.fill(1);
    levels.served.fill(1);
    levels.sinceMs.fill(0);
    levels.downSinceMs.fill(Number.NaN);
    levels.downMs.fill(0);
    levels.longestMs.fill(0);
    levels.was.fill(0);
    levels.unserved.fill(0);
    this.gone.fill(0);
    this.hurt.fill(0);
    this.stopped.fill(0);
    this.removedInstances = 0;
    this.dataLost = 0;
    this.removedServices.clear();
    this.byCause.clear();
    for (const builder of [...this.restored, ...this.verified, ...this.published]) builder.clear();
    for (const list of [this.firstDown, this.restoredAt, this.groupFirst, this.groupLast])
      list.fill(Number.NaN);
    this.impairedNow.fill(0);
    this.impairedAll = 0;
    this.startedAtMs = Number.NaN;
    this.endedAtMs = Number.NaN;
    this.disturbedMs = 0;
    this.phases = new Map();
    this.publishedAtMs = null;
    this.stuck = [];
    this.relapses = 0;
    this.sawManagerUp = false;
  }

  instance(
    _id: number,
    _t: number,
    kind: number,
    instance: number,
    _because: number,
    detail: number,
    extra: number,
  ): void {
    if (kind === kindOf.removed) {
      if (this.gone[instance] === 0) {
        this.gone[instance] = 1;
        this.removedInstances++;
        this.removedServices.add(this.fleet.serviceOf[instance]!);
        this.byCause.set(detail, (this.byCause.get(detail) ?? 0) + 1);
      } else if (this.sawManagerUp) {
        this.relapses++;
        this.sawManagerUp = false;
      }
      this.dataLost += extra & 1;
    } else if (kind === kindOf.stopped) {
      this.stopped[instance] = 1;
    } else if (kind === kindOf.down && detail === downReasonOf.dependency) {
      this.hurt[instance] = 1;
    }
  }

  quality(_id: number, t: number, capability: number, region: number, success: number, served: number): void {
    const at = capability * this.regions + region;
    const { levels } = this;
    this.account(at, t);
    const was = levels.success[at]!;
    levels.success[at] = success;
    levels.served[at] = served;
    if (success === 0 && was > 0) this.goesDown(capability, at, t);
    else if (success > 0 && was === 0) this.comesUp(at, t);
    const impaired = success < impairedBelow;
    if (impaired !== was < impairedBelow) this.turns(capability, region, at, t, impaired);
  }

  /** Logins that failed since the last change. */
  private account(at: number, t: number): void {
    const { levels } = this;
    const lostShare = 1 - levels.served[at]!;
    if (lostShare > 0) levels.unserved[at]! += lostShare * this.loginsPerMs[at]! * (t - levels.sinceMs[at]!);
    levels.sinceMs[at] = t;
  }

  private goesDown(capability: number, at: number, t: number): void {
    this.levels.downSinceMs[at] = t;
    this.levels.was[at]! |= 1;
    if (Number.isNaN(this.firstDown[capability]!)) this.firstDown[capability] = t;
  }

  private comesUp(at: number, t: number): void {
    const { levels } = this;
    const lasted = t - levels.downSinceMs[at]!;
    levels.downMs[at]! += lasted;
    if (lasted > levels.longestMs[at]!) levels.longestMs[at] = lasted;
    levels.downSinceMs[at] = Number.NaN;
  }

  private turns(capability: number, region: number, at: number, t: number, impaired: boolean): void {
    const group = this.fleet.groupOfRegion[region]!;
    if (impaired) {
      if (Number.isNaN(this.startedAtMs)) this.startedAtMs = t;
      if ((this.levels.was[at]! & 2) !== 0) this.restored[capability]!.change(t, -1);
      this.levels.was[at]! |= 2;
      this.impairedNow[capability]!++;
      if (this.impairedAll++ === 0) this.disturbedSince = t;
      return;
    }
    this.restored[capability]!.change(t, 1);
    if (--this.impairedNow[capability]! === 0) this.restoredAt[capability] = t;
    if (--this.impairedAll === 0) {
      this.endedAtMs = t;
      this.disturbedMs += t - this.disturbedSince;
    }
    if (Number.isNaN(this.groupFirst[group]!)) this.groupFirst[group] = t;
    this.groupLast[group] = t;
  }

  event(event: TraceEvent): void {
    switch (event.e) {
      case "phase":
        if (!this.phases.has(event.phase)) this.phases.set(event.phase, event.t);
        if (event.phase === "manager-up") this.sawManagerUp = true;
        return;
      case "verified":
        this.builder(this.verified, event.capability)?.change(event.t, event.regions.length);
        return;
      case "published":
        this.builder(this.published, event.capability)?.change(event.t, event.regions.length);
        this.publishedAtMs = event.t;
        return;
      case "stuck":
        this.stuck = event.missing;
        return;
      case "end":
        this.end = { verdict: event.verdict, atMs: event.t, events: event.events };
    }
  }

  private builder(list: readonly CurveBuilder[], capability: Name): CurveBuilder | undefined {
    return list[this.fleet.spec.capabilities.findIndex((item) => item.name === capability)];
  }

  /** To be called once, after the event `end`. */
  result(): Measures {
    const { atMs } = this.end;
    for (let at = 0; at < this.levels.success.length; at++) this.account(at, atMs);
    const capabilities = this.fleet.spec.capabilities.map((_, c) => this.capability(c, atMs));
    const byCause: Partial<Record<Cause, number>> = {};
    causes.forEach((cause, index) => {
      const count = this.byCause.get(index);
      if (count !== undefined) byCause[cause] = count;
    });
    const names = (set: ReadonlySet<number>): Name[] =>
      [...set].sort((a, b) => a - b).map((s) => this.fleet.serviceNames[s]!);
    const removed = names(this.removedServices);
    const open = this.impairedAll > 0;
    const disturbed = this.disturbedMs + (open ? atMs - this.disturbedSince : 0);
    return {
      removed: {
        instances: this.removedInstances,
        services: removed,
        managers: this.spec.managers
          .filter((m) => m.service !== null && removed.includes(m.service))
          .map((m) => m.name),
        causes: byCause,
        dataLost: this.dataLost,
      },
      hurt: this.merelyHurt(names),
      outage: {
        startedAtMs: orNull(this.startedAtMs),
        endedAtMs: open ? null : orNull(this.endedAtMs),
        capabilities,
        unservedLogins: round(capabilities.reduce((sum, item) => sum + item.unservedLogins, 0)),
        usersAskedToLogIn: Math.min(1, disturbed / this.spec.demand.sessionLifetimeMs),
      },
      recovery: this.recovery(open),
      end: this.end.verdict,
      endedAtMs: atMs,
      events: this.end.events,
    };
  }

  /** Fell through their dependencies alone: nobody removed or stopped them. */
  private merelyHurt(names: (set: ReadonlySet<number>) => Name[]): Measures["hurt"] {
    const services = new Set<number>();
    let instances = 0;
    for (let i = 0; i < this.hurt.length; i++) {
      if (this.hurt[i] === 0 || this.gone[i] === 1 || this.stopped[i] === 1) continue;
      instances++;
      services.add(this.fleet.serviceOf[i]!);
    }
    return { instances, services: names(services) };
  }

  private capability(c: number, endMs: number): CapabilityMeasures {
    const { levels, fleet } = this;
    let regionsDown = 0;
    let regionsDegraded = 0;
    let downMs = 0;
    let longestMs = 0;
    let unserved = 0;
    const byGroup = new Float64Array(fleet.groupNames.length);
    for (let r = 0; r < this.regions; r++) {
      const at = c * this.regions + r;
      if ((levels.was[at]! & 1) !== 0) regionsDown++;
      if (levels.was[at] !== 0) regionsDegraded++;
      const openMs = Number.isNaN(levels.downSinceMs[at]!) ? 0 : endMs - levels.downSinceMs[at]!;
      downMs += levels.downMs[at]! + openMs;
      longestMs = Math.max(longestMs, levels.longestMs[at]!, openMs);
      unserved += levels.unserved[at]!;
      byGroup[fleet.groupOfRegion[r]!]! += levels.unserved[at]!;
    }
    return {
      name: fleet.spec.capabilities[c]!.name,
      regionsDown,
      regionsDegraded,
      firstDownAtMs: orNull(this.firstDown[c]!),
      downtimeMinutes: round(downMs / 60_000),
      longestDownMinutes: round(longestMs / 60_000),
      unservedLogins: round(unserved),
      unservedByGroup: fleet.groupNames.map((group, g) => ({ group, logins: round(byGroup[g]!) })),
    };
  }

  private recovery(open: boolean): Measures["recovery"] {
    const { capabilities } = this.fleet.spec;
    const byCapability = capabilities.map((capability, c): CapabilityRecovery => {
      const restored = this.restored[c]!.curve();
      return {
        name: capability.name,
        firstRestoredAtMs: restored[0]?.[0] ?? null,
        allRestoredAtMs: this.impairedNow[c]! > 0 ? null : orNull(this.restoredAt[c]!),
        restored,
        verified: this.verified[c]!.curve(),
        published: this.published[c]!.curve(),
      };
    });
    const firsts = byCapability.flatMap((item) =>
      item.firstRestoredAtMs === null ? [] : [item.firstRestoredAtMs],
    );
    const phases: Partial<Record<keyof Measures["recovery"], number>> = {};
    for (const [phase, key] of Object.entries(phaseKeys)) {
      const atMs = this.phases.get(phase as Phase);
      if (atMs !== undefined) phases[key] = atMs;
    }
    return {
      alertAtMs: null,
      detectedAtMs: null,
      acknowledgedAtMs: null,
      diagnosedAtMs: null,
      decidedAtMs: null,
      configurationRepairedAtMs: null,
      managerUpAtMs: null,
      ...phases,
      firstRestoredAtMs: firsts.length === 0 ? null : Math.min(...firsts),
      allRestoredAtMs: open ? null : orNull(this.endedAtMs),
      publishedAtMs: this.publishedAtMs,
      byCapability,
      byRegionGroup: this.fleet.groupNames.map((name, g) => ({
        name,
        firstRestoredAtMs: orNull(this.groupFirst[g]!),
        allRestoredAtMs: orNull(this.groupLast[g]!),
      })),
      stuck: this.stuck,
      relapses: this.relapses,
    };
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Two decimals: figures for people, the same on every engine. */
const round = (value: number): number => Math.round(value * 100) / 100;
