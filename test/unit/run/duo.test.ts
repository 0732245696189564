/** The incident that the project exists for, and the shortcuts that would make a simulation of it worthless. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { createSimulator } from "../../../src/run/simulate.js";
import type { Scenario, Spec } from "../../../src/scenario/scenario.js";
import { HeapQueue } from "../../../src/sim/heap-queue.js";
import { causeChain } from "../../../src/trace/explain.js";
import { parseTrace, traceLines } from "../../../src/trace/json-lines.js";
import { judge } from "../../../src/trace/judge.js";
import { measure } from "../../../src/trace/measure.js";
import type { Trace } from "../../../src/trace/trace.js";
import {
  root,
  runOf,
  scenarioFile,
  scenarioOf,
  sha256,
  traceOf,
  verdictsOf,
} from "../../helpers/scenario.js";

const text = readFileSync(join(root, "scenarios/duo-2025-02-13.yaml"), "utf8");
const duo = scenarioFile("duo-2025-02-13.yaml");
const legacy = traceOf(runOf(duo, "legacy"));

/** The scenario with one variant's spec changed. */
function changed(scenario: Scenario, variant: string, change: (spec: Spec) => Spec): Scenario {
  return {
    ...scenario,
    variants: scenario.variants.map((item) =>
      item.name === variant ? { ...item, spec: change(item.spec) } : item,
    ),
  };
}

describe("the legacy manager", () => {
  it("goes from the change over the defect and the error to itself, and to everything that it manages", () => {
    const last = legacy.events.findLast((event) => event.e === "removed" && event.cause === "cascade")!;
    expect(causeChain(legacy, last.id).map((event) => event.e)).toEqual([
      "change",
      "defect",
      "read",
      "plan",
      "execute",
      "execute",
      "removed",
    ]);
  });

  it("leads every instance that goes down back to the change", () => {
    const downs = legacy.events.filter((event) => event.e === "down");
    expect(downs.length).toBeGreaterThan(700);
    for (const event of downs) expect(causeChain(legacy, event.id)[0]!.e).toBe("change");
  });

  it("touches no service of the newer manager, and loses no data", () => {
    const ofNext = new Set(
      duo.variants[0]!.spec.fleet.services.filter((item) => item.manager === "next").map((item) => item.name),
    );
    for (const event of legacy.events) {
      if (event.e === "removed") expect(ofNext.has(event.service)).toBe(false);
    }
    expect(measure(legacy).removed.dataLost).toBe(0);
  });

  it("is brought back by people before anything else, then the lower layers", () => {
    const starts = legacy.events.filter((event) => event.e === "deploying");
    expect(starts[0]).toMatchObject({ service: "service-manager", hand: true, by: "people" });
    for (const group of ["DUO9", "DUO1", "DUO3"]) {
      const order = starts.filter((event) => event.place === group).map((event) => event.service);
      expect(order[0]).toBe("network-management");
      expect(order).toHaveLength(8);
    }
  });

  it("starts nothing that lacks what it needs", () => {
    const running = new Map<string, Set<string>>();
    for (const event of legacy.events) {
      if (event.e === "removed") running.set(event.place, running.get(event.place) ?? new Set());
      if (event.e === "running") running.get(event.place)?.add(event.service);
      if (event.e === "deploying" && event.service.startsWith("telephony")) {
        expect(running.get(event.place)!.has("network-management")).toBe(true);
      }
    }
  });
});

describe("determinism", () => {
  it("gives the same bytes again, and in another order of everything in the file", () => {
    const again = sha256(traceOf(runOf(scenarioOf(text, "duo-2025-02-13.yaml"), "legacy")));
    expect(again).toBe(sha256(legacy));
    const document = duo.document as Record<string, Record<string, unknown>>;
    const reversed = (value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value;
    const permuted = {
      ...document,
      services: reversed(document["services"]),
      managers: reversed(document["managers"]),
      regions: Object.fromEntries(
        Object.entries(document["regions"]!).map(([name, group]) => [
          name,
          { ...(group as object), members: [...(group as { members: string[] }).members].reverse() },
        ]),
      ),
    };
    const other = scenarioOf(JSON.stringify(reversed(permuted)), "duo-2025-02-13.yaml");
    expect(sha256(traceOf(runOf(other, "legacy")))).toBe(sha256(legacy));
  });

  it("gives the same trace on a heap as on the ladder", () => {
    expect(sha256(traceOf(runOf(duo, "legacy"), 1, 0, { queue: () => new HeapQueue() }))).toBe(
      sha256(legacy),
    );
  });

  it("gives replication n the same whatever ran before", () => {
    const simulator = createSimulator(runOf(duo, "legacy"));
    const third = simulator.run(1, 3);
    simulator.run(9, 1);
    simulator.run(1, 0);
    expect(simulator.run(1, 3)).toEqual(third);
    expect(createSimulator(runOf(duo, "legacy")).run(1, 3)).toEqual(third);
    expect(third).not.toEqual(simulator.run(1, 4));
  });

  it("folds the same measures and verdicts from a saved trace as from the run", () => {
    const measures = createSimulator(runOf(duo, "legacy")).run(1, 0);
    const saved = parseTrace([...traceLines(legacy)].join(""), "trace.jsonl");
    expect(saved.ok && measure(saved.value)).toEqual(measures);
    expect(saved.ok && judge(propertyCatalogue, saved.value)).toEqual(judge(propertyCatalogue, legacy));
  });
});

/** Times that instances took to start, by service and place. */
function deployTimes(trace: Trace): Map<string, number> {
  const began = new Map<string, number>();
  const took = new Map<string, number>();
  for (const event of trace.events) {
    if (event.e === "deploying") began.set(`${event.service} ${event.place}`, event.t);
    if (event.e === "running") {
      const key = `${event.service} ${event.place}`;
      took.set(key, event.t - began.get(key)!);
    }
  }
  return took;
}

describe("tests that catch shortcuts", () => {
  it("adding a service and a region changes nobody else's luck", () => {
    const before = deployTimes(legacy);
    const more = changed(duo, "legacy", (spec) => ({
      ...spec,
      fleet: {
        ...spec.fleet,
        regionGroups: spec.fleet.regionGroups.map((group) =>
          group.name === "rest" ? { ...group, members: ["AAA0", ...group.members] } : group,
        ),
        services: [
          { ...spec.fleet.services.find((item) => item.name === "device-health")!, name: "aaa" },
          ...spec.fleet.services,
        ],
      },
    }));
    const after = deployTimes(traceOf(runOf(more, "legacy")));
    expect(before.size).toBe(649);
    expect(after.size).toBeGreaterThan(before.size);
    for (const [key, time] of before) expect([key, after.get(key)]).toEqual([key, time]);
  });

  it("renaming everything maps the verdicts: no name is special", () => {
    const rename = (source: string): string =>
      source
        .replaceAll("deprecated-app", "zebra")
        .replaceAll("service-manager", "conductor")
        .replaceAll("network-management", "cables")
        .replaceAll("telephony", "pigeons")
        .replace(/^observed:.*$/m, "");
    const renamed = scenarioOf(rename(text), "renamed.yaml");
    for (const variant of ["legacy", "modern", "promise-no-cascade", "staging-1"]) {
      const original = verdictsOf(traceOf(runOf(duo, variant)));
      expect(verdictsOf(traceOf(runOf(renamed, variant)))).toEqual(original);
    }
  });

  it("dangling another entry has the same outcome: the trigger is the defect, not an application", () => {
    const other = text
      .replace("intend: { remove: [deprecated-app] }", "intend: { remove: [device-health] }")
      .replace("covers: [deprecated-app]", "covers: [device-health]");
    expect(other).not.toBe(text);
    expect(verdictsOf(traceOf(runOf(scenarioOf(other), "legacy")))).toEqual(verdictsOf(legacy));
  });

  it("the published times do not reach the simulation", () => {
    const without = scenarioOf(text.replace(/^observed:.*$/m, ""), "duo-2025-02-13.yaml");
    expect(without.observed).toEqual([]);
    expect(duo.observed.length).toBeGreaterThan(20);
    expect(sha256(traceOf(runOf(without, "legacy")))).toBe(sha256(legacy));
  });

  it("a manager that does nothing is never exercised for safety, and breaks progress", () => {
    const idle = changed(duo, "legacy", (spec) => ({
      ...spec,
      managers: spec.managers.map((manager) => ({ ...manager, model: "inert" })),
    }));
    expect(verdictsOf(traceOf(runOf(idle, "legacy")))).toMatchObject({
      "no-self-removal": "never-exercised",
      "no-collateral-removal": "never-exercised",
      "no-cascading-outage": "never-exercised",
      "approved-removal-progresses": "violated",
    });
  });

  it("60 days are simulated as well as one", () => {
    const long = changed(duo, "modern", (spec) => ({ ...spec, horizonMs: 60 * 86_400_000 }));
    const measures = createSimulator(runOf(long, "modern")).run(1);
    expect(measures.end).toBe("horizon");
    expect(measures.endedAtMs).toBe(60 * 86_400_000);
    expect(measures.removed.services).toEqual(["deprecated-app"]);
  });

  it("nothing in src/ knows the names of the incident", () => {
    const names = /\bduo\b|deprecated-app|telephony|network-management|us-west|service-manager/i;
    const found: string[] = [];
    const walk = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) walk(path);
        else {
          readFileSync(path, "utf8")
            .split("\n")
            .forEach((line, k) => {
              // Comments may say where an idea comes from; code may not.
              const code = line.replace(/\/\/.*$/, "").replace(/^\s*(\/?\*).*$/, "");
              if (names.test(code)) found.push(`${name}:${k + 1}: ${line.trim()}`);
            });
        }
      }
    };
    walk(join(root, "src"));
    // Help texts and the starter may point at the scenario file by its path.
    expect(found.filter((line) => !/scenarios\/duo-2025-02-13|reports\/duo-2025-02-13/.test(line))).toEqual(
      [],
    );
  });
});

describe("one ticketed delete whose dependants fall minutes later", () => {
  const slow = (grace: string): string => `
fleetquake: 1
title: Grace
regions: { eu: { members: [eu-1] } }
services:
  cache: { manager: m }
  api: { manager: m, needs: [{ service: cache, kind: hard, grace: ${grace} }] }
managers: { m: { model: fail-static } }
changes:
  - { at: 1m, approvals: [{ by: peer, covers: [cache] }], intend: { remove: [cache] } }
`;

  it("is a cascade, although nothing but the ticketed service was removed", () => {
    const trace = traceOf(runOf(scenarioOf(slow("7m"))));
    const fall = trace.events.find((event) => event.e === "down" && event.service === "api")!;
    const removal = trace.events.find((event) => event.e === "removed")!;
    expect(fall.t - removal.t).toBe(7 * 60_000);
    expect(verdictsOf(trace)).toMatchObject({
      "no-cascading-outage": "violated",
      "no-collateral-removal": "holds",
      "approved-removal-progresses": "holds",
    });
    expect(causeChain(trace, fall.id)[0]!.e).toBe("change");
  });
});
