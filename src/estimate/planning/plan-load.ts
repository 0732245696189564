/**
 * What load makes of a schedule: whoever could not log in comes back when the last thing that they need does, and what
 * serves them may collapse again. By the fluid of the simulation, with the typical durations.
 */
import { compileDistribution } from "../../base/quantile.js";
import { fleetLoad, hasCapacity } from "../../models/demand/fleet-load.js";
import type { FluidFleet } from "../../models/demand/fluid-fleet.js";
import { shedLoadPrior } from "../../models/people/spec.js";
import { takeHealth } from "../../run/load-health.js";
import { levelFull, QualityTracker } from "../../run/quality-tracker.js";
import { warmStepMs } from "../../run/world.js";
import type { Run } from "../../scenario/run.js";
import { type Lost, there } from "./lost.js";
import { typicalOf } from "./plan-order.js";
import type { PlannedCollapse, PlanOrder } from "./plan-result.js";
import { type RecoveryModel, type RecoveryOptions, recoveryProblem } from "./recovery-problem.js";

/** How long after the last start a collapse is still looked for, and crews that are tried at most. */
const watchedMs = 3_600_000;
const crewsTriedMax = 12;

interface UnderLoad {
  readonly collapses: PlannedCollapse[];
  readonly calmMs: number | null;
}

interface Step {
  readonly atMs: number;
  /** When the instance runs, which it does from the first level on. */
  readonly upMs: number;
  readonly instance: number;
  readonly level: number;
}

export class PlanLoad {
  /** From when people see what has collapsed until they turn load away, typically. */
  private readonly shedAfterMs: number;

  private constructor(
    private readonly run: Run,
    private readonly lost: Lost,
    private readonly sinceMs: number,
  ) {
    this.shedAfterMs = Math.round(compileDistribution(run.spec.response.shedLoad ?? shedLoadPrior)(0.5));
  }

  /** `sinceMs`: when the outage began, on the clock of the scenario. Null: no service has a capacity. */
  static of(run: Run, lost: Lost, sinceMs: number | null): PlanLoad | null {
    return hasCapacity(run.fleet) ? new PlanLoad(run, lost, Math.min(sinceMs ?? lost.atMs, lost.atMs)) : null;
  }

  /**
   * Services that collapse on the way, with the first time of each, and when nothing is collapsed any more (null: nothing
   * was, or it still is an hour after everything is warm). Once everything runs, people see a collapse that lasts, and turn
   * load away after the typical time for that. Times in ms after the work begins.
   */
  collapses(model: RecoveryModel, start: Float64Array): UnderLoad {
    const { run, lost } = this;
    const { fleet } = run;
    const load = fleetLoad(fleet, run.spec.demand);
    const { fluid, instances } = load;
    const serving = lost.state.map((state) => (state === there ? 1 : 0));
    for (const s of run.absentAtStart) serving.fill(0, fleet.firstInstance[s]!, fleet.firstInstance[s + 1]!);
    const level = new Uint8Array(fleet.instanceCount).fill(levelFull);
    const quality = new QualityTracker(fleet, serving, level);
    const found = new Map<number, { atMs: number; places: Set<number>; offered: number; capacity: number }>();
    const steps = this.steps(model, start);
    const runMs = Math.max(0, ...steps.map(({ upMs }) => upMs));
    let nowMs = this.sinceMs - lost.atMs;
    let shedMs = Number.POSITIVE_INFINITY;
    let calmMs: number | null = null;
    const turnAway = (): void => {
      if (nowMs < runMs || !fluid.hasCollapsed) shedMs = Number.POSITIVE_INFINITY;
      else if (shedMs === Number.POSITIVE_INFINITY) shedMs = nowMs + this.shedAfterMs;
      else if (nowMs >= shedMs) {
        for (let k = 0; k < fluid.modes.length; k++) shedAt(fluid, k);
        fluid.settle();
      }
    };
    const look = (): void => {
      takeHealth(fleet, load, serving, level, quality);
      fluid.settle();
      if (nowMs < 0) return;
      turnAway();
      calmMs = fluid.hasCollapsed ? null : (calmMs ?? nowMs);
      fluid.modes.forEach((mode, station) => {
        if (mode !== "collapsed") return;
        const service = fleet.serviceOf[instances[station]!]!;
        const [offered, capacity] = [fluid.offered[station]!, fluid.capacity[station]!].map(Math.round);
        const known = found.get(service);
        if (known === undefined)
          found.set(service, {
            atMs: nowMs,
            places: new Set([station]),
            offered: offered!,
            capacity: capacity!,
          });
        else known.places.add(station);
      });
    };
    const goTo = (untilMs: number): void => {
      while (nowMs < untilMs) {
        look();
        const nextMs = Math.min(untilMs, shedMs) - nowMs;
        const ms = Math.max(1, Math.min(Math.ceil(fluid.turnsIn() ?? nextMs), nextMs));
        fluid.advance(ms);
        nowMs += ms;
      }
      look();
    };
    for (const { atMs, instance, level: reached } of steps) {
      goTo(atMs);
      serving[instance] = 1;
      level[instance] = reached;
    }
    goTo((steps.at(-1)?.atMs ?? 0) + this.shedAfterMs + watchedMs);
    const collapses = [...found]
      .sort(([, a], [, b]) => a.atMs - b.atMs)
      .map(([service, { places, ...rest }]) => ({
        service: fleet.serviceNames[service]!,
        places: places.size,
        ...rest,
      }));
    return { collapses, calmMs: collapses.length === 0 ? null : calmMs };
  }

  /** The most crews under whom people's own order bears the herd, and how long it takes; null: not even one alone. */
  crewsThatHold(options: RecoveryOptions): PlanOrder["crewsThatHold"] {
    const from = options.crews - 1;
    for (let crews = from; crews > Math.max(0, from - crewsTriedMax); crews--) {
      const model = recoveryProblem(this.run, this.lost, { ...options, crews });
      if (!model.ok) return null;
      const { start, makespan } = typicalOf(model.value, model.value.peopleRank);
      if (this.collapses(model.value, start).collapses.length === 0) return { crews, makespanMs: makespan };
    }
    return null;
  }

  private steps({ work, problem }: RecoveryModel, start: Float64Array): readonly Step[] {
    const { fleet } = this.run;
    const steps: Step[] = [];
    work.forEach((job, j) => {
      const upMs = Math.round(start[j]! + problem.durations[j]!);
      const { warmUp } = fleet.services[job.service]!;
      const first = warmUp === null || warmUp.forMs === 0 ? levelFull : 1;
      for (let level = first; level <= levelFull; level++) {
        const atMs = upMs + (warmUp === null ? 0 : (level - first) * warmStepMs(warmUp));
        for (const instance of job.instances) steps.push({ atMs, upMs, instance, level });
      }
    });
    return steps.sort((a, b) => a.atMs - b.atMs || a.instance - b.instance || a.level - b.level);
  }
}

/** As people do it: what has collapsed, and what is still working off what nobody waits for. */
function shedAt(fluid: FluidFleet, station: number): void {
  const mode = fluid.modes[station];
  if (mode === "collapsed" || mode === "draining") fluid.shed(station);
}
