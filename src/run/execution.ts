/** From what a manager proposes to what happens: guards, approvals, finalizers, fencing, and who may act where. */
import type { Json } from "../base/json.js";
import { isTicket, readTicket } from "../models/config/ticket.js";
import type { Name } from "../models/fleet/spec.js";
import type { GuardContext } from "../models/guards/guard.js";
import { isDestructive } from "../models/guards/guard.js";
import type { Action, Doc, Step, Ticket, Turn } from "../models/managers/contract.js";
import type { ActiveGuard, Run, RunChange } from "../scenario/run.js";
import type { Kernel } from "../sim/kernel.js";
import type { Approvals } from "./approvals.js";
import type { Configuration } from "./configuration.js";
import type { DeployWork } from "./deploy-work.js";
import { Executor } from "./executor.js";
import { Finalizers } from "./finalizers.js";
import { type Judged, judgePlan } from "./judge-plan.js";
import type { ManagerHost } from "./manager-host.js";
import { Quarantine } from "./quarantine.js";
import type { Rollouts } from "./rollouts.js";
import type { Emitter } from "./sink.js";
import type { World } from "./world.js";

export class Execution {
  readonly executors: readonly Executor[];
  /** By manager and cell: the revision that the instances of a service were deployed with, by service. */
  private readonly revisions: readonly (readonly Map<number, string>[])[];
  /** Objects that exist, by manager. */
  objects: readonly (readonly Name[])[];
  /** Removals declared so far, by service name. */
  private readonly tickets = new Map<Name, Ticket>();
  private readonly intents: readonly Map<Name, number>[];
  /** Highest version that a plan was made from, by manager; outside the managers, so it survives them. */
  private readonly applied: number[];
  /** By instance: named by the action that is looked at; zero in between. */
  private readonly named: Uint8Array;
  private readonly quarantine = new Quarantine();
  private readonly finalizers = new Finalizers();
  private readonly lastExecute = new Map<Name, number>();
  private bypassed: ReadonlyMap<Name, ReadonlySet<string>> = new Map();
  private change: RunChange | null = null;
  poke: (host: ManagerHost, why: Turn["why"]) => void = () => {};
  wakeAt: (host: ManagerHost, atMs: number) => void = () => {};
  /** Trace events of faults that a manager meets now; set by the faults. */
  faultEvents: (manager: Name) => readonly number[] = () => [];

  constructor(
    private readonly run: Run,
    private readonly hosts: readonly ManagerHost[],
    private readonly world: World,
    private readonly kernel: Kernel,
    private readonly emitter: Emitter,
    private readonly configuration: Configuration,
    private readonly approvals: Approvals,
    deploys: DeployWork,
    private readonly rollouts: Rollouts,
  ) {
    this.executors = run.managers.map(
      (owner) =>
        new Executor(owner.index, owner.policy.parallelism, owner.policy.removalMs, world, deploys, kernel),
    );
    this.intents = run.managers.map(() => new Map());
    this.revisions = run.managers.map((owner) => owner.cells.map(() => new Map<number, string>()));
    this.applied = run.managers.map(() => 0);
    this.named = new Uint8Array(run.fleet.instanceCount);
    this.objects = this.initialObjects();
  }

  private initialObjects(): readonly (readonly Name[])[] {
    return this.run.managers.map((owner) =>
      this.run.spec.fleet.objects
        .filter((object) => object.manager === owner.spec.name)
        .map((object) => object.name),
    );
  }

  reset(bypassed: ReadonlyMap<Name, ReadonlySet<string>>): void {
    this.bypassed = bypassed;
    for (const executor of this.executors) executor.reset();
    for (const intents of this.intents) intents.clear();
    this.applied.fill(0);
    this.quarantine.reset();
    this.tickets.clear();
    for (const cells of this.revisions) for (const revisions of cells) revisions.clear();
    this.finalizers.reset();
    this.lastExecute.clear();
    this.objects = this.initialObjects();
    this.change = null;
  }

  /** By service: cells deploy what they read themselves, so each has revisions of its own. */
  revisionsOf({ owner, cellIndex }: ManagerHost): Map<number, string> {
    return this.revisions[owner.index]![cellIndex]!;
  }

  /** What a change declares is permitted from now on, beside what the ledger says that comes with it. */
  declare(change: RunChange): void {
    this.change = change;
    this.permit(change.documents);
    for (const service of change.ticket.removes) this.tickets.set(service, change.ticket);
  }

  /** A delivery declares nothing: what is permitted is what its ledger of tickets says. */
  permit(documents: readonly Doc[]): void {
    this.tickets.clear();
    for (const ticket of documents.filter(isTicket).map(readTicket)) {
      for (const service of ticket.removes) this.tickets.set(service, ticket);
    }
  }

  /** Guards of a manager that nobody switched off. */
  private guardsOf(host: ManagerHost): readonly ActiveGuard[] {
    const { guards } = host.guards;
    const off = this.bypassed.get(host.name);
    return off === undefined ? guards : guards.filter((item) => !off.has(item.guard.name));
  }

  /** Tells the plan, asks the guards, and hands what is admitted to the executor. */
  carryOut(host: ManagerHost, turn: Turn, step: Step): void {
    this.tellPlan(host, turn, step);
    const manager = host.owner.index;
    const guards = this.guardsOf(host);
    if (step.propose.length > 0) {
      const raw = step.propose.filter(isDestructive);
      const intents = this.intents[manager]!;
      for (const action of raw) {
        if (!intents.has(action.target.service)) intents.set(action.target.service, turn.nowMs);
      }
      const context = this.guardContext(host, turn, step, raw);
      for (const item of judgePlan(step.propose, guards, context)) this.settle(host, turn, step, item);
    }
    this.applied[manager] = Math.max(this.applied[manager]!, turn.reading.version);
    for (const action of this.quarantine.undo(host.index, turn, step.propose))
      this.execute(host, turn, action);
  }

  private guardContext(host: ManagerHost, turn: Turn, step: Step, raw: readonly Action[]): GuardContext {
    return {
      nowMs: turn.nowMs,
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
      deployedByAnother: host.owner.deployedByAnother,
      lastAppliedVersion: this.applied[host.owner.index]!,
      currentEpoch: this.currentEpoch(host),
      inventory: inventoryOf(step),
      stoppedSince: this.quarantine.of(host.index),
      calmSinceMs: this.rollouts.calmSinceMs,
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
    const waits = this.finalizers.objection(host, turn, step.policy, action, this.kernel.now);
    if (waits !== null) this.poke(host, "wake");
    const held = waits === null ? item.objections : [...item.objections, waits];
    if (held.length > 0) {
      const aheadMs = turn.nowMs - this.kernel.now;
      for (const { guard, judgement } of held) this.object(host, action, guard, judgement, aheadMs);
      const onlyDeferred = held.every(({ judgement }) => "instead" in judgement);
      const stop = onlyDeferred ? this.quarantine.stopInstead(host.index, turn.nowMs, action, turn) : null;
      if (stop !== null) this.execute(host, turn, stop);
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
      if (other.owner === host.owner && other.cell === host.cell && other.epoch > epoch) epoch = other.epoch;
    return epoch;
  }

  private object(
    host: ManagerHost,
    action: Action,
    guard: string,
    judgement: Judged["objections"][number]["judgement"],
    aheadMs: number,
  ): void {
    const { service, places } = action.target;
    if (judgement.verdict === "hold") {
      if (judgement.retryAtMs !== undefined) this.wakeAt(host, judgement.retryAtMs - aheadMs);
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

  private execute(host: ManagerHost, turn: Turn, action: Action): void {
    const { service, places } = action.target;
    const s = this.run.fleet.serviceIndex.get(service);
    const open =
      s === undefined ? places : this.rollouts.openPlaces(host.owner.index, action, s, this.guardsOf(host));
    if (open.length < places.length && this.rollouts.alarmed(host.owner.index)) {
      const text = "a capability was impaired while this rollout was under way";
      this.object(host, action, "autoHalt", { verdict: "hold", text }, turn.nowMs - this.kernel.now);
    }
    if (open.length === 0) return;
    // A budget counts what was carried out when it was, however long ago it was first proposed.
    if (isDestructive(action)) this.intents[host.owner.index]!.set(service, turn.nowMs);
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
    const instances = this.instancesAt(s, open);
    const entry = turn.reading.entries[service];
    if ((action.do === "deploy" || action.do === "update") && entry?.is === "present") {
      this.revisionsOf(host).set(s, entry.spec.revision);
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

  /** A place that a manager names twice counts once, and one where the service cannot be is nowhere. */
  private instancesAt(service: number, places: readonly Name[]): readonly number[] {
    const { fleet } = this.run;
    const first = fleet.firstInstance[service]!;
    const instances: number[] = [];
    for (const place of places) {
      const index = fleet.placeIndex(service, place);
      if (index === -1 || this.named[first + index] === 1) continue;
      this.named[first + index] = 1;
      instances.push(first + index);
    }
    for (const instance of instances) this.named[instance] = 0;
    return instances;
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
}

/** The inventory in a manager's own memory, where it keeps one under that name. */
export function inventoryOf({ memory }: Step): GuardContext["inventory"] {
  const { durable } = memory;
  if (typeof durable !== "object" || durable === null || Array.isArray(durable)) return null;
  const { inventory } = durable as { readonly inventory?: Json };
  const isMap = typeof inventory === "object" && inventory !== null && !Array.isArray(inventory);
  return isMap ? (inventory as Readonly<Record<Name, Json>>) : null;
}
