/**
 * One plan instead of a whole run: what every manager proposes when it reads the next version in the world as it was at
 * the start, and what its guards admit of it. A hundred times cheaper than a run, and enough for what a single decision
 * shows; what follows in the world (health, people, later steps) is not looked at.
 */

import type { Name } from "../models/fleet/spec.js";
import type { GuardContext } from "../models/guards/guard.js";
import { isDestructive } from "../models/guards/guard.js";
import type { Effect, JudgedRun } from "../models/judging/judged-run.js";
import type { Action, Memory, Observation, Ticket, Turn } from "../models/managers/contract.js";
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
  /** Does not change: what a manager proposed before is proposed to the same world again. */
  readonly intents: Map<Name, number>;
}

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
      };
    });
  }

  /** The first plans on the versions of a script, judged as far as a plan can show it. */
  plan(script: Script): JudgedRun {
    const { run } = this;
    const effects: Effect[] = [];
    const alive = new Uint8Array(run.fleet.instanceCount).fill(1);
    let proposedRemovals = 0;
    let objections = 0;
    let errorsRead = 0;
    let plans = 0;
    const tickets = new Map<Name, Ticket>();
    const memories = this.processes.map((host) => host.booted);
    for (const host of this.processes) host.intents.clear();
    for (const change of script.changes) {
      for (const service of change.ticket.removes) tickets.set(service, change.ticket);
      this.processes.forEach((host, k) => {
        const { owner, cellIndex, seen } = host;
        if (change.cells !== null && !change.cells.includes(owner.cells[cellIndex]!.name)) return;
        const self = owner.selves[cellIndex]!;
        const reading = owner.manager.read(change.documents, self);
        errorsRead += errorsOf(reading).length + (reading.whole === "complete" ? 0 : 1);
        const turn: Turn = { nowMs: change.atMs, why: "edit", reading, seen, results: [], lease, self };
        const step = owner.manager.step(memories[k]!, turn);
        memories[k] = step.memory;
        if (step.propose.length === 0) return;
        plans++;
        const raw = step.propose.filter(isDestructive);
        proposedRemovals += raw.length;
        for (const action of raw) {
          if (!host.intents.has(action.target.service)) host.intents.set(action.target.service, change.atMs);
        }
        const off = script.bypassed.get(owner.spec.name);
        const inForce = guardsInForce(owner, reading, host.kept, run.guards).guards;
        const guards = off === undefined ? inForce : inForce.filter((item) => !off.has(item.guard.name));
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
          intents: host.intents,
          deployedByAnother: owner.deployedByAnother,
          lastAppliedVersion: host.version,
          currentEpoch: lease.epoch,
          inventory: inventoryOf(step),
          stoppedSince: nothingStopped,
          calmSinceMs: 0,
          approval: () => nobodyAgreed,
        };
        for (const { action, objections: against } of judgePlan(step.propose, guards, context)) {
          objections += against.length;
          if (against.length > 0 || !isDestructive(action)) continue;
          const effect = this.effectOf(action, host, change, effects.length);
          for (const instance of effect.instances) alive[instance] = 0;
          if (effect.instances.length > 0) effects.push(effect);
        }
      });
    }
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
      proposedRemovals,
      objections,
      errorsRead,
      plans,
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
    index: number,
  ): Effect {
    const { fleet } = this.run;
    const service = fleet.serviceIndex.get(target.service);
    const instances =
      service === undefined
        ? []
        : target.places.map((place) => fleet.firstInstance[service]! + fleet.placeIndex(service, place));
    return {
      event: index,
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
