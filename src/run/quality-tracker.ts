/**
 * How well every capability works in every region. An instance is in one of a few states (down, three steps of warming
 * up, full), so the same picture comes up again and again: its probability is worked out once and remembered.
 */
import type { CompiledFleet } from "../models/fleet/compile-fleet.js";
import { type RequestStructure, requestStructure } from "../models/fleet/request-structure.js";
import { successProbability } from "../models/fleet/success-probability.js";

/** Warmed up. 0 is not serving, 1 to 3 are steps of warming up. */
export const levelFull = 4;
const states = levelFull + 1;
/** 5^22 < 2^53: states of up to this many parts fit into one number. */
const partsInKey = 22;

interface Picture {
  readonly success: number;
  readonly served: number;
}

const fine: Picture = { success: 1, served: 1 };
const dark: Picture = { success: 0, served: 0 };

interface Tracked {
  readonly structure: RequestStructure;
  readonly memo: Map<number, Picture>;
  /** By part: chance of success by state. */
  readonly chances: readonly Float64Array[];
  /** By region * parts + part: the instance that a request meets; -1 where the part is pinned. */
  readonly met: Int32Array;
}

export class QualityTracker {
  private readonly tracked: readonly Tracked[];
  /** By service: capabilities whose requests meet it where they are, and those that meet it at pinned places. */
  private readonly localIn: readonly (readonly number[])[];
  private readonly pinnedIn: readonly (readonly number[])[];
  /** By capability * regions + region. */
  private readonly success: Float64Array;
  private readonly served: Float64Array;
  private readonly isDirty: Uint8Array;
  private readonly dirty: Int32Array;
  private dirtyCount = 0;
  private readonly regions: number;
  private readonly state: Int32Array;
  /** By instance: chance that load lets a request through; null where no service has a capacity. */
  factor: Float64Array | null = null;

  /** `serving` and `level` by instance; owned by the world and read at every flush. */
  constructor(
    private readonly fleet: CompiledFleet,
    private readonly serving: Uint8Array,
    private readonly level: Uint8Array,
  ) {
    const capabilities = fleet.spec.capabilities;
    this.regions = fleet.regionNames.length;
    this.tracked = capabilities.map((capability) => {
      const structure = requestStructure(fleet, capability);
      const chances = structure.parts.map(({ service }) => chancesOf(fleet, service));
      return { structure, memo: new Map(), chances, met: metBy(fleet, structure) };
    });
    const listed = (pinned: boolean) =>
      fleet.services.map((_, s) =>
        this.tracked.flatMap(({ structure }, c) =>
          structure.parts.some((part) => part.service === s && (part.pinned !== null) === pinned) ? [c] : [],
        ),
      );
    this.localIn = listed(false);
    this.pinnedIn = listed(true);
    this.success = new Float64Array(capabilities.length * this.regions).fill(1);
    this.served = new Float64Array(this.success.length).fill(1);
    this.isDirty = new Uint8Array(this.success.length);
    this.dirty = new Int32Array(this.success.length);
    this.state = new Int32Array(Math.max(0, ...this.tracked.map(({ structure }) => structure.parts.length)));
  }

  /** Every capability works everywhere. */
  reset(): void {
    this.success.fill(1);
    this.served.fill(1);
    this.isDirty.fill(0);
    this.dirtyCount = 0;
  }

  /** The state of an instance may have changed. */
  touch(instance: number): void {
    const s = this.fleet.serviceOf[instance]!;
    for (const capability of this.localIn[s]!) {
      const width = this.fleet.placement[s]!;
      const place = this.fleet.placeOf[instance]!;
      if (width === 0) this.mark(capability * this.regions + place);
      else if (width === 2) this.markAll(capability);
      else
        for (const region of this.fleet.regionsOfGroup[place]!) this.mark(capability * this.regions + region);
    }
    for (const capability of this.pinnedIn[s]!) this.markAll(capability);
  }

  private markAll(capability: number): void {
    for (let region = 0; region < this.regions; region++) this.mark(capability * this.regions + region);
  }

  private mark(at: number): void {
    if (this.isDirty[at] === 1) return;
    this.isDirty[at] = 1;
    this.dirty[this.dirtyCount++] = at;
  }

  /** Works out what was touched and tells of real changes, in the order of capabilities and regions. */
  flush(onChange: (capability: number, region: number, success: number, served: number) => void): void {
    if (this.dirtyCount === 0) return;
    const count = this.dirtyCount;
    this.dirtyCount = 0;
    this.sortDirty(count);
    for (let k = 0; k < count; k++) {
      const at = this.dirty[k]!;
      this.isDirty[at] = 0;
      const capability = Math.floor(at / this.regions);
      const region = at - capability * this.regions;
      const tracked = this.tracked[capability]!;
      const { success, served } =
        this.factor === null
          ? this.picture(tracked, region)
          : this.loadedPicture(tracked, region, this.factor);
      if (success === this.success[at] && served === this.served[at]) continue;
      this.success[at] = success;
      this.served[at] = served;
      onChange(capability, region, success, served);
    }
  }

  /** Mostly a handful, where inserting beats everything. */
  private sortDirty(count: number): void {
    const { dirty } = this;
    if (count > 32) {
      dirty.subarray(0, count).sort();
      return;
    }
    for (let k = 1; k < count; k++) {
      const value = dirty[k]!;
      let to = k;
      for (; to > 0 && dirty[to - 1]! > value; to--) dirty[to] = dirty[to - 1]!;
      dirty[to] = value;
    }
  }

  private picture(tracked: Tracked, region: number): Picture {
    const { structure, met } = tracked;
    const { parts } = structure;
    const { state } = this;
    const first = region * parts.length;
    let key = 0;
    let full = true;
    let down = true;
    for (let i = 0; i < parts.length; i++) {
      const instance = met[first + i]!;
      const now = instance >= 0 ? this.stateOf(instance) : this.bestOf(parts[i]!.pinned!);
      state[i] = now;
      key = key * states + now;
      if (now !== levelFull) full = false;
      if (now !== 0) down = false;
    }
    if (full) return fine;
    if (down) return dark;
    if (parts.length > partsInKey) return this.workOut(tracked);
    let known = tracked.memo.get(key);
    if (known === undefined) tracked.memo.set(key, (known = this.workOut(tracked)));
    return known;
  }

  /** As if nobody was in a hurry: what health and warming up make of it. */
  unloaded(capability: number, region: number): Picture {
    return this.picture(this.tracked[capability]!, region);
  }

  private loadedPicture(tracked: Tracked, region: number, factor: Float64Array): Picture {
    const { parts } = tracked.structure;
    const unloaded = this.picture(tracked, region);
    const met = (i: number): number => tracked.met[region * parts.length + i]!;
    const factors = parts.map(({ pinned }, i) =>
      pinned === null ? factor[met(i)]! : this.bestFactor(pinned, factor),
    );
    if (factors.every((item) => item === 1)) return unloaded;
    parts.forEach(({ pinned }, i) => {
      this.state[i] = pinned === null ? this.stateOf(met(i)) : this.bestOf(pinned);
    });
    return this.workOut(tracked, factors);
  }

  private bestFactor(instances: Int32Array, factor: Float64Array): number {
    let best = 0;
    for (const instance of instances)
      if (this.serving[instance] === 1) best = Math.max(best, factor[instance]!);
    return best;
  }

  private stateOf(instance: number): number {
    return this.serving[instance] === 1 ? this.level[instance]! : 0;
  }

  private bestOf(instances: Int32Array): number {
    let best = 0;
    for (const instance of instances) best = Math.max(best, this.stateOf(instance));
    return best;
  }

  private workOut({ structure, chances }: Tracked, factors: readonly number[] | null = null): Picture {
    const { nodes, parts, own, served } = structure;
    const availability = new Float64Array(nodes.length).fill(1);
    for (let i = 0; i < parts.length; i++)
      availability[i] = chances[i]![this.state[i]!]! * (factors === null ? 1 : factors[i]!);
    const [success, servedAtAll] = successProbability(nodes, availability, [own, served]);
    return { success: success!, served: servedAtAll! };
  }
}

function metBy(fleet: CompiledFleet, { parts }: RequestStructure): Int32Array {
  const met = new Int32Array(fleet.regionNames.length * parts.length);
  for (let region = 0; region < fleet.regionNames.length; region++) {
    parts.forEach(({ service, pinned }, i) => {
      met[region * parts.length + i] = pinned === null ? fleet.instanceAt(service, region) : -1;
    });
  }
  return met;
}

/** Chance of success by state: while warming up the middle of each step of the line from `success` up to 1. */
function chancesOf(fleet: CompiledFleet, service: number): Float64Array {
  const start = fleet.services[service]!.warmUp?.success ?? 1;
  const steps = levelFull - 1;
  return Float64Array.from({ length: states }, (_, state) =>
    state === 0 ? 0 : state === levelFull ? 1 : start + ((1 - start) * (state - 0.5)) / steps,
  );
}
