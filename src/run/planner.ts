/**
 * One plan instead of a whole run: what every manager proposes when it reads the next version in the world as it was at
 * the start, and what its guards admit of it. A hundred times cheaper than a run, and enough for what a single decision
 * shows; what follows in the world (health, people, later steps) is not looked at.
 */

import type { Name } from "../models/fleet/spec.js";
import type { GuardContext } from "../models/guards/guard.js";
import { isDestructive } from "../models/guards/guard.js";
import type { Effect, JudgedRun } from "../models/judging/judged-run.js";
import type { Action, Memory, Observation, Reading, Ticket, Turn } from "../models/managers/contract.js";
import type { ActiveGuard, Run, RunChange, RunManager, Script } from "../scenario/run.js";
import { Kernel } from "../sim/kernel.js";
import { errorsOf } from "./errors-read.js";
import { inventoryOf } from "./execution.js";
import { guardsInForce } from "./guards-in-force.js";
import { judgePlan } from "./judge-plan.js";
import { Observer } from "./observe.js";
import { Emitter } from "./sink.js";
import { World } from "./world.js";

interface Process {
  readonly owner: RunManager;
  readonly cellIndex: number;
  readonly seen: Observation;
  readonly booted: Memory;
  /** The version that it booted with, and the guards of that, where it keeps its last good entry. */
  readonly version: number;
  readonly kept: readonly ActiveGuard[] | null;
  /** What it proposed to remove so far in this plan, with the time. */
  readonly intents: Map<Name, number>;
  /** By change of the run: what it decides without a mutation. */
  readonly decided: Decision[];
}

interface Decision {
  readonly reading: Reading;
  readonly before: Memory;
  readonly memory: Memory;
  readonly services: readonly Name[];
  readonly plans: boolean;
  readonly proposedRemovals: number;
  readonly errorsRead: number;
  readonly objections: number;
  readonly effects: readonly Effect[];
}

/** Entries are kept by document, so those that nobody touched are the very same. */
function sameReading(a: Reading, b: Reading): boolean {
  if (a === b) return true;
  if (a.version !== b.version || a.whole !== b.whole || a.policy !== b.policy || a.guards !== b.guards)
    return false;
  if (a.own.is !== "present" || b.own.is !== "present" || (b.errors?.length ?? 0) !== (a.errors?.length ?? 0))
    return false;
  if (!sameList(a.own.spec.manages, b.own.spec.manages)) return false;
  const names = Object.keys(a.entries);
  if (!sameList(names, Object.keys(b.entries))) return false;
  return names.every((name) => {
    const [one, other] = [a.entries[name]!, b.entries[name]!];
    if (one === other) return true;
    return one.is === "removed" && other.is === "removed" && one.ticket === other.ticket;
  });
}

const sameList = (a: readonly Name[], b: readonly Name[]): boolean =>
  a === b || (a.length === b.length && a.every((name, k) => name === b[k]));

const nothingStopped: ReadonlyMap<Name, number> = new Map();
const nobodyAgreed = { grantedBy: [], refused: false };

export class Planner {
  private readonly processes: readonly Process[];

  constructor(private readonly run: Run) {
    const kernel = new Kernel();
    const world = new World(run, kernel, new Emitter(kernel));
    const looks = run.managers.flatMap((owner) =>
      owner.cells.map((cell, cellIndex) => {
        const self = owner.selves[cellIndex]!;
        const reading = owner.manager.read(run.documents, self);
        const revisions = new Map<number, string>();
        for (const [name, entry] of Object.entries(reading.entries)) {
          const service = run.fleet.serviceIndex.get(name);
          if (entry.is === "present" && service !== undefined) revisions.set(service, entry.spec.revision);
        }
        return { owner, cellIndex, cell, reading, self, revisions };
      }),
    );
    this.processes = looks.map(({ owner, cellIndex, cell, reading, self, revisions }) => {
      const objects = run.spec.fleet.objects
        .filter((object) => object.manager === owner.spec.name)
        .map((object) => object.name);
      const seen = new Observer(run, world, owner.index, cell).observe(0, objects, revisions);
      const memory = owner.manager.boot(null);
      const turn: Turn = { nowMs: 0, why: "boot", reading, seen, results: [], lease, self };
      return {
        owner,
        cellIndex,
        seen,
        booted: owner.manager.step(memory, turn).memory,
        version: reading.version,
        kept: guardsInForce(owner, reading, null, run.guards).kept,
        intents: new Map(),
        decided: [],
      };
    });
    // What everybody decides without a mutation, to compare with.
    this.plan(run);
  }

  /** The first plans on the versions of a script, judged as far as a plan can show it. */
  plan(script: Script): JudgedRun {
    const { run } = this;
    const tickets = new Map<Name, Ticket>();
    const decisions: Decision[] = [];
    const memories = this.processes.map((host) => host.booted);
    for (const host of this.processes) host.intents.clear();
    script.changes.forEach((change, index) => {
      for (const service of change.ticket.removes) tickets.set(service, change.ticket);
      this.processes.forEach((host, k) => {
        if (change.cells !== null && !change.cells.includes(host.owner.cells[host.cellIndex]!.name)) return;
        const decision = this.decide(host, change, index, memories[k]!, tickets, script);
        memories[k] = decision.memory;
        for (const service of decision.services) {
          if (!host.intents.has(service)) host.intents.set(service, change.atMs);
        }
        decisions.push(decision);
      });
    });
    const effects = decisions.flatMap((decision) => decision.effects);
    const alive = new Uint8Array(run.fleet.instanceCount).fill(1);
    for (const effect of effects) for (const instance of effect.instances) alive[instance] = 0;
    const sum = (of: (decision: Decision) => number): number =>
      decisions.reduce((total, decision) => total + of(decision), 0);
    return {
      ...this.still,
      tickets: script.changes.map((change) => change.ticket).filter((ticket) => ticket.removes.length > 0),
      ticketed: new Set(tickets.keys()),
      changes: script.changes.map((change, event) => ({
        event,
        atMs: change.atMs,
        author: change.spec.author,
        scope: change.spec.scope,
        version: change.version,
        tickets: change.ticket.removes.length > 0 ? [change.ticket.id] : [],
        documents: change.touched,
        rollback: false,
      })),
      effects,
      alive,
      proposedRemovals: sum((decision) => decision.proposedRemovals),
      objections: sum((decision) => decision.objections),
      errorsRead: sum((decision) => decision.errorsRead),
      plans: sum((decision) => (decision.plans ? 1 : 0)),
    };
  }

  /** A process that reads what it would read without the mutation decides as it did then. */
  private decide(
    host: Process,
    change: RunChange,
    index: number,
    memory: Memory,
    tickets: ReadonlyMap<Name, Ticket>,
    script: Script,
  ): Decision {
    const reading = host.owner.manager.read(change.documents, host.owner.selves[host.cellIndex]!);
    const plain = this.run.changes[index];
    // Earlier changes of the script are the run's own as well, or the memory would be another one.
    const asBefore =
      plain !== undefined &&
      plain.atMs === change.atMs &&
      plain.ticket === change.ticket &&
      !script.bypassed.has(host.owner.spec.name);
    if (!asBefore) return this.judged(host, change, reading, memory, tickets, script);
    const known = host.decided[index];
    if (known !== undefined && known.before === memory && sameReading(known.reading, reading)) return known;
    const decision = this.judged(host, change, reading, memory, tickets, script);
    if (change === plain) host.decided[index] = decision;
    return decision;
  }

  private judged(
    host: Process,
    change: RunChange,
    reading: Reading,
    before: Memory,
    tickets: ReadonlyMap<Name, Ticket>,
    script: Script,
  ): Decision {
    const { run } = this;
    const { owner, cellIndex, seen } = host;
    const self = owner.selves[cellIndex]!;
    const turn: Turn = { nowMs: change.atMs, why: "edit", reading, seen, results: [], lease, self };
    const step = owner.manager.step(before, turn);
    const raw = step.propose.filter(isDestructive);
    const decision: Decision = {
      reading,
      before,
      memory: step.memory,
      services: raw.map((action) => action.target.service),
      plans: step.propose.length > 0,
      proposedRemovals: raw.length,
      errorsRead: errorsOf(reading).length + (reading.whole === "complete" ? 0 : 1),
      objections: 0,
      effects: [],
    };
    if (raw.length === 0) return decision;
    const intents = new Map(host.intents);
    for (const service of decision.services) if (!intents.has(service)) intents.set(service, change.atMs);
    const context: GuardContext = {
      nowMs: change.atMs,
      self,
      policy: step.policy,
      reading,
      seen,
      raw,
      tickets,
      change: change.ticket,
      managerServices: run.managerServices,
      managerNeeds: run.managerNeeds,
      intents,
      deployedByAnother: owner.deployedByAnother,
      lastAppliedVersion: host.version,
      currentEpoch: lease.epoch,
      inventory: inventoryOf(step),
      stoppedSince: nothingStopped,
      calmSinceMs: 0,
      approval: () => nobodyAgreed,
    };
    const off = script.bypassed.get(owner.spec.name);
    const inForce = guardsInForce(owner, reading, host.kept, run.guards).guards;
    const guards = off === undefined ? inForce : inForce.filter((item) => !off.has(item.guard.name));
    const judged = judgePlan(step.propose, guards, context);
    const admitted = judged.filter(
      ({ objections, action }) => objections.length === 0 && isDestructive(action),
    );
    return {
      ...decision,
      objections: judged.reduce((sum, { objections }) => sum + objections.length, 0),
      effects: admitted
        .map(({ action }) => this.effectOf(action, host, change))
        .filter((effect) => effect.instances.length > 0),
    };
  }

  /** What a plan says nothing about. */
  private get still(): JudgedRun {
    const { fleet, spec } = this.run;
    return {
      fleet,
      managers: spec.managers,
      bounds: spec.properties,
      tickets: [],
      ticketed: new Set(),
      changes: [],
      reads: [],
      effects: [],
      falls: [],
      managerChanges: [],
      handovers: [],
      staleActs: [],
      lateRounds: [],
      ailing: 0,
      granted: new Map(),
      proposedRemovals: 0,
      objections: 0,
      errorsRead: 0,
      aliveAtEnd: new Map(),
      alive: new Uint8Array(0),
      restlessPlans: [],
      plans: 0,
      repairedAtMs: null,
      cutShort: false,
      endMs: 0,
    };
  }

  private effectOf(
    { do: what, target, cause, because, basedOn }: Action,
    { owner, cellIndex }: Process,
    change: RunChange,
  ): Effect {
    const { fleet } = this.run;
    const service = fleet.serviceIndex.get(target.service);
    const instances =
      service === undefined
        ? []
        : target.places.map((place) => fleet.firstInstance[service]! + fleet.placeIndex(service, place));
    return {
      event: 0,
      atMs: change.atMs,
      action: what === "stop" ? "stop" : "delete",
      service: target.service,
      instances,
      cause,
      by: owner.spec.name,
      cell: owner.cells[cellIndex]!.name,
      fromError: cause === "error" || because.some((reason) => reason.code === "error"),
      plannedAtMs: change.atMs,
      version: basedOn.version,
    };
  }
}

const lease = { held: true, epoch: 1 } as const;
