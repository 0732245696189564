/**
 * What the properties see, folded from the events of a run as they come: the same from a run and from a saved trace.
 * Frequent events cost an array access each; only rare ones make objects.
 */
import { assert } from "../base/assert.js";
import type { CompiledFleet } from "../models/fleet/compile-fleet.js";
import type { Name } from "../models/fleet/spec.js";
import type {
  Effect,
  Fall,
  Handover,
  Happened,
  JudgedRun,
  LateRounds,
  ManagerChange,
  Read,
  Recollapse,
  StaleAct,
} from "../models/judging/judged-run.js";
import { type Action, causes, type Ticket } from "../models/managers/contract.js";
import type { Spec } from "../scenario/scenario.js";
import { downReasonOf, type InstanceSink, kindOf } from "./instance-sink.js";
import type { Phase, TraceEvent } from "./trace.js";

type Event<E extends TraceEvent["e"]> = Extract<TraceEvent, { e: E }>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface OpenEffect extends Mutable<Effect> {
  readonly instances: number[];
}

export class JudgeFold implements InstanceSink {
  private tickets: readonly Ticket[] = [];
  private effects: OpenEffect[] = [];
  private falls = new Map<number, Mutable<Fall>>();
  private changes: Happened[] = [];
  private reads: Read[] = [];
  private managerChanges: ManagerChange[] = [];
  private handovers: Handover[] = [];
  private staleActs: StaleAct[] = [];
  private recollapses: Recollapse[] = [];
  private returns = 0;
  /** By manager process: the highest version that it has read. */
  private readonly newest = new Map<string, number>();
  private readonly late = new Map<string, Mutable<LateRounds>>();
  private ailing = 0;
  private delivered = 1;
  private granted = new Map<Name, string[]>();
  private restless: { event: number; atMs: number; text: string }[] = [];
  private readonly done = new Set<string>();
  private readonly planOf = new Map<number, Event<"plan">>();
  private readonly executed = new Map<number, Event<"execute">>();
  /** By execute event and kind: index of the effect that its instances belong to. */
  private readonly effectOf = new Map<number, number>();
  /** By event: 1 + the index of the removal that it goes back to; 0: none. */
  private roots = new Int32Array(1024);
  private rootsUsed = 0;
  private alive: Uint8Array;
  private readonly absent: Uint8Array;
  private proposedRemovals = 0;
  private objections = 0;
  private errorsRead = 0;
  private plans = 0;
  private repairedAtMs: number | null = null;
  private end: Event<"end"> | null = null;

  constructor(
    private readonly fleet: CompiledFleet,
    private readonly spec: Spec,
  ) {
    this.alive = new Uint8Array(fleet.instanceCount);
    this.absent = absentAtStart(fleet, spec);
  }

  /** `tickets`: all that the changes of the run to come can declare. */
  reset(tickets: readonly Ticket[]): void {
    this.tickets = tickets;
    this.effects = [];
    this.falls = new Map();
    this.changes = [];
    this.reads = [];
    this.managerChanges = [];
    this.handovers = [];
    this.staleActs = [];
    this.recollapses = [];
    this.returns = 0;
    this.newest.clear();
    this.late.clear();
    this.ailing = 0;
    this.delivered = 1;
    this.granted = new Map();
    this.restless = [];
    this.done.clear();
    this.planOf.clear();
    this.executed.clear();
    this.effectOf.clear();
    this.roots.fill(0, 0, this.rootsUsed);
    this.rootsUsed = 0;
    this.alive = this.absent.map((absent) => 1 - absent);
    this.proposedRemovals = 0;
    this.objections = 0;
    this.errorsRead = 0;
    this.plans = 0;
    this.repairedAtMs = null;
    this.end = null;
  }

  result(): JudgedRun {
    const { end, fleet } = this;
    assert(end !== null, "a run ends with the event `end`");
    const happened = new Set(this.changes.flatMap((change) => change.tickets));
    const tickets = this.tickets.filter((ticket) => happened.has(ticket.id));
    const aliveAtEnd = new Map<Name, number>();
    fleet.serviceNames.forEach((name, s) => {
      let count = 0;
      for (let i = fleet.firstInstance[s]!; i < fleet.firstInstance[s + 1]!; i++) count += this.alive[i]!;
      aliveAtEnd.set(name, count);
    });
    return {
      fleet,
      managers: this.spec.managers,
      bounds: this.spec.properties ?? {},
      tickets,
      ticketed: new Set(tickets.flatMap((ticket) => ticket.removes)),
      changes: this.changes,
      reads: this.reads,
      effects: this.effects,
      falls: [...this.falls.values()],
      managerChanges: this.managerChanges,
      handovers: this.handovers,
      staleActs: this.staleActs,
      lateRounds: [...this.late.values()],
      recollapses: this.recollapses,
      returns: this.returns,
      ailing: this.ailing,
      granted: this.granted,
      proposedRemovals: this.proposedRemovals,
      objections: this.objections,
      errorsRead: this.errorsRead,
      aliveAtEnd,
      alive: this.alive,
      restlessPlans: this.restless,
      plans: this.plans,
      repairedAtMs: this.repairedAtMs,
      cutShort: end.verdict === "event-limit" || end.verdict === "interrupted",
      endMs: end.t,
    };
  }

  // ---- frequent events -----------------------------------------------------------------------------------------

  instance(id: number, t: number, kind: number, instance: number, because: number, detail: number): void {
    switch (kind) {
      case kindOf.removed:
        this.effect(id, t, "delete", instance, because, detail);
        this.alive[instance] = 0;
        return;
      case kindOf.stopped:
        this.effect(id, t, "stop", instance, because, detail);
        this.alive[instance] = 0;
        return;
      case kindOf.crashed:
        if (this.executed.has(because)) this.effect(id, t, "restart", instance, because, -1);
        this.alive[instance] = 0;
        return;
      case kindOf.running:
        this.setRoot(id, this.rootOf(because));
        this.alive[instance] = 1;
        return;
      case kindOf.down:
        this.down(id, t, instance, because, detail);
        return;
      default:
        if (kind === kindOf.up) this.returns++;
        this.setRoot(id, this.rootOf(because));
    }
  }

  quality(): void {}

  private rootOf(event: number): number {
    return event < 0 || event >= this.rootsUsed ? 0 : this.roots[event]!;
  }

  private setRoot(event: number, root: number): void {
    if (event >= this.roots.length) {
      const larger = new Int32Array(Math.max(event + 1, 2 * this.roots.length));
      larger.set(this.roots);
      this.roots = larger;
    }
    this.roots[event] = root;
    if (event >= this.rootsUsed) this.rootsUsed = event + 1;
  }

  private effect(
    id: number,
    t: number,
    action: Effect["action"],
    instance: number,
    because: number,
    cause: number,
  ): void {
    const key = because * 4 + (action === "delete" ? 0 : action === "stop" ? 1 : 2);
    let index = this.effectOf.get(key);
    if (index === undefined) {
      const execute = this.executed.get(because);
      const plan = this.planOf.get(execute?.because[0] ?? -1);
      const of = execute === undefined ? undefined : this.plannedAction(execute);
      index =
        this.effects.push({
          event: id,
          atMs: t,
          action,
          service: this.fleet.serviceNames[this.fleet.serviceOf[instance]!]!,
          instances: [],
          cause: cause < 0 ? (execute?.cause ?? "drift") : causes[cause]!,
          by: execute?.manager ?? "people",
          cell: execute?.cell ?? "global",
          fromError: of !== undefined && followsError(of),
          plannedAtMs: plan?.t ?? t,
          version: of?.basedOn.version ?? 0,
        }) - 1;
      this.effectOf.set(key, index);
    }
    this.effects[index]!.instances.push(instance);
    this.setRoot(id, index + 1);
  }

  private down(id: number, t: number, instance: number, because: number, reason: number): void {
    const root = this.rootOf(because);
    this.setRoot(id, root);
    if (reason === downReasonOf.crashed) this.ailing++;
    if (reason !== downReasonOf.dependency) return;
    this.ailing++;
    const service = this.fleet.serviceOf[instance]!;
    const key = root * this.fleet.services.length + service;
    const fall = this.falls.get(key);
    if (fall !== undefined) {
      fall.places++;
      return;
    }
    this.falls.set(key, {
      event: id,
      atMs: t,
      service: this.fleet.serviceNames[service]!,
      places: 1,
      root: this.effects[root - 1] ?? null,
    });
  }

  // ---- rare events ---------------------------------------------------------------------------------------------

  event(event: TraceEvent): void {
    if (isFromOutside(event)) this.late.clear();
    switch (event.e) {
      case "change":
        if (event.rollback === true) this.newest.clear();
        // Another version may ask for what an earlier one has asked for; the same one again may not.
        if (event.version !== this.delivered) this.done.clear();
        this.delivered = event.version;
        this.changes.push({
          event: event.id,
          atMs: event.t,
          author: event.author,
          scope: event.scope ?? null,
          version: event.version,
          tickets: event.tickets,
          documents: event.documents,
          rollback: event.rollback === true,
        });
        return;
      case "read":
        this.errorsRead += event.errors.length + (event.whole === "complete" ? 0 : 1);
        this.reads.push({
          event: event.id,
          atMs: event.t,
          manager: event.manager,
          cell: event.cell,
          version: event.version,
          whole: event.whole,
          errors: event.errors,
          guards: event.guards ?? null,
        });
        this.takeVersion(`${event.manager} ${event.cell}`, event.version);
        return;
      case "plan":
        this.plan(event);
        return;
      case "execute":
        this.execute(event);
        return;
      case "guard":
        this.objections++;
        return;
      case "approval":
        if (event.granted)
          this.granted.set(event.service, [...(this.granted.get(event.service) ?? []), event.by]);
        return;
      case "manager":
        this.managerChanges.push({
          event: event.id,
          atMs: event.t,
          manager: event.manager,
          cell: event.cell,
          state: event.state,
          root: this.effects[this.rootOf(event.because[0] ?? -1) - 1] ?? null,
          ended: event.text ?? null,
        });
        return;
      case "handover": {
        const { service, from, to } = event;
        this.handovers.push({ event: event.id, atMs: event.t, service, from, to });
        return;
      }
      case "overload":
        this.overload(event);
        return;
      case "phase":
        if (event.phase !== "configuration-repaired") return;
        this.repairedAtMs ??= event.t;
        // What people put right may carry an older number: that is what they want.
        this.newest.clear();
        this.done.clear();
        return;
      case "end":
        this.end = event;
        return;
      default:
    }
  }

  private overload(event: Event<"overload">): void {
    if (event.state !== "collapsed" || !event.again) return;
    const { service, where, offered, returning, capacity } = event;
    this.recollapses.push({ event: event.id, atMs: event.t, service, where, offered, returning, capacity });
  }

  private plan(event: Event<"plan">): void {
    this.planOf.set(event.id, event);
    if (event.actions.length > 0) this.plans++;
    for (const action of event.actions) {
      if (action.do === "delete" || action.do === "stop") this.proposedRemovals++;
    }
  }

  private takeVersion(process: string, version: number): void {
    if (version > (this.newest.get(process) ?? 0)) this.newest.set(process, version);
  }

  private execute(event: Event<"execute">): void {
    this.executed.set(event.id, event);
    const process = `${event.manager} ${event.cell}`;
    this.countRound(process, event);
    this.checkVersion(process, event);
    this.checkRepetition(event);
  }

  private countRound(process: string, event: Event<"execute">): void {
    const { manager, cell, action, service } = event;
    const known = this.late.get(process);
    if (known === undefined) {
      this.late.set(process, { event: event.id, atMs: event.t, manager, cell, rounds: 1, action, service });
    } else if (known.atMs !== event.t) {
      known.rounds++;
      known.event = event.id;
      known.atMs = event.t;
      known.action = action;
      known.service = service;
    }
  }

  /** Version 0 is a source that could not be read: no older version, but none. */
  private checkVersion(process: string, event: Event<"execute">): void {
    const newest = this.newest.get(process) ?? 0;
    if (newest <= 1) return;
    const version = this.plannedAction(event)?.basedOn.version ?? 0;
    if (version === 0 || version >= newest) return;
    const { manager: by, action, service, cause } = event;
    this.staleActs.push({ event: event.id, atMs: event.t, by, action, service, cause, version, newest });
  }

  private plannedAction(execute: Event<"execute">): Action | undefined {
    return this.planOf
      .get(execute.because[0] ?? -1)
      ?.actions.find((item) => item.target.service === execute.service && item.do === execute.action);
  }

  /** The same action on the same places twice, without anything that would have changed it back. */
  private checkRepetition(event: Event<"execute">): void {
    if (event.action !== "update" && event.action !== "restart") return;
    // Another version is something that changed: two edits of one service are two updates.
    const version = this.plannedAction(event)?.basedOn.version ?? 0;
    const key = `${event.manager} ${event.cell} ${version} ${event.action} ${event.service} ${event.places.join(",")}`;
    if (this.done.has(key)) {
      const text = `${event.manager} repeats: ${event.action} ${event.service}`;
      this.restless.push({ event: event.id, atMs: event.t, text });
    }
    this.done.add(key);
  }
}

/** What nobody inside decided: after the last of these, managers have nothing new to react to. */
const fromOutside: ReadonlySet<TraceEvent["e"]> = new Set<TraceEvent["e"]>([
  "change",
  "fault",
  "fault-over",
  "handover",
  "approval",
  "phase",
  "work",
]);

/** What people notice and find out; the fleet is what it was, so it gives no manager a reason to act. */
const onlyNoticed: ReadonlySet<Phase> = new Set<Phase>([
  "alert",
  "detected",
  "acknowledged",
  "diagnosed",
  "decided",
  "recovered",
]);

const isFromOutside = (event: TraceEvent): boolean =>
  fromOutside.has(event.e) && !(event.e === "phase" && onlyNoticed.has(event.phase));

const followsError = (action: Action): boolean =>
  action.cause === "error" || action.because.some((reason) => reason.code === "error");

/** Instances of services that a change adds. */
function absentAtStart(fleet: CompiledFleet, spec: Spec): Uint8Array {
  const absent = new Uint8Array(fleet.instanceCount);
  for (const intention of spec.changes.flatMap((change) => change.intend)) {
    const names =
      intention.kind === "add" ? intention.services : intention.kind === "rename" ? [intention.to] : [];
    for (const name of names) {
      const s = fleet.serviceIndex.get(name);
      if (s !== undefined) absent.fill(1, fleet.firstInstance[s]!, fleet.firstInstance[s + 1]!);
    }
  }
  return absent;
}
