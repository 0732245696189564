/** How well each region was served over time: one step function a region, capabilities weighted by their share. */
import type { FleetSpec, Name } from "../models/fleet/spec.js";
import type { Trace } from "./trace.js";

export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
  /** Share of the region's requests that succeed, 0..1. */
  readonly success: number;
}

export interface RegionAvailability {
  readonly region: Name;
  readonly group: Name;
  readonly intervals: readonly Interval[];
}

/** Regions by group, in the order of the file's groups; times where everything is fine are left out. */
export function availabilityOf(trace: Trace): readonly RegionAvailability[] {
  const { fleet } = trace.header.spec;
  const endMs = trace.events.at(-1)?.t ?? 0;
  const shares = sharesOf(fleet);
  const now = new Map<
    Name,
    { lost: Map<Name, number>; sinceMs: number; success: number; intervals: Interval[] }
  >();
  const close = (region: Name, atMs: number): void => {
    const state = now.get(region);
    if (state === undefined || atMs === state.sinceMs) return;
    if (state.success < 1) {
      const last = state.intervals.at(-1);
      if (last !== undefined && last.toMs === state.sinceMs && last.success === state.success) {
        state.intervals[state.intervals.length - 1] = { ...last, toMs: atMs };
      } else state.intervals.push({ fromMs: state.sinceMs, toMs: atMs, success: state.success });
    }
    state.sinceMs = atMs;
  };
  for (const event of trace.events) {
    if (event.e !== "quality") continue;
    let state = now.get(event.region);
    if (state === undefined) {
      state = { lost: new Map(), sinceMs: 0, success: 1, intervals: [] };
      now.set(event.region, state);
    }
    close(event.region, event.t);
    state.lost.set(event.capability, (1 - event.success) * (shares.get(event.capability) ?? 0));
    let lost = 0;
    for (const share of state.lost.values()) lost += share;
    // Two decimals are what a picture can show, and equal neighbours then join.
    state.success = Math.round((1 - lost) * 100) / 100;
  }
  for (const region of now.keys()) close(region, endMs);
  return fleet.regionGroups.flatMap((group) =>
    group.members.map((region) => ({
      region,
      group: group.name,
      intervals: now.get(region)?.intervals ?? [],
    })),
  );
}

/** Shares of the capabilities among all requests; equal ones where the scenario gives none. */
function sharesOf(fleet: FleetSpec): ReadonlyMap<Name, number> {
  const total = fleet.capabilities.reduce((sum, item) => sum + item.share, 0);
  return new Map(
    fleet.capabilities.map((item) => [
      item.name,
      total > 0 ? item.share / total : 1 / fleet.capabilities.length,
    ]),
  );
}
