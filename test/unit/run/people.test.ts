/** How people bring it back: one thing looked at a time, in fleets small enough to count by hand. */
import { describe, expect, it } from "vitest";
import { measure } from "../../../src/trace/measure.js";
import type { TraceEvent } from "../../../src/trace/trace.js";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

const minute = 60_000;

/** Everything goes at 10:00; every duration is a constant, so every time can be worked out. */
const text = (response: string, more = ""): string => `
fleetquake: 1
title: People
horizon: 24h
regions: { a: { members: [a-1] }, b: { members: [b-1] } }
services:
  boss: { manager: m, placement: global, deploy: 10m }
  low: { manager: m, deploy: 5m }
  high: { manager: m, deploy: 3m, needs: [low] }
  old: { manager: m, deploy: 1m }
capabilities: { site: { service: high, share: 1 } }
managers:
  m:
    model: legacy
    service: boss
    deployedBy: people
    policy: { removal: 0 }
    defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }]
changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]
demand: { loginsPerSecond: 10, sessionLifetime: 1h }
response: { detect: 1m, acknowledge: 2m, diagnose: 3m, decide: 4m, repairConfiguration: 5m, verify: 6m, publish: 7m, ${response} }
${more}`;

const run = (response: string, more = "") => traceOf(runOf(scenarioOf(text(response, more))));
const starts = (events: readonly TraceEvent[]) =>
  events.flatMap((event) =>
    event.e === "work" && event.state === "start"
      ? [{ t: event.t / minute, what: `${event.service} ${event.group}` }]
      : [],
  );

describe("people", () => {
  it("detect, acknowledge, diagnose, decide, repair, then start the manager", () => {
    const phases = run("crews: 9").events.flatMap((event) =>
      event.e === "phase" ? [[event.phase, event.t / minute]] : [],
    );
    expect(phases.slice(0, 7)).toEqual([
      ["alert", 10],
      ["detected", 11],
      ["acknowledged", 13],
      ["diagnosed", 16],
      ["decided", 20],
      ["configuration-repaired", 25],
      ["manager-redeploying", 25],
    ]);
  });

  it("start the manager first, then bottom-up in every group at the same time when there are crews enough", () => {
    expect(starts(run("crews: 9").events)).toEqual([
      { t: 25, what: "boss global" },
      { t: 35, what: "low a" },
      { t: 35, what: "low b" },
      { t: 40, what: "high a" },
      { t: 40, what: "high b" },
    ]);
  });

  it("take one thing after the other with one crew, in the order of the groups given", () => {
    expect(starts(run("crews: 1, order: { groups: [b, a] }").events)).toEqual([
      { t: 25, what: "boss global" },
      { t: 35, what: "low b" },
      { t: 40, what: "high b" },
      { t: 43, what: "low a" },
      { t: 48, what: "high a" },
    ]);
  });

  it("verify after the restoration and publish after that", () => {
    const { recovery } = measure(run("crews: 9"));
    expect(recovery.byCapability[0]!.restored.at(-1)).toEqual([43 * minute, 2]);
    expect(recovery.byCapability[0]!.verified.at(-1)).toEqual([49 * minute, 2]);
    expect(recovery.byCapability[0]!.published.at(-1)).toEqual([56 * minute, 2]);
    expect(recovery.publishedAtMs).toBe(56 * minute);
  });

  it("cost what they cost: logins that were not served, sessions that ran out meanwhile", () => {
    const { outage } = measure(run("crews: 9"));
    // Ten logins a second for 33 minutes in both regions together.
    expect(outage.unservedLogins).toBeCloseTo(10 * 33 * 60, 6);
    expect(outage.usersAskedToLogIn).toBeCloseTo(33 / 60, 6);
    expect(outage.capabilities[0]).toMatchObject({
      regionsDown: 2,
      longestDownMinutes: 33,
      downtimeMinutes: 66,
    });
  });

  it("may use another time for the manager than its deploy takes", () => {
    expect(starts(run("crews: 9, redeployManager: 20m").events)[1]).toEqual({ t: 45, what: "low a" });
  });

  it("nothing redeploys itself while the manager is down", () => {
    const events = run("crews: 9").events.filter((event) => event.e === "deploying");
    expect(Math.min(...events.map((event) => event.t))).toBe(25 * minute);
    expect(events.every((event) => event.e === "deploying" && event.hand)).toBe(true);
  });

  it("are not alarmed by what the alarm does not watch, but by a manager that is gone they are", () => {
    const quiet = run(
      "crews: 9, alert: { capabilities: [site], share: 100% }",
      "faults: [{ at: 1h, for: 10m, what: crash, of: high, in: a-1 }]",
    );
    const alerts = quiet.events.filter((event) => event.e === "phase" && event.phase === "alert");
    expect(alerts.map((event) => event.t / minute)).toEqual([10]);
  });
});

describe("stateful services", () => {
  const stateful = (onRemove: string) =>
    traceOf(
      runOf(
        scenarioOf(
          text("crews: 9").replace(
            "low: { manager: m, deploy: 5m }",
            `low: { manager: m, deploy: 5m, state: { onRemove: ${onRemove}, restore: 30m } }`,
          ),
        ),
      ),
    );

  it("take their restore time on top, and lose nothing unless their entry says so", () => {
    expect(measure(stateful("retain")).removed.dataLost).toBe(0);
    expect(measure(stateful("delete")).removed.dataLost).toBe(2);
    expect(measure(stateful("retain")).recovery.allRestoredAtMs).toBe((43 + 30) * minute);
  });
});

describe("hand-over", () => {
  it("moves a service from one manager to another during a run, without stopping it", () => {
    const migrated = scenarioOf(`
fleetquake: 1
title: Migration
horizon: 12h
regions: { a: { members: [a-1, a-2] } }
services:
  boss: { manager: old, placement: global, deploy: 10m }
  api: { manager: old, deploy: 5m }
  web: { manager: old, deploy: 5m }
capabilities: { site: { service: api, share: 1 } }
managers:
  old: { model: legacy, service: boss, deployedBy: people, defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }] }
  new: { model: modern }
changes:
  - { at: 10m, author: x, intend: { migrate: { service: api, to: new } } }
  - { at: 1h, author: x, approvals: [{ by: y, covers: [web] }], intend: { remove: [web] } }
`);
    const trace = traceOf(runOf(migrated));
    expect(trace.events.filter((event) => event.e === "handover")).toMatchObject([
      { t: 10 * minute, service: "api", from: "old", to: "new" },
    ]);
    // The old manager goes, with everything that is still its own.
    const measures = measure(trace);
    expect(measures.removed.services).toEqual(["boss", "web"]);
    expect(measures.outage.capabilities[0]!.regionsDown).toBe(0);
  });
});
