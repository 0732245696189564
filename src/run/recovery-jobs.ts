/** What has to be started again, as jobs for crews: a service in one region, or in all regions of a group at once. */
import type { Run } from "../scenario/run.js";
import { phase, type World } from "./world.js";

export interface RecoveryJob {
  readonly service: number;
  /** Region group index; -1 for global services. */
  readonly group: number;
  readonly instances: readonly number[];
  /** Smaller first: managers and what they need, then group order, then bottom-up. */
  readonly rank: number;
}

/** Position of every region group in the order that people choose. */
function groupOrder(run: Run): Int32Array {
  const { groupNames, groupIndex } = run.fleet;
  const position = new Int32Array(groupNames.length).fill(-1);
  let next = 0;
  for (const name of run.spec.response.order) {
    const group = groupIndex.get(name);
    if (group !== undefined && position[group] === -1) position[group] = next++;
  }
  for (let group = 0; group < position.length; group++) if (position[group] === -1) position[group] = next++;
  return position;
}

/** The order that people choose, as a rank by service and region group (-1 for a global service). */
export function recoveryRank(run: Run): (service: number, group: number) => number {
  const order = groupOrder(run);
  const services = run.fleet.services.length;
  return (service, group) => {
    const name = run.fleet.serviceNames[service]!;
    const first = run.runsManager[service]! >= 0 || run.managerNeeds.has(name) ? 0 : 1;
    const position = first === 0 || group < 0 ? 0 : order[group]! + 1;
    return (first * (order.length + 2) + position) * (services + 1) + run.startRank[service]!;
  };
}

/** Jobs for everything that is wanted, gone, and not already being started. In order of rank. */
export function recoveryJobs(
  run: Run,
  world: World,
  wanted: Uint8Array,
  skip: (service: number) => boolean,
): readonly RecoveryJob[] {
  const { fleet } = run;
  const rankOf = recoveryRank(run);
  const jobs: RecoveryJob[] = [];
  const byGroup = run.spec.response.batch === "group";
  const services = fleet.services.length;
  for (let s = 0; s < services; s++) {
    if (wanted[s] === 0 || skip(s)) continue;
    const batches = new Map<number, number[]>();
    for (let i = fleet.firstInstance[s]!; i < fleet.firstInstance[s + 1]!; i++) {
      if (world.phase[i] === phase.running || world.busy[i] === 1) continue;
      const key = byGroup ? fleet.groupOfInstance[i]! : i;
      const batch = batches.get(key);
      if (batch === undefined) batches.set(key, [i]);
      else batch.push(i);
    }
    for (const instances of batches.values()) {
      const group = fleet.groupOfInstance[instances[0]!]!;
      jobs.push({ service: s, group, instances, rank: rankOf(s, group) });
    }
  }
  return jobs.sort((a, b) => a.rank - b.rank);
}
