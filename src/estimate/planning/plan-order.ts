/** What an order is worth: with the typical durations, under luck, and against people's own. */
import type { Objective } from "./decoder.js";
import { ParallelScheduler } from "./parallel-schedule.js";
import type { RecoveryPlan } from "./plan-recovery.js";
import type { PlanOrder } from "./plan-result.js";
import type { RecoveryModel } from "./recovery-problem.js";
import { mean, type Outcomes, quantile } from "./spread.js";

/** An order with what luck made of it. */
export interface Chosen {
  readonly objective: Objective;
  readonly rank: Float64Array;
  readonly outcomes: Outcomes;
}

/** One order where the second is no better for what it was made for than the first. */
export function distinct(
  chosen: readonly Chosen[],
): readonly (Chosen & { readonly objectives: readonly Objective[] })[] {
  const [first, second] = chosen;
  if (first === undefined) return [];
  if (second === undefined) return [{ ...first, objectives: [first.objective] }];
  const value = ({ outcomes }: Chosen, objective: Objective): number =>
    mean(objective === "makespan" ? outcomes.makespan : outcomes.harm);
  // Less than a part in two hundred is no reason for a second order.
  const nearly = 1.005;
  for (const [one, other] of [
    [second, first],
    [first, second],
  ] as const)
    if (value(one, other.objective) <= value(other, other.objective) * nearly)
      return [{ ...one, objectives: [first.objective, second.objective] }];
  return chosen.map((item) => ({ ...item, objectives: [item.objective] }));
}

interface Typical {
  readonly makespan: number;
  readonly harm: number;
  readonly start: Float64Array;
}

/** With the typical durations, by crews who take the first job that can be started. */
export function typicalOf({ problem }: RecoveryModel, rank: Float64Array): Typical {
  const start = new Float64Array(problem.count);
  const makespan = new ParallelScheduler(problem).schedule(rank, start, problem.durations);
  let harm = 0;
  for (let j = 0; j < problem.count; j++) harm += problem.weights[j]! * (start[j]! + problem.durations[j]!);
  return { makespan, harm, start };
}

export function orderOf(
  model: RecoveryModel,
  bounds: RecoveryPlan["bounds"],
  { rank, outcomes, objectives }: Chosen & { readonly objectives: readonly Objective[] },
  people: Outcomes,
): PlanOrder {
  const { problem, jobs } = model;
  const { makespan, harm, start } = typicalOf(model, rank);
  const list = Int32Array.from(rank.keys()).sort((a, b) => rank[a]! - rank[b]! || a - b);
  const schedule = Array.from(rank.keys())
    .filter((j) => jobs[j]!.kind !== "works")
    .sort((a, b) => start[a]! - start[b]! || rank[a]! - rank[b]! || a - b)
    .map((j) => {
      const job = jobs[j]!;
      const started = job.kind === "start" ? job : null;
      return {
        id: job.id,
        kind: job.kind,
        startMs: start[j]!,
        endMs: start[j]! + problem.durations[j]!,
        service: started?.service ?? null,
        group: job.kind === "works" ? null : job.group,
        place: started?.place ?? null,
        instances: started?.instances ?? 0,
        by: started?.by ?? null,
      };
    });
  const above = (value: number, bound: number): number => (bound > 0 ? Math.max(0, value / bound - 1) : 0);
  return {
    objectives: [...objectives],
    jobs: [...list].filter((j) => jobs[j]!.kind === "start").map((j) => jobs[j]!.id),
    typical: {
      makespanMs: makespan,
      unservedLogins: Math.round(harm),
      makespanGap: above(makespan, bounds.makespanMs),
      harmGap: above(harm, bounds.harm),
      schedule,
    },
    spread: spreadOf(outcomes),
    versusPeople: versusOf(outcomes, people),
  };
}

export function spreadOf({ makespan, harm }: Outcomes): PlanOrder["spread"] {
  const of = (values: Float64Array) => ({
    p50: Math.round(quantile(values, 0.5)),
    p90: Math.round(quantile(values, 0.9)),
    mean: Math.round(mean(values)),
  });
  return { makespanMs: of(makespan), unservedLogins: of(harm) };
}

function versusOf(order: Outcomes, people: Outcomes): PlanOrder["versusPeople"] {
  const share = (a: Float64Array, b: Float64Array): number =>
    a.filter((value, r) => value < b[r]!).length / a.length;
  return {
    shorter: share(order.makespan, people.makespan),
    lessHarm: share(order.harm, people.harm),
    makespanMs: Math.round(mean(order.makespan) - mean(people.makespan)),
    unservedLogins: Math.round(mean(order.harm) - mean(people.harm)),
  };
}
