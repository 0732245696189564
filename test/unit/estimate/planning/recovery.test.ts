/** From a run to a plan: what was lost becomes jobs, with the times and the rules of the simulation. */
import { describe, expect, it } from "vitest";
import { lostAt, there } from "../../../../src/estimate/planning/lost.js";
import { ParallelScheduler } from "../../../../src/estimate/planning/parallel-schedule.js";
import { planVariant } from "../../../../src/estimate/planning/plan-variant.js";
import { type RecoveryOptions, recoveryProblem } from "../../../../src/estimate/planning/recovery-problem.js";
import type { Run } from "../../../../src/scenario/run.js";
import { runOf, scenarioFile, scenarioOf, traceOf } from "../../../helpers/scenario.js";

const optionsOf = (run: Run, more: Partial<RecoveryOptions> = {}): RecoveryOptions => ({
  batch: run.spec.response.batch,
  crews: run.spec.response.crews,
  workers: null,
  lock: null,
  skills: [],
  seed: 1,
  ...more,
});

function modelOf(run: Run, replication = 0, more: Partial<RecoveryOptions> = {}) {
  const trace = traceOf(run, 1, replication);
  const lost = lostAt(run, trace);
  const model = recoveryProblem(run, lost, optionsOf(run, more));
  if (!model.ok) throw new Error(JSON.stringify(model.error));
  return { trace, lost, model: model.value };
}

describe("the incident", () => {
  const run = runOf(scenarioFile("duo-2025-02-13.yaml"), "legacy");

  it("every instance that is gone is in exactly one job, whatever the batches", () => {
    for (const batch of ["group", "region"] as const) {
      const { lost, model } = modelOf(run, 0, { batch });
      const planned = model.work.flatMap(({ instances }) => instances).sort((a, b) => a - b);
      const gone = Array.from(lost.state.keys()).filter((i) => lost.state[i] !== there);
      expect(planned).toEqual(gone);
      expect(gone).toHaveLength(8 * 81 + 1);
      expect(model.work).toHaveLength(batch === "group" ? 8 * 5 + 1 : 8 * 81 + 1);
    }
  });

  it("a job takes as long as it took the simulated people", () => {
    for (const replication of [0, 1]) {
      const { trace, model } = modelOf(run, replication);
      const durations = new Float64Array(model.problem.count);
      model.draw(replication, durations);
      const begun = new Map<string, number>();
      let seen = 0;
      for (const event of trace.events) {
        if (event.e !== "work") continue;
        const id = event.group === "global" ? event.service : `${event.service} in ${event.group}`;
        if (event.state === "start") begun.set(id, event.t);
        else {
          expect(durations[model.jobs.findIndex((job) => job.id === id)]).toBe(event.t - begun.get(id)!);
          seen++;
        }
      }
      expect(seen).toBe(41);
    }
  });

  it("the weights add up to the logins that fail while nothing works", () => {
    const { model } = modelOf(run);
    const perMinute = model.problem.weights.reduce((sum, weight) => sum + weight * 60_000, 0);
    // passwordless 5 % of which 90 % fall back, risk 15 %, telephony 12 % of which 60 % fall back, portal, health and
    // enrolment 7 %, and of the 60 % core authentication the 0.3 + 0.06 + 0.06 that need what is gone.
    const share = 0.05 * 0.1 + 0.15 + 0.12 * 0.4 + 0.07 + 0.6 * 0.42;
    expect(perMinute).toBeCloseTo(60_000 * share, 6);
  });

  it("locks, skills, workers and crews are resources, and make it longer", () => {
    const makespan = (more: Partial<RecoveryOptions>): number => {
      const { problem, peopleRank } = modelOf(run, 0, more).model;
      return new ParallelScheduler(problem).schedule(
        peopleRank,
        new Float64Array(problem.count),
        problem.durations,
      );
    };
    const free = makespan({ crews: 100 });
    expect(makespan({ crews: 1 })).toBeGreaterThan(3 * free);
    expect(makespan({ crews: 100, lock: 1 })).toBeGreaterThan(free);
    expect(makespan({ crews: 100, workers: 2 })).toBeGreaterThan(free);
    expect(
      makespan({
        crews: 100,
        skills: [{ name: "phones", units: 1, services: ["telephony-sms", "telephony-voice"] }],
      }),
    ).toBeGreaterThan(free);
  });
});

describe("replications", () => {
  it.each(["repaired", "frozen"])(
    "one service after the other (%s): the same end as in the simulation, to the millisecond",
    (variant) => {
      const run = runOf(scenarioFile("level-triggered-relapse.yaml"), variant);
      for (const replication of [0, 1, 2]) {
        const { trace, lost, model } = modelOf(run, replication);
        const durations = new Float64Array(model.problem.count);
        model.draw(replication, durations);
        const start = new Float64Array(model.problem.count);
        const end = new ParallelScheduler(model.problem).schedule(model.peopleRank, start, durations);
        const verified = trace.events.filter((event) => event.e === "verified").map(({ t }) => t);
        expect(end).toBe(Math.max(...verified) - lost.atMs);
      }
    },
  );
});

describe("planVariant", () => {
  const plan = async (run: Run) =>
    planVariant(run, { ...optionsOf(run), objectives: ["makespan", "harm"], runs: 50, schedules: 400 });

  it("is the same for the same seed, above its bounds, and better than people's order in most replications", async () => {
    const run = runOf(scenarioFile("duo-2025-02-13.yaml"), "legacy");
    const found = await plan(run);
    expect(await plan(run)).toEqual(found);
    expect(found).toMatchObject({
      verdict: "planned",
      lost: { instances: 649, services: 9, groups: 5 },
      replications: 50,
    });
    for (const order of found.orders) {
      expect(order.typical.makespanMs).toBeGreaterThanOrEqual(found.bounds!.makespanMs);
      expect(order.typical.unservedLogins).toBeGreaterThanOrEqual(found.bounds!.unservedLogins);
      expect(order.jobs[0]).toBe("service-manager");
      expect(order.jobs).toHaveLength(41);
      expect(order.versusPeople.lessHarm).toBeGreaterThan(0.9);
      expect(order.spread.makespanMs.p50).toBeLessThan(order.spread.makespanMs.p90);
    }
  });

  it("shows two orders where the fastest one hurts more", async () => {
    // One long service that few need, a short one that everybody needs, one crew for both; behind the long one hangs
    // another that nobody waits for and that needs no crew of its own time: starting long is fast, starting short is kind.
    const run = runOf(
      scenarioOf(`fleetquake: 1
title: two orders
horizon: 24h
regions: { g: { members: [r] } }
services:
  manager: { manager: m, placement: global, deploy: 10m, byHand: true }
  long: { manager: m, deploy: 60m, byHand: true }
  after-long: { manager: m, deploy: 60m, byHand: true, needs: [long] }
  short: { manager: m, deploy: 50m, byHand: true }
  other: { manager: m, deploy: 50m, byHand: true }
capabilities:
  many: { title: Many, service: short, share: 0.5 }
  some: { title: Some, service: other, share: 0.4 }
  few: { title: Few, service: after-long, share: 0.01 }
managers: { m: { model: legacy, service: manager, deployedBy: people } }
faults:
${["manager", "long", "after-long", "short", "other"].map((of) => `  - { at: 1m, what: crash, of: ${of}, gives: error }`).join("\n")}
response: { crews: 2, detect: 1m, acknowledge: 1m, diagnose: 1m, decide: 1m, verify: 1m }
`),
    );
    const found = await plan(run);
    expect(found.orders.map(({ objectives }) => objectives)).toEqual([["makespan"], ["harm"]]);
    const [fastest, kindest] = found.orders;
    expect(fastest!.typical.makespanMs).toBeLessThan(kindest!.typical.makespanMs);
    expect(fastest!.typical.unservedLogins).toBeGreaterThan(kindest!.typical.unservedLogins);
  });

  it("finds nothing to do where nothing is lost", async () => {
    expect(await plan(runOf(scenarioFile("duo-2025-02-13.yaml"), "modern"))).toMatchObject({
      verdict: "nothing-to-recover",
      orders: [],
    });
  });

  it("says so when no order exists", async () => {
    const found = await plan(runOf(scenarioFile("bootstrap-loop.yaml"), "nobody-knows-how"));
    expect(found).toMatchObject({
      verdict: "no-order-exists",
      orders: [],
      blackStart: { missing: ["git", "manager"] },
    });
    expect(found.because).toContain("waits for itself");
  });
});
