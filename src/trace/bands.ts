/**
 * How many regions worked at each moment, over many replications: the middle one, and the range in which four of five
 * lie. Replications are counted on a grid of times, so that ten thousand of them take as much room as ten.
 */
import type { Name } from "../models/fleet/spec.js";
import type { Curve, Measures } from "./measures.js";

/** 10 %, 50 % and 90 % over the replications; null: later than the horizon. */
export interface Spread {
  readonly low: number | null;
  readonly middle: number | null;
  readonly high: number | null;
}

/** Regions from `atMs` on, until the next point. */
export interface BandPoint {
  readonly atMs: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface CapabilityBand {
  readonly capability: Name;
  readonly points: readonly BandPoint[];
}

export interface Bands {
  readonly runs: number;
  /** ms from the start of the outage to everything being back; 0: nothing was hurt. */
  readonly recovery: Spread;
  readonly unservedLogins: Spread;
  /**
   * Times after the start of the scenario; in an estimate after the start of the outage. A region counts once it works
   * again (restored), or once the public was told; in an estimate once its whole group does.
   */
  readonly restored: readonly CapabilityBand[];
  readonly published: readonly CapabilityBand[];
}

const lowShare = 0.1;
const highShare = 0.9;
/** Points of the grid: finer than a chart of 800 pixels can show a step. */
const gridPoints = 480;

/** Smallest value such that at least this share is not above it; null and Infinity count as largest. */
export function spreadOf(values: readonly (number | null)[]): Spread {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort(ascending);
  const at = (share: number): number | null => {
    const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(value) ? value : null;
  };
  return { low: at(lowShare), middle: at(0.5), high: at(highShare) };
}

const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Regions that work at a time, by capability: all before it was hurt, then those that never were and those that are back. */
export class BandCounter {
  private readonly gridMs: number;
  /** By capability, grid point and number of regions: replications. */
  private readonly restored: Uint32Array;
  private readonly published: Uint32Array;
  private readonly recovery: (number | null)[] = [];
  private readonly logins: number[] = [];

  constructor(
    private readonly capabilities: readonly Name[],
    private readonly regions: number,
    horizonMs: number,
  ) {
    this.gridMs = horizonMs / gridPoints;
    const size = capabilities.length * (gridPoints + 1) * (regions + 1);
    this.restored = new Uint32Array(size);
    this.published = new Uint32Array(size);
  }

  add({ outage, recovery }: Measures): void {
    const start = outage.startedAtMs;
    const end = recovery.allRestoredAtMs;
    this.addTotals(start === null ? 0 : end === null ? null : end - start, outage.unservedLogins);
    this.capabilities.forEach((_, c) => {
      const { regionsDegraded, firstDownAtMs } = outage.capabilities[c]!;
      const { restored, published } = recovery.byCapability[c]!;
      const from = regionsDegraded === 0 ? null : (firstDownAtMs ?? start);
      this.addRestored(c, workingCurve(restored, from, regionsDegraded, this.regions));
      this.count(this.published, c, workingCurve(published, from, regionsDegraded, this.regions));
    });
  }

  /** One replication by its parts. `recoveryMs` null: later than the horizon. */
  addTotals(recoveryMs: number | null, unservedLogins: number): void {
    this.recovery.push(recoveryMs);
    this.logins.push(unservedLogins);
  }

  addRestored(c: number, curve: Curve): void {
    this.count(this.restored, c, curve);
  }

  private count(into: Uint32Array, c: number, curve: Curve): void {
    let next = 0;
    let working = this.regions;
    for (let k = 0; k <= gridPoints; k++) {
      while (next < curve.length && curve[next]![0] <= k * this.gridMs) working = curve[next++]![1];
      into[(c * (gridPoints + 1) + k) * (this.regions + 1) + working]!++;
    }
  }

  bands(): Bands {
    return {
      runs: this.recovery.length,
      recovery: spreadOf(this.recovery),
      unservedLogins: spreadOf(this.logins),
      restored: this.capabilities.map((capability, c) => this.band(capability, this.restored, c)),
      published: this.capabilities.map((capability, c) => this.band(capability, this.published, c)),
    };
  }

  private band(capability: Name, counts: Uint32Array, c: number): CapabilityBand {
    const points: BandPoint[] = [];
    for (let k = 0; k <= gridPoints; k++) {
      const from = (c * (gridPoints + 1) + k) * (this.regions + 1);
      const of = counts.subarray(from, from + this.regions + 1);
      const at = (share: number): number => quantileOfCounts(of, Math.ceil(share * this.recovery.length));
      const point = {
        atMs: Math.round(k * this.gridMs),
        low: at(lowShare),
        middle: at(0.5),
        high: at(highShare),
      };
      if (!sameAs(points.at(-1), point)) points.push(point);
    }
    return { capability, points };
  }
}

const sameAs = (a: BandPoint | undefined, b: BandPoint): boolean =>
  a !== undefined && a.low === b.low && a.middle === b.middle && a.high === b.high;

function quantileOfCounts(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value]!;
    if (seen >= rank) return value;
  }
  return counts.length - 1;
}

/**
 * Regions of a capability that work, by time. `back`: how many of the hurt ones are back; `fromMs`: when it was hurt
 * first, null: never.
 */
export function workingCurve(back: Curve, fromMs: number | null, hurt: number, regions: number): Curve {
  if (fromMs === null) return [];
  const unhurt = regions - hurt;
  return [
    [fromMs, unhurt],
    ...back
      .filter(([atMs]) => atMs >= fromMs)
      .map(([atMs, count]): readonly [number, number] => [atMs, Math.min(regions, unhurt + count)]),
  ];
}
