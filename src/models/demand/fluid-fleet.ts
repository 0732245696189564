/**
 * Load of a fleet as a fluid: flows of requests (a capability in a region) pass stations (a service at a place). Rates
 * are constant between the moments at which something turns, so that a queue is a line and every turn is known ahead.
 *
 * A station whose queue is longer than clients wait serves only requests that nobody waits for any more: it has
 * collapsed, its clients retry, and it comes back only if what it serves is more than what they send. Retries pass the
 * whole path of a flow, so a station that has collapsed loads the others on it as well.
 */
import { returnWindowMs, waitingAfter } from "./herd.js";
import { type LoadPolicy, retriesOf, shedsByItself, staleFrom } from "./load-policy.js";

export interface FluidFlow {
  /** Requests a second. */
  readonly rate: number;
  /** Stations that a request passes, and how many calls it makes there on average (at most 1). */
  readonly path: readonly { readonly station: number; readonly calls: number }[];
  /** Flows that its users turn to when it fails, in this order, with the share of them that can. */
  readonly fallback: readonly { readonly flow: number; readonly enrolled: number }[];
}

/** draining: collapsed, and by itself on the way out. shedding: in time for some, and turned away for the others. */
export type StationMode = "healthy" | "collapsed" | "draining" | "shedding";

/** Queues are told apart from a bound or from nothing by more than rounding leaves. */
const tiny = 1e-6;

export class FluidFleet {
  readonly modes: StationMode[];
  /** By station: chance (0..1) that a request is served in time. */
  readonly factor: Float64Array;
  /** By station, a second: what arrives, with retries; the part of it that comes back after an outage; what it can serve. */
  readonly offered: Float64Array;
  readonly returning: Float64Array;
  readonly capacity: Float64Array;
  readonly queue: Float64Array;
  /** Users who wait for a flow to come back, by flow. */
  readonly waiting: Float64Array;
  /** By station: people turn away what is too much, until it no longer is. */
  private readonly limited: Uint8Array;
  private readonly up: Uint8Array;
  private readonly fresh: Float64Array;
  private readonly success: Float64Array;
  private readonly unserved: Float64Array;
  private readonly herdRate: Float64Array;
  private readonly herdLeftMs: Float64Array;
  private readonly shifted: Float64Array;
  private readonly windowMs: number;
  private readonly amplification: number;
  private readonly sheds: boolean;

  constructor(
    private readonly flows: readonly FluidFlow[],
    readonly stations: number,
    private readonly policy: LoadPolicy,
  ) {
    const perStation = (): Float64Array => new Float64Array(stations);
    const perFlow = (): Float64Array => new Float64Array(flows.length);
    this.modes = Array.from({ length: stations }, () => "healthy");
    this.factor = perStation();
    this.offered = perStation();
    this.returning = perStation();
    this.capacity = perStation();
    this.queue = perStation();
    this.fresh = perStation();
    this.limited = new Uint8Array(stations);
    this.up = new Uint8Array(stations);
    this.waiting = perFlow();
    this.success = perFlow();
    this.unserved = perFlow();
    this.herdRate = perFlow();
    this.herdLeftMs = perFlow();
    this.shifted = perFlow();
    this.windowMs = returnWindowMs(policy);
    this.amplification = 1 + retriesOf(policy.retry);
    this.sheds = shedsByItself(policy);
    this.reset();
  }

  /** All flows are open and nobody waits; every station is there, without a capacity until it is given one. */
  reset(): void {
    for (const list of [this.queue, this.waiting, this.unserved, this.herdRate, this.herdLeftMs])
      list.fill(0);
    this.modes.fill("healthy");
    this.factor.fill(1);
    this.limited.fill(0);
    this.up.fill(1);
    this.success.fill(1);
    this.offered.fill(0);
    this.capacity.fill(0);
  }

  /** What one station can serve from now on; null: it is not there, and whoever waited at it has failed. */
  setStation(station: number, capacityPerSecond: number | null): void {
    this.up[station] = capacityPerSecond === null ? 0 : 1;
    this.capacity[station] = capacityPerSecond ?? 0;
    if (capacityPerSecond !== null) return;
    this.queue[station] = 0;
    this.limited[station] = 0;
  }

  /**
   * How a flow does apart from load: chance that a request succeeds, and that it or a fallback does. When a closed one
   * opens, those who have waited come back.
   */
  setFlow(flow: number, success: number, served: number): void {
    const opens = success > 0 && this.success[flow] === 0;
    if (success === 0 && this.herdLeftMs[flow]! > 0) {
      this.waiting[flow]! += (this.herdRate[flow]! * this.herdLeftMs[flow]!) / 1000;
      this.herdRate[flow] = 0;
      this.herdLeftMs[flow] = 0;
    }
    this.success[flow] = success;
    this.unserved[flow] = success > 0 ? 0 : 1 - served;
    if (!opens || this.waiting[flow] === 0) return;
    this.herdRate[flow] = (1000 * this.waiting[flow]!) / this.windowMs;
    this.herdLeftMs[flow] = this.windowMs;
    this.waiting[flow] = 0;
  }

  /** People shed load at a station that has collapsed: what waits is thrown away, what is too much is turned away. */
  shed(station: number): void {
    this.limited[station] = 1;
    this.queue[station] = 0;
  }

  /** Nothing may turn meanwhile: at most as long as `turnsIn` said after the last `settle`. */
  advance(ms: number): void {
    if (ms <= 0) return;
    for (let i = 0; i < this.stations; i++) {
      if (this.up[i] === 0 || this.keepsNoQueue(i)) continue;
      const queue = this.queue[i]! + ((this.offered[i]! - this.capacity[i]!) * ms) / 1000;
      this.queue[i] = Math.min(this.policy.queue.bound ?? Number.POSITIVE_INFINITY, Math.max(0, queue));
    }
    for (let f = 0; f < this.flows.length; f++) {
      if (this.success[f] === 0)
        this.waiting[f] = waitingAfter(
          this.waiting[f]!,
          this.flows[f]!.rate * this.unserved[f]!,
          ms,
          this.policy,
        );
      else if (this.herdLeftMs[f]! > 0) {
        this.herdLeftMs[f] = Math.max(0, this.herdLeftMs[f]! - ms);
        if (this.herdLeftMs[f] === 0) this.herdRate[f] = 0;
      }
    }
  }

  /** Works out rates, modes and factors of this moment. */
  settle(): void {
    this.shift();
    this.offered.fill(0);
    this.fresh.fill(0);
    this.returning.fill(0);
    for (let f = 0; f < this.flows.length; f++) this.load(f);
    for (let i = 0; i < this.stations; i++) this.judge(i);
  }

  /** Time until some rate changes by itself; null: never. */
  turnsIn(): number | null {
    let next = Number.POSITIVE_INFINITY;
    for (let f = 0; f < this.flows.length; f++)
      if (this.herdLeftMs[f]! > 0) next = Math.min(next, this.herdLeftMs[f]!);
    for (let i = 0; i < this.stations; i++) next = Math.min(next, this.turnOf(i));
    return Number.isFinite(next) ? next : null;
  }

  /** Somebody comes back, or a station has not got over it. */
  get unsettled(): boolean {
    return this.turnsIn() !== null || this.hasCollapsed;
  }

  get hasCollapsed(): boolean {
    return this.modes.some((mode) => mode === "collapsed" || mode === "draining");
  }

  private keepsNoQueue(station: number): boolean {
    return this.sheds || this.limited[station] === 1;
  }

  private isStale(station: number): boolean {
    return (
      this.up[station] === 1 &&
      !this.keepsNoQueue(station) &&
      this.queue[station]! >= staleFrom(this.policy, this.capacity[station]!)
    );
  }

  private failsUnderLoad(flow: number): boolean {
    return this.flows[flow]!.path.some(({ station }) => this.isStale(station));
  }

  /** Users of a flow that fails turn to their other ways. */
  private shift(): void {
    this.shifted.fill(0);
    for (let f = 0; f < this.flows.length; f++) {
      const { rate, fallback } = this.flows[f]!;
      if (fallback.length === 0) continue;
      let failing = rate * (this.failsUnderLoad(f) ? 1 : 1 - this.success[f]!);
      for (const { flow, enrolled } of fallback) {
        if (failing === 0) break;
        if (this.success[flow] === 0) continue;
        this.shifted[flow]! += failing * enrolled;
        failing *= 1 - enrolled;
      }
    }
  }

  private load(flow: number): void {
    if (this.success[flow] === 0) return;
    const { rate, path } = this.flows[flow]!;
    if (path.length === 0) return;
    const herd = this.herdRate[flow]!;
    const logins = rate + this.shifted[flow]! + herd;
    const attempts = logins * (this.failsUnderLoad(flow) ? this.amplification : 1);
    for (const { station, calls } of path) {
      this.fresh[station]! += logins * calls;
      this.offered[station]! += attempts * calls;
      this.returning[station]! += herd * calls;
    }
  }

  private judge(station: number): void {
    const capacity = this.capacity[station]!;
    const fresh = this.fresh[station]!;
    if (this.limited[station] === 1 && fresh <= capacity) this.limited[station] = 0;
    if (this.isStale(station)) {
      this.factor[station] = 0;
      this.modes[station] = this.offered[station]! < capacity ? "draining" : "collapsed";
      return;
    }
    const { bound } = this.policy.queue;
    const full = bound !== null && this.queue[station]! >= bound - tiny;
    const admitted = capacity * (this.limited[station] === 1 ? 1 : (this.policy.admission ?? 1));
    const turnsAway = (this.keepsNoQueue(station) || full) && fresh > admitted;
    this.factor[station] = turnsAway ? admitted / fresh : 1;
    this.modes[station] = turnsAway ? "shedding" : "healthy";
  }

  private turnOf(station: number): number {
    if (this.up[station] === 0 || this.keepsNoQueue(station)) return Number.POSITIVE_INFINITY;
    const { bound } = this.policy.queue;
    const stale = staleFrom(this.policy, this.capacity[station]!);
    const queue = this.queue[station]!;
    const perMs = (this.offered[station]! - this.capacity[station]!) / 1000;
    if (perMs > 0) {
      if (queue < stale && Number.isFinite(stale)) return Math.ceil((stale - queue) / perMs);
      if (bound !== null && queue < bound - tiny) return Math.ceil((bound - queue) / perMs);
    } else if (perMs < 0) {
      // One ms more, so that it is shorter then, whatever is rounded.
      if (queue >= stale) return Math.floor((queue - stale) / -perMs) + 1;
      if (queue > tiny) return Math.floor(queue / -perMs) + 1;
    }
    return Number.POSITIVE_INFINITY;
  }
}
