/** What one process of a manager sees of the world: names and places, rebuilt only for services that changed. */
import type { Name } from "../models/fleet/spec.js";
import type { Observation, SeenService } from "../models/managers/contract.js";
import type { Cell, Run } from "../scenario/run.js";
import { phase, type World } from "./world.js";

const placements = ["regional", "group", "global"] as const;
const asRunning = 0;
const asMissing = 1;
const asStopped = 2;
const asBusy = 3;
const none: readonly Name[] = [];

export class Observer {
  private readonly seen: (SeenService | null)[];
  private readonly version: Int32Array;
  private readonly atStart: (SeenService | null)[];
  private aliveVersion = -1;
  private readonly reach: readonly (readonly number[])[];
  private readonly allPlaces: readonly (readonly Name[])[];
  private readonly dependants: readonly (readonly number[])[];
  private readonly owners: readonly (Name | null)[];
  private readonly group: number;
  private readonly watchesPeers: boolean;
  private readonly watchesHealth: boolean;
  private cached: Observation | null = null;
  private cachedRevision = -1;
  /** By position among the instances of the service that is looked at. */
  private readonly seenAs: Uint8Array;

  /** `manager` is an index of the run; the cell limits which places are seen. */
  constructor(
    private readonly run: Run,
    private readonly world: World,
    private readonly manager: number,
    cell: Cell,
  ) {
    const { fleet } = run;
    this.seen = fleet.services.map(() => null);
    this.atStart = fleet.services.map(() => null);
    this.version = new Int32Array(fleet.services.length).fill(-1);
    this.reach = fleet.services.map((_, s) => reachOf(run, s, cell));
    this.group = cell.group;
    this.watchesPeers = run.managers[manager]!.policy.selfManagement === "peerCell";
    this.watchesHealth = run.managers[manager]!.manager.watchesHealth === true;
    this.seenAs = new Uint8Array(Math.max(0, ...this.reach.map((instances) => instances.length)));
    this.allPlaces = this.reach.map((instances) => instances.map((i) => fleet.placeName(i)));
    const index = fleet.serviceIndex;
    const needs = fleet.services.map((service) =>
      service.needs.flatMap((need) =>
        need.kind === "hard"
          ? [need.service]
          : need.kind === "any" && need.k === need.of.length
            ? [...need.of]
            : [],
      ),
    );
    const dependants: number[][] = fleet.services.map(() => []);
    needs.forEach((names, s) => {
      for (const name of names) dependants[index.get(name)!]!.push(s);
    });
    this.dependants = dependants;
    this.owners = fleet.services.map((service) => {
      const object = fleet.spec.objects.find((item) => item.owns.includes(service.name));
      return object?.name ?? service.manager;
    });
  }

  reset(): void {
    this.seen.fill(null);
    this.version.fill(-1);
    this.aliveVersion = -1;
    this.cached = null;
    this.cachedRevision = -1;
  }

  /** Instances that this process can reach. */
  instancesOf(service: number): readonly number[] {
    return this.reach[service]!;
  }

  placesOf(service: number): readonly Name[] {
    return this.allPlaces[service]!;
  }

  /** Changes whenever something that this process can see did. */
  revision(): number {
    const { world, group } = this;
    if (group < 0 || this.watchesPeers) return world.revision;
    return world.groupRevision[group]! + world.globalRevision + world.aliveVersion;
  }

  observe(nowMs: number, objects: readonly Name[], revisions: ReadonlyMap<number, string>): Observation {
    const seen = this.observePhases(nowMs, objects, revisions);
    return this.watchesHealth ? this.withHealth(seen) : seen;
  }

  /** Health changes far more often than what exists, so it is looked up for those who ask only, and never kept. */
  private withHealth(seen: Observation): Observation {
    const { fleet } = this.run;
    const services: Record<Name, SeenService> = {};
    for (const [name, service] of Object.entries(seen.services)) {
      const s = fleet.serviceIndex.get(name)!;
      const ailing = this.reach[s]!.filter(
        (i) => this.world.phase[i] === phase.running && this.world.serving[i] === 0,
      ).map((i) => fleet.placeName(i));
      services[name] = ailing.length === 0 ? service : { ...service, ailing };
    }
    return { ...seen, services };
  }

  private observePhases(
    nowMs: number,
    objects: readonly Name[],
    revisions: ReadonlyMap<number, string>,
  ): Observation {
    const { world } = this;
    if (this.cached !== null && this.cachedRevision === this.revision() && this.cached.objects === objects) {
      return { ...this.cached, atMs: nowMs };
    }
    if (this.aliveVersion !== world.aliveVersion) {
      this.aliveVersion = world.aliveVersion;
      this.version.fill(-1);
    }
    // Most of it is as before: copying a record whole is cheaper than building it name by name.
    const services: Record<Name, SeenService> = this.cached === null ? {} : { ...this.cached.services };
    const { fleet } = this.run;
    for (let s = 0; s < fleet.services.length; s++) {
      if (this.reach[s]!.length === 0) continue;
      if (this.version[s] !== world.serviceVersion[s]! || this.seen[s] === null) {
        this.version[s] = world.serviceVersion[s]!;
        this.seen[s] = world.revision === 0 ? this.lookAtStart(s, revisions) : this.look(s, revisions);
        services[fleet.serviceNames[s]!] = this.seen[s]!;
      } else if (this.cached === null) services[fleet.serviceNames[s]!] = this.seen[s]!;
    }
    this.cachedRevision = this.revision();
    this.cached = {
      atMs: nowMs,
      revision: world.revision,
      fault: "none",
      services,
      objects,
      peersMissing: this.peersMissing(),
    };
    return this.cached;
  }

  /** Every run starts from the same world, so the first picture of it is kept. */
  private lookAtStart(s: number, revisions: ReadonlyMap<number, string>): SeenService {
    const known = this.atStart[s]!;
    if (known !== null && known.revision === (revisions.get(s) ?? null)) return known;
    const seen = this.look(s, revisions);
    this.atStart[s] = seen;
    return seen;
  }

  private look(s: number, revisions: ReadonlyMap<number, string>): SeenService {
    const { world, run } = this;
    const { fleet } = run;
    const instances = this.reach[s]!;
    const names = this.allPlaces[s]!;
    const { seenAs } = this;
    const count = [0, 0, 0, 0];
    let label = -1;
    for (let k = 0; k < instances.length; k++) {
      const i = instances[k]!;
      const state = world.phase[i];
      const as =
        world.busy[i] === 1 || state === phase.deploying
          ? asBusy
          : state === phase.running
            ? asRunning
            : state === phase.stopped
              ? asStopped
              : asMissing;
      seenAs[k] = as;
      count[as]!++;
      if (state !== phase.absent && label === -1) label = world.label[i]!;
    }
    const those = (as: number): readonly Name[] => {
      const total = count[as]!;
      if (total === 0) return none;
      if (total === names.length) return names;
      // As long as it will be from the start: a list that grows leaves its shorter selves behind.
      const some = names.slice(0, total);
      for (let k = 0, n = 0; n < total; k++) if (seenAs[k] === as) some[n++] = names[k]!;
      return some;
    };
    return {
      placement: placements[fleet.placement[s]!]!,
      running: those(asRunning),
      missing: those(asMissing),
      stopped: those(asStopped),
      busy: those(asBusy),
      label: label === -1 ? null : run.managers[label]!.spec.name,
      owner: this.owners[s]!,
      dependants: this.dependants[s]!.filter((d) => world.runningCount[d]! > 0).map(
        (d) => fleet.serviceNames[d]!,
      ),
      revision: revisions.get(s) ?? null,
    };
  }

  private peersMissing(): readonly Name[] {
    const { run, world } = this;
    const own = run.managers[this.manager]!.spec.service;
    if (own === null || run.managers[this.manager]!.policy.selfManagement !== "peerCell") return [];
    const s = run.fleet.serviceIndex.get(own)!;
    const names: Name[] = [];
    for (let i = run.fleet.firstInstance[s]!; i < run.fleet.firstInstance[s + 1]!; i++) {
      const gone = world.phase[i] === phase.absent || world.phase[i] === phase.crashed;
      if (gone && world.busy[i] === 0) names.push(run.fleet.placeName(i));
    }
    return names;
  }
}

/** Instances of a service inside a cell; what is global belongs to the home cell. */
function reachOf(run: Run, service: number, cell: Cell): readonly number[] {
  const { fleet } = run;
  const instances: number[] = [];
  for (let i = fleet.firstInstance[service]!; i < fleet.firstInstance[service + 1]!; i++) {
    const group = fleet.groupOfInstance[i]!;
    if (cell.group === -1 || (group === -1 && cell.home) || inCell(run, i, group, cell)) instances.push(i);
  }
  return instances;
}

function inCell(run: Run, instance: number, group: number, cell: Cell): boolean {
  if (group !== cell.group) return false;
  if (cell.region === -1) return true;
  const { fleet } = run;
  if (fleet.placement[fleet.serviceOf[instance]!] === 0) return fleet.placeOf[instance] === cell.region;
  return fleet.regionsOfGroup[group]![0] === cell.region;
}

/** A wrong list of the world: an error says so, an empty or partial one looks like the truth. */
export function withListFault(seen: Observation, fault: Observation["fault"]): Observation {
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
