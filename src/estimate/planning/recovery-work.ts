/** The jobs of a recovery: what one crew takes on at a time, as the people of the run would, and how long it takes by luck. */
import { Luck, nameKey, pairKey, purpose } from "../../base/keyed-random.js";
import { compileDistribution } from "../../base/quantile.js";
import { recoveryRank } from "../../run/recovery-jobs.js";
import type { Run } from "../../scenario/run.js";
import { absent, type Lost, there } from "./lost.js";

export interface WorkJob {
  readonly service: number;
  /** -1: a global service. */
  readonly group: number;
  readonly instances: readonly number[];
  /** The place of people's own order. */
  readonly rank: number;
  /** The manager that starts it by itself once it is back; -1: people do. */
  readonly byManager: number;
}

export type Batch = "region" | "group";

/** In the order that people choose. */
export function workJobs(run: Run, lost: Lost, batch: Batch): readonly WorkJob[] {
  const { fleet } = run;
  const rankOf = recoveryRank(run);
  const jobs: WorkJob[] = [];
  for (let s = 0; s < fleet.services.length; s++) {
    const batches = new Map<number, number[]>();
    for (let i = fleet.firstInstance[s]!; i < fleet.firstInstance[s + 1]!; i++) {
      if (lost.state[i] === there) continue;
      const key = batch === "group" ? fleet.groupOfInstance[i]! : i;
      const list = batches.get(key);
      if (list === undefined) batches.set(key, [i]);
      else list.push(i);
    }
    const byManager = startsByItself(run, lost, s) ? lost.owner[s]! : -1;
    for (const instances of batches.values()) {
      const group = fleet.groupOfInstance[instances[0]!]!;
      jobs.push({ service: s, group, instances, rank: rankOf(s, group), byManager });
    }
  }
  return jobs
    .map((job, index) => ({ job, index }))
    .sort((a, b) => a.job.rank - b.job.rank || a.index - b.index)
    .map(({ job }) => job);
}

/** Its manager brings missing services back without being asked; people leave them to it, but not what it needs itself. */
function startsByItself(run: Run, lost: Lost, service: number): boolean {
  const manager = lost.owner[service]!;
  if (manager < 0 || run.runsManager[service]! >= 0 || lost.paused) return false;
  if (run.managerNeeds.has(run.fleet.serviceNames[service]!)) return false;
  const { policy } = run.managers[manager]!;
  return policy.drift === "redeploy" && policy.trigger !== "edge" && !run.fleet.services[service]!.byHand;
}

const incidentKey = nameKey("incident");
const deploy = purpose("deploy");
const restore = purpose("restore");
const redeployManager = purpose("redeployManager");
const verify = purpose("verify");

/**
 * Times by luck, with the draws of the simulation: replication r of a plan is replication r of a run, as far as both
 * start the same things.
 */
export class WorkTimes {
  private readonly luck = new Luck(1, 0);
  private readonly deploys: readonly ((uniform: number) => number)[];
  private readonly restores: readonly (((uniform: number) => number) | null)[];
  private readonly manager: ((uniform: number) => number) | null;
  private readonly verify: (uniform: number) => number;
  private readonly keyHi: Uint32Array;
  private readonly keyLo: Uint32Array;

  constructor(
    private readonly run: Run,
    private readonly lost: Lost,
    private readonly seed: number,
  ) {
    const { fleet } = run;
    const { response } = run.spec;
    this.deploys = fleet.services.map((service) => compileDistribution(service.deploy));
    this.restores = fleet.services.map(({ state }) =>
      state === null ? null : compileDistribution(state.restore),
    );
    this.manager = response.redeployManager === null ? null : compileDistribution(response.redeployManager);
    this.verify = compileDistribution(response.verify);
    this.keyHi = new Uint32Array(fleet.instanceCount);
    this.keyLo = new Uint32Array(fleet.instanceCount);
    for (let i = 0; i < fleet.instanceCount; i++) {
      if (lost.state[i] === there) continue;
      const key = pairKey(nameKey(fleet.serviceNames[fleet.serviceOf[i]!]!), nameKey(fleet.placeName(i)));
      this.keyHi[i] = key.hi;
      this.keyLo[i] = key.lo;
    }
  }

  replication(index: number): void {
    this.luck.reset(this.seed, index);
  }

  /** All instances of a job start together; the job ends with the last of them. */
  jobMs({ service, instances }: WorkJob): number {
    if (this.run.runsManager[service]! >= 0 && this.manager !== null)
      return Math.round(this.manager(this.luck.uniform(incidentKey.hi, incidentKey.lo, redeployManager, 0)));
    const takes = this.deploys[service]!;
    const restores = this.restores[service]!;
    let longest = 0;
    for (const i of instances) {
      const starts = this.lost.starts[i]!;
      let ms = takes(this.luck.uniform(this.keyHi[i]!, this.keyLo[i]!, deploy, starts));
      if (restores !== null && this.lost.state[i] === absent)
        ms += restores(this.luck.uniform(this.keyHi[i]!, this.keyLo[i]!, restore, starts));
      longest = Math.max(longest, Math.round(ms));
    }
    return longest;
  }

  /** Checking that a capability works again in a region group. */
  verifyMs(capability: number, group: number): number {
    const { fleet, spec } = this.run;
    const key = pairKey(
      nameKey(spec.fleet.capabilities[capability]!.name),
      nameKey(fleet.groupNames[group]!),
    );
    return Math.round(this.verify(this.luck.uniform(key.hi, key.lo, verify, 0)));
  }
}
