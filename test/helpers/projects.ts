/** Small projects with known answers, random ones, and the best schedule by trying every list. */
import fc from "fast-check";
import { compareScores, Decoder, type Objective, type Score } from "../../src/estimate/planning/decoder.js";
import { compileProblem, type Problem, type ProblemSpec } from "../../src/estimate/planning/problem.js";

/** Ten services and what they need: name, minutes, customers, needs. */
const g10: readonly (readonly [string, number, number, readonly string[]])[] = [
  ["mgr", 30, 0, []],
  ["net", 25, 0, ["mgr"]],
  ["dns", 10, 0, ["net"]],
  ["db", 40, 0, ["net"]],
  ["auth", 15, 10, ["dns", "db"]],
  ["tel", 35, 0, ["net"]],
  ["sms", 20, 6, ["tel", "dns"]],
  ["risk", 15, 2, ["db"]],
  ["dmp", 20, 3, ["auth"]],
  ["admin", 10, 1, ["auth", "risk"]],
];

export const goldenFleet = (crews: number): ProblemSpec => ({
  jobs: g10.map(([id, durationMs, weight]) => ({ id, durationMs, weight, demands: { crew: 1 } })),
  precedence: g10.flatMap(([id, , , needs]) => needs.map((before) => [before, id] as const)),
  resources: { crew: crews },
});

export function compiled(spec: ProblemSpec): Problem {
  const result = compileProblem(spec);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** Up to `jobsMax` jobs, two resources. */
export const anyProject = (jobsMax: number): fc.Arbitrary<ProblemSpec> =>
  fc
    .array(
      fc.record({
        duration: fc.integer({ min: 0, max: 6 }),
        weight: fc.integer({ min: 0, max: 5 }),
        a: fc.integer({ min: 0, max: 3 }),
        b: fc.integer({ min: 0, max: 2 }),
        before: fc.array(fc.nat(), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: jobsMax },
    )
    .map((rows) => ({
      jobs: rows.map(({ duration, weight, a, b }, j) => ({
        id: `j${j}`,
        durationMs: duration,
        weight,
        demands: { a, b },
      })),
      precedence: rows.flatMap(({ before }, j) =>
        j === 0 ? [] : before.map((i) => [`j${i % j}`, `j${j}`] as const),
      ),
      resources: { a: 3, b: 2 },
    }));

/** Every list that the precedence allows. */
export function* allLists(problem: Problem): Generator<Int32Array> {
  const { count, before } = problem;
  const list: number[] = [];
  const used = new Uint8Array(count);
  function* extend(): Generator<Int32Array> {
    if (list.length === count) {
      yield Int32Array.from(list);
      return;
    }
    for (let j = 0; j < count; j++) {
      if (used[j] === 1) continue;
      let free = true;
      for (let k = before.start[j]!; k < before.start[j + 1]!; k++)
        if (used[before.values[k]!] === 0) free = false;
      if (!free) continue;
      used[j] = 1;
      list.push(j);
      yield* extend();
      list.pop();
      used[j] = 0;
    }
  }
  yield* extend();
}

/** Active schedules contain a best one, and the lists give all of them. */
export function bestOfAll(problem: Problem, objective: Objective): Score {
  const decoder = new Decoder(problem, objective);
  let best: Score | null = null;
  for (const list of allLists(problem)) {
    const { score } = decoder.decode(list, "serial");
    if (best === null || compareScores(objective, score, best) < 0) best = score;
  }
  return best!;
}

/** What is wrong with a schedule; empty: nothing. Written without any of the code that makes schedules. */
export function faultsOf(spec: ProblemSpec, start: ReadonlyMap<string, number>): readonly string[] {
  const faults: string[] = [];
  const byId = new Map(spec.jobs.map((job) => [job.id, job]));
  for (const [before, after] of spec.precedence)
    if (start.get(after)! < start.get(before)! + byId.get(before)!.durationMs)
      faults.push(`${after} before ${before} ends`);
  for (const job of spec.jobs) {
    const at = start.get(job.id)!;
    if (!(at >= 0)) faults.push(`${job.id} starts at ${at}`);
    for (const [resource, units] of Object.entries(spec.resources)) {
      let used = 0;
      for (const other of spec.jobs) {
        const from = start.get(other.id)!;
        if (from <= at && at < from + other.durationMs) used += other.demands?.[resource] ?? 0;
      }
      if (used > units) faults.push(`${used} of ${units} ${resource} at ${at}`);
    }
  }
  return faults;
}
