/** The managers at work: wakes each process when something it cares about changed, and lets it read, look and step. */
import type { Name } from "../models/fleet/spec.js";
import type { Doc, Observation, Reading, Turn } from "../models/managers/contract.js";
import type { Run, RunChange } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { Approvals } from "./approvals.js";
import type { Configuration } from "./configuration.js";
import type { DeployWork } from "./deploy-work.js";
import { Execution } from "./execution.js";
import { ManagerHost } from "./manager-host.js";
import { withListFault } from "./observe.js";
import { Rollouts } from "./rollouts.js";
import type { Emitter } from "./sink.js";
import { phase, type World } from "./world.js";

export class Managers {
  readonly hosts: readonly ManagerHost[];
  readonly execution: Execution;
  readonly rollouts: Rollouts;
  /** By service: the processes that see instances of it. */
  private readonly seers: readonly (readonly ManagerHost[])[];
  private readonly onStep: number;
  private readonly onWake: number;
  private readonly onSnapshot: number;
  aliveChanged: (manager: Name, alive: boolean) => void = () => {};
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
    this.hosts = run.managers
      .flatMap((owner) => owner.cells.map((cell, cellIndex) => ({ owner, cell, cellIndex })))
      .map(({ owner, cell, cellIndex }, index) => new ManagerHost(index, run, owner, cell, cellIndex, world));
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
    this.onStep = kernel.register((host) => this.step(this.hosts[host]!));
    this.onWake = kernel.register((host) => this.wake(this.hosts[host]!));
    this.onSnapshot = kernel.register((host) => this.snapshot(this.hosts[host]!));
  }

  reset(): void {
    for (const host of this.hosts) host.reset();
    this.execution.reset();
    this.rollouts.reset();
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
    if (change !== null) this.execution.declare(change);
    this.rollouts.begin();
    for (const host of this.hosts) this.poke(host, "edit");
  }

  phaseChanged(instance: number, running: boolean): void {
    const service = this.run.fleet.serviceOf[instance]!;
    for (const host of this.seers[service]!) {
      if (host.owner.policy.observationDelayMs > 0) this.keepSnapshot(host);
      if (host.alive && host.cares(service, running)) this.poke(host, "observed");
    }
  }

  /** Looks after manager processes whose own instance, or whose machine, came or went. */
  servingChanged(instance: number): void {
    const { fleet, runsManager } = this.run;
    if (runsManager[fleet.serviceOf[instance]!]! < 0) return;
    for (const host of this.hosts) {
      if (host.instance === instance) this.setAlive(host, this.world.serving[instance] === 1);
    }
  }

  setAlive(host: ManagerHost, alive: boolean): void {
    if (host.alive === alive) return;
    host.alive = alive;
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
      const state = paused ? ("paused" as const) : ("resumed" as const);
      this.emitter.event({ e: "manager", manager: host.name, cell: host.cell.name, state }, [because]);
      if (!paused && host.alive) this.poke(host, "edit");
    }
  }

  // ---- scheduling ----------------------------------------------------------------------------------------------

  /** At most one step a reconcile period; reasons that come meanwhile are taken together. */
  poke(host: ManagerHost, why: Turn["why"]): void {
    if (!host.alive) return;
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
    const turn: Turn = {
      nowMs: this.kernel.now,
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
    host.setWatch(step.watch);
    this.scheduleWake(host, step.wakeAtMs);
    const wakes = step.settled === true && step.wakeAtMs !== null && host.documents !== null;
    host.settledAt = wakes
      ? {
          // What it watches wakes it (and unsettles it); without a list every change might matter.
          revision: step.watch === undefined ? host.observer.revision() : null,
          documents: host.documents!,
          everyMs: step.wakeAtMs! - this.kernel.now,
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
    const reachable = host.owner.spec.reads.every((name) => this.sourceServes(host, name));
    return this.configuration.fetch(host.name, reachable);
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
    if (first && this.kernel.now === 0) this.takeOver(reading);
    const errors = errorsOf(reading, host.guards.errors);
    if (!first || errors.length > 0) {
      host.readEvent = this.emitter.event(
        {
          e: "read",
          manager: host.name,
          cell: host.cell.name,
          version: reading.version,
          whole: reading.whole,
          errors,
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
  private takeOver(reading: Reading): void {
    for (const [name, entry] of Object.entries(reading.entries)) {
      const service = this.run.fleet.serviceIndex.get(name);
      if (entry.is === "present" && service !== undefined)
        this.execution.revisions.set(service, entry.spec.revision);
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
      this.execution.revisions,
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

function errorsOf(reading: Reading, stored: readonly string[]): { entry: Name; error: string }[] {
  const errors = stored.map((error) => ({ entry: "(own entry)", error }));
  if (reading.own.is === "unknown") errors.push({ entry: "(own entry)", error: reading.own.error.message });
  for (const [name, entry] of Object.entries(reading.entries)) {
    if (entry.is === "unknown" && !(reading.own.is === "unknown" && entry.error === reading.own.error)) {
      errors.push({ entry: name, error: entry.error.message });
    }
  }
  return errors;
}
