/** Every process operator shows in a run, in the way that its row of the catalogue says. */
import { describe, expect, it } from "vitest";
import type { Material } from "../../../../src/chaos/mutations/material.js";
import { processOperators } from "../../../../src/chaos/mutations/process-operators.js";
import type { TraceEvent } from "../../../../src/trace/trace.js";
import { eventsOf, materialOf, mutated } from "../../../helpers/material.js";
import { scenarioFile, scenarioOf } from "../../../helpers/scenario.js";
import { type SmallFleet, smallFleet } from "../../../helpers/small-fleet.js";

const operator = (id: string) => processOperators.find((item) => item.id === id)!;
const small = (fleet: SmallFleet | string): Material =>
  materialOf(smallFleet(typeof fleet === "string" ? { manager: fleet } : fleet));
const after = (material: Material, id: string, site: string) =>
  eventsOf(mutated(material, operator(id), site));

type Of<E extends TraceEvent["e"]> = Extract<TraceEvent, { e: E }>;
const all = <E extends TraceEvent["e"]>(events: readonly TraceEvent[], e: E): readonly Of<E>[] =>
  events.filter((event): event is Of<E> => event.e === e);
/** `removed old at 60m2s`: what became of instances, in minutes after the start. */
const life = (events: readonly TraceEvent[], service: string) =>
  events.flatMap((event) =>
    (event.e === "removed" || event.e === "deploying" || event.e === "stopped") && event.service === service
      ? [`${event.e} ${event.place} ${event.t / 60_000}`]
      : [],
  );
const kinds = (events: readonly TraceEvent[], service: string) => [
  ...new Set(life(events, service).map((text) => text.split(" ")[0])),
];
const waits = (events: readonly TraceEvent[]) =>
  new Set(all(events, "plan").flatMap((plan) => plan.waitingOn.map((reason) => reason.code)));
const removedAt = 60 + 2 / 60;

describe("stale, lost, exchanged and repeated versions", () => {
  it("P01: a stale version brings back what was removed, unless versions are compared", () => {
    const careless = small("{ model: fail-static }");
    expect(kinds(eventsOf(careless), "old")).toEqual(["removed"]);
    const events = after(careless, "P01", "version 1");
    expect(life(events, "old")).toContain("deploying eu-1 65");
    expect(all(events, "read").at(-1)?.version).toBe(1);
    const careful = after(
      small("{ model: fail-static, policy: { versioning: monotoneCas } }"),
      "P01",
      "version 1",
    );
    expect(kinds(careful, "old")).toEqual(["removed"]);
    expect(waits(careful)).toContain("stale-version");
  });

  it("P01: in one cell only that cell is set back", () => {
    const events = after(small("{ model: fail-static, cells: by-group }"), "P01", "version 1 in us");
    expect(life(events, "old")).toContain("deploying us-1 65");
    expect(life(events, "old").filter((text) => text.startsWith("deploying eu-1"))).toEqual([]);
  });

  it("P02: a merge brings back one document and leaves the others", () => {
    const material = small("{ model: fail-static }");
    expect(operator("P02").sites(material)).toEqual(["applications/old", "managers/m"]);
    const own = all(after(material, "P02", "managers/m"), "read").at(-1)!;
    expect(own.errors[0]?.error).toContain("refers to old");
    expect(own.version).toBeGreaterThan(2);
    const application = all(after(material, "P02", "applications/old"), "read").at(-1)!;
    expect(application.errors).toEqual([]);
  });

  it("P03: the removal comes before the addition, with the ticket of the removal", () => {
    const material = materialOf(scenarioFile("stale-observation.yaml"), "fresh");
    const plain = all(eventsOf(material), "change");
    const other = all(after(material, "P03", "change 1 and 2"), "change");
    expect(plain.map((event) => [event.t, event.author])).toEqual([
      [10 * 60_000, "reporting-team"],
      [60 * 60_000, "platform-team"],
    ]);
    expect(other.map((event) => [event.t, event.author, event.tickets.length])).toEqual([
      [10 * 60_000, "platform-team", 1],
      [60 * 60_000, "reporting-team", 0],
    ]);
    const events = after(material, "P03", "change 1 and 2");
    expect(all(events, "removed").map((event) => event.service)).toContain("cache");
    expect(all(eventsOf(material), "removed")).toEqual([]);
  });

  it("P04: the removal is carried out again on what was created again", () => {
    const events = after(small("{ model: fail-static }"), "P04", "change 1");
    expect(life(events, "old").map((text) => text.split(" ")[0])).toEqual([
      "removed",
      "removed",
      "deploying",
      "deploying",
      "removed",
      "removed",
    ]);
    const careful = after(
      small("{ model: fail-static, policy: { versioning: monotoneCas } }"),
      "P04",
      "change 1",
    );
    expect(life(careful, "old").at(-1)).toMatch(/^deploying/);
  });

  it("P09: a rollback is a newer version with the older content", () => {
    const material = small("{ model: fail-static, policy: { versioning: monotoneCas } }");
    const events = after(material, "P09", "to version 1");
    expect(all(events, "read").at(-1)?.version).toBeGreaterThan(2);
    expect(kinds(events, "old")).toEqual(["removed", "deploying"]);
  });

  it("P10: the rollback is taken back, and the removal happens again", () => {
    const material = small("{ model: fail-static, policy: { versioning: monotoneCas } }");
    const events = after(material, "P10", "to version 1 for 45 minutes");
    expect(life(events, "old").at(-1)).toBe(`removed us-1 ${50 + removedAt}`);
    const versions = all(events, "read").map((event) => event.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });
});

describe("cells that differ", () => {
  it("P05: the change reaches one cell, the other keeps what it has", () => {
    const material = small("{ model: fail-static, cells: by-group }");
    expect(operator("P05").sites(material)).toEqual(["stops after 1 of 2", "skips eu"]);
    expect(life(after(material, "P05", "stops after 1 of 2"), "old")).toEqual([`removed eu-1 ${removedAt}`]);
    expect(life(after(material, "P05", "skips eu"), "old")).toEqual([`removed us-1 ${removedAt}`]);
  });

  it("P06: the cell with the older version reads errors, and only there they become removals", () => {
    const material = small("{ model: pruning, cells: by-group, policy: { error: removeEntry } }");
    const events = after(material, "P06", "m in us");
    const wrong = all(events, "read").filter((event) => event.errors.length > 0);
    expect(wrong.map((event) => event.cell)).toEqual(["us"]);
    expect(wrong[0]!.errors[0]!.error).toContain("`needs` is not a list");
    const errors = all(events, "removed").filter((event) => event.cause === "error");
    expect(new Set(errors.map((event) => event.place))).toEqual(new Set(["us-1"]));
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe("people who approve", () => {
  const asks = "{ model: pruning, policy: { approval: perRemoval } }";

  it("P08: withdrawn while somebody is asked, nothing is removed", () => {
    const material = small({ manager: asks, approvals: "[]" });
    expect(life(eventsOf(material), "old").length).toBe(2);
    expect(life(after(material, "P08", "withdrawn"), "old")).toEqual([]);
  });

  it("P08: grown while somebody is asked, the plan that waits is another one", () => {
    const material = small({ manager: asks, approvals: "[]" });
    const plans = (events: readonly TraceEvent[]) =>
      all(events, "plan").map((plan) => plan.actions.map((action) => action.target.service));
    expect(plans(eventsOf(material)).flat()).not.toContain("b");
    expect(plans(after(material, "P08", "without b")).at(1)).toEqual(expect.arrayContaining(["b", "old"]));
  });

  it("P16: who agrees to everything agrees to what no ticket names", () => {
    const edits = "[{ delete: applications/b }, { delete: managers/m#/manages/1 }]";
    const material = small({ manager: asks, edits });
    expect(life(eventsOf(material), "b")).toEqual([]);
    const events = after(material, "P16", "everybody agrees");
    expect(all(events, "approval").every((event) => event.granted)).toBe(true);
    expect(kinds(events, "b")).toContain("removed");
  });

  it("P16: a guard that is switched off objects no more", () => {
    const material = small({
      manager: "{ model: pruning, guards: { add: [tombstoneOnly] } }",
      edits: "[{ delete: applications/b }, { delete: managers/m#/manages/1 }]",
    });
    expect(all(eventsOf(material), "guard").map((event) => event.guard)).toContain("tombstoneOnly");
    expect(life(eventsOf(material), "b")).toEqual([]);
    const events = after(material, "P16", "m tombstoneOnly");
    expect(all(events, "guard")).toEqual([]);
    expect(kinds(events, "b")).toContain("removed");
  });

  it("P16: without its waves a change reaches all groups at once", () => {
    const material = small("{ model: fail-static, policy: { rollout: waves } }");
    const times = (events: readonly TraceEvent[]) => new Set(all(events, "removed").map((event) => event.t));
    expect(times(eventsOf(material)).size).toBe(2);
    expect(times(after(material, "P16", "m waves")).size).toBe(1);
  });
});

describe("faults", () => {
  it("P07: what was handed over goes on alone; a manager that had not read yet reads when it is back", () => {
    const material = small("{ model: fail-static }");
    const states = (events: readonly TraceEvent[]) =>
      all(events, "manager").map((event) => `${event.state} ${event.t / 60_000}`);
    const applies = after(material, "P07", "m while it applies");
    expect(states(applies)).toEqual([`down ${60 + 1 / 60}`, `boot ${62 + 1 / 60}`]);
    expect(life(applies, "old")).toEqual(life(eventsOf(material), "old"));
    const reads = after(material, "P07", "m before it reads");
    expect(states(reads)).toEqual(["down 60", "boot 62"]);
    expect(life(reads, "old")[0]).toBe(`removed eu-1 ${2 + removedAt}`);
  });

  it("P13: a source in error or empty, and a list that is wrong, each in its own way", () => {
    const material = small("{ model: pruning, policy: { drift: redeploy } }");
    const whole = (events: readonly TraceEvent[]) => all(events, "read").map((event) => event.whole);
    expect(whole(eventsOf(material))).toEqual(["complete"]);
    const removed = (site: string) => kinds(after(material, "P13", site), "a").includes("removed");
    expect(whole(after(material, "P13", "m source error"))).toContain("unreadable");
    expect(whole(after(material, "P13", "m source empty"))).toContain("unreadable");
    expect(whole(after(material, "P13", "m source partial"))).toContain("partial");
    expect([removed("m source error"), removed("m source empty")]).toEqual([true, true]);
    expect(waits(after(material, "P13", "m list error"))).toContain("list");
    const plans = (site: string) =>
      all(after(material, "P13", site), "plan").map((plan) => plan.actions.length);
    expect(plans("m list empty")).not.toEqual(plans("m list partial"));
    expect(operator("P13").sites(material)).toHaveLength(6);
  });

  it("P14: what is removed is still needed by what the manager has not seen", () => {
    const material = materialOf(scenarioFile("stale-observation.yaml"), "fresh");
    expect(all(eventsOf(material), "removed")).toEqual([]);
    const events = after(material, "P14", "deployer from change 1 on");
    expect(all(events, "removed").map((event) => event.service)).toContain("cache");
  });

  it("P15: two leaders: one removes, the other one deploys again; a fenced one holds still", () => {
    const events = after(small("{ model: fail-static }"), "P15", "m and old documents");
    const within = life(events, "old").map((text) => text.split(" ")[0]);
    expect(within.slice(0, 6)).toEqual([
      "removed",
      "removed",
      "deploying",
      "deploying",
      "removed",
      "removed",
    ]);
    const picture = after(small("{ model: fail-static }"), "P15", "m and an old picture");
    expect(kinds(picture, "old")).toEqual(["removed"]);
    const fenced = after(
      small("{ model: fail-static, policy: { versioning: leaseFencing } }"),
      "P15",
      "m and old documents",
    );
    expect(kinds(fenced, "old")).toEqual(["removed"]);
    expect(waits(fenced)).toContain("lease");
  });
});

describe("clocks", () => {
  it("P17: a clock that is ahead ends a quarantine early, one that is behind late", () => {
    const material = small("{ model: fail-static, policy: { softDelete: quarantine, quarantine: 24h } }");
    const gone = (events: readonly TraceEvent[]) => all(events, "removed")[0]!.t / 3_600_000;
    expect(gone(eventsOf(material))).toBeCloseTo(25, 1);
    expect(gone(after(material, "P17", "m ahead"))).toBeLessThan(1.2);
    expect(gone(after(material, "P17", "m behind"))).toBeGreaterThan(49);
  });

  it("P17: a window of a budget is measured by the clock of the manager", () => {
    const budget = "{ model: pruning, guards: { add: [{ budget: { max: 1, per: 12h } }] } }";
    const material = materialOf(
      scenarioOf(`fleetquake: 1
title: t
horizon: 30h
regions: { eu: { members: [eu-1] } }
services: { a: { manager: m }, b: { manager: m }, c: { manager: m } }
managers: { m: ${budget} }
changes:
  - { at: 1h, author: x, approvals: [{ by: y, covers: [a] }], intend: { remove: [a] } }
  - { at: 64m, author: x, approvals: [{ by: y, covers: [b] }], intend: { remove: [b] } }
`),
    );
    const gone = (events: readonly TraceEvent[]) =>
      all(events, "removed").find((event) => event.service === "b")!.t / 3_600_000;
    expect(gone(eventsOf(material))).toBeGreaterThan(12.9);
    expect(gone(after(material, "P17", "m ahead"))).toBeLessThan(1.3);
  });

  it("P17: without its ticket a removal that waits is refused", () => {
    const material = small({
      manager: "{ model: fail-static, policy: { approval: perRemoval }, guards: { add: [tombstoneOnly] } }",
      approvals: "[]",
    });
    expect(kinds(eventsOf(material), "old")).toEqual(["removed"]);
    const events = after(material, "P17", "tickets expire after 5m");
    expect(kinds(events, "old")).toEqual([]);
    expect(all(events, "guard").some((event) => event.text.includes("no ticket"))).toBe(true);
  });
});

describe("environments", () => {
  it("P11: staging lacks the trigger; production does not notice", () => {
    const material = materialOf(scenarioFile("duo-2025-02-13.yaml"), "legacy");
    expect(operator("P11").sites(material)).toEqual([
      "applications/deprecated-app",
      "managers/legacy#/manages/0",
      "managers/legacy as meant",
    ]);
    for (const site of operator("P11").sites(material)) {
      const patch = operator("P11").apply(material, site)!;
      expect(patch.documents).toBeUndefined();
      const own = patch.events!.find((event) => event.e === "staging" && event.id === "managers/legacy.yaml");
      expect(own).toMatchObject({ e: "staging", text: expect.not.stringContaining("deprecated-app") });
    }
    const site = "managers/legacy#/manages/0";
    expect(after(material, "P11", site)).toEqual(eventsOf(material));
  });

  it("P12: the files of another environment say that its services are all there is", () => {
    const material = materialOf(
      smallFleet({
        manager: "{ model: fail-static }",
        variants:
          "{ here: {}, there: { configuration: { edits: [{ delete: applications/b }, { delete: managers/m#/manages/1 }] } } }",
      }),
    );
    expect(operator("P12").sites(material)).toEqual(["there"]);
    expect(kinds(eventsOf(material), "b")).toEqual([]);
    expect(life(after(material, "P12", "there"), "b")).toContain(`removed eu-1 ${5 + removedAt}`);
  });
});
