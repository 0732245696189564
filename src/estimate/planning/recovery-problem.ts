/**
 * From what a run lost to a planning problem: jobs of crews and of managers, what waits for what, and how much every
 * unit of time costs until a capability works again in a region (logins a minute that fail meanwhile).
 */
import type { Issue } from "../../base/issue.js";
import { ok, type Result } from "../../base/result.js";
import type { Run } from "../../scenario/run.js";
import { FleetNeeds } from "./fleet-needs.js";
import { type Lost, there } from "./lost.js";
import { milestonesOf } from "./milestones.js";
import { compileProblem, type PlanningJob, type Problem } from "./problem.js";
import { type Batch, type WorkJob, WorkTimes, workJobs } from "./recovery-work.js";

/** People who know something, out of the crews: `units` of them, needed for the services named. */
export interface Skill {
  readonly name: string;
  readonly units: number;
  readonly services: readonly string[];
}

export interface RecoveryOptions {
  readonly batch: Batch;
  readonly crews: number;
  /** Jobs that one manager carries out at a time; null: as its policy says, and no limit where people work. */
  readonly workers: number | null;
  /** Jobs at a time in one region (or, in batches, region group); null: no limit. */
  readonly lock: number | null;
  readonly skills: readonly Skill[];
  readonly seed: number;
}

/** A job of the problem: bringing something up, a capability that works again (nobody's work), or checking that it does. */
export type ModelJob =
  | {
      readonly kind: "start";
      readonly id: string;
      readonly service: string;
      readonly group: string;
      readonly place: string;
      readonly instances: number;
      readonly by: string;
    }
  | { readonly kind: "works"; readonly id: string }
  | { readonly kind: "verify"; readonly id: string; readonly capability: string; readonly group: string };

export interface RecoveryModel {
  readonly problem: Problem;
  readonly jobs: readonly ModelJob[];
  readonly work: readonly WorkJob[];
  /** By job: the place in the order that people choose. */
  readonly peopleRank: Float64Array;
  /** Times of a replication, by job. */
  readonly draw: (replication: number, into: Float64Array) => void;
}

/** Replications from here on only serve to plan; what is reported uses those from 0 on. */
export const planningReplications = 0x80000000;
const typicalRuns = 64;
const minute = 60_000;

export function recoveryProblem(
  run: Run,
  lost: Lost,
  options: RecoveryOptions,
): Result<RecoveryModel, readonly Issue[]> {
  const work = workJobs(run, lost, options.batch);
  const jobOf = new Int32Array(run.fleet.instanceCount).fill(-1);
  work.forEach((job, index) => {
    for (const instance of job.instances) jobOf[instance] = index;
  });
  const needs = new FleetNeeds(run, jobOf);
  const before = work.map((job) => [...startsAfter(run, lost, needs, job)].sort((a, b) => a - b));
  const milestones = milestonesOf(run, needs, before);
  const times = new WorkTimes(run, lost, options.seed);
  const draw = (replication: number, into: Float64Array): void => {
    times.replication(replication);
    work.forEach((job, index) => {
      into[index] = times.jobMs(job);
    });
    milestones.forEach((milestone, k) => {
      into[work.length + k] =
        milestone.kind === "works" ? 0 : times.verifyMs(milestone.capability, milestone.group);
    });
  };
  const typical = typicalTimes(draw, work.length + milestones.length);
  const { resources, demandsOf } = resourcesOf(run, lost, options);
  const jobs: ModelJob[] = [
    ...work.map((job) => described(run, job, options.batch)),
    ...milestones.map((milestone): ModelJob => {
      if (milestone.kind === "works") return { kind: "works", id: milestone.id };
      const capability = run.spec.fleet.capabilities[milestone.capability]!.name;
      return { kind: "verify", id: milestone.id, capability, group: run.fleet.groupNames[milestone.group]! };
    }),
  ];
  const weights = new Float64Array(jobs.length);
  milestones.forEach((milestone, k) => {
    // What waits for a single job is the worth of that job.
    const at = milestone.kind === "works" && milestone.single >= 0 ? milestone.single : work.length + k;
    weights[at]! += milestone.weight / minute;
  });
  const planning = jobs.map(
    ({ id }, index): PlanningJob => ({
      id,
      durationMs: typical[index]!,
      weight: weights[index]!,
      demands: index < work.length ? demandsOf(work[index]!) : {},
    }),
  );
  const precedence = [...before, ...milestones.map((milestone) => milestone.before)].flatMap((row, index) =>
    row.map((i) => [jobs[i]!.id, jobs[index]!.id] as const),
  );
  const compiled = compileProblem({ jobs: planning, precedence, resources });
  if (!compiled.ok) return compiled;
  const peopleRank = Float64Array.from(jobs, (_, index) => work[index]?.rank ?? 0);
  return ok({ problem: compiled.value, jobs, work, peopleRank, draw });
}

/** What it needs to start, and, unless people can start it by hand, the manager that deploys it. */
function startsAfter(run: Run, lost: Lost, needs: FleetNeeds, job: WorkJob): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (jobs: ReadonlySet<number>): void => {
    for (const item of jobs) found.add(item);
  };
  for (const instance of job.instances) add(needs.toStart(instance));
  const { services } = run.fleet;
  const runs = run.runsManager[job.service]!;
  const byPeople = runs >= 0 && run.managers[runs]!.spec.deployedBy === "people";
  const manager = lost.owner[job.service]!;
  if (services[job.service]!.byHand || byPeople || manager < 0) return found;
  const { spec } = run.managers[manager]!;
  if (spec.service !== null) add(anyServes(run, needs, spec.service));
  if (job.byManager >= 0) for (const name of spec.reads) add(anyServes(run, needs, name));
  return found;
}

function anyServes({ fleet }: Run, needs: FleetNeeds, name: string): ReadonlySet<number> {
  const s = fleet.serviceIndex.get(name)!;
  let best: ReadonlySet<number> | null = null;
  for (let i = fleet.firstInstance[s]!; i < fleet.firstInstance[s + 1]!; i++) {
    const jobs = needs.toServe(i);
    if (best === null || jobs.size < best.size) best = jobs;
  }
  return best ?? new Set();
}

/** Means over some replications, in whole minutes, or whole seconds where the work is quick. */
function typicalTimes(draw: RecoveryModel["draw"], count: number): Float64Array {
  const sum = new Float64Array(count);
  const drawn = new Float64Array(count);
  for (let r = 0; r < typicalRuns; r++) {
    draw(planningReplications + r, drawn);
    for (let j = 0; j < count; j++) sum[j]! += drawn[j]! / typicalRuns;
  }
  const positive = sum.filter((ms) => ms > 0);
  const grid = positive.length > 0 && Math.min(...positive) < 5 * minute ? 1000 : minute;
  return sum.map((ms) => (ms === 0 ? 0 : Math.max(grid, Math.round(ms / grid) * grid)));
}

function resourcesOf(run: Run, lost: Lost, { batch, crews, workers, lock, skills }: RecoveryOptions) {
  const { fleet } = run;
  const resources: Record<string, number> = { crews };
  for (const skill of skills) resources[`skill ${skill.name}`] = skill.units;
  const workersOf = (manager: number): string => `workers of ${run.managers[manager]!.spec.name}`;
  for (let m = 0; m < run.managers.length; m++)
    resources[workersOf(m)] = workers ?? run.managers[m]!.policy.parallelism;
  const places = batch === "group" ? fleet.groupNames : fleet.regionNames;
  if (lock !== null) for (const place of places) resources[`lock of ${place}`] = lock;
  const demandsOf = (job: WorkJob): Readonly<Record<string, number>> => {
    const demands: Record<string, number> = {};
    const manager = lost.owner[job.service]!;
    if (job.byManager < 0) demands["crews"] = 1;
    // Without a limit of its own a manager only counts where it works by itself.
    if (manager >= 0 && (job.byManager >= 0 || workers !== null) && run.runsManager[job.service]! < 0)
      demands[workersOf(manager)] = 1;
    for (const skill of skills)
      if (skill.services.includes(fleet.serviceNames[job.service]!)) demands[`skill ${skill.name}`] = 1;
    if (lock !== null) for (const place of lockedBy(run, job, batch)) demands[`lock of ${place}`] = 1;
    return demands;
  };
  return { resources, demandsOf };
}

/** A service that stands for several places takes the locks of all of them; a global one none. */
function lockedBy({ fleet }: Run, job: WorkJob, batch: Batch): readonly string[] {
  if (job.group < 0) return [];
  if (batch === "group") return [fleet.groupNames[job.group]!];
  const regions =
    fleet.placement[job.service] === 0
      ? job.instances.map((instance) => fleet.placeOf[instance]!)
      : [...fleet.regionsOfGroup[job.group]!];
  return regions.map((region) => fleet.regionNames[region]!);
}

function described(run: Run, job: WorkJob, batch: Batch): ModelJob {
  const { fleet } = run;
  const service = fleet.serviceNames[job.service]!;
  const group = job.group < 0 ? "global" : fleet.groupNames[job.group]!;
  const place = batch === "group" || job.group < 0 ? group : fleet.placeName(job.instances[0]!);
  return {
    kind: "start",
    id: job.group < 0 ? service : `${service} in ${place}`,
    service,
    group,
    place,
    instances: job.instances.length,
    by: job.byManager < 0 ? "people" : run.managers[job.byManager]!.spec.name,
  };
}

/** Instances that are gone, and how many services and region groups they belong to. */
export function extentOf({ fleet }: Run, { state }: Lost) {
  const services = new Set<number>();
  const groups = new Set<number>();
  let instances = 0;
  for (let i = 0; i < state.length; i++) {
    if (state[i] === there) continue;
    instances++;
    services.add(fleet.serviceOf[i]!);
    if (fleet.groupOfInstance[i]! >= 0) groups.add(fleet.groupOfInstance[i]!);
  }
  return { instances, services: services.size, groups: groups.size };
}
