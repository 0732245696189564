/**
 * The managers at work: wakes each process when something it cares about changed, lets it read and step, runs the
 * guards over what it proposes, and hands what is admitted to the executor.
 */
import type { Name } from "../models/fleet/spec.js";
import type { GuardContext } from "../models/guards/guard.js";
import { isDestructive } from "../models/guards/guard.js";
import type { Action, Doc, Observation, Reading, Step, Ticket, Turn } from "../models/managers/contract.js";
import type { Run, RunChange } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import { priority } from "../sim/kernel.js";
import type { Approvals } from "./approvals.js";
import type { Configuration } from "./configuration.js";
import type { DeployWork } from "./deploy-work.js";
import { Executor } from "./executor.js";
import { type Judged, judgePlan } from "./judge-plan.js";
import { ManagerHost } from "./manager-host.js";
import { Rollout } from "./rollout.js";
import type { Emitter } from "./sink.js";
import { phase, type World } from "./world.js";

export class Managers {
  readonly hosts: readonly ManagerHost[];
  readonly executors: readonly Executor[];
  /** By service: the processes that see instances of it. */
  private readonly seers: readonly (readonly ManagerHost[])[];
  readonly rollouts: readonly Rollout[];
  /** Removals declared so far, by service name. */
  readonly tickets = new Map<Name, Ticket>();
  /** Revision that the instances of a service were deployed with, by service. */
  private readonly revisions = new Map<number, string>();
  private readonly intents: readonly Map<Name, number>[];
  private objects: readonly (readonly Name[])[];
  private readonly finalizing = new Map<string, number>();
  private readonly onStep: number;
  private readonly onWake: number;
  private readonly onSnapshot: number;
  private readonly onRolloutCheck: number;
  private readonly lastExecute = new Map<Name, number>();
  private change: RunChange | null = null;
  /** Regions in trouble now, by region group; rollouts that bake look at it. */
  groupInTrouble: (group: number) => boolean = () => false;
  rollBack: (manager: number) => void = () => {};
  aliveChanged: (manager: Name, alive: boolean) => void = () => {};
  /** Manager index by service; a migration changes it. */
  readonly ownerOf: Int32Array;

  constructor(
    private readonly run: Run,
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly emitter: Emitter,
    private readonly configuration: Configuration,
    private readonly approvals: Approvals,
    deploys: DeployWork,
  ) {
    this.hosts = run.managers
      .flatMap((owner) => owner.cells.map((cell, cellIndex) => ({ owner, cell, cellIndex })))
      .map(({ owner, cell, cellIndex }, index) => new ManagerHost(index, run, owner, cell, cellIndex, world));
    this.seers = run.fleet.services.map((_, service) =>
      this.hosts.filter((host) => host.observer.instancesOf(service).length > 0),
    );
    this.executors = run.managers.map(
      (owner) =>
        new Executor(owner.index, owner.policy.parallelism, owner.policy.removalMs, world, deploys, kernel),
    );
    this.ownerOf = run.managerOfService.slice();
    this.rollouts = run.managers.map((owner) => new Rollout(owner, run.fleet.groupNames.length));
    this.intents = run.managers.map(() => new Map());
    this.objects = this.initialObjects();
    this.onStep = kernel.register((host) => this.step(this.hosts[host]!));
    this.onWake = kernel.register((host) => this.wake(this.hosts[host]!));
    this.onSnapshot = kernel.register((host) => this.snapshot(this.hosts[host]!));
    this.onRolloutCheck = kernel.register((manager) => this.checkRollout(manager));
  }

  private initialObjects(): readonly (readonly Name[])[] {
    return this.run.managers.map((owner) =>
      this.run.spec.fleet.objects
        .filter((object) => object.manager === owner.spec.name)
        .map((object) => object.name),
    );
  }

  reset(): void {
    for (const host of this.hosts) host.reset();
    for (const executor of this.executors) executor.reset();
    for (const rollout of this.rollouts) rollout.reset();
    for (const intents of this.intents) intents.clear();
    this.ownerOf.set(this.run.managerOfService);
    this.tickets.clear();
    this.revisions.clear();
    this.finalizing.clear();
    this.lastExecute.clear();
    this.objects = this.initialObjects();
    this.change = null;
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
    if (change !== null) {
      this.change = change;
      for (const service of change.ticket.removes) this.tickets.set(service, change.ticket);
    }
    // A repair and a rollback are rolled out like any other version.
    for (const rollout of this.rollouts) {
      rollout.begin(this.configuration.version);
      if (!rollout.complete) this.scheduleRolloutCheck(rollout.manager.index);
    }
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
    const keeps = this.keepsStore(host);
    host.memory = host.owner.manager.boot(removed && !keeps ? null : host.memory.durable);
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

  private scheduleWake(host: ManagerHost, atMs: number | null): void {
    if (host.wakeHandle !== null) this.kernel.cancel(host.wakeHandle);
    host.wakeHandle = null;
    if (atMs === null) return;
    const due = Math.max(atMs, this.kernel.now + 1);
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
    this.carryOut(host, turn, step);
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
    if (first && this.kernel.now === 0) this.takeOver(reading);
    const errors = errorsOf(reading);
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
        [this.configuration.event, ...this.faultEvents(host.name)],
      );
    }
    return reading;
  }

  /** Trace events of faults that a manager meets now; set by the faults. */
  faultEvents: (manager: Name) => readonly number[] = () => [];

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
      if (entry.is === "present" && service !== undefined) this.revisions.set(service, entry.spec.revision);
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
      if (first !== undefined) seen = first.seen;
    }
    return host.listFault === "none" ? seen : faulty(seen, host.listFault);
  }

  lookNow(host: ManagerHost): Observation {
    return host.observer.observe(this.kernel.now, this.objects[host.owner.index]!, this.revisions);
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

  // ---- from proposal to execution ------------------------------------------------------------------------------

  private carryOut(host: ManagerHost, turn: Turn, step: Step): void {
    this.tellPlan(host, turn, step);
    if (step.propose.length === 0) return;
    const raw = step.propose.filter(isDestructive);
    const intents = this.intents[host.owner.index]!;
    for (const action of raw) {
      if (!intents.has(action.target.service)) intents.set(action.target.service, this.kernel.now);
    }
    const judged = judgePlan(step.propose, host.owner.guards, this.guardContext(host, turn, step, raw));
    for (const item of judged) this.settle(host, turn, step, item);
  }

  private guardContext(host: ManagerHost, turn: Turn, step: Step, raw: readonly Action[]): GuardContext {
    return {
      nowMs: this.kernel.now,
      self: turn.self,
      policy: step.policy,
      reading: turn.reading,
      seen: turn.seen,
      raw,
      tickets: this.tickets,
      change: this.change?.ticket ?? null,
      managerServices: this.run.managerServices,
      managerNeeds: this.run.managerNeeds,
      intents: this.intents[host.owner.index]!,
      approval: (key) => this.approvals.state(host.name, key),
    };
  }

  /** The plan as an event, once: a plan that only waits is not told again. */
  private tellPlan(host: ManagerHost, turn: Turn, step: Step): void {
    const key = [
      turn.reading.version,
      ...step.propose.map(
        (action) => `${action.do} ${action.target.service} ${action.cause} ${action.target.places.length}`,
      ),
      ...step.waitingOn.map((reason) => `${reason.code} ${reason.about}`),
    ].join("|");
    if (key === host.planKey) return;
    host.planKey = key;
    if (step.propose.length === 0 && step.waitingOn.length === 0) return;
    host.planEvent = this.emitter.event(
      {
        e: "plan",
        manager: host.name,
        cell: host.cell.name,
        why: turn.why,
        actions: step.propose,
        waitingOn: step.waitingOn,
      },
      [host.readEvent >= 0 ? host.readEvent : this.configuration.event, ...this.faultEvents(host.name)],
    );
  }

  private settle(host: ManagerHost, turn: Turn, step: Step, item: Judged): void {
    const { action } = item;
    const held = [...item.objections, ...this.finalizerObjection(host, turn, step, action)];
    if (held.length > 0) {
      for (const objection of held) this.object(host, action, objection.guard, objection.judgement);
      return;
    }
    if (step.policy.versioning === "leaseFencing" && action.basedOn.epoch < this.currentEpoch(host)) {
      const text = "an older epoch: another instance holds the lease";
      this.emitter.event(
        { e: "refused", manager: host.name, service: action.target.service, action: action.do, text },
        [host.planEvent],
      );
      return;
    }
    this.execute(host, turn, action);
  }

  private currentEpoch(host: ManagerHost): number {
    let epoch = host.epoch;
    for (const other of this.hosts)
      if (other.owner === host.owner && other.epoch > epoch) epoch = other.epoch;
    return host.deposed ? epoch + 1 : epoch;
  }

  private object(
    host: ManagerHost,
    action: Action,
    guard: string,
    judgement: Judged["objections"][number]["judgement"],
  ): void {
    const { service, places } = action.target;
    if (judgement.verdict === "hold") {
      if (judgement.retryAtMs !== undefined) this.scheduleWake(host, judgement.retryAtMs);
      if (judgement.request !== undefined)
        this.approvals.request(host.name, judgement.request, host.planEvent);
    }
    const key = `${guard} ${service} ${action.do} ${action.cause} ${judgement.verdict} ${action.basedOn.version}`;
    if (host.told.has(key)) return;
    host.told.add(key);
    this.emitter.event(
      {
        e: "guard",
        manager: host.name,
        cell: host.cell.name,
        guard,
        verdict: judgement.verdict,
        action: action.do,
        service,
        cause: action.cause,
        places: places.length,
        text: judgement.text,
      },
      [host.planEvent],
    );
  }

  /** The finalizer axis: an owner waits until what it owns is gone. */
  private finalizerObjection(
    host: ManagerHost,
    turn: Turn,
    step: Step,
    action: Action,
  ): Judged["objections"] {
    const { finalizer, finalizerTimeoutMs } = step.policy;
    if (finalizer === "none" || action.do !== "delete") return [];
    const name = action.target.service;
    const object = turn.self.objects.find((item) => item.name === name);
    const isOwn = name === turn.self.service;
    if (object === undefined && !isOwn) return [];
    const owned =
      object?.owns ??
      Object.keys(turn.seen.services).filter(
        (other) => other !== name && turn.seen.services[other]!.label === host.name,
      );
    const left = owned.filter(
      (other) =>
        (turn.seen.services[other]?.running.length ?? 0) + (turn.seen.services[other]?.busy.length ?? 0) > 0,
    );
    if (left.length === 0) return [];
    const since = this.finalizing.get(`${host.index} ${name}`) ?? this.kernel.now;
    this.finalizing.set(`${host.index} ${name}`, since);
    const timeoutMs = since + finalizerTimeoutMs;
    if (finalizer === "blockWithTimeout" && this.kernel.now >= timeoutMs) return [];
    this.poke(host, "wake");
    const text = `the finalizer waits for ${left.length} owned services to go`;
    const retry = finalizer === "blockWithTimeout" ? { retryAtMs: timeoutMs } : {};
    return [{ guard: "finalizer", judgement: { verdict: "hold", text, ...retry } }];
  }

  private execute(host: ManagerHost, turn: Turn, action: Action): void {
    const { service, places } = action.target;
    const s = this.run.fleet.serviceIndex.get(service);
    const open = s === undefined ? places : this.openPlaces(host, action, s);
    if (open.length === 0) return;
    const reason = action.because.at(-1);
    const root = action.because.find((item) => item.code === "owner-removed");
    const event = this.emitter.event(
      {
        e: "execute",
        manager: host.name,
        cell: host.cell.name,
        action: action.do,
        service,
        cause: action.cause,
        places: open,
        text: reason?.text ?? "",
      },
      [host.planEvent, root === undefined ? -1 : (this.lastExecute.get(root.about) ?? -1)],
    );
    this.lastExecute.set(service, event);
    if (s === undefined) {
      this.removeObject(host, service);
      return;
    }
    const instances = open.map(
      (place) => this.run.fleet.firstInstance[s]! + this.run.fleet.placeIndex(s, place),
    );
    const entry = turn.reading.entries[service];
    if ((action.do === "deploy" || action.do === "update") && entry?.is === "present") {
      this.revisions.set(s, entry.spec.revision);
      for (const instance of instances) this.world.relabel(instance, this.world.label[instance]!);
    }
    if (action.do === "update") return;
    if (action.do === "release") {
      this.emitter.event({ e: "released", service, manager: host.name }, [event]);
      for (const instance of instances) this.world.relabel(instance, -1);
      return;
    }
    this.executors[host.owner.index]!.assign({
      action,
      instances,
      event,
      finished: () => {
        host.results.push({ action, outcome: "done", why: null });
        if (isDestructive(action)) this.poke(host, "result");
      },
    });
  }

  private removeObject(host: ManagerHost, object: Name): void {
    const manager = host.owner.index;
    this.objects = this.objects.map((names, index) =>
      index === manager ? names.filter((name) => name !== object) : names,
    );
    this.world.revision++;
    this.world.globalRevision++;
    this.poke(host, "result");
  }

  // ---- rollout -------------------------------------------------------------------------------------------------

  private openPlaces(host: ManagerHost, action: Action, service: number): readonly Name[] {
    const rollout = this.rollouts[host.owner.index]!;
    const touches = isDestructive(action) || action.do === "update";
    if (!touches || rollout.complete) return action.target.places;
    const { fleet } = this.run;
    return action.target.places.filter((place) =>
      rollout.isOpen(
        fleet.groupOfInstance[fleet.firstInstance[service]! + fleet.placeIndex(service, place)]!,
      ),
    );
  }

  /** People closed the incident: what their alarm had stopped goes on. */
  resumeRollouts(): void {
    for (const rollout of this.rollouts) rollout.halted = false;
  }

  private scheduleRolloutCheck(manager: number): void {
    const { policy, bakeMs } = this.run.managers[manager]!;
    const bakes =
      policy.rollout === "bake" || policy.rollout === "autoRollback" || this.bakesByGuard(manager);
    this.kernel.scheduleIn(
      bakes ? bakeMs : policy.reconcileMs,
      priority.managers,
      this.onRolloutCheck,
      manager,
    );
  }

  private bakesByGuard(manager: number): boolean {
    return this.run.managers[manager]!.guards.some(
      (item) => item.guard.name === "cells" || item.options["bakeMs"] !== undefined,
    );
  }

  /** Opens the next wave when this one is through and, where it bakes, nobody is in trouble. */
  private checkRollout(manager: number): void {
    const rollout = this.rollouts[manager]!;
    if (rollout.complete || rollout.version !== this.configuration.version) return;
    const owner = this.run.managers[manager]!;
    const bakes = owner.policy.rollout !== "waves" || this.bakesByGuard(manager);
    const trouble =
      bakes &&
      this.run.fleet.groupNames.some((_, group) => rollout.isOpen(group) && this.groupInTrouble(group));
    if (trouble) {
      if (!rollout.halted && owner.policy.rollout === "autoRollback") this.rollBack(manager);
      rollout.halted = true;
    } else if (this.executors[manager]!.idle && !rollout.halted) {
      rollout.openNext();
      this.pokeManager(manager, "wake");
    }
    if (!rollout.complete) this.scheduleRolloutCheck(manager);
  }
}

function errorsOf(reading: Reading): { entry: Name; error: string }[] {
  const errors: { entry: Name; error: string }[] = [];
  if (reading.own.is === "unknown") errors.push({ entry: "(own entry)", error: reading.own.error.message });
  for (const [name, entry] of Object.entries(reading.entries)) {
    if (entry.is === "unknown" && !(reading.own.is === "unknown" && entry.error === reading.own.error)) {
      errors.push({ entry: name, error: entry.error.message });
    }
  }
  return errors;
}

/** A wrong list of the world: an error says so, an empty or partial one looks like the truth. */
function faulty(seen: Observation, fault: Observation["fault"]): Observation {
  if (fault === "error") return { ...seen, fault };
  const names = Object.keys(seen.services);
  const kept = new Set(fault === "empty" ? [] : names.slice(0, Math.ceil(names.length / 2)));
  const services: Record<Name, Observation["services"][Name]> = {};
  for (const name of names) {
    const service = seen.services[name]!;
    services[name] = kept.has(name)
      ? service
      : {
          ...service,
          running: [],
          stopped: [],
          busy: [],
          missing: [...service.running, ...service.missing],
          label: null,
        };
  }
  return { ...seen, fault, services };
}
