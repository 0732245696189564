/**
 * The problem as a mixed integer program over a grid of time, in the LP format: y(j, t) is 1 when job j has started by
 * t (Pritsker, Watters and Wolfe 1969, with steps instead of pulses, which makes the order rows short and tight).
 * Given a schedule to beat, every job has a window, and an infeasible program proves that schedule best.
 */
import type { Objective } from "./decoder.js";
import type { Network } from "./network.js";
import type { Problem } from "./problem.js";

export interface ExactModel {
  readonly text: string;
  /** Binary variables. */
  readonly columns: number;
  /** Start of job j from the values of the columns. */
  readonly startOf: (j: number, value: (column: string) => number) => number;
}

/** Greatest common divisor of all durations: some best schedule has all starts on its multiples. */
export function gridOf(problem: Problem): number {
  let grid = 0;
  for (const duration of problem.durations) for (let a = duration; a > 0; [a, grid] = [grid % a, a]) {}
  return Math.max(1, grid);
}

/** Binary variables that a model up to `horizon` would have. */
export function columnsOf(problem: Problem, network: Network, horizon: number, grid: number): number {
  let columns = 0;
  for (let j = 0; j < problem.count; j++)
    columns += Math.max(0, (horizon - network.tail[j]! - problem.durations[j]! - network.head[j]!) / grid);
  return columns;
}

/** Null where `horizon` leaves a job no start at all: then no schedule ends by it. */
export function exactModel(
  problem: Problem,
  network: Network,
  objective: Objective,
  horizon: number,
  grid: number,
): ExactModel | null {
  const { count, durations, weights, before } = problem;
  const first = Array.from(network.head, (head) => Math.round(head / grid));
  const span = Array.from(durations, (duration) => Math.round(duration / grid));
  const last = Array.from({ length: count }, (_, j) =>
    Math.floor((horizon - network.tail[j]! - durations[j]!) / grid),
  );
  if (last.some((time, j) => time < first[j]!)) return null;
  // Before its first start a job has not started, from its last start on it has: no columns there.
  const name = (j: number, t: number): string => `y${j}_${t}`;
  const columnsOfJob = (j: number): string[] =>
    Array.from({ length: last[j]! - first[j]! }, (_, k) => name(j, first[j]! + k));
  const term = (j: number, t: number): string | number =>
    t < first[j]! ? 0 : t >= last[j]! ? 1 : name(j, t);
  const rows: string[] = [];
  const binaries: string[] = [];
  /** sum of factor times term <= right, constants moved to the right; nothing where it holds anyway. */
  const row = (terms: readonly (readonly [number, string | number])[], right: number): void => {
    const factors = new Map<string, number>();
    let rest = right;
    for (const [factor, value] of terms) {
      if (typeof value === "number") rest -= factor * value;
      else factors.set(value, (factors.get(value) ?? 0) + factor);
    }
    const left = [...factors].filter(([, factor]) => factor !== 0);
    let most = 0;
    for (const [, factor] of left) most += Math.max(0, factor);
    if (most <= rest) return;
    rows.push(left.length === 0 ? `0 ${anyColumn} <= ${rest}` : `${sum(left)} <= ${rest}`);
  };
  const sum = (terms: readonly (readonly [string, number])[]): string =>
    terms.map(([column, factor]) => `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} ${column}`).join(" ");
  const anyColumn = "z";
  for (let j = 0; j < count; j++) {
    for (let t = first[j]!; t < last[j]!; t++) {
      binaries.push(name(j, t));
      row(
        [
          [1, term(j, t)],
          [-1, term(j, t + 1)],
        ],
        0,
      );
    }
    for (let k = before.start[j]!; k < before.start[j + 1]!; k++) {
      const i = before.values[k]!;
      for (let t = first[j]!; t <= last[j]!; t++)
        row(
          [
            [1, term(j, t)],
            [-1, term(i, t - span[i]!)],
          ],
          0,
        );
    }
  }
  const end = Math.floor(horizon / grid);
  for (let r = 0; r < problem.capacity.length; r++) {
    const users = usersOf(problem, r);
    for (let t = 0; t < end; t++) {
      const terms: (readonly [number, string | number])[] = [];
      for (const [j, amount] of users) {
        if (span[j] === 0) continue;
        terms.push([amount, term(j, t)], [-amount, term(j, t - span[j]!)]);
      }
      row(terms, problem.capacity[r]!);
    }
  }
  const goal: (readonly [string, number])[] = [];
  if (objective === "makespan") {
    // z is the end of everything: every last job ends by it.
    for (let j = 0; j < count; j++) {
      if (network.tail[j]! > 0) continue;
      const columns = columnsOfJob(j);
      rows.push(
        `${sum([...columns.map((column) => [column, -1] as const), ["z", -1]])} <= ${-(last[j]! + span[j]!)}`,
      );
    }
    goal.push(["z", 1]);
  } else {
    // start = last start - the number of steps before it at which the job has started.
    for (let j = 0; j < count; j++) {
      if (weights[j] === 0) continue;
      for (const column of columnsOfJob(j)) goal.push([column, -weights[j]!]);
    }
    if (goal.length === 0) goal.push(["z", 1]);
  }
  const text = [
    "Minimize",
    ` obj: ${sum(goal)}`,
    "Subject To",
    ...rows.map((line, k) => ` r${k}: ${line}`),
    "Bounds",
    ` 0 <= z <= ${end}`,
    "Binary",
    ...binaries.map((column) => ` ${column}`),
    "End",
  ].join("\n");
  return {
    text,
    columns: binaries.length,
    startOf: (j, value) => {
      let start = last[j]!;
      for (const column of columnsOfJob(j)) if (value(column) > 0.5) start--;
      return start * grid;
    },
  };
}

function usersOf(
  { count, uses, amounts }: Problem,
  resource: number,
): readonly (readonly [number, number])[] {
  const users: (readonly [number, number])[] = [];
  for (let j = 0; j < count; j++)
    for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++)
      if (uses.values[k] === resource) users.push([j, amounts[k]!]);
  return users;
}
