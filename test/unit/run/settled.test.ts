/** A manager that has settled looks again once what it saw was wrong, or something runs that it does not want. */
import { describe, expect, it } from "vitest";
import type { TraceEvent } from "../../../src/trace/trace.js";
import { fleetWith } from "../../helpers/property-scenarios.js";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

const eventsOf = (manager: string, happens: string): readonly TraceEvent[] =>
  traceOf(runOf(scenarioOf(fleetWith("fail-static", { manager, happens })))).events;
const minutesOf = (
  events: readonly TraceEvent[],
  what: TraceEvent["e"],
  service: string,
): readonly number[] =>
  events.flatMap((event) =>
    event.e === what && "service" in event && event.service === service ? [Math.floor(event.t / 60_000)] : [],
  );

describe("a settled manager", () => {
  it("looks at the next full pass once a list of the world is right again", () => {
    const events = eventsOf(
      "policy: { ownership: label, approval: twoPerson, drift: report }",
      `changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]
faults: [{ at: 15m, for: 10m, what: list, of: m, gives: empty }]
response: { approve: 1h, configuration: leave }`,
    );
    const plans = events.flatMap((event) =>
      event.e === "plan" ? [[Math.floor(event.t / 60_000), event.actions.length]] : [],
    );
    expect(plans).toContainEqual([25, 1]);
    expect(minutesOf(events, "removed", "old").length).toBeGreaterThan(0);
  });

  it("stops again what is configured with no replica, whoever started it", () => {
    const events = eventsOf(
      "policy: { drift: report }",
      `changes: [{ at: 10m, author: x, edits: [{ set: applications/web#/replicas, to: 0 }] }]
response: { detect: 1m, acknowledge: 1m, diagnose: 5m, decide: 1m, configuration: leave }`,
    );
    const started = minutesOf(events, "running", "web");
    expect(started.length).toBeGreaterThan(0);
    expect(
      minutesOf(events, "stopped", "web").filter((minute) => minute >= started[0]!).length,
    ).toBeGreaterThan(0);
  });
});
