/** What one replication says, as a row of numbers: its figures, in one fixed order. */
import type { CompiledFleet } from "../../models/fleet/compile-fleet.js";
import type { Measures } from "../../trace/measures.js";
import type { Restoration } from "./restoration-fold.js";

/** The stretches of an incident, one after the other. */
export const phases = [
  "detect",
  "diagnose",
  "manager back",
  "lower layers",
  "features",
  "verification",
  "publication",
] as const;
export type PhaseName = (typeof phases)[number];

/**
 * time: ms from the start of the outage, 0 where nothing was hurt, Infinity where the horizon came first. phase: ms,
 * cut off at the horizon. count: logins.
 */
export interface FigureSpec {
  readonly id: string;
  readonly kind: "time" | "phase" | "count";
  readonly of: "overall" | "capability" | "group" | "capability in group" | "region" | "phase" | "logins";
  readonly name: string;
}

export function figuresOf(fleet: CompiledFleet): readonly FigureSpec[] {
  const capabilities = fleet.spec.capabilities.map(({ name }) => name);
  const time = (of: FigureSpec["of"], id: string, name: string): FigureSpec => ({
    id,
    kind: "time",
    of,
    name,
  });
  return [
    time("overall", "recovery", "everything"),
    time("region", "first-region", "first region"),
    time("region", "last-region", "last region"),
    ...capabilities.map((name) => time("capability", `capability ${name}`, name)),
    ...fleet.groupNames.map((name) => time("group", `group ${name}`, name)),
    ...capabilities.flatMap((name) =>
      fleet.groupNames.map((group) =>
        time("capability in group", `capability ${name} in ${group}`, `${name} in ${group}`),
      ),
    ),
    ...phases.map((name): FigureSpec => ({ id: `phase ${name}`, kind: "phase", of: "phase", name })),
    { id: "unserved-logins", kind: "count", of: "logins", name: "all" },
    ...capabilities.map(
      (name): FigureSpec => ({ id: `unserved-logins ${name}`, kind: "count", of: "logins", name }),
    ),
  ];
}

/** One row of `figuresOf(fleet)`. */
export function rowOf(fleet: CompiledFleet, measures: Measures, restoration: Restoration): Float64Array {
  const { byCapabilityGroup, byRegion } = restoration;
  const { outage } = measures;
  const startMs = outage.startedAtMs ?? 0;
  const groups = fleet.groupNames.length;
  const since = (atMs: number): number => (Number.isNaN(atMs) ? 0 : Math.max(0, atMs - startMs));
  const last = (values: readonly number[]): number => Math.max(0, ...values.map(since));
  const cell = (c: number, g: number): number => byCapabilityGroup[c * groups + g]!;
  const capabilities = fleet.spec.capabilities.map((_, c) =>
    last(fleet.groupNames.map((__, g) => cell(c, g))),
  );
  const hurtRegions = [...byRegion].filter((atMs) => !Number.isNaN(atMs)).map(since);
  const all = Math.max(0, ...capabilities);
  return Float64Array.from([
    all,
    hurtRegions.length === 0 ? 0 : Math.min(...hurtRegions),
    Math.max(0, ...hurtRegions),
    ...capabilities,
    ...fleet.groupNames.map((_, g) => last(capabilities.map((__, c) => cell(c, g)))),
    ...capabilities.flatMap((_, c) => fleet.groupNames.map((__, g) => since(cell(c, g)))),
    ...phaseTimes(measures, restoration),
    outage.unservedLogins,
    ...outage.capabilities.map((item) => item.unservedLogins),
  ]);
}

/**
 * ms by phase, each from the milestone before it:
 *   detect          the start of the outage .. somebody is alerted
 *   diagnose        .. it is decided what to do (acknowledging, diagnosing and deciding)
 *   manager back    .. every manager that was gone is there (repairing the configuration included); none was gone: 0
 *   lower layers    .. the first capability that was down works again in one region, so all below it is there
 *   features        .. everything is whole again
 *   verification    .. the last result is checked
 *   publication     .. the last word to the public
 * The first five end at the latest when everything is whole, so they add up to the time to recovery. What did not happen
 * by the end of the run ends with it; what nobody had to do takes no time. After a relapse these are
 * the milestones of the first round, and the later rounds count as features.
 */
export function phaseTimes(
  { outage, recovery, endedAtMs }: Measures,
  { firstWorkingMs, managerGone, verifiedMs, publishedMs }: Restoration,
): readonly number[] {
  if (outage.startedAtMs === null) return phases.map(() => 0);
  const open = recovery.allRestoredAtMs === null;
  const reached = (atMs: number | null): number => atMs ?? (open ? endedAtMs : 0);
  const until = (atMs: number): number => (Number.isNaN(atMs) ? 0 : Math.min(atMs, endedAtMs));
  const wholeMs = recovery.allRestoredAtMs ?? endedAtMs;
  const milestones = [
    Math.min(wholeMs, reached(recovery.detectedAtMs)),
    Math.min(wholeMs, reached(recovery.decidedAtMs)),
    Math.min(wholeMs, recovery.managerUpAtMs ?? (open && managerGone ? endedAtMs : 0)),
    until(firstWorkingMs),
    wholeMs,
    until(verifiedMs),
    until(publishedMs),
  ];
  let before = outage.startedAtMs;
  return milestones.map((atMs) => {
    const took = Math.max(0, atMs - before);
    before += took;
    return took;
  });
}
