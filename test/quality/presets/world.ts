/** One machine: a manager reads, is told of a change, and does what it proposes. What one then sees is the outcome. */
import { assert } from "../../../src/base/assert.js";
import { unknown } from "../../../src/models/config/described.js";
import { issueIn } from "../../../src/models/config/parsed.js";
import type { Name } from "../../../src/models/fleet/spec.js";
import type {
  Action,
  Memory,
  Observation,
  Reading,
  Self,
  Turn,
} from "../../../src/models/managers/contract.js";
import type { ManagerModel } from "../../../src/models/managers/define-manager.js";
import type { Files } from "./files.js";
import type { Format, Program, Read } from "./reads.js";

export interface Outcome {
  readonly stopped: readonly string[];
  readonly started: readonly string[];
  readonly restarted: readonly string[];
  readonly alive: boolean;
}

interface Process {
  readonly program: Exclude<Program, null>;
  readonly pid: number;
  readonly revision: string;
  readonly label: Name;
}

const place = ["global"];
const nothing: readonly string[] = [];

/** Steps after the change: enough for what takes two, and for what would go on for ever to show. */
const stepsMax = 6;

export class Machine {
  private readonly running = new Map<Name, Process>();
  private nextPid = 1;
  private read: Read;
  private memory: Memory;
  private alive = true;
  private readonly manager: ReturnType<ManagerModel["build"]>;
  private readonly names = new Set<Name>();

  constructor(
    private readonly model: ManagerModel,
    private readonly format: Format,
  ) {
    this.manager = model.build(model.policy, model.guards, () => {
      throw new Error("formats are read here");
    });
    this.read = format.read(format.files);
    for (const name of Object.keys(this.read.entries)) this.start(name);
    this.memory = this.manager.boot(null);
    const first = this.manager.step(this.memory, this.turn("boot", 1));
    assert(first.propose.length === 0, `${model.name} acts before anything changed`);
    this.memory = first.memory;
  }

  /** `reboot`: the manager and all that it ran are gone, and it starts with this configuration. */
  outcome(files: Files, reboot: boolean): Outcome {
    const before = this.byProgram();
    const { project } = this.read;
    this.read = this.format.read(files);
    if (reboot) this.running.clear();
    if (reboot || this.read.project !== project) this.memory = this.manager.boot(null);
    for (let k = 0; k < stepsMax && this.alive; k++) {
      const why = k > 0 ? "result" : reboot ? "boot" : "edit";
      const step = this.manager.step(this.memory, this.turn(why, 2 + k));
      this.memory = step.memory;
      if (step.ends !== undefined) {
        this.alive = step.ends.as !== "exited";
        break;
      }
      if (step.propose.length === 0) break;
      for (const action of step.propose) this.carryOut(action);
    }
    return this.compare(before);
  }

  private compare(before: ReadonlyMap<string, readonly number[]>): Outcome {
    const after = this.byProgram();
    const isNew = (program: string): boolean =>
      !after.get(program)!.some((pid) => before.get(program)!.includes(pid));
    return {
      stopped: [...before.keys()].filter((program) => !after.has(program)).sort(),
      started: [...after.keys()].filter((program) => !before.has(program)).sort(),
      restarted: [...after.keys()].filter((program) => before.has(program) && isNew(program)).sort(),
      alive: this.alive,
    };
  }

  private byProgram(): ReadonlyMap<string, readonly number[]> {
    const pids = new Map<string, number[]>();
    for (const { program, pid } of this.running.values()) {
      if (/^[a-z]\d?$/.test(program)) pids.set(program, [...(pids.get(program) ?? []), pid]);
    }
    return pids;
  }

  private start(name: Name): void {
    this.running.delete(name);
    const program = this.read.programs[name] ?? null;
    const entry = this.read.entries[name];
    if (program === null || entry?.is !== "present") return;
    this.running.set(name, {
      program,
      pid: this.nextPid++,
      revision: entry.spec.revision,
      label: this.read.project,
    });
  }

  private carryOut({ do: what, target: { service } }: Action): void {
    const process = this.running.get(service);
    if (what === "delete" || what === "stop") this.running.delete(service);
    else if (what === "deploy") this.start(service);
    else if (process === undefined || what === "release") return;
    else if (this.format.inPlace === true) {
      const entry = this.read.entries[service];
      if (entry?.is === "present") this.running.set(service, { ...process, revision: entry.spec.revision });
    } else if (this.read.ending.includes(service)) {
      this.running.clear();
      this.alive = false;
    } else if (what === "restart") this.running.set(service, { ...process, pid: this.nextPid++ });
    else this.start(service);
  }

  private turn(why: Turn["why"], version: number): Turn {
    return {
      nowMs: version * 600_000,
      why,
      reading: this.reading(Math.min(version, 2)),
      seen: this.seen(version),
      results: [],
      lease: { held: true, epoch: 1 },
      self: this.self(),
    };
  }

  private self(): Self {
    const itself = this.model.policy.selfManagement === "self" ? "m" : null;
    return { manager: this.read.project, cell: "global", service: itself, managerServices: {}, objects: [] };
  }

  private reading(version: number): Reading {
    const { whole, entries, manages } = this.read;
    const { manager, service } = this.self();
    const own: Reading["own"] =
      "code" in manages
        ? (unknown(issueIn(manages.code, "its own", manages.message)) as Reading["own"])
        : { is: "present", spec: { name: manager, service, manages } };
    return { version, whole, entries, own, policy: null, guards: null };
  }

  private seen(revision: number): Observation {
    for (const name of [...this.running.keys(), ...Object.keys(this.read.programs)]) this.names.add(name);
    const services = Object.fromEntries(
      [...this.names].sort().map((name) => {
        const process = this.running.get(name);
        const dependants = [...this.running.keys()].filter((other) => this.read.needs[other]?.includes(name));
        return [
          name,
          {
            placement: "global" as const,
            running: process === undefined ? nothing : place,
            missing: process === undefined ? place : nothing,
            stopped: nothing,
            busy: nothing,
            label: process?.label ?? null,
            owner: null,
            dependants,
            revision: process?.revision ?? null,
          },
        ];
      }),
    );
    return { atMs: revision, revision, fault: "none", services, objects: [], peersMissing: [] };
  }
}
