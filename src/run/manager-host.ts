/** One process of a manager: its memory, what it was given to read, when it looks next. No decisions are made here. */
import type { Json } from "../base/json.js";
import type { Name } from "../models/fleet/spec.js";
import type {
  ActionResult,
  Doc,
  Memory,
  Observation,
  Reading,
  Step,
  Turn,
} from "../models/managers/contract.js";
import type { Cell, Run, RunManager } from "../scenario/run.js";
import type { EventHandle } from "../sim/kernel.js";
import { Observer } from "./observe.js";
import type { World } from "./world.js";

/** Why a step is due; of several reasons the first in this list counts. */
const urgency: readonly Turn["why"][] = ["boot", "edit", "result", "wake", "observed", "resync"];

export class ManagerHost {
  readonly observer: Observer;
  memory: Memory;
  alive = true;
  paused = false;
  /** It ended itself, or no longer reacts. */
  ended = false;
  /** Lost its lease while another instance is active. */
  deposed = false;
  /** Set while it is deposed: it goes on with what it had read. */
  held: readonly Doc[] | null = null;
  epoch = 1;
  documents: readonly Doc[] | null = null;
  reading: Reading | null = null;
  readEvent = -1;
  planEvent = -1;
  planKey = "";
  results: ActionResult[] = [];
  why: Turn["why"] | null = null;
  stepHandle: EventHandle | null = null;
  stepDueMs = Number.POSITIVE_INFINITY;
  wakeHandle: EventHandle | null = null;
  lastStepMs = Number.NEGATIVE_INFINITY;
  /** Objections told already, so that a plan that waits does not repeat itself in the trace. */
  readonly told = new Set<string>();
  /** Snapshots that are not visible yet (observation delay), oldest first. */
  readonly snapshots: { atMs: number; seen: Observation }[] = [];
  /** The observation is stuck at this one (stale observation fault). */
  frozen: Observation | null = null;
  /** The list of the world is wrong in this way (list fault). */
  listFault: Observation["fault"] = "none";
  /** Set after a step that would come out the same as long as nothing changes. */
  settledAt: {
    readonly revision: number | null;
    readonly documents: readonly Doc[];
    readonly everyMs: number;
  } | null = null;
  /** By service: does it want to be woken when one vanishes or appears. Null: always. */
  watchVanished: Uint8Array | null = null;
  watchAppeared: Uint8Array | null = null;
  private watch: Step["watch"] | null = null;
  /** Names of the guards that its own entry held when it was last readable. */
  private stored: readonly Name[] = [];
  /** Instance of the service that this process runs as; -1: outside the fleet. */
  readonly instance: number;

  constructor(
    readonly index: number,
    readonly run: Run,
    readonly owner: RunManager,
    readonly cell: Cell,
    readonly cellIndex: number,
    world: World,
  ) {
    this.observer = new Observer(run, world, owner.index, cell);
    this.instance = instanceOf(run, owner, cell);
    this.memory = owner.manager.boot(null);
  }

  reset(): void {
    this.observer.reset();
    this.memory = this.owner.manager.boot(null);
    this.alive = true;
    this.paused = false;
    this.ended = false;
    this.stored = [];
    this.deposed = false;
    this.held = null;
    this.epoch = 1;
    this.documents = null;
    this.reading = null;
    this.readEvent = -1;
    this.planEvent = -1;
    this.planKey = "";
    this.results = [];
    this.why = null;
    this.stepHandle = null;
    this.stepDueMs = Number.POSITIVE_INFINITY;
    this.wakeHandle = null;
    this.lastStepMs = Number.NEGATIVE_INFINITY;
    this.told.clear();
    this.snapshots.length = 0;
    this.frozen = null;
    this.listFault = "none";
    this.settledAt = null;
    this.watchVanished = null;
    this.watchAppeared = null;
    this.watch = null;
  }

  get name(): Name {
    return this.owner.spec.name;
  }

  /** For the trace: the guards in force after a reading, where they are stored in the configuration. */
  guardsRead(reading: Reading): { readonly guards?: readonly Name[] } {
    const { spec, policy } = this.owner;
    if (spec.guards.stored !== "in-configuration") return {};
    const keeps = policy.error === "lastKnownGoodEntry" || policy.error === "haltAll";
    if (reading.own.is === "present") this.stored = (reading.guards ?? []).map(guardName);
    else if (!keeps) this.stored = [];
    return { guards: this.stored };
  }

  /** Takes note of a reason to step; the strongest one is told to the manager. */
  because(why: Turn["why"]): void {
    if (this.why === null || urgency.indexOf(why) < urgency.indexOf(this.why)) this.why = why;
  }

  setWatch(watch: Step["watch"]): void {
    if (watch === this.watch) return;
    this.watch = watch;
    if (watch === undefined) {
      this.watchVanished = null;
      this.watchAppeared = null;
      return;
    }
    this.watchVanished = this.mask(watch.vanished);
    this.watchAppeared = this.mask(watch.appeared);
  }

  private mask(names: readonly Name[]): Uint8Array {
    const mask = new Uint8Array(this.run.fleet.services.length);
    for (const name of names) {
      const service = this.run.fleet.serviceIndex.get(name);
      if (service !== undefined) mask[service] = 1;
    }
    return mask;
  }

  /** Should a change of an instance of this service wake it? */
  cares(service: number, appeared: boolean): boolean {
    const mask = appeared ? this.watchAppeared : this.watchVanished;
    return mask === null || mask[service] === 1;
  }
}

/** A guard as an own entry writes it: its name, or a mapping with it. */
function guardName(item: Json): Name {
  if (typeof item === "string") return item;
  const name =
    typeof item === "object" && item !== null ? (item as { readonly guard?: Json }).guard : undefined;
  return typeof name === "string" ? name : "(unknown)";
}

/** The instance that runs the manager of a cell: the one at the cell's place, or the only one. */
function instanceOf(run: Run, owner: RunManager, cell: Cell): number {
  const { fleet } = run;
  if (owner.spec.service === null) return -1;
  const service = fleet.serviceIndex.get(owner.spec.service);
  if (service === undefined) return -1;
  const first = fleet.firstInstance[service]!;
  const kind = fleet.placement[service];
  if (owner.spec.instances === "one" || kind === 2 || cell.group === -1) return first;
  if (kind === 1) return first + cell.group;
  return first + (cell.region >= 0 ? cell.region : fleet.regionsOfGroup[cell.group]![0]!);
}
