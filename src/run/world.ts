/**
 * The truth: what exists, what runs, what serves. Typed arrays over instances; health spreads by counters over the
 * requirements whose members changed, never by looking at the whole fleet.
 */
import { nameKey, pairKey } from "../base/keyed-random.js";
import type { WarmUpSpec } from "../models/fleet/spec.js";
import type { Run } from "../scenario/run.js";
import type { EventHandle, Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import { downReasonOf, kindOf } from "../trace/instance-sink.js";
import { levelFull, QualityTracker } from "./quality-tracker.js";
import type { Emitter } from "./sink.js";

export const phase = { absent: 0, deploying: 1, running: 2, stopped: 3, crashed: 4 } as const;

/** Warming up takes equal steps, one for each level between down and full. */
export const warmStepMs = (warmUp: WarmUpSpec): number =>
  Math.max(1, Math.round(warmUp.forMs / (levelFull - 1)));

/** Who wants to know about changes of the world; called while the change is being made, so they only take note. */
export interface WorldListener {
  /** An instance began or ceased to exist as running. */
  phaseChanged(instance: number, running: boolean): void;
  /** Everything an instance needs to start is there, or no longer. */
  startableChanged(instance: number, startable: boolean): void;
  servingChanged(instance: number, serving: boolean): void;
  qualityChanged(capability: number, region: number, success: number): void;
  /** Once per instant, after health has settled. */
  settled(): void;
}

export class World {
  readonly phase: Uint8Array;
  readonly serving: Uint8Array;
  /** Manager index on the label; -1: nobody's. */
  readonly label: Int16Array;
  /** How often an instance was started: the index of its deploy draw. */
  readonly starts: Int32Array;
  /** Set while an operation on the instance is under way or queued. */
  readonly busy: Uint8Array;
  /** Data was deleted with the instance and has to be restored. */
  readonly dataLost: Uint8Array;
  /** Requirements (hard and startup) that are not met now. */
  readonly unmetToStart: Int32Array;
  /** Event that last took the instance down or changed its phase: what later events follow from. */
  readonly lastEvent: Int32Array;
  readonly runningCount: Int32Array;
  /** Grows with every change of a service's instances; lets observers cache. */
  readonly serviceVersion: Int32Array;
  readonly keyHi: Uint32Array;
  readonly keyLo: Uint32Array;
  readonly quality: QualityTracker;
  listener: WorldListener | null = null;
  /** Works out what load makes of the health of this moment; null where no service has a capacity. */
  beforeQuality: (() => void) | null = null;
  /** Grows with every change of any instance, and of those of one region group. */
  revision = 0;
  readonly groupRevision: Int32Array;
  globalRevision = 0;
  deploying = 0;
  /** Any service's last instance went or first came: lists of live dependants are out of date. */
  aliveVersion = 0;

  private readonly missing: Int32Array;
  /** Steps of warming up: `levelFull` once it is over. */
  readonly level: Uint8Array;
  private readonly warmSince: Float64Array;
  private readonly have: Int32Array;
  private readonly graceHandle = new Map<number, EventHandle>();
  private readonly graceOver = new Set<number>();
  /** Instances to look at, with cause and missing need; kept between uses, only `queued` of them count. */
  private readonly queueInstance: number[] = [];
  private readonly queueCause: number[] = [];
  private readonly queueNeed: number[] = [];
  private queued = 0;
  private propagating = false;
  private flushDue = false;
  private lastCause = -1;
  /** Of the changes of quality that are being told. */
  private toldCause = -1;
  private readonly onGrace: number;
  private readonly onWarm: number;
  private readonly onFlush: number;
  private readonly initial: {
    have: Int32Array;
    missing: Int32Array;
    unmet: Int32Array;
    serving: Uint8Array;
  } | null = null;

  constructor(
    readonly run: Run,
    private readonly kernel: Kernel,
    private readonly emitter: Emitter,
  ) {
    const { fleet } = run;
    const n = fleet.instanceCount;
    this.phase = new Uint8Array(n);
    this.serving = new Uint8Array(n);
    this.label = new Int16Array(n);
    this.starts = new Int32Array(n);
    this.busy = new Uint8Array(n);
    this.dataLost = new Uint8Array(n);
    this.unmetToStart = new Int32Array(n);
    this.lastEvent = new Int32Array(n);
    this.missing = new Int32Array(n);
    this.level = new Uint8Array(n);
    this.warmSince = new Float64Array(n);
    this.have = new Int32Array(fleet.requirementCount);
    this.runningCount = new Int32Array(fleet.services.length);
    this.serviceVersion = new Int32Array(fleet.services.length);
    this.groupRevision = new Int32Array(fleet.groupNames.length);
    this.keyHi = new Uint32Array(n);
    this.keyLo = new Uint32Array(n);
    this.fillKeys();
    this.quality = new QualityTracker(fleet, this.serving, this.level);
    this.onGrace = kernel.register((requirement) => this.graceEnds(requirement));
    this.onWarm = kernel.register((instance) => this.warmer(instance));
    this.onFlush = kernel.register(() => this.flush());
    this.reset();
    this.initial = {
      have: this.have.slice(),
      missing: this.missing.slice(),
      unmet: this.unmetToStart.slice(),
      serving: this.serving.slice(),
    };
  }

  /** Keys of draws: by the names of service and place, never by index. */
  private fillKeys(): void {
    const { fleet } = this.run;
    const places = new Map<string, ReturnType<typeof nameKey>>();
    fleet.services.forEach((service, s) => {
      const serviceKey = nameKey(service.name);
      fleet.placesOf(s).forEach((place, index) => {
        let placeKey = places.get(place);
        if (placeKey === undefined) places.set(place, (placeKey = nameKey(place)));
        const key = pairKey(serviceKey, placeKey);
        const instance = fleet.firstInstance[s]! + index;
        this.keyHi[instance] = key.hi;
        this.keyLo[instance] = key.lo;
      });
    });
  }

  /** Everything runs, except services that a change adds later. Nothing is told. */
  reset(): void {
    const { fleet, absentAtStart, managerOfService } = this.run;
    this.phase.fill(phase.running);
    this.starts.fill(0);
    this.busy.fill(0);
    this.dataLost.fill(0);
    this.level.fill(levelFull);
    this.lastEvent.fill(-1);
    this.serviceVersion.fill(0);
    this.graceHandle.clear();
    this.graceOver.clear();
    this.queued = 0;
    this.flushDue = false;
    this.lastCause = -1;
    this.revision = 0;
    this.globalRevision = 0;
    this.groupRevision.fill(0);
    this.deploying = 0;
    this.aliveVersion = 0;
    this.quality.reset();
    for (let s = 0; s < fleet.services.length; s++) {
      const from = fleet.firstInstance[s]!;
      const to = fleet.firstInstance[s + 1]!;
      const absent = absentAtStart.has(s);
      this.label.fill(managerOfService[s]!, from, to);
      this.runningCount[s] = absent ? 0 : to - from;
      if (absent) {
        this.phase.fill(phase.absent, from, to);
      }
    }
    if (this.initial !== null) {
      this.have.set(this.initial.have);
      this.missing.set(this.initial.missing);
      this.unmetToStart.set(this.initial.unmet);
      this.serving.set(this.initial.serving);
    } else {
      this.settleInitially();
    }
    if (absentAtStart.size > 0) {
      for (let i = 0; i < fleet.instanceCount; i++) if (this.serving[i] === 0) this.quality.touch(i);
      this.quality.flush(() => {});
    }
  }

  /** Counters from scratch: all serve, then those that do not exist are taken away one by one, silently. */
  private settleInitially(): void {
    const { fleet } = this.run;
    this.serving.fill(1);
    for (let r = 0; r < fleet.requirementCount; r++) {
      this.have[r] = fleet.memberStart[r + 1]! - fleet.memberStart[r]!;
      if (fleet.memberStart[r + 1] === fleet.memberStart[r]) this.have[r] = 0;
    }
    for (let r = 0; r < fleet.requirementCount; r++) {
      const owner = fleet.requirementOwner[r]!;
      if (owner < 0) this.have[-owner - 1]!++;
    }
    const muted = this.emitter.muted;
    this.emitter.muted = true;
    for (let i = 0; i < fleet.instanceCount; i++) {
      if (this.phase[i] !== phase.running) this.enqueue(i, -1, -1);
    }
    this.propagate();
    this.emitter.muted = muted;
  }

  // ---- transitions -------------------------------------------------------------------------------------------------

  /** Takes an instance away. `cause` indexes `causes`; `by` is a manager index or -1. */
  remove(instance: number, because: number, cause: number, by: number): void {
    const service = this.run.fleet.services[this.run.fleet.serviceOf[instance]!]!;
    const lost = service.state !== null && service.state.onRemove === "delete";
    if (lost) this.dataLost[instance] = 1;
    const id = this.emitter.instance(kindOf.removed, instance, because, cause, (by + 1) * 2 + (lost ? 1 : 0));
    this.label[instance] = -1;
    this.enter(instance, phase.absent, id);
  }

  stop(instance: number, because: number, cause: number, by: number): void {
    const id = this.emitter.instance(kindOf.stopped, instance, because, cause, (by + 1) * 2);
    this.enter(instance, phase.stopped, id);
  }

  crash(instance: number, because: number): void {
    this.enter(instance, phase.crashed, this.emitter.instance(kindOf.crashed, instance, because, 0, 0));
  }

  beginDeploy(instance: number, because: number, by: number, hand: boolean): void {
    const id = this.emitter.instance(kindOf.deploying, instance, because, by, hand ? 1 : 0);
    this.starts[instance]!++;
    this.enter(instance, phase.deploying, id);
  }

  finishDeploy(instance: number, owner: number): void {
    this.label[instance] = owner;
    this.dataLost[instance] = 0;
    const id = this.emitter.instance(kindOf.running, instance, this.lastEvent[instance]!, 0, 0);
    this.enter(instance, phase.running, id);
    const { warmUp } = this.run.fleet.services[this.run.fleet.serviceOf[instance]!]!;
    if (warmUp !== null && warmUp.forMs > 0) {
      this.level[instance] = 1;
      this.warmSince[instance] = this.kernel.now;
      this.kernel.scheduleIn(warmStepMs(warmUp), priority.world, this.onWarm, instance);
    }
  }

  /** A crashed process that came back by itself. */
  revive(instance: number, because: number): void {
    this.enter(instance, phase.running, this.emitter.instance(kindOf.running, instance, because, 0, 0));
  }

  relabel(instance: number, manager: number): void {
    this.label[instance] = manager;
    this.touch(instance);
  }

  private enter(instance: number, next: number, event: number): void {
    const before = this.phase[instance]!;
    this.phase[instance] = next;
    this.lastEvent[instance] = event;
    const s = this.run.fleet.serviceOf[instance]!;
    if (before === phase.deploying) this.deploying--;
    if (next === phase.deploying) this.deploying++;
    const ran = before === phase.running;
    const runs = next === phase.running;
    if (ran !== runs) {
      this.runningCount[s]! += runs ? 1 : -1;
      if (this.runningCount[s] === (runs ? 1 : 0)) this.aliveVersion++;
      this.level[instance] = levelFull;
    }
    this.touch(instance);
    this.enqueue(instance, event, -1);
    this.propagate();
    if (ran !== runs) this.listener?.phaseChanged(instance, runs);
  }

  /** Somebody took an instance in hand, or let go of it: managers see it. */
  setBusy(instance: number, busy: 0 | 1): void {
    this.busy[instance] = busy;
    this.touch(instance);
  }

  private touch(instance: number): void {
    this.revision++;
    const group = this.run.fleet.groupOfInstance[instance]!;
    if (group < 0) this.globalRevision++;
    else this.groupRevision[group]!++;
    this.serviceVersion[this.run.fleet.serviceOf[instance]!]!++;
  }

  // ---- health ------------------------------------------------------------------------------------------------------

  private enqueue(instance: number, cause: number, need: number): void {
    const at = this.queued++;
    this.queueInstance[at] = instance;
    this.queueCause[at] = cause;
    this.queueNeed[at] = need;
  }

  /** Works off the instances whose health may have changed, first in first out: breadth first through the fleet. */
  private propagate(): void {
    if (this.propagating) return;
    this.propagating = true;
    for (let head = 0; head < this.queued; head++) {
      this.evaluate(this.queueInstance[head]!, this.queueCause[head]!, this.queueNeed[head]!);
    }
    this.queued = 0;
    this.propagating = false;
  }

  private evaluate(instance: number, cause: number, need: number): void {
    const serves = this.phase[instance] === phase.running && this.missing[instance] === 0 ? 1 : 0;
    if (serves === this.serving[instance]) return;
    this.serving[instance] = serves;
    const event =
      serves === 1
        ? this.emitter.instance(kindOf.up, instance, cause, 0, 0)
        : this.emitter.instance(kindOf.down, instance, cause, this.downReason(instance), need);
    this.lastEvent[instance] = event;
    this.qualityMayChange(instance);
    const { memberOfStart, memberOf } = this.run.fleet;
    for (let k = memberOfStart[instance]!; k < memberOfStart[instance + 1]!; k++) {
      this.memberChanged(memberOf[k]!, serves === 1 ? 1 : -1, event);
    }
    this.listener?.servingChanged(instance, serves === 1);
  }

  private downReason(instance: number): number {
    switch (this.phase[instance]) {
      case phase.absent:
        return downReasonOf.removed;
      case phase.stopped:
        return downReasonOf.stopped;
      case phase.crashed:
        return downReasonOf.crashed;
      case phase.deploying:
        return downReasonOf.updating;
      default:
        return downReasonOf.dependency;
    }
  }

  private memberChanged(requirement: number, delta: number, cause: number): void {
    const { threshold, requirementOwner, requirementKind, graceMs, requirementService } = this.run.fleet;
    const have = (this.have[requirement]! += delta);
    const lost = delta < 0 && have === threshold[requirement]! - 1;
    const gained = delta > 0 && have === threshold[requirement]!;
    if (!lost && !gained) return;
    const owner = requirementOwner[requirement]!;
    if (owner < 0) {
      this.memberChanged(-owner - 1, delta, cause);
      return;
    }
    this.unmetToStart[owner]! += lost ? 1 : -1;
    if (this.unmetToStart[owner] === (lost ? 1 : 0)) this.listener?.startableChanged(owner, gained);
    if (requirementKind[requirement] !== 0) return;
    const grace = graceMs[requirement]!;
    if (grace > 0) {
      this.graceChanged(requirement, lost, cause, grace);
      return;
    }
    this.missing[owner]! += lost ? 1 : -1;
    this.enqueue(owner, cause, lost ? requirementService[requirement]! : -1);
  }

  private graceChanged(requirement: number, lost: boolean, cause: number, graceMs: number): void {
    if (lost) {
      this.graceHandle.set(
        requirement,
        this.kernel.scheduleIn(graceMs, priority.health, this.onGrace, requirement),
      );
      return;
    }
    const handle = this.graceHandle.get(requirement);
    if (handle !== undefined) this.kernel.cancel(handle);
    this.graceHandle.delete(requirement);
    if (!this.graceOver.delete(requirement)) return;
    const owner = this.run.fleet.requirementOwner[requirement]!;
    this.missing[owner]!--;
    this.enqueue(owner, cause, -1);
  }

  private graceEnds(requirement: number): void {
    this.graceHandle.delete(requirement);
    this.graceOver.add(requirement);
    const { fleet } = this.run;
    const owner = fleet.requirementOwner[requirement]!;
    this.missing[owner]!++;
    const needed = fleet.members[fleet.memberStart[requirement]!]!;
    this.enqueue(owner, this.lastEvent[needed]!, fleet.requirementService[requirement]!);
    this.propagate();
  }

  // ---- quality -----------------------------------------------------------------------------------------------------

  private qualityMayChange(instance: number): void {
    this.quality.touch(instance);
    this.lastCause = this.lastEvent[instance]!;
    this.requestFlush();
  }

  private warmer(instance: number): void {
    const level = this.level[instance]!;
    const stepMs = warmStepMs(this.run.fleet.services[this.run.fleet.serviceOf[instance]!]!.warmUp!);
    // An event of an earlier life of the instance finds another start time and does nothing.
    const expected = this.kernel.now === this.warmSince[instance]! + level * stepMs;
    if (this.phase[instance] !== phase.running || level === 0 || level >= levelFull || !expected) return;
    this.level[instance] = level + 1;
    this.qualityMayChange(instance);
    if (level + 1 < levelFull) this.kernel.scheduleIn(stepMs, priority.world, this.onWarm, instance);
  }

  private requestFlush(): void {
    if (this.flushDue || this.emitter.muted) return;
    this.flushDue = true;
    this.kernel.scheduleIn(0, priority.health, this.onFlush, 0);
  }

  private flush(): void {
    this.flushDue = false;
    this.beforeQuality?.();
    this.tellQuality(this.lastCause);
  }

  /** Tells what has become of quality since the last time, and that it has. */
  tellQuality(cause: number): void {
    this.toldCause = cause;
    this.quality.flush(this.onQuality);
    this.listener?.settled();
  }

  private readonly onQuality = (capability: number, region: number, success: number, served: number) => {
    this.emitter.quality(capability, region, success, served, this.toldCause);
    this.listener?.qualityChanged(capability, region, success);
  };
}
