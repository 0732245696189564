/** The managers at work: wakes each process when something it cares about changed, and lets it read, look and step. */
import type { Name } from "../models/fleet/spec.js";
import type { Doc, Observation, Reading, Step, Turn } from "../models/managers/contract.js";
import type { Run, RunChange, Script, SkewSpec } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { Approvals } from "./approvals.js";
import type { Configuration } from "./configuration.js";
import type { DeployWork } from "./deploy-work.js";
import { errorsOf } from "./errors-read.js";
import { Execution } from "./execution.js";
import { Leases } from "./leases.js";
import type { ManagerHost } from "./manager-host.js";
import { withListFault } from "./observe.js";
import { Rollouts } from "./rollouts.js";
import type { Emitter } from "./sink.js";
import { phase, type World } from "./world.js";

export class Managers {
  /** The processes at work: one a cell, and the second one of a cell whose first has lost its lease. */
  readonly hosts: readonly ManagerHost[];
  private readonly leases: Leases;
  readonly execution: Execution;
  readonly rollouts: Rollouts;
  /** By service: the processes that see instances of it. */
  private readonly seers: readonly (readonly ManagerHost[])[];
  private readonly onStep: number;
  private readonly onWake: number;
  private readonly onSnapshot: number;
  private readonly onSkew: number;
  aliveChanged: (manager: Name, alive: boolean) => void = () => {};
  private skews: readonly SkewSpec[] = [];
  private readonly healthWatchers: readonly ManagerHost[];
  /** Manager index by service; a migration changes it. */
  readonly ownerOf: Int32Array;

  constructor(
    private readonly run: Run,
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly emitter: Emitter,
    private readonly configuration: Configuration,
    approvals: Approvals,
    deploys: DeployWork,
  ) {
    this.leases = new Leases(run, world);
    this.hosts = this.leases.hosts;
    this.healthWatchers = this.hosts.filter((host) => host.owner.manager.watchesHealth === true);
    this.seers = run.fleet.services.map((_, service) =>
      this.hosts.filter((host) => host.observer.instancesOf(service).length > 0),
    );
    this.rollouts = new Rollouts(run, kernel, configuration);
    this.execution = new Execution(
      run,
      this.hosts,
      world,
      kernel,
      emitter,
      configuration,
      approvals,
      deploys,
      this.rollouts,
    );
    this.rollouts.isIdle = (manager) => this.execution.executors[manager]!.idle;
    this.rollouts.opened = (manager) => this.pokeManager(manager, "wake");
    this.execution.poke = (host, why) => this.poke(host, why);
    this.execution.wakeAt = (host, atMs) => this.wakeBy(host, atMs);
    this.ownerOf = run.managerOfService.slice();
    this.onStep = kernel.register((host) => this.step(this.leases.at(host)));
    this.onWake = kernel.register((host) => this.wake(this.leases.at(host)));
    this.onSnapshot = kernel.register((host) => this.snapshot(this.leases.at(host)));
    this.onSkew = kernel.register((index) => this.skew(index));
  }

  reset(script: Script): void {
    this.leases.reset();
    this.skews = script.skews;
    this.execution.reset(script.bypassed);
    this.rollouts.reset(script.bypassed);
    this.ownerOf.set(this.run.managerOfService);
  }

  /** Every manager has looked once before the first change: what was configured is what runs. */
  start(): void {
    for (const host of this.hosts) {
      host.because("boot");
      if (host.owner.policy.observationDelayMs > 0) this.snapshot(host);
      this.step(host);
      host.lastStepMs = Number.NEGATIVE_INFINITY;
    }
    this.skews.forEach((skew, index) => {
      this.kernel.schedule(skew.atMs, priority.signals, this.onSkew, index);
    });
  }

  isAlive(manager: number): boolean {
    return this.hosts.some((host) => host.owner.index === manager && host.alive);
  }

  /** A manager that deploys missing services again by itself, and is there to do it. */
  repairsByItself(manager: number): boolean {
    const { policy } = this.run.managers[manager]!;
    if (policy.drift !== "redeploy" || policy.trigger === "edge") return false;
    return this.hosts.some((host) => host.owner.index === manager && host.alive && !host.paused);
  }

  // ---- being told ----------------------------------------------------------------------------------------------

  /** New documents are there. Only a notification that gets through wakes an edge or level manager. */
  configurationChanged(change: RunChange | null): void {
    if (change?.delivery === true) this.execution.permit(change.documents);
    else if (change !== null) this.execution.declare(change);
    this.rollouts.begin();
    for (const host of this.hosts) {
      // Nobody watches what runs outside of the fleet: whoever brings the next version starts it again.
      if (host.ended && host.instance < 0) this.setAlive(host, true);
      this.poke(host, "edit");
    }
  }

  phaseChanged(instance: number, running: boolean): void {
    const service = this.run.fleet.serviceOf[instance]!;
    for (const host of this.leases.withSeconds(this.seers[service]!, service)) {
      if (host.owner.policy.observationDelayMs > 0) this.keepSnapshot(host);
      if (host.alive && host.cares(service, running)) this.poke(host, "observed");
    }
  }

  /** Looks after manager processes whose own instance, or whose machine, came or went. */
  servingChanged(instance: number): void {
    const { fleet, runsManager } = this.run;
    for (const host of this.healthWatchers) {
      if (host.observer.instancesOf(fleet.serviceOf[instance]!).includes(instance))
        this.poke(host, "observed");
    }
    if (runsManager[fleet.serviceOf[instance]!]! < 0) return;
    for (const host of this.hosts) {
      if (host.instance === instance) this.setAlive(host, this.world.serving[instance] === 1);
    }
  }

  setAlive(host: ManagerHost, alive: boolean): void {
    if (host.alive === alive) return;
    host.alive = alive;
    host.ended = false;
    if (this.leases.isSecond(host)) {
      if (!alive) this.cancelStep(host);
      return;
    }
    const cause = host.instance >= 0 ? this.world.lastEvent[host.instance]! : -1;
    this.emitter.event(
      { e: "manager", manager: host.name, cell: host.cell.name, state: alive ? "boot" : "down" },
      [cause],
    );
    if (alive) {
      this.poke(host, "boot");
      this.aliveChanged(host.name, true);
      return;
    }
    this.aliveChanged(host.name, false);
    const removed = host.instance >= 0 && this.world.phase[host.instance] === phase.absent;
    host.loseProcess(removed && !this.keepsStore(host));
    this.cancelStep(host);
  }

  /** A process that ends itself takes its instance with it; one that is wedged goes on as if nothing were. */
  private end(host: ManagerHost, { as, because }: NonNullable<Step["ends"]>): void {
    const state = as === "exited" ? ("down" as const) : ("wedged" as const);
    const event = this.emitter.event(
      { e: "manager", manager: host.name, cell: host.cell.name, state, text: because.text },
      [host.readEvent >= 0 ? host.readEvent : this.configuration.event],
    );
    this.cancelStep(host);
    host.ended = true;
    if (as === "wedged") return;
    host.alive = false;
    host.memory = host.owner.manager.boot(host.memory.durable);
    this.aliveChanged(host.name, false);
    if (host.instance >= 0 && this.world.phase[host.instance] === phase.running) {
      this.world.crash(host.instance, event);
    }
  }

  /** The store of a manager outlives its removal only where the service's state is retained. */
  private keepsStore(host: ManagerHost): boolean {
    const { fleet } = this.run;
    const service = fleet.services[fleet.serviceOf[host.instance]!];
    return service?.state?.onRemove === "retain";
  }

  setPaused(paused: boolean, because: number): void {
    for (const host of this.hosts) {
      if (host.paused === paused) continue;
      host.paused = paused;
      if (this.leases.isSecond(host)) continue;
      const state = paused ? ("paused" as const) : ("resumed" as const);
      this.emitter.event({ e: "manager", manager: host.name, cell: host.cell.name, state }, [because]);
      if (!paused && host.alive) this.poke(host, "edit");
    }
  }

  /** Another instance becomes active beside one that lost its lease and does not know it. */
  replaceLeader(host: ManagerHost): void {
    const second = this.leases.begin(host);
    if (second !== null) this.poke(second, "boot");
  }

  /** It learns that it was replaced, and takes over what the other one wrote down. */
  endReplacement(host: ManagerHost): void {
    const second = this.leases.end(host);
    if (second !== null) this.cancelStep(second);
  }

  // ---- scheduling ----------------------------------------------------------------------------------------------

  /** At most one step a reconcile period; reasons that come meanwhile are taken together. */
  poke(host: ManagerHost, why: Turn["why"]): void {
    if (!host.alive || host.ended) return;
    if (why !== "wake" && why !== "resync") host.settledAt = null;
    host.because(why);
    const { policy } = host.owner;
    const delay = why === "observed" ? policy.observationDelayMs : 0;
    const due = Math.max(this.kernel.now + delay, host.lastStepMs + policy.reconcileMs);
    if (due >= host.stepDueMs) return;
    if (host.stepHandle !== null) this.kernel.cancel(host.stepHandle);
    host.stepDueMs = due;
    host.stepHandle = this.kernel.schedule(due, priority.managers, this.onStep, host.index);
  }

  pokeManager(manager: number, why: Turn["why"]): void {
    for (const host of this.hosts) if (host.owner.index === manager) this.poke(host, why);
  }

  private cancelStep(host: ManagerHost): void {
    if (host.stepHandle !== null) this.kernel.cancel(host.stepHandle);
    if (host.wakeHandle !== null) this.kernel.cancel(host.wakeHandle);
    host.stepHandle = null;
    host.wakeHandle = null;
    host.stepDueMs = Number.POSITIVE_INFINITY;
    host.why = null;
  }

  private wake(host: ManagerHost): void {
    host.wakeHandle = null;
    if (this.stillSettled(host)) return;
    this.poke(host, host.owner.policy.trigger === "levelResync" ? "resync" : "wake");
  }

  /** Wakes it at the latest then; what it asked for itself may come first. */
  private wakeBy(host: ManagerHost, atMs: number): void {
    if (host.wakeHandle === null || atMs < host.wakeDueMs) this.scheduleWake(host, atMs);
  }

  private scheduleWake(host: ManagerHost, atMs: number | null): void {
    if (host.wakeHandle !== null) this.kernel.cancel(host.wakeHandle);
    host.wakeHandle = null;
    if (atMs === null) return;
    const due = Math.max(atMs, this.kernel.now + 1);
    host.wakeDueMs = due;
    host.wakeHandle = this.kernel.schedule(due, priority.managers, this.onWake, host.index);
  }

  // ---- one step ------------------------------------------------------------------------------------------------

  private step(host: ManagerHost): void {
    host.stepHandle = null;
    host.stepDueMs = Number.POSITIVE_INFINITY;
    const why = host.why ?? "wake";
    host.why = null;
    if (!host.alive || host.paused) return;
    host.lastStepMs = this.kernel.now;
    if (why === "wake" && this.stillSettled(host)) return;
    const reading = this.read(host);
    const aheadMs = this.skewOf(host);
    const turn: Turn = {
      nowMs: this.kernel.now + aheadMs,
      why,
      reading,
      seen: this.observe(host),
      results: host.results,
      lease: { held: !host.deposed, epoch: host.epoch },
      self: host.owner.selves[host.cellIndex]!,
    };
    host.results = [];
    const step = host.owner.manager.step(host.memory, turn);
    host.memory = step.memory;
    if (step.ends !== undefined) {
      this.end(host, step.ends);
      return;
    }
    host.setWatch(step.watch);
    this.scheduleWake(host, step.wakeAtMs === null ? null : step.wakeAtMs - aheadMs);
    // What a wrong list of the world led to says nothing about the next one.
    const sound = host.listFault === "none" && host.documents !== null;
    const wakes = step.settled === true && step.wakeAtMs !== null && sound;
    host.settledAt = wakes
      ? {
          // What it watches wakes it (and unsettles it); without a list every change might matter.
          revision: step.watch === undefined ? host.observer.revision() : null,
          documents: host.documents!,
          // A resync of zero, as a mistake in a stored policy asks for, gives no more steps than one a reconcile period.
          everyMs: Math.max(1, host.owner.policy.reconcileMs, step.wakeAtMs! - turn.nowMs),
        }
      : null;
    this.execution.carryOut(host, turn, step);
  }

  /** A look at what has not changed: the step would say the same again, so only the next look is scheduled. */
  private stillSettled(host: ManagerHost): boolean {
    const { settledAt } = host;
    if (settledAt === null || host.results.length > 0) return false;
    if (settledAt.revision !== null && settledAt.revision !== host.observer.revision()) return false;
    if (settledAt.documents !== this.fetch(host)) return false;
    this.scheduleWake(host, this.kernel.now + settledAt.everyMs);
    return true;
  }

  private fetch(host: ManagerHost): readonly Doc[] {
    if (host.held !== null) return host.held;
    const reachable = host.owner.spec.reads.every((name) => this.sourceServes(host, name));
    return this.configuration.fetch(host.name, host.cell.name, reachable);
  }

  /** A clock that jumps fires the timers that it has passed. */
  private skew(index: number): void {
    const { of } = this.skews[index]!;
    for (const host of this.hosts) if (host.name === of) this.poke(host, "wake");
  }

  /** How far the clock of this process is ahead now, in ms. */
  private skewOf(host: ManagerHost): number {
    let aheadMs = 0;
    for (const skew of this.skews)
      if (skew.of === host.name && skew.atMs <= this.kernel.now) aheadMs += skew.byMs;
    return aheadMs;
  }

  private read(host: ManagerHost): Reading {
    const documents = this.fetch(host);
    if (documents === host.documents && host.reading !== null) return host.reading;
    host.documents = documents;
    const reading = host.owner.manager.read(documents, host.owner.selves[host.cellIndex]!);
    if (reading === host.reading) return reading;
    const first = host.reading === null;
    host.reading = reading;
    host.readGuards(reading);
    if (first && this.kernel.now === 0) this.takeOver(host, reading);
    const errors = errorsOf(reading, host.guards.errors);
    const stored = host.owner.spec.guards.stored === "in-configuration";
    if (!first || errors.length > 0 || stored) {
      host.readEvent = this.emitter.event(
        {
          e: "read",
          manager: host.name,
          cell: host.cell.name,
          version: reading.version,
          whole: reading.whole,
          errors,
          ...host.guardsRead(),
        },
        [this.configuration.event, ...this.execution.faultEvents(host.name)],
      );
    }
    return reading;
  }

  private sourceServes(host: ManagerHost, source: Name): boolean {
    const { fleet } = this.run;
    const service = fleet.serviceIndex.get(source);
    if (service === undefined) return true;
    const near = host.observer.instancesOf(service);
    if (near.length > 0) return near.some((instance) => this.world.serving[instance] === 1);
    for (let i = fleet.firstInstance[service]!; i < fleet.firstInstance[service + 1]!; i++) {
      if (this.world.serving[i] === 1) return true;
    }
    return false;
  }

  /** At the start of time what runs was deployed from the first configuration. */
  private takeOver(host: ManagerHost, reading: Reading): void {
    for (const [name, entry] of Object.entries(reading.entries)) {
      const service = this.run.fleet.serviceIndex.get(name);
      if (entry.is === "present" && service !== undefined)
        this.execution.revisionsOf(host).set(service, entry.spec.revision);
    }
  }

  private observe(host: ManagerHost): Observation {
    const now = this.kernel.now;
    if (host.frozen !== null) return host.frozen;
    const { observationDelayMs } = host.owner.policy;
    let seen = this.lookNow(host);
    if (observationDelayMs > 0) {
      const { snapshots } = host;
      while (snapshots.length > 1 && snapshots[1]!.atMs <= now - observationDelayMs) snapshots.shift();
      const first = snapshots[0];
      // What was seen then was still true until this long ago: an old picture of what never changed is not stale.
      if (first !== undefined) seen = { ...first.seen, atMs: Math.max(first.atMs, now - observationDelayMs) };
    }
    return host.listFault === "none" ? seen : withListFault(seen, host.listFault);
  }

  lookNow(host: ManagerHost): Observation {
    return host.observer.observe(
      this.kernel.now,
      this.execution.objects[host.owner.index]!,
      this.execution.revisionsOf(host),
    );
  }

  /** A manager that sees late sees every state late, whether it was woken for it or not. */
  private keepSnapshot(host: ManagerHost): void {
    this.kernel.scheduleIn(0, priority.signals, this.onSnapshot, host.index);
  }

  private snapshot(host: ManagerHost): void {
    const last = host.snapshots.at(-1);
    if (last?.atMs === this.kernel.now) host.snapshots.pop();
    host.snapshots.push({ atMs: this.kernel.now, seen: this.lookNow(host) });
  }
}
