/** The order of a recovery, or of any project whose jobs share renewable resources: heuristics, bounds, and a proof where one is found. */
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { makespanBounds } from "./bounds.js";
import { type Decoded, Decoder, type Objective } from "./decoder.js";
import { evolve } from "./genetic.js";
import { harmBound } from "./harm-bound.js";
import { criticalPath, type Network, networkOf } from "./network.js";
import { listByRank, type PriorityRule, priorityRules, ranksOf } from "./priority-rules.js";
import { compileProblem, type Problem, type ProblemSpec } from "./problem.js";
import { solveExactly } from "./solve-exactly.js";

export interface PlanOptions {
  /** "makespan": the last end. "harm": the sum of weight times end. Default: makespan. */
  readonly objective?: Objective;
  /** Schedules to try; without it `budgetMs` says. A count, so that the same call gives the same plan on every machine. */
  readonly schedules?: number;
  /** Nominal time, default 1000: so many schedules as the reference machine makes in that time (docs/recovery-planning.md). */
  readonly budgetMs?: number;
  /** With a clock `budgetMs` is a limit too: it can only stop earlier, and then `stoppedBy` is "wall". */
  readonly now?: () => number;
  /** Asked after every few schedules; true stops with what there is. */
  readonly shouldStop?: () => boolean;
  /** uint32, default 1. */
  readonly seed?: number;
  /** Ask HiGHS where the heuristics leave a gap and the program is small. Default "small". */
  readonly exact?: "small" | "never";
}

export interface PlannedJob {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface RecoveryPlan {
  readonly objective: Objective;
  readonly makespanMs: number;
  /** Sum of weight times end. */
  readonly harm: number;
  /** By start, then in an order that the precedence allows. */
  readonly schedule: readonly PlannedJob[];
  /** Of the network, resources left aside: no number of crews makes it shorter. */
  readonly criticalPath: readonly string[];
  readonly bounds: {
    readonly criticalPathMs: number;
    readonly resourceMs: number;
    readonly headTailMs: number;
    readonly makespanMs: number;
    readonly harm: number;
  };
  /** How far the plan may be from the best one, as a share of the bound of its objective; 0: it is best. */
  readonly gap: number;
  readonly proof: "bound" | "exact" | "none";
  /** What each rule alone gives, by the better of the two ways to make a schedule. */
  readonly rules: readonly {
    readonly rule: PriorityRule;
    readonly makespanMs: number;
    readonly harm: number;
  }[];
  readonly schedules: number;
  readonly stoppedBy: "proof" | "budget" | "wall";
}

/** Jobs in programs small enough for HiGHS, its binary variables and the nodes of its search. */
const exactLimits = { jobs: 32, columns: 1200, nodes: 400 };
/** What a program has to beat should be good, since it makes the windows narrow. */
const schedulesBeforeExact = 2000;

/**
 * Plans a project with renewable resources. Issues: names, numbers and loops that make no sense. A plan is a function
 * of the problem, the seed and the count of schedules; only `now` and `shouldStop` can cut it short.
 */
export async function planRecovery(
  spec: ProblemSpec & PlanOptions,
): Promise<Result<RecoveryPlan, readonly Issue[]>> {
  const compiled = compileProblem(spec);
  if (!compiled.ok) return compiled;
  const wrong = optionIssues(spec);
  if (wrong.length > 0) return err(wrong);
  const solved = await solve(compiled.value, spec);
  return ok(solved.plan);
}

export interface Solved {
  readonly plan: RecoveryPlan;
  readonly network: Network;
  readonly best: Decoded;
  /** Good and different ones, best first, `best` among them. */
  readonly candidates: readonly Decoded[];
}

/** The same for a problem that is compiled, with what the plan leaves out. */
export async function solve(problem: Problem, options: PlanOptions): Promise<Solved> {
  const objective = options.objective ?? "makespan";
  const network = networkOf(problem);
  const bounds = makespanBounds(problem, network);
  const harm = harmBound(problem, network);
  const bound = objective === "makespan" ? bounds.best : harm;
  const worth = ({ score }: Decoded): number => (objective === "makespan" ? score.makespan : score.harm);
  const decoder = new Decoder(problem, objective);
  const { first, rules } = byRules(problem, network, decoder);
  const schedules = options.schedules ?? nominalSchedules(problem, options.budgetMs ?? 1000);
  const search = (from: readonly Decoded[], upTo: number) =>
    evolve(problem, decoder, from, {
      objective,
      seed: options.seed ?? 1,
      schedules: upTo,
      bias: ranksOf(problem, network, objective === "makespan" ? "LFT" : "WSPT"),
      done: (found) => closeTo(worth(found), bound),
      shouldStop: stopper(options),
    });
  const small = (options.exact ?? "small") === "small" && realJobs(problem) <= exactLimits.jobs;
  let evolved = search(first, small ? Math.min(schedules, schedulesBeforeExact) : schedules);
  let best = evolved.population[0]!;
  let proof: RecoveryPlan["proof"] = closeTo(worth(best), bound) ? "bound" : "none";
  if (proof === "none" && small && evolved.stoppedBy !== "wall") {
    const { columns, nodes } = exactLimits;
    const answer = await solveExactly(problem, network, { objective, known: best.score, columns, nodes });
    if (answer.is === "better") best = decoder.decode(decoder.listOf(answer.start), "serial");
    if (answer.is !== "open") proof = "exact";
    else if (evolved.stoppedBy === "budget" && decoder.made < schedules) {
      evolved = search(evolved.population, schedules);
      best = evolved.population[0]!;
      if (closeTo(worth(best), bound)) proof = "bound";
    }
  }
  const plan: RecoveryPlan = {
    objective,
    makespanMs: best.score.makespan,
    harm: best.score.harm,
    schedule: [...decoder.listOf(best.start)].map((j) => ({
      id: problem.ids[j]!,
      startMs: best.start[j]!,
      endMs: best.start[j]! + problem.durations[j]!,
    })),
    criticalPath: criticalPath(problem, network).map((j) => problem.ids[j]!),
    bounds: {
      criticalPathMs: bounds.criticalPath,
      resourceMs: bounds.resource,
      headTailMs: bounds.headTail,
      makespanMs: bounds.best,
      harm,
    },
    gap: proof !== "none" || bound === 0 ? 0 : Math.max(0, worth(best) / bound - 1),
    proof,
    rules,
    schedules: decoder.made,
    stoppedBy: proof !== "none" ? "proof" : evolved.stoppedBy === "wall" ? "wall" : "budget",
  };
  return { plan, network, best, candidates: [best, ...evolved.population.filter((item) => item !== best)] };
}

/** Sums of products of large numbers differ in their last bits. */
const closeTo = (value: number, bound: number): boolean => value <= bound * (1 + 1e-12) + 1e-9;

function byRules(problem: Problem, network: Network, decoder: Decoder) {
  const first: Decoded[] = [];
  const rules: RecoveryPlan["rules"][number][] = [];
  for (const rule of priorityRules) {
    const list = listByRank(problem, ranksOf(problem, network, rule));
    const serial = decoder.decode(list, "serial");
    const parallel = decoder.decode(list, "parallel");
    const { score } = decoder.better(parallel, serial) ? parallel : serial;
    first.push(serial, parallel);
    rules.push({ rule, makespanMs: score.makespan, harm: score.harm });
  }
  return { first, rules };
}

function realJobs({ durations }: Problem): number {
  let count = 0;
  for (const duration of durations) if (duration > 0) count++;
  return count;
}

function stopper({ now, budgetMs, shouldStop }: PlanOptions): () => boolean {
  if (now === undefined) return shouldStop ?? (() => false);
  const until = now() + (budgetMs ?? 1000);
  return () => now() >= until || (shouldStop?.() ?? false);
}

/**
 * Schedules that the reference machine makes in a time: about a quarter of a microsecond for every job and resource it
 * demands, and a little for what grows faster. Only the order of size matters; the plan says how many it made.
 */
export function nominalSchedules(problem: Problem, budgetMs: number): number {
  const { count, uses } = problem;
  const microseconds = 2 + 0.2 * count + 0.2 * uses.values.length;
  return Math.max(50, Math.round((budgetMs * 1000) / microseconds));
}

function optionIssues({ schedules, budgetMs, seed }: PlanOptions): readonly Issue[] {
  const issues: Issue[] = [];
  const say = (path: string, value: number, expected: string): void => {
    issues.push({ code: "bad-option", severity: "error", path, message: `${path} is ${value}`, expected });
  };
  if (schedules !== undefined && !(Number.isSafeInteger(schedules) && schedules >= 1))
    say("schedules", schedules, "a whole number, 1 or more");
  if (budgetMs !== undefined && !(budgetMs > 0 && budgetMs < Number.POSITIVE_INFINITY))
    say("budgetMs", budgetMs, "more than 0");
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0 && seed <= 0xffffffff))
    say("seed", seed, "a whole number from 0 to 4294967295");
  return issues;
}
