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
import { errorCount } from "./errors-read.js";
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
  /** What its guards let through of what takes something away. */
  readonly admitted: readonly Action[];
  readonly process: Process;
  readonly change: RunChange;
  /** Equal for decisions of this process on one change that a property cannot tell apart. */
  readonly key: string;
}

/** Plans on the versions of a script. */
export interface Outline {
  /** Equal for outlines that are judged alike; null: the script has changes of its own. */
  readonly key: string | null;
  judged(): JudgedRun;
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
    return this.outline(script).judged();
  }

  /** The same, with a key by which it is known whether such plans were judged before. */
  outline(script: Script): Outline {
    const { changes } = this.run;
    const tickets = new Map<Name, Ticket>();
    const decisions: Decision[] = [];
    const memories = this.processes.map((host) => host.booted);
    for (const host of this.processes) host.intents.clear();
    let isOwn = script.changes.length === changes.length;
    let key = "";
    script.changes.forEach((change, index) => {
      isOwn &&= isSameChange(change, changes[index]);
      for (const service of change.ticket.removes) tickets.set(service, change.ticket);
      this.processes.forEach((host, k) => {
        key += "\n\n";
        if (change.cells !== null && !change.cells.includes(host.owner.cells[host.cellIndex]!.name)) return;
        const decision = this.decide(host, change, index, memories[k]!, tickets, script);
        memories[k] = decision.memory;
        for (const service of decision.services) {
          if (!host.intents.has(service)) host.intents.set(service, change.atMs);
        }
        decisions.push(decision);
        key += decision.key;
      });
    });
    return { key: isOwn ? key : null, judged: () => this.judgedRun(script, tickets, decisions) };
  }

  private judgedRun(
    script: Script,
    tickets: ReadonlyMap<Name, Ticket>,
    decisions: readonly Decision[],
  ): JudgedRun {
    const effects = decisions.flatMap((decision) => this.effectsOf(decision));
    const alive = new Uint8Array(this.run.fleet.instanceCount).fill(1);
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
    const asBefore = isSameChange(change, plain) && !script.bypassed.has(host.owner.spec.name);
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
    const plans = step.propose.length > 0;
    const errorsRead = errorCount(reading) + (reading.whole === "complete" ? 0 : 1);
    const decided = (objections: number, admitted: readonly Action[]): Decision => ({
      reading,
      before,
      memory: step.memory,
      services: raw.map((action) => action.target.service),
      plans,
      proposedRemovals: raw.length,
      errorsRead,
      objections,
      admitted,
      process: host,
      change,
      key: `${plans ? 1 : 0} ${raw.length} ${errorsRead} ${objections}${admitted.map((action) => keyOf(action, host)).join("")}`,
    });
    if (raw.length === 0) return decided(0, raw);
    const intents = new Map(host.intents);
    for (const { target } of raw) if (!intents.has(target.service)) intents.set(target.service, change.atMs);
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
    return decided(
      judged.reduce((sum, { objections }) => sum + objections.length, 0),
      admitted.map(({ action }) => action),
    );
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
      recollapses: [],
      returns: 0,
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

  private effectsOf({ admitted, process, change }: Decision): readonly Effect[] {
    const { fleet } = this.run;
    const { owner, cellIndex } = process;
    return admitted.flatMap((action) => {
      const { target, cause, basedOn } = action;
      const service = fleet.serviceIndex.get(target.service);
      if (service === undefined || target.places.length === 0) return [];
      return {
        event: 0,
        atMs: change.atMs,
        action: action.do === "stop" ? "stop" : "delete",
        service: target.service,
        instances: target.places.map(
          (place) => fleet.firstInstance[service]! + fleet.placeIndex(service, place),
        ),
        cause,
        by: owner.spec.name,
        cell: owner.cells[cellIndex]!.name,
        fromError: isFromError(action),
        plannedAtMs: change.atMs,
        version: basedOn.version,
      };
    });
  }
}

const isFromError = ({ cause, because }: Action): boolean =>
  cause === "error" || because.some((reason) => reason.code === "error");

/** All that becomes an effect. Places are mostly those where the service runs, and there are many of them. */
function keyOf(action: Action, { seen }: Process): string {
  const { service, places } = action.target;
  const where = places === seen.services[service]?.running ? "all" : places.join("\t");
  return `\n${action.do}\t${service}\t${action.cause}\t${isFromError(action) ? 1 : 0}\t${action.basedOn.version}\t${where}`;
}

/** Does a change of a script do what that of the run does, but for its documents? */
const isSameChange = (change: RunChange, plain: RunChange | undefined): boolean =>
  plain !== undefined &&
  plain.atMs === change.atMs &&
  plain.ticket === change.ticket &&
  plain.spec === change.spec &&
  plain.version === change.version &&
  plain.touched === change.touched;

const lease = { held: true, epoch: 1 } as const;
