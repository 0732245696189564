/** The recovery of one variant planned: what the run lost, the orders for both objectives, and how they compare with people's own. */
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { createSimulator } from "../../run/simulate.js";
import { TraceRecorder } from "../../run/trace-recorder.js";
import type { Run } from "../../scenario/run.js";
import { type BlackStart, blackStart } from "./black-start.js";
import { Decoder, type Objective } from "./decoder.js";
import { type Lost, lostAt } from "./lost.js";
import { PlanLoad } from "./plan-load.js";
import { type Chosen, distinct, orderOf, spreadOf, typicalOf } from "./plan-order.js";
import { type PlanOptions, type RecoveryPlan, type Solved, solve } from "./plan-recovery.js";
import type { PlanFile, PlanOrder } from "./plan-result.js";
import { listByRank, priorityRules, ranksOf } from "./priority-rules.js";
import {
  extentOf,
  planningReplications,
  type RecoveryModel,
  type RecoveryOptions,
  recoveryProblem,
} from "./recovery-problem.js";
import { bestOnAverage, Replayer, rankOfList } from "./spread.js";

export interface PlanVariantOptions extends RecoveryOptions {
  readonly objectives: readonly Objective[];
  /** Replications that are reported. */
  readonly runs: number;
  readonly schedules?: number;
  readonly shouldStop?: () => boolean;
}

/** All of the file but its frame. */
export type VariantPlan = Omit<PlanFile, "fleetquake" | "kind" | "scenario" | "command">;

/** Replications in which orders compete; those that are reported are others. */
const contestRuns = 100;
const contestantsMax = 24;
/** Jobs times orders times replications, so that a large recovery does not take minutes. */
const contestWorkMax = 2e6;

export async function planVariant(run: Run, options: PlanVariantOptions): Promise<VariantPlan> {
  const recorder = new TraceRecorder(run);
  const { shouldStop } = options;
  const simulator = createSimulator(run, shouldStop === undefined ? {} : { interrupt: shouldStop });
  const { end, outage } = simulator.run(options.seed, 0, [recorder]);
  const lost = lostAt(run, recorder.trace(options.seed, 0));
  const black = blackStart(
    run.spec.fleet,
    run.managers.map(({ spec }) => spec),
  );
  const frame = frameOf(run, lost, black, options);
  if (!lost.began && (end === "interrupted" || end === "event-limit")) {
    const because = "a limit of the scenario ended the run before anybody began to bring things back";
    return { ...frame, verdict: "no-verdict", because, stoppedBy: "wall" };
  }
  if (frame.lost.instances === 0)
    return { ...frame, verdict: "nothing-to-recover", because: whyNothing(lost) };
  const model = recoveryProblem(run, lost, options);
  if (!model.ok) return { ...frame, verdict: "no-order-exists", because: model.error[0]!.message };
  return planned(model.value, frame, options, PlanLoad.of(run, lost, outage.startedAtMs));
}

function whyNothing(lost: Lost): string {
  return lost.began
    ? "everything that should be there is there, or being started already, when people begin"
    : "nobody was called, and everything that should be there is there at the end";
}

function frameOf(
  run: Run,
  lost: Lost,
  black: BlackStart,
  options: PlanVariantOptions,
): Omit<VariantPlan, "verdict" | "because"> {
  return {
    variant: run.variant,
    seed: options.seed,
    lost: { atMs: lost.atMs, began: lost.began, ...extentOf(run, lost) },
    resources: {},
    batch: options.batch,
    bounds: null,
    criticalPath: [],
    orders: [],
    people: null,
    replications: 0,
    schedules: 0,
    stoppedBy: null,
    blackStart: {
      needed: black.needed === null ? null : [...black.needed],
      smallest: black.smallest,
      declared: [...black.declared],
      missing: [...black.missing],
      needLoops: black.needLoops.map((loop) => [...loop]),
      startLoop: [...black.startLoop],
    },
  };
}

async function planned(
  model: RecoveryModel,
  frame: Omit<VariantPlan, "verdict" | "because">,
  options: PlanVariantOptions,
  load: PlanLoad | null,
): Promise<VariantPlan> {
  const { problem } = model;
  const drawn = (from: number, count: number): readonly Float64Array[] =>
    Array.from({ length: count }, (_, r) => {
      const durations = new Float64Array(problem.count);
      model.draw(from + r, durations);
      return durations;
    });
  const contest = new Replayer(
    problem,
    drawn(
      planningReplications,
      Math.max(20, Math.min(contestRuns, Math.floor(contestWorkMax / problem.count / contestantsMax))),
    ),
  );
  const reported = new Replayer(problem, drawn(0, options.runs));
  const people = reported.outcomes(model.peopleRank);
  const solved: Solved[] = [];
  const chosen: Chosen[] = [];
  for (const objective of options.objectives) {
    const planOptions: PlanOptions = {
      objective,
      seed: options.seed,
      ...(options.schedules === undefined ? {} : { schedules: options.schedules }),
      ...(options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop }),
    };
    const found = await solve(problem, planOptions);
    solved.push(found);
    const ranks = contestants(problem, model, found);
    const rank = ranks[bestOnAverage(contest, ranks, objective)]!;
    chosen.push({ objective, rank, outcomes: reported.outcomes(rank) });
  }
  const { bounds, criticalPath } = solved[0]!.plan;
  const typicalPeople = typicalOf(model, model.peopleRank);
  const demanded = new Float64Array(problem.capacity.length);
  problem.uses.values.forEach((resource, k) => {
    demanded[resource]! += problem.amounts[k]!;
  });
  return {
    ...frame,
    verdict: "planned",
    because: "",
    resources: Object.fromEntries(
      // Where all jobs together demand no more than there is, nothing is short.
      problem.resourceNames.flatMap((name, k) =>
        demanded[k]! > problem.capacity[k]! ? [[name, problem.capacity[k]!]] : [],
      ),
    ),
    bounds: {
      criticalPathMs: bounds.criticalPathMs,
      resourceMs: bounds.resourceMs,
      headTailMs: bounds.headTailMs,
      makespanMs: bounds.makespanMs,
      unservedLogins: Math.floor(bounds.harm),
    },
    criticalPath: [...criticalPath],
    orders: distinct(chosen).map((item) => ({
      ...orderOf(model, bounds, item, people),
      ...underLoad(load, model, item.rank, options),
    })),
    people: {
      makespanMs: typicalPeople.makespan,
      unservedLogins: Math.round(typicalPeople.harm),
      spread: spreadOf(people),
      ...(load === null ? {} : load.collapses(model, typicalPeople.start)),
    },
    replications: options.runs,
    schedules: solved.reduce((sum, { plan }) => sum + plan.schedules, 0),
    stoppedBy: worstStop(solved.map(({ plan }) => plan.stoppedBy)),
  };
}

/** Whether those who come back are more than what has come back can bear. */
function underLoad(
  load: PlanLoad | null,
  model: RecoveryModel,
  rank: Float64Array,
  options: RecoveryOptions,
): Pick<PlanOrder, "collapses" | "calmMs" | "crewsThatHold"> {
  if (load === null) return {};
  const under = load.collapses(model, typicalOf(model, rank).start);
  return under.collapses.length === 0 ? under : { ...under, crewsThatHold: load.crewsThatHold(options) };
}

const worstStop = (all: readonly RecoveryPlan["stoppedBy"][]): RecoveryPlan["stoppedBy"] =>
  all.includes("wall") ? "wall" : all.includes("budget") ? "budget" : "proof";

/** Orders to be tried under luck: the best ones found for typical durations, every rule, and people's own. */
function contestants(
  problem: RecoveryModel["problem"],
  model: RecoveryModel,
  { candidates, network }: Solved,
) {
  const rules = priorityRules.map((rule) => rankOfList(listByRank(problem, ranksOf(problem, network, rule))));
  const decoder = new Decoder(problem, "makespan");
  const found = candidates
    .slice(0, contestantsMax - rules.length - 1)
    .map(({ start }) => rankOfList(decoder.listOf(start)));
  return [...found, ...rules, Float64Array.from(model.peopleRank)];
}

/** What is wrong with the options, given the variant. */
export function planOptionIssues(run: Run, options: RecoveryOptions): Result<null, readonly Issue[]> {
  const issues: Issue[] = [];
  for (const skill of options.skills) {
    for (const name of skill.services) {
      if (run.fleet.serviceIndex.has(name)) continue;
      issues.push({
        code: "unknown-service",
        severity: "error",
        message: `--skill ${skill.name}: there is no service "${name}"`,
        expected: `one of ${run.fleet.serviceNames.join(", ")}`,
      });
    }
  }
  return issues.length > 0 ? err(issues) : ok(null);
}
