/** When something is worth something: a capability works again in a region, or a request that had failed now and then does not. */
import { HARD } from "../../models/fleet/requirements.js";
import type { Run } from "../../scenario/run.js";
import type { FleetNeeds } from "./fleet-needs.js";

export type Milestone =
  | {
      readonly kind: "works";
      readonly id: string;
      readonly before: readonly number[];
      /** Logins a minute that fail until then. */
      readonly weight: number;
      /** The one job that has all others before it; -1: there is none. */
      readonly single: number;
    }
  | {
      readonly kind: "verify";
      readonly id: string;
      readonly before: readonly number[];
      readonly weight: 0;
      readonly capability: number;
      readonly group: number;
    };

interface Waiting {
  before: readonly number[];
  weight: number;
}

/**
 * Logins count by share of the capability and traffic of the region. Who can fall back to a capability that was not hit
 * there is served meanwhile; a fallback that is down too helps nobody, also after it is back.
 */
export function milestonesOf(
  run: Run,
  needs: FleetNeeds,
  before: readonly (readonly number[])[],
): readonly Milestone[] {
  const { fleet, spec } = run;
  const { capabilities } = spec.fleet;
  const waiting = new Map<string, Waiting>();
  const add = (jobs: ReadonlySet<number>, weight: number): void => {
    if (jobs.size === 0 || weight <= 0) return;
    const list = [...jobs].sort((a, b) => a - b);
    const key = list.join(" ");
    const found = waiting.get(key);
    if (found === undefined) waiting.set(key, { before: list, weight });
    else found.weight += weight;
  };
  const loginsPerMinute = 60 * spec.demand.loginsPerSecond;
  const instances = capabilities.map(({ service, alsoServices }) =>
    [service, ...alsoServices].map((name) => fleet.serviceIndex.get(name)!),
  );
  const worksAfter = (c: number, region: number): ReadonlySet<number> => {
    const all = new Set<number>();
    for (const s of instances[c]!) for (const job of needs.toServe(fleet.instanceAt(s, region))) all.add(job);
    return all;
  };
  const verifies: Milestone[] = [];
  const indexOf = new Map(capabilities.map(({ name }, index) => [name, index]));
  for (let c = 0; c < capabilities.length; c++) {
    const { name, share, fallback } = capabilities[c]!;
    for (let g = 0; g < fleet.groupNames.length; g++) {
      const checked = new Set<number>();
      for (const region of fleet.regionsOfGroup[g]!) {
        const logins = loginsPerMinute * share * fleet.regionWeight[region]!;
        const hard = worksAfter(c, region);
        let served = 0;
        for (const { capability, enrolled } of fallback)
          if (worksAfter(indexOf.get(capability)!, region).size === 0) served = Math.max(served, enrolled);
        add(hard, logins * (1 - served));
        for (const job of hard) checked.add(job);
        for (const [jobs, weight] of softNeeds(run, needs, instances[c]!, region)) {
          if (hard.size === 0) add(jobs, logins * weight * (1 - served));
          for (const job of jobs) checked.add(job);
        }
      }
      if (checked.size === 0) continue;
      const id = `verify ${name} in ${fleet.groupNames[g]!}`;
      verifies.push({
        kind: "verify",
        id,
        before: [...checked].sort((x, y) => x - y),
        weight: 0,
        capability: c,
        group: g,
      });
    }
  }
  const ancestors = new Ancestors(before);
  const works = [...waiting.values()].map(({ before: jobs, weight }, index): Milestone => {
    const id = `works ${index + 1}`;
    return { kind: "works", id, before: jobs, weight, single: ancestors.lastOf(jobs) };
  });
  return [...works, ...verifies];
}

/** Soft needs of a capability's services and of all they need: the jobs missing, and the share of requests that ask for them. */
function softNeeds(
  run: Run,
  needs: FleetNeeds,
  services: readonly number[],
  region: number,
): readonly (readonly [ReadonlySet<number>, number])[] {
  const { fleet } = run;
  const seen = new Set<number>();
  const open = services.map((s) => fleet.instanceAt(s, region));
  const found: (readonly [ReadonlySet<number>, number])[] = [];
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (seen.has(i)) continue;
    seen.add(i);
    for (const need of fleet.services[fleet.serviceOf[i]!]!.needs)
      if (need.kind === "soft") found.push([needs.soft(need, region), need.weight]);
    for (let k = fleet.requirementsStart[i]!; k < fleet.requirementsStart[i + 1]!; k++) {
      const r = fleet.requirementsOf[k]!;
      if (fleet.requirementKind[r] !== HARD || fleet.threshold[r] !== 1) continue;
      if (fleet.memberStart[r + 1]! - fleet.memberStart[r]! === 1)
        open.push(fleet.members[fleet.memberStart[r]!]!);
    }
  }
  return found.filter(([jobs]) => jobs.size > 0);
}

/** Which job has which before it. Loops end where they began; they are reported elsewhere. */
class Ancestors {
  private readonly known = new Map<number, ReadonlySet<number>>();

  constructor(private readonly before: readonly (readonly number[])[]) {}

  /** The one among some jobs that comes after all others; -1: none does. */
  lastOf(jobs: readonly number[]): number {
    for (const job of jobs) {
      const of = this.of(job);
      if (jobs.every((other) => other === job || of.has(other))) return job;
    }
    return -1;
  }

  private of(job: number): ReadonlySet<number> {
    const known = this.known.get(job);
    if (known !== undefined) return known;
    const found = new Set<number>();
    const open = [...this.before[job]!];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (found.has(at)) continue;
      found.add(at);
      open.push(...this.before[at]!);
    }
    this.known.set(job, found);
    return found;
  }
}
