/** Known answers: the critical path method, the golden fleet by exhaustion, head and tail, Graham's anomalies, Smith's rule. */
import { describe, expect, it } from "vitest";
import { makespanBounds } from "../../../../src/estimate/planning/bounds.js";
import { criticalPath, networkOf } from "../../../../src/estimate/planning/network.js";
import { ParallelScheduler } from "../../../../src/estimate/planning/parallel-schedule.js";
import { planRecovery } from "../../../../src/estimate/planning/plan-recovery.js";
import { listByRank, ranksOf } from "../../../../src/estimate/planning/priority-rules.js";
import { SerialScheduler } from "../../../../src/estimate/planning/serial-schedule.js";
import { allLists, bestOfAll, compiled, faultsOf, goldenFleet } from "../../../helpers/projects.js";

describe("t-cpm", () => {
  const problem = compiled(goldenFleet(3));
  const network = networkOf(problem);
  const by = (values: ArrayLike<number>) => Object.fromEntries(problem.ids.map((id, j) => [id, values[j]!]));

  it("heads, latest finishes and slack", () => {
    expect(network.length).toBe(130);
    expect(by(network.head)).toEqual({
      mgr: 0,
      net: 30,
      dns: 55,
      db: 55,
      auth: 95,
      tel: 55,
      sms: 90,
      risk: 95,
      dmp: 110,
      admin: 110,
    });
    expect(by(ranksOf(problem, network, "LFT"))).toEqual({
      mgr: 30,
      net: 55,
      dns: 95,
      db: 95,
      auth: 110,
      tel: 110,
      sms: 130,
      risk: 120,
      dmp: 130,
      admin: 130,
    });
    expect(by(ranksOf(problem, network, "MINSLK"))).toEqual({
      mgr: 0,
      net: 0,
      dns: 30,
      db: 0,
      auth: 0,
      tel: 20,
      sms: 20,
      risk: 10,
      dmp: 0,
      admin: 10,
    });
  });

  it("the critical path", () => {
    expect(criticalPath(problem, network).map((j) => problem.ids[j])).toEqual([
      "mgr",
      "net",
      "db",
      "auth",
      "dmp",
    ]);
  });
});

describe("t-rcpsp-G10", () => {
  it("has 304 lists", () => {
    expect([...allLists(compiled(goldenFleet(2)))]).toHaveLength(304);
  });

  it.each([
    [1, 220, 3410, 220, 3530],
    [2, 140, 2625, 140, 2655],
    [3, 130, 2490, 130, 2490],
  ])("with %i crews: optimum %i and %i, LFT %i and %i", async (crews, makespan, harm, lft, lftHarm) => {
    const spec = goldenFleet(crews);
    const problem = compiled(spec);
    expect(bestOfAll(problem, "makespan").makespan).toBe(makespan);
    expect(bestOfAll(problem, "harm").harm).toBe(harm);
    const list = listByRank(problem, ranksOf(problem, networkOf(problem), "LFT"));
    const start = new Float64Array(problem.count);
    expect(new SerialScheduler(problem).schedule(list, start)).toBe(lft);
    expect(start.reduce((sum, at, j) => sum + problem.weights[j]! * (at + problem.durations[j]!), 0)).toBe(
      lftHarm,
    );
    for (const objective of ["makespan", "harm"] as const) {
      const plan = await planRecovery({ ...spec, objective, schedules: 3000 });
      if (!plan.ok) throw new Error("a plan");
      expect(objective === "makespan" ? plan.value.makespanMs : plan.value.harm).toBe(
        objective === "makespan" ? makespan : harm,
      );
      expect(plan.value.gap).toBe(0);
      expect(plan.value.proof).not.toBe("none");
      expect(faultsOf(spec, new Map(plan.value.schedule.map(({ id, startMs }) => [id, startMs])))).toEqual(
        [],
      );
    }
  });

  it("with two crews one schedule is both fastest and least harmful", () => {
    // The exhaustive table of the oracle keeps the first list of weighted cost 2625, which takes 145; another takes 140.
    expect(bestOfAll(compiled(goldenFleet(2)), "harm")).toMatchObject({ harm: 2625, makespan: 140 });
  });
});

describe("t-rcpsp-lb-headtail", () => {
  it.each([
    [1, 220, 220],
    [2, 110, 138],
    [3, 74, 120],
  ])("with %i crews: resource %i, head and tail %i", (crews, resource, headTail) => {
    const problem = compiled(goldenFleet(crews));
    expect(makespanBounds(problem, networkOf(problem))).toMatchObject({
      criticalPath: 130,
      resource,
      headTail,
    });
  });
});

describe("t-graham-anomaly", () => {
  const graham = (crews: number, shorter: number, arcs: readonly (readonly [string, string])[]) => {
    const problem = compiled({
      jobs: [3, 2, 2, 2, 4, 4, 4, 4, 9].map((d, k) => ({
        id: `${k + 1}`,
        durationMs: d - shorter,
        demands: { crew: 1 },
      })),
      precedence: arcs,
      resources: { crew: crews },
    });
    const rank = problem.ids.map((_, j) => j);
    return new ParallelScheduler(problem).schedule(rank, new Float64Array(problem.count), problem.durations);
  };
  const all = [
    ["1", "9"],
    ["4", "5"],
    ["4", "6"],
    ["4", "7"],
    ["4", "8"],
  ] as const;

  it("more crews, shorter jobs, fewer needs: all longer", () => {
    expect(graham(3, 0, all)).toBe(12);
    expect(graham(4, 0, all)).toBe(15);
    expect(graham(3, 1, all)).toBe(13);
    expect(graham(3, 0, [all[0], all[3], all[4]])).toBe(16);
  });
});

describe("t-wspt", () => {
  const jobs = [
    [5, 1],
    [3, 4],
    [8, 2],
    [2, 2],
    [6, 9],
  ] as const;
  const spec = {
    jobs: jobs.map(([durationMs, weight], k) => ({ id: `${k}`, durationMs, weight, demands: { crew: 1 } })),
    precedence: [],
    resources: { crew: 1 },
  };

  it("the rule alone is Smith's, and proven", async () => {
    const problem = compiled(spec);
    const list = listByRank(problem, ranksOf(problem, networkOf(problem), "WSPT"));
    expect([...list].map((j) => jobs[j])).toEqual([
      [6, 9],
      [3, 4],
      [2, 2],
      [8, 2],
      [5, 1],
    ]);
    const plan = await planRecovery({ ...spec, objective: "harm", exact: "never" });
    expect(plan).toMatchObject({
      ok: true,
      value: { harm: 174, gap: 0, proof: "bound", stoppedBy: "proof" },
    });
  });

  it("first come, first served costs 321", () => {
    const problem = compiled(spec);
    const start = new Float64Array(problem.count);
    new SerialScheduler(problem).schedule(Int32Array.of(0, 1, 2, 3, 4), start);
    expect(start.reduce((sum, at, j) => sum + jobs[j]![1] * (at + jobs[j]![0]), 0)).toBe(321);
  });
});
