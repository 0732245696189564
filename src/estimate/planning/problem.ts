/**
 * Resource-constrained project scheduling: jobs that take time and renewable resources, some of them only after others.
 * Nothing here knows of services; a recovery is one such problem among many. Compiled to arrays, since schedules are
 * made by the thousand.
 */
import type { Issue } from "../../base/issue.js";
import { nearestName } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { type Rows, rowsOf, topologicalOrder } from "./rows.js";

export interface PlanningJob {
  readonly id: string;
  /** Whole, 0 or more; milliseconds by convention, any unit as long as it is one. 0 with no demands: a milestone. */
  readonly durationMs: number;
  /** Units of resources that it holds from start to end. */
  readonly demands?: Readonly<Record<string, number>>;
  /** What a unit of time until its end costs (customers who wait for it); 0 or more, default 0. */
  readonly weight?: number;
}

export interface ProblemSpec {
  readonly jobs: readonly PlanningJob[];
  /** Pairs [before, after] of ids: the second starts when the first has ended. */
  readonly precedence: readonly (readonly [before: string, after: string])[];
  /** Units of every renewable resource: crews, people with a skill, deploy workers, the lock of a region. */
  readonly resources: Readonly<Record<string, number>>;
}

/** Jobs and resources by index, in the order they were given. */
export interface Problem {
  readonly count: number;
  readonly ids: readonly string[];
  readonly durations: Float64Array;
  readonly weights: Float64Array;
  readonly before: Rows;
  readonly after: Rows;
  /** Every job after those before it; among equals the order given. */
  readonly topological: Int32Array;
  readonly resourceNames: readonly string[];
  readonly capacity: Int32Array;
  /** Job -> indices of the resources that it demands, and how much of each (same places). */
  readonly uses: Rows;
  readonly amounts: Int32Array;
}

const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Issues: duplicate or unknown names, durations and demands that make no sense, and a loop of jobs waiting for each other. */
export function compileProblem(spec: ProblemSpec): Result<Problem, readonly Issue[]> {
  const issues: Issue[] = [];
  const say = (code: string, path: string, message: string, more: Partial<Issue> = {}): void => {
    issues.push({ code, severity: "error", path, message, ...more });
  };
  const resourceNames = Object.keys(spec.resources);
  const resourceIndex = new Map(resourceNames.map((name, index) => [name, index]));
  for (const name of resourceNames)
    if (!whole(spec.resources[name]!) || spec.resources[name]! > 0x7fffffff)
      say("bad-capacity", `resources.${name}`, `${spec.resources[name]} units`, {
        expected: "a whole number",
      });
  const indexOf = new Map<string, number>();
  const uses: number[][] = [];
  const amounts: number[] = [];
  spec.jobs.forEach((job, index) => {
    const at = `jobs[${index}]`;
    if (indexOf.has(job.id)) say("duplicate-job", at, `"${job.id}" is there twice`);
    indexOf.set(job.id, index);
    if (!whole(job.durationMs))
      say("bad-duration", `${at}.durationMs`, `"${job.id}" takes ${job.durationMs}`, {
        expected: "a whole number, 0 or more",
      });
    if (job.weight !== undefined && !(job.weight >= 0 && job.weight < Number.POSITIVE_INFINITY))
      say("bad-weight", `${at}.weight`, `"${job.id}" weighs ${job.weight}`, { expected: "0 or more" });
    const row: number[] = [];
    for (const [name, amount] of Object.entries(job.demands ?? {})) {
      const resource = resourceIndex.get(name);
      if (resource === undefined) {
        const near = nearestName(name, resourceNames);
        say("unknown-resource", `${at}.demands`, `"${job.id}" demands the unknown resource "${name}"`, {
          ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
        });
      } else if (!whole(amount)) {
        say("bad-demand", `${at}.demands.${name}`, `"${job.id}" demands ${amount}`, {
          expected: "a whole number, 0 or more",
        });
      } else if (amount > spec.resources[name]!) {
        say("too-much", `${at}.demands.${name}`, `"${job.id}" demands ${amount} of "${name}"`, {
          expected: `at most ${spec.resources[name]}, which is all there are`,
        });
      } else if (amount > 0) {
        row.push(resource);
        amounts.push(amount);
      }
    }
    uses.push(row);
  });
  const before: number[][] = spec.jobs.map(() => []);
  const after: number[][] = spec.jobs.map(() => []);
  spec.precedence.forEach(([first, second], index) => {
    const a = indexOf.get(first);
    const b = indexOf.get(second);
    for (const [name, found] of [
      [first, a],
      [second, b],
    ] as const)
      if (found === undefined) say("unknown-job", `precedence[${index}]`, `there is no job "${name}"`);
    if (a === undefined || b === undefined || after[a]!.includes(b)) return;
    after[a]!.push(b);
    before[b]!.push(a);
  });
  if (issues.length > 0) return err(issues);
  const sorted = topologicalOrder(before, after);
  if (!sorted.ok) {
    const loop = sorted.error.map((index) => `"${spec.jobs[index]!.id}"`);
    say(
      "loop",
      "precedence",
      loop.length === 1
        ? `${loop[0]} waits for itself`
        : `jobs wait for each other: ${loop.join(" before ")} before ${loop[0]}`,
    );
    return err(issues);
  }
  return ok({
    count: spec.jobs.length,
    ids: spec.jobs.map(({ id }) => id),
    durations: Float64Array.from(spec.jobs, ({ durationMs }) => durationMs),
    weights: Float64Array.from(spec.jobs, ({ weight }) => weight ?? 0),
    before: rowsOf(before),
    after: rowsOf(after),
    topological: sorted.value,
    resourceNames,
    capacity: Int32Array.from(resourceNames, (name) => spec.resources[name]!),
    uses: rowsOf(uses),
    amounts: Int32Array.from(amounts),
  });
}
