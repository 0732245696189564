import { describe, expect, it } from "vitest";
import { runFor, swapped } from "../../../src/chaos/base.js";
import { baseOf } from "../../helpers/material.js";
import { scenarioFile } from "../../helpers/scenario.js";

describe("the run that a case starts from", () => {
  const base = baseOf(scenarioFile("stale-observation.yaml"), "fresh");

  it("is that of the base, as long as nothing is exchanged", () => {
    expect(runFor(base, { events: [] })).toBe(base.run);
  });

  it("has two changes exchanged in time, built once", () => {
    const events = [{ e: "swap", first: 0, second: 1 }] as const;
    const run = runFor(base, { events });
    expect(runFor(base, { events })).toBe(run);
    expect(run.changes.map((change) => change.atMs)).toEqual(base.run.changes.map((change) => change.atMs));
    expect(run.changes.map((change) => change.spec.author)).toEqual(["platform-team", "reporting-team"]);
    expect(run.changes.map((change) => change.version)).toEqual([2, 3]);
  });

  it("goes back when they are exchanged twice, and ignores changes that are not there", () => {
    const twice = [
      { e: "swap", first: 0, second: 1 },
      { e: "swap", first: 0, second: 1 },
    ] as const;
    expect(runFor(base, { events: twice }).changes).toEqual(base.run.changes);
    expect(swapped(base.run, 0, 7)).toBeNull();
    expect(runFor(base, { events: [{ e: "swap", first: 0, second: 7 }] })).toBe(base.run);
  });
});
