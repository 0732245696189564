/** Guards that look at when: rollouts, versions and epochs, the age of what was seen, stopping before deleting. */
import { describe, expect, it } from "vitest";
import { freshness } from "../../../../src/models/guards/process-guards.js";
import { removal as asked, guardContext } from "../../../helpers/guard-context.js";
import { type GuardSituation, gone, guardFleet, removal, taken } from "../../../helpers/guard-fleet.js";
import { runOf, scenarioOf, traceOf } from "../../../helpers/scenario.js";

const incident: GuardSituation = {};
const clean: GuardSituation = { defect: false };
const places = (items: ReturnType<typeof taken>): readonly string[] =>
  [...new Set(items.map((item) => item.place))].sort();
const firstIn = (items: ReturnType<typeof taken>, place: string): number | undefined =>
  items.find((item) => item.place === place)?.minute;

describe.each([
  ["waves", "waves", { manager: "rollout: { waves: [[a], [b]], bake: 1h }" }],
  ["cells", "{ cells: { bake: 1h } }", {}],
])("%s", (_, guard, more) => {
  it("keeps a fault in the groups that are open", () => {
    expect(places(taken({ ...incident, ...more }, ""))).toEqual(["a", "a-1", "a-2", "b", "b-1", "b-2"]);
    expect(places(taken({ ...incident, ...more }, guard))).toEqual(["a", "a-1", "a-2"]);
  });

  it("lets a change that hurts nobody through, one bake time after the other", () => {
    const removed = taken({ ...clean, ...more }, guard);
    expect(firstIn(removed, "a-1")).toBe(10);
    expect(firstIn(removed, "b-1")).toBe(70);
  });
});

describe("autoHalt", () => {
  // It passes before the wave has baked: a look at the end of the wave finds nothing.
  const shortDrop: GuardSituation = {
    ...clean,
    faults: "[{ at: 20m, for: 4m, what: crash, of: store, in: a }]",
  };

  it("remembers an impairment that has passed when the wave ends", () => {
    expect(firstIn(taken(shortDrop, "{ cells: { bake: 1h } }"), "b-1")).toBe(70);
    const held = taken(shortDrop, "{ cells: { bake: 1h } }, autoHalt");
    expect(firstIn(held, "b-1")).toBeGreaterThan(100);
  });

  it("does not mind what happens in groups that are not open", () => {
    const elsewhere = { ...shortDrop, faults: "[{ at: 20m, for: 4m, what: crash, of: store, in: b }]" };
    expect(places(taken(elsewhere, "{ cells: { bake: 1h } }, autoHalt"))).toEqual([
      "a-1",
      "a-2",
      "b-1",
      "b-2",
    ]);
  });

  it("goes on once people have closed the incident", () => {
    const noticed = { ...shortDrop, faults: "[{ at: 20m, for: 90m, what: crash, of: store, in: a }]" };
    const removed = taken(noticed, "{ cells: { bake: 1h } }, autoHalt");
    expect(firstIn(removed, "b-1")).toBeGreaterThan(110);
  });
});

describe("freshness", () => {
  // Removed by one version, back with the next; then the version in between is delivered once more.
  const back: GuardSituation = {
    ...clean,
    model: "pruning",
    manager: "policy: { resync: 5m }",
    change: `[{ at: 10m, author: x, edits: [{ delete: applications/old },
        { set: "managers/m#/manages", to: [api, spare, store, web] }] },
      { at: 30m, author: x, edits: [{ add: applications/old, value: { name: old, manager: m, needs: [] } },
        { set: "managers/m#/manages", to: [api, old, spare, store, web] }] }]`,
    faults: "[{ at: 60m, for: 20m, what: source, of: m, gives: stale }]",
  };

  it("refuses a version that is older than the one applied last", () => {
    expect(taken(back, "").map((item) => item.minute)).toContain(60);
    expect(new Set(taken(back, "freshness").map((item) => item.minute))).toEqual(new Set([10]));
  });

  it("refuses an instance whose lease went to another", () => {
    // One that is the current leader acts in its place, so a whole run shows the same removal either way.
    const action = asked("old");
    const judged = (currentEpoch: number): string | undefined =>
      freshness.judgeAction?.(action, guardContext({ currentEpoch, lastAppliedVersion: 2 }), {}).verdict;
    expect(judged(action.basedOn.epoch)).toBe("admit");
    expect(judged(action.basedOn.epoch + 1)).toBe("reject");
  });

  it("lets a version be carried out in parts", () => {
    const removed = taken(clean, "freshness, { cells: { bake: 1h } }");
    expect(places(removed)).toEqual(["a-1", "a-2", "b-1", "b-2"]);
  });
});

describe("observedFresh", () => {
  const frozen: GuardSituation = { ...clean, faults: "[{ at: 4m, for: 2h, what: observation, of: m }]" };

  it("holds while the picture of the world is old", () => {
    expect(taken(frozen, "").at(0)?.minute).toBe(10);
    expect(taken(frozen, "{ observedFresh: { maxAge: 5m } }").at(0)?.minute).toBe(124);
  });

  it("lets through what is seen with a small delay, however long nothing has changed", () => {
    const late: GuardSituation = {
      ...clean,
      manager: "policy: { observationDelay: 2m }",
      change: removal("old", "5h"),
    };
    expect(gone(late, "{ observedFresh: { maxAge: 5m } }")).toEqual(["old"]);
  });
});

describe("quarantine", () => {
  const guard = "{ quarantine: { for: 1h } }";
  const of = (items: ReturnType<typeof taken>, what: string) => [
    ...new Set(items.filter((item) => item.what === what).map((item) => `${item.service} ${item.minute}`)),
  ];

  it("stops first, and deletes when the time is over", () => {
    const items = taken(clean, guard);
    expect(of(items, "stopped")).toEqual(["old 10"]);
    expect(of(items, "removed")).toEqual(["old 70"]);
  });

  it("deletes nothing while users miss something", () => {
    expect(gone(incident, "")).toEqual(["api", "boss", "old", "spare", "store", "web"]);
    expect(of(taken(incident, guard), "removed")).toEqual([]);
  });

  it("counts from the last alarm", () => {
    const alarm = { ...clean, faults: "[{ at: 40m, for: 10m, what: crash, of: store }]" };
    expect(of(taken(alarm, guard), "removed")).toEqual(["old 110"]);
  });

  it("starts again what is wanted again", () => {
    const undone: GuardSituation = {
      ...clean,
      model: "pruning",
      change: `[{ at: 10m, author: x, edits: [{ delete: applications/old },
          { set: "managers/m#/manages", to: [api, spare, store, web] }] },
        { at: 30m, author: x, edits: [{ add: applications/old, value: { name: old, manager: m, needs: [] } },
          { set: "managers/m#/manages", to: [api, old, spare, store, web] }] }]`,
    };
    const { events } = traceOf(runOf(scenarioOf(guardFleet(undone, guard))));
    expect(of(taken(undone, guard), "removed")).toEqual([]);
    const started = events.filter((event) => event.e === "running" && event.service === "old");
    expect(started.map((event) => Math.floor(event.t / 60_000))).toEqual([34, 34, 34, 34]);
  });

  it("stops nothing that another guard objects to", () => {
    expect(gone(incident, `${guard}, failStatic`)).toEqual(["old"]);
  });
});

describe("guards about people and owners", () => {
  const nobody: GuardSituation = {
    ...clean,
    manager: "policy: { approval: none }",
    change: "[{ at: 10m, author: x, intend: { remove: [old] } }]",
  };

  it("changeApproved holds what nobody approved, and nothing else", () => {
    expect(gone(nobody, "")).toEqual(["old"]);
    expect(gone(nobody, "changeApproved")).toEqual([]);
    expect(gone(incident, "changeApproved")).toContain("boss");
  });

  it("uniqueOwner leaves alone what went over to another manager", () => {
    const handedOver: GuardSituation = {
      ...clean,
      model: "pruning",
      change: "[{ at: 10m, author: x, intend: { migrate: { service: old, to: parent } } }]",
    };
    expect(gone(handedOver, "")).toEqual(["old"]);
    expect(gone(handedOver, "uniqueOwner")).toEqual([]);
    expect(gone({ ...clean, model: "pruning" }, "uniqueOwner")).toEqual(["old"]);
  });
});
