/** Load in the simulated fleet: herds, collapses, people who turn load away, and the plan that foresees it. */
import { describe, expect, it } from "vitest";
import { planVariant } from "../../../src/estimate/planning/plan-variant.js";
import { fleetLoad, serviceLoads } from "../../../src/models/demand/fleet-load.js";
import { compileFleet } from "../../../src/models/fleet/compile-fleet.js";
import { requestCalls } from "../../../src/models/fleet/request-calls.js";
import { createSimulator } from "../../../src/run/simulate.js";
import { rootCause } from "../../../src/trace/explain.js";
import { measure } from "../../../src/trace/measure.js";
import { storyOf } from "../../../src/trace/story.js";
import type { Trace, TraceEvent } from "../../../src/trace/trace.js";
import { runOf, scenarioFile, scenarioOf, sha256, traceOf, verdictsOf } from "../../helpers/scenario.js";

const scenario = scenarioFile("herd-at-restoration.yaml");
const overloads = (trace: Trace) =>
  trace.events.filter((event): event is Extract<TraceEvent, { e: "overload" }> => event.e === "overload");
const of = (trace: Trace, service: string) => overloads(trace).filter((event) => event.service === service);

describe("the herd at the restoration", () => {
  it("collapses what comes back everywhere at once, until people turn load away", () => {
    const trace = traceOf(runOf(scenario, "all-at-once"));
    const [collapsed, over] = of(trace, "user-db");
    // 15 minutes of patience at 600 a second, over a longest wait of 10 minutes: 900 a second, in time nearly.
    expect(collapsed).toMatchObject({ state: "collapsed", capacity: 1000, returning: 892, again: true });
    expect(Math.abs(collapsed!.offered / 4 - (600 + 892))).toBeLessThanOrEqual(1);
    expect(over).toMatchObject({ state: "healthy", offered: 600 });
    const shed = trace.events.find((event) => event.e === "phase" && event.phase === "load-shed")!;
    expect(over!.t).toBe(shed.t);
    expect(shed.t - collapsed!.t).toBe(40 * 60_000);
    expect(verdictsOf(trace)["no-recollapse"]).toBe("violated");
  });

  it("is told as a sentence, and explained down to the change", () => {
    const run = runOf(scenario, "all-at-once");
    const trace = traceOf(run);
    const story = storyOf(trace, measure(trace)).map(({ text }) => text);
    expect(story).toContain(
      "user-db in global collapses under its load: 5966 requests a second for 1000, 892 of them from users who come back.",
    );
    expect(rootCause(trace, of(trace, "user-db")[0]!.id)?.e).toBe("change");
  });

  it("comes in by parts where regions come back by twos", () => {
    const trace = traceOf(runOf(scenario, "by-twos"));
    expect(overloads(trace)).toEqual([]);
    expect(verdictsOf(trace)["no-recollapse"]).toBe("holds");
  });

  it("more crews start earlier and are done later", () => {
    const lasts = (variant: string): number =>
      createSimulator(runOf(scenario, variant)).run(1).outage.endedAtMs!;
    expect(lasts("all-at-once")).toBeGreaterThan(lasts("by-twos"));
  });

  it("drains by itself under a retry budget, and people see that there is nothing to turn away", () => {
    const trace = traceOf(runOf(scenario, "retry-budget"));
    expect(of(trace, "user-db").map(({ state }) => state)).toEqual(["collapsed", "draining", "healthy"]);
    expect(trace.events.some((event) => event.e === "phase" && event.phase === "load-shed")).toBe(false);
  });

  it("users whose login fails are counted, by and by fewer", () => {
    const trace = traceOf(runOf(scenario, "bounded-queue"));
    const [collapsed] = of(trace, "user-db");
    const told = trace.events.filter((event) => event.e === "quality" && event.t === collapsed!.t);
    // 1000 of 1492 are served.
    for (const event of told) expect((event as { success: number }).success).toBeCloseTo(1000 / 1492, 3);
    expect(told).toHaveLength(6);
  });

  it("is the same again, whatever the simulator ran before", () => {
    const run = runOf(scenario, "all-at-once");
    const simulator = createSimulator(run);
    const first = simulator.run(1);
    simulator.run(7);
    expect(simulator.run(1)).toEqual(first);
    expect(sha256(traceOf(run))).toBe(sha256(traceOf(runOf(scenario, "all-at-once"))));
  });
});

describe("a plan", () => {
  it("foresees what the simulation shows, for every number of crews", async () => {
    const options = { batch: "region", workers: null, lock: null, skills: [], seed: 1, runs: 20 } as const;
    let held: number | null = null;
    for (const crews of [6, 5, 4, 3, 2]) {
      const text = { ...(scenario.document as object), response: { ...response(), crews } };
      const run = runOf(scenarioOf(JSON.stringify(text)), "all-at-once");
      const plan = await planVariant(run, { ...options, crews, objectives: ["makespan"] });
      const seen = new Set(
        overloads(traceOf(run))
          .filter(({ state }) => state === "collapsed")
          .map(({ service }) => service),
      );
      expect(new Set(plan.people!.collapses!.map(({ service }) => service)), `${crews} crews`).toEqual(seen);
      // What the collapse costs is part of the plan: as long as in the simulation, where all durations are the typical ones.
      const lasts = overloads(traceOf(run)).filter(
        ({ state }) => state === "healthy" || state === "shedding",
      );
      const first = traceOf(run).events.find((event) => event.e === "work")!;
      const { calmMs } = plan.people!;
      if (seen.size === 0) expect(calmMs).toBeNull();
      else expect(calmMs).toBe(Math.max(...lasts.map(({ t }) => t)) - first.t);
      if (seen.size === 0) held ??= crews;
      if (crews === 6) expect(plan.orders[0]!.crewsThatHold?.crews).toBe(4);
    }
    expect(held).toBe(4);
  });

  it("says nothing where no service has a capacity", async () => {
    const run = runOf(scenarioFile("level-triggered-relapse.yaml"), "repaired");
    const plan = await planVariant(run, {
      batch: "region",
      crews: 2,
      workers: null,
      lock: null,
      skills: [],
      seed: 1,
      runs: 20,
      objectives: ["makespan"],
    });
    expect("collapses" in plan.orders[0]!).toBe(false);
  });
});

const response = (): object => (scenario.document as { response: object }).response;

const fleetOf = (services: string, capabilities: string) => {
  const { spec } = scenarioOf(`
fleetquake: 1
title: Calls
regions: { a: { members: [a-1, a-2] }, b: { members: [b-1] , weight: 2 } }
services: ${services}
capabilities: ${capabilities}
demand: { loginsPerSecond: 400, retry: { max: 3 } }
managers: { m: { model: legacy } }`).variants[0]!;
  return { fleet: compileFleet(spec.fleet), demand: spec.demand };
};

describe("the load of a fleet", () => {
  const { fleet, demand } = fleetOf(
    `{ web: { needs: [auth, { service: ads, kind: soft, weight: 0.2 }, { kind: any, of: [x, y], k: 1 }, { service: img, kind: startup }] },
       auth: { needs: [db, { service: ads, kind: soft, weight: 0.1 }] }, ads: {}, x: {}, y: {}, img: {},
       db: { placement: global, capacity: 500 } , pin: { needs: [{ service: x, in: [a-1, a-2] }] } }`,
    "{ site: { service: web, share: 0.5 }, pinned: { service: pin, share: 0.5 } }",
  );

  it("a request calls what it needs, a soft need by its weight and one of two by half", () => {
    const calls = (capability: number) =>
      Object.fromEntries(
        requestCalls(fleet, fleet.spec.capabilities[capability]!).map(({ service, calls: often, pinned }) => [
          `${fleet.serviceNames[service]}${pinned === null ? "" : ` at ${pinned.length}`}`,
          often,
        ]),
      );
    expect(calls(0)).toEqual({ web: 1, auth: 1, ads: 0.2, x: 0.5, y: 0.5, db: 1 });
    expect(calls(1)).toEqual({ pin: 1, "x at 2": 0.5 });
  });

  it("is split by the weight of regions, and meets at what is global", () => {
    const { flows } = fleetLoad(fleet, demand);
    expect(flows.map(({ rate }) => rate)).toEqual([50, 50, 100, 50, 50, 100]);
    expect(serviceLoads(fleet, demand)).toEqual([
      {
        service: "db",
        capacity: 500,
        usual: 200,
        hidden: 125,
        state: "vulnerable",
        herd: 200 * 3600,
        safeWindowMs: 2_400_000,
      },
    ]);
  });
});

describe("other ways to log in", () => {
  it("take over the load, and may not bear it", () => {
    const trace = traceOf(
      runOf(
        scenarioOf(`
fleetquake: 1
title: The fallback falls as well
horizon: 6h
regions: { a: { members: [a-1] } }
services:
  sms: { manager: m, deploy: 10m }
  push: { manager: m, capacity: 100 }
capabilities:
  sms: { service: sms, share: 0.5, fallback: [{ capability: push, enrolled: 80% }] }
  push: { service: push, share: 0.5 }
managers: { m: { model: modern, deployedBy: people } }
faults: [{ at: 1h, for: 1h, what: crash, of: sms }]
demand: { loginsPerSecond: 120, retry: { max: 3 } }`),
      ),
    );
    const [collapsed] = of(trace, "push");
    // 60 of its own and 80 % of the other 60, each with three retries: 1000 too many at 8 a second take 125 s.
    expect(collapsed).toMatchObject({ state: "collapsed", offered: 432, returning: 0, again: false });
    expect(collapsed!.t).toBe(3_600_000 + 125_000);
    // Nothing had come back: this is no relapse, but an outage of its own.
    expect(verdictsOf(trace)["no-recollapse"]).toBe("holds");
  });
});
