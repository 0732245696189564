/** What no schedule can beat. Each is proven by dropping something: the resources, the order, or what lies around a group of jobs. */
import type { Network } from "./network.js";
import type { Problem } from "./problem.js";

export interface MakespanBounds {
  /** The longest way through the network. */
  readonly criticalPath: number;
  /** The work for the busiest resource, shared out without loss. */
  readonly resource: number;
  /** Jobs that neither start before a time nor end less than another before the end share a resource in between. */
  readonly headTail: number;
  readonly best: number;
}

export function makespanBounds(problem: Problem, network: Network): MakespanBounds {
  let resource = 0;
  let headTail = 0;
  for (let k = 0; k < problem.capacity.length; k++) {
    const { jobs, work } = usersOf(problem, k);
    if (jobs.length === 0) continue;
    const units = problem.capacity[k]!;
    let total = 0;
    for (const w of work) total += w;
    resource = Math.max(resource, Math.ceil(total / units));
    headTail = Math.max(headTail, headTailOf(jobs, work, units, network));
  }
  const criticalPath = network.length;
  return { criticalPath, resource, headTail, best: Math.max(criticalPath, resource, headTail) };
}

function usersOf({ count, uses, amounts, durations }: Problem, resource: number) {
  const jobs: number[] = [];
  const work: number[] = [];
  for (let j = 0; j < count; j++) {
    for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++) {
      if (uses.values[k] !== resource || durations[j] === 0) continue;
      jobs.push(j);
      work.push(durations[j]! * amounts[k]!);
    }
  }
  return { jobs, work };
}

/** max over h, q of h + ceil(sum of work with head >= h and tail >= q, over the units) + q. */
function headTailOf(
  jobs: readonly number[],
  work: readonly number[],
  units: number,
  { head, tail }: Network,
): number {
  const byTail = jobs.map((_, k) => k).sort((a, b) => tail[jobs[b]!]! - tail[jobs[a]!]! || a - b);
  let best = 0;
  for (const h of new Set(jobs.map((j) => head[j]!))) {
    let sum = 0;
    for (const k of byTail) {
      const j = jobs[k]!;
      if (head[j]! < h) continue;
      sum += work[k]!;
      best = Math.max(best, h + Math.ceil(sum / units) + tail[j]!);
    }
  }
  return best;
}
