import { describe, expect, it } from "vitest";
import { planRecovery } from "../../../../src/index.js";
import { faultsOf, goldenFleet } from "../../../helpers/projects.js";

/** Twenty jobs for three crews and a specialist, too hard to be proven by the bound. */
const twenty = {
  jobs: Array.from({ length: 20 }, (_, k) => ({
    id: `job ${k}`,
    durationMs: 3 + ((k * 7) % 11),
    weight: (k * 5) % 7,
    demands: { crew: 1 + (k % 2), ...(k % 3 === 0 ? { specialist: 1 } : {}) },
  })),
  precedence: Array.from({ length: 15 }, (_, k) => [`job ${k}`, `job ${k + 5}`] as const),
  resources: { crew: 3, specialist: 1 },
};

async function planned(more: Parameters<typeof planRecovery>[0]) {
  const result = await planRecovery(more);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe("planRecovery", () => {
  it("gives the same plan for the same seed and count", async () => {
    const once = await planned({ ...twenty, schedules: 400, seed: 5, exact: "never" });
    expect(await planned({ ...twenty, schedules: 400, seed: 5, exact: "never" })).toEqual(once);
    expect(faultsOf(twenty, new Map(once.schedule.map(({ id, startMs }) => [id, startMs])))).toEqual([]);
  });

  it("never gets worse with a larger count of schedules than the rules alone", async () => {
    for (const objective of ["makespan", "harm"] as const) {
      const plan = await planned({ ...twenty, schedules: 300, objective, exact: "never" });
      const rules = plan.rules.map((rule) => (objective === "makespan" ? rule.makespanMs : rule.harm));
      expect(objective === "makespan" ? plan.makespanMs : plan.harm).toBeLessThanOrEqual(Math.min(...rules));
      expect(plan.schedules).toBeLessThan(400);
    }
  });

  it("budgetMs is counted, so it needs no clock", async () => {
    const short = await planned({ ...twenty, budgetMs: 5, exact: "never", objective: "harm" });
    const long = await planned({ ...twenty, budgetMs: 20, exact: "never", objective: "harm" });
    expect(short.stoppedBy).toBe("budget");
    expect(long.schedules).toBeGreaterThan(3 * short.schedules);
    expect(long.harm).toBeLessThanOrEqual(short.harm);
  });

  it("a clock can only stop it earlier, and then it says so", async () => {
    let time = 0;
    const plan = await planned({
      ...twenty,
      objective: "harm",
      exact: "never",
      budgetMs: 1000,
      now: () => (time += 100),
    });
    expect(plan.stoppedBy).toBe("wall");
    expect(plan.schedules).toBeLessThan(100);
    expect(faultsOf(twenty, new Map(plan.schedule.map(({ id, startMs }) => [id, startMs])))).toEqual([]);
  });

  it("an empty project is done", async () => {
    expect(await planned({ jobs: [], precedence: [], resources: {} })).toMatchObject({
      makespanMs: 0,
      gap: 0,
      proof: "bound",
      schedule: [],
    });
  });

  it("jobs that need nothing and take no time are fine", async () => {
    const jobs = [
      { id: "a", durationMs: 0 },
      { id: "b", durationMs: 3 },
      { id: "c", durationMs: 0, weight: 2 },
    ];
    const plan = await planned({
      jobs,
      precedence: [
        ["a", "b"],
        ["b", "c"],
      ],
      resources: { crew: 0 },
    });
    expect(plan).toMatchObject({ makespanMs: 3, harm: 6, criticalPath: ["a", "b", "c"] });
  });

  it.each([
    [
      "duplicate-job",
      {
        jobs: [
          { id: "a", durationMs: 1 },
          { id: "a", durationMs: 1 },
        ],
      },
    ],
    ["bad-duration", { jobs: [{ id: "a", durationMs: 1.5 }] }],
    ["bad-duration", { jobs: [{ id: "a", durationMs: -1 }] }],
    ["bad-weight", { jobs: [{ id: "a", durationMs: 1, weight: Number.NaN }] }],
    ["unknown-resource", { jobs: [{ id: "a", durationMs: 1, demands: { crews: 1 } }] }],
    ["too-much", { jobs: [{ id: "a", durationMs: 1, demands: { crew: 3 } }] }],
    ["bad-demand", { jobs: [{ id: "a", durationMs: 1, demands: { crew: 0.5 } }] }],
    ["bad-capacity", { resources: { crew: -1 } }],
    ["unknown-job", { precedence: [["mgr", "nobody"]] as const }],
    [
      "loop",
      {
        precedence: [
          ["mgr", "net"],
          ["net", "mgr"],
        ] as const,
      },
    ],
    ["loop", { precedence: [["mgr", "mgr"]] as const }],
    ["bad-option", { schedules: 0 }],
    ["bad-option", { budgetMs: -1 }],
    ["bad-option", { seed: -1 }],
  ])("%s is an issue", async (code, wrong) => {
    const result = await planRecovery({
      ...goldenFleet(2),
      ...("jobs" in wrong ? { precedence: [] } : {}),
      ...wrong,
    });
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : result.error.map((issue) => issue.code)).toContain(code);
  });

  it("names a shortest loop", async () => {
    const result = await planRecovery({
      ...goldenFleet(2),
      precedence: [
        ["mgr", "net"],
        ["net", "dns"],
        ["dns", "net"],
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      error: [{ message: 'jobs wait for each other: "net" before "dns" before "net"' }],
    });
  });
});
