/** The rows of the picture of regions and time: regions, or region groups where there are too many of them. */
import type { Interval, RegionAvailability } from "../../trace/availability.js";

export interface HeatRow {
  readonly name: string;
  readonly group: string;
  readonly intervals: readonly Interval[];
}

/** Rows of 6 pixels that still fit on a screen. */
const regionsMax = 120;
const groupsMax = 60;

export function heatRows(availability: readonly RegionAvailability[]): {
  readonly rows: readonly HeatRow[];
  readonly aggregated: boolean;
  /** Groups that are not shown. */
  readonly left: number;
} {
  if (availability.length <= regionsMax) {
    const rows = availability.map(({ region, group, intervals }) => ({ name: region, group, intervals }));
    return { rows, aggregated: false, left: 0 };
  }
  const byGroup = new Map<string, RegionAvailability[]>();
  for (const item of availability) {
    const of = byGroup.get(item.group);
    if (of === undefined) byGroup.set(item.group, [item]);
    else of.push(item);
  }
  const groups = [...byGroup].map(([name, members]) => ({ name, group: name, intervals: meanOf(members) }));
  return {
    rows: groups.slice(0, groupsMax),
    aggregated: true,
    left: Math.max(0, groups.length - groupsMax),
  };
}

/** Mean success of some regions over time; what is left out of `intervals` is 1. */
function meanOf(members: readonly RegionAvailability[]): readonly Interval[] {
  const changes = new Map<number, number>();
  const add = (atMs: number, by: number): void => {
    changes.set(atMs, (changes.get(atMs) ?? 0) + by);
  };
  for (const { intervals } of members) {
    for (const { fromMs, toMs, success } of intervals) {
      // Whole hundredths, so that sums come out exactly.
      const lost = Math.round((1 - success) * 100);
      add(fromMs, lost);
      add(toMs, -lost);
    }
  }
  const times = [...changes.keys()].sort((a, b) => a - b);
  const cells: Interval[] = [];
  let lost = 0;
  times.forEach((fromMs, k) => {
    lost += changes.get(fromMs)!;
    const toMs = times[k + 1];
    if (toMs !== undefined && lost > 0)
      cells.push({ fromMs, toMs, success: 1 - lost / 100 / members.length });
  });
  return cells;
}
