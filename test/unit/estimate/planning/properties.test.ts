/** What holds for every project: bound <= optimum <= heuristic, and every schedule can be carried out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makespanBounds } from "../../../../src/estimate/planning/bounds.js";
import { Decoder } from "../../../../src/estimate/planning/decoder.js";
import { harmBound } from "../../../../src/estimate/planning/harm-bound.js";
import { networkOf } from "../../../../src/estimate/planning/network.js";
import { planRecovery } from "../../../../src/estimate/planning/plan-recovery.js";
import { listByRank, priorityRules, ranksOf } from "../../../../src/estimate/planning/priority-rules.js";
import { ResourceProfile } from "../../../../src/estimate/planning/resource-profile.js";
import { solveExactly } from "../../../../src/estimate/planning/solve-exactly.js";
import { anyProject, bestOfAll, compiled, faultsOf } from "../../../helpers/projects.js";

const starts = (ids: readonly string[], start: Float64Array) => new Map(ids.map((id, j) => [id, start[j]!]));

describe("bound <= optimum <= heuristic", () => {
  it.each(["makespan", "harm"] as const)("for the %s", async (objective) => {
    await fc.assert(
      fc.asyncProperty(anyProject(6), async (spec) => {
        const problem = compiled(spec);
        const network = networkOf(problem);
        const best = bestOfAll(problem, objective);
        const optimum = objective === "makespan" ? best.makespan : best.harm;
        const bound =
          objective === "makespan" ? makespanBounds(problem, network).best : harmBound(problem, network);
        expect(bound).toBeLessThanOrEqual(optimum + 1e-6);
        const plan = await planRecovery({ ...spec, objective, schedules: 60, exact: "never" });
        if (!plan.ok) throw new Error("a plan");
        const found = objective === "makespan" ? plan.value.makespanMs : plan.value.harm;
        expect(found).toBeGreaterThanOrEqual(optimum);
        if (plan.value.proof === "bound") expect(found).toBeCloseTo(optimum, 6);
        for (const rule of plan.value.rules)
          expect(objective === "makespan" ? rule.makespanMs : rule.harm).toBeGreaterThanOrEqual(optimum);
        expect(faultsOf(spec, new Map(plan.value.schedule.map(({ id, startMs }) => [id, startMs])))).toEqual(
          [],
        );
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("HiGHS finds or proves the optimum that trying everything finds", async () => {
    let better = 0;
    let proven = 0;
    await fc.assert(
      fc.asyncProperty(
        anyProject(6),
        fc.constantFrom("makespan" as const, "harm" as const),
        async (spec, objective) => {
          const problem = compiled(spec);
          const decoder = new Decoder(problem, objective);
          // The worst list there is, so that there is something to beat.
          const known = decoder.decode(problem.topological, "serial");
          const best = bestOfAll(problem, objective);
          const answer = await solveExactly(problem, networkOf(problem), {
            objective,
            known: known.score,
            columns: 10_000,
            nodes: 10_000,
          });
          if (answer.is === "open") throw new Error("small enough");
          if (answer.is === "better") {
            better++;
            expect(faultsOf(spec, starts(problem.ids, answer.start))).toEqual([]);
          } else proven++;
          const score = answer.is === "better" ? decoder.scoreOf(answer.start) : known.score;
          expect(objective === "makespan" ? score.makespan : score.harm).toBe(
            objective === "makespan" ? best.makespan : best.harm,
          );
        },
      ),
      { numRuns: 60, seed: 1 },
    );
    expect(better).toBeGreaterThan(5);
    expect(proven).toBeGreaterThan(5);
  });
});

describe("schedules", () => {
  it("of every rule, both ways, justified or not, can be carried out", () => {
    fc.assert(
      fc.property(anyProject(14), (spec) => {
        const problem = compiled(spec);
        const decoder = new Decoder(problem, "makespan");
        for (const rule of priorityRules) {
          const list = listByRank(problem, ranksOf(problem, networkOf(problem), rule));
          expect([...list].sort((a, b) => a - b)).toEqual(problem.ids.map((_, j) => j));
          for (const by of ["serial", "parallel"] as const) {
            const plain = decoder.decode(list, by);
            const justified = decoder.justify(plain);
            expect(faultsOf(spec, starts(problem.ids, plain.start))).toEqual([]);
            expect(faultsOf(spec, starts(problem.ids, justified.start))).toEqual([]);
            expect(justified.score.makespan).toBeLessThanOrEqual(plain.score.makespan);
          }
        }
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  it("a resource has as much free as an array of moments says", () => {
    const job = fc.record({
      from: fc.nat(20),
      duration: fc.integer({ min: 1, max: 6 }),
      amount: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(job, { maxLength: 30 }), (jobs) => {
        const profile = new ResourceProfile(3, jobs.length);
        const used = new Int32Array(400);
        for (const { from, duration, amount } of jobs) {
          let naive = from;
          while (used.subarray(naive, naive + duration).some((units) => units + amount > 3)) naive++;
          expect(profile.earliest(from, duration, amount)).toBe(naive);
          profile.take(naive, duration, amount);
          for (let t = naive; t < naive + duration; t++) used[t]! += amount;
        }
      }),
      { seed: 3 },
    );
  });
});
