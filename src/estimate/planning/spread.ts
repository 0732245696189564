/**
 * Durations are uncertain: an order is what is decided, and what it is worth is a distribution. An order is carried out
 * as crews do it: whoever is free takes the first job in it that can be started.
 */
import type { Objective } from "./decoder.js";
import { ParallelScheduler } from "./parallel-schedule.js";
import type { Problem } from "./problem.js";

/** By replication. */
export interface Outcomes {
  readonly makespan: Float64Array;
  readonly harm: Float64Array;
}

export class Replayer {
  private readonly scheduler: ParallelScheduler;
  private readonly start: Float64Array;

  constructor(
    private readonly problem: Problem,
    /** Durations by replication. */
    private readonly durations: readonly Float64Array[],
  ) {
    this.scheduler = new ParallelScheduler(problem);
    this.start = new Float64Array(problem.count);
  }

  /** The same replications for every order, so that differences are the order's. */
  outcomes(rank: ArrayLike<number>): Outcomes {
    const { weights, count } = this.problem;
    const makespan = new Float64Array(this.durations.length);
    const harm = new Float64Array(this.durations.length);
    this.durations.forEach((durations, r) => {
      makespan[r] = this.scheduler.schedule(rank, this.start, durations);
      let sum = 0;
      for (let j = 0; j < count; j++) sum += weights[j]! * (this.start[j]! + durations[j]!);
      harm[r] = sum;
    });
    return { makespan, harm };
  }
}

export const rankOfList = (list: Int32Array): Float64Array => {
  const rank = new Float64Array(list.length);
  list.forEach((j, at) => {
    rank[j] = at;
  });
  return rank;
};

export const mean = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

/** The order statistic at ceil(q n): a value that occurred. */
export function quantile(values: Float64Array, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
}

/** Of some orders the one with the best mean; the first of equal ones. */
export function bestOnAverage(
  replayer: Replayer,
  ranks: readonly ArrayLike<number>[],
  objective: Objective,
): number {
  let best = 0;
  let bestMeans: readonly [number, number] | null = null;
  ranks.forEach((rank, index) => {
    const { makespan, harm } = replayer.outcomes(rank);
    const [main, other] = objective === "makespan" ? [makespan, harm] : [harm, makespan];
    const means = [mean(main), mean(other)] as const;
    if (
      bestMeans !== null &&
      (means[0] > bestMeans[0] || (means[0] === bestMeans[0] && means[1] >= bestMeans[1]))
    )
      return;
    best = index;
    bestMeans = means;
  });
  return best;
}
