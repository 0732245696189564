import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blackStart } from "../../../../src/estimate/planning/black-start.js";
import { startable } from "../../../../src/models/fleet/startable.js";
import { runOf, scenarioFile, scenarioOf } from "../../../helpers/scenario.js";

interface Drawn {
  readonly manager: "m" | "n" | null;
  readonly needs: readonly number[];
  readonly hand: boolean;
}

const fleetOf = (services: readonly Drawn[], people: boolean, reads: number) => {
  const lines = services.map(({ manager, needs, hand }, k) => {
    const names = [...new Set(needs.map((other) => other % services.length))].filter((other) => other !== k);
    return `  s${k}: { manager: ${manager}, deploy: 5m, byHand: ${hand}, needs: [${names.map((n) => `s${n}`).join(", ")}] }`;
  });
  return runOf(
    scenarioOf(`fleetquake: 1
title: drawn
horizon: 2h
regions: { g: { members: [r] } }
services:
${lines.join("\n")}
capabilities: { c: { title: c, service: s0, share: 1 } }
managers:
  m: { model: legacy, service: s0, deployedBy: ${people ? "people" : "m"}, reads: [s${reads % services.length}] }
  n: { model: legacy, service: s1, deployedBy: m }
`),
  );
};

const anyFleet = fc.record({
  services: fc.array(
    fc.record({
      manager: fc.constantFrom("m" as const, "n" as const, null),
      needs: fc.array(fc.nat(20), { maxLength: 1 }),
      hand: fc.boolean(),
    }),
    { minLength: 3, maxLength: 6 },
  ),
  people: fc.boolean(),
  reads: fc.nat(20),
});

describe("black start", () => {
  it("is the smallest set that trying all sets finds", () => {
    let sizes = 0;
    let impossible = 0;
    fc.assert(
      fc.property(anyFleet, ({ services, people, reads }) => {
        const run = fleetOf(services, people, reads);
        const { fleet } = run.spec;
        const managers = run.managers.map(({ spec }) => spec);
        const found = blackStart(fleet, managers);
        const nobody = managers.map((m) => (m.deployedBy === "people" ? { ...m, deployedBy: m.name } : m));
        const enough = (names: readonly string[]) =>
          startable(
            { ...fleet, services: fleet.services.map((s) => ({ ...s, byHand: names.includes(s.name) })) },
            nobody,
          ).missing.length === 0;
        const names = fleet.services.map(({ name }) => name);
        const sets = Array.from({ length: 1 << names.length }, (_, bits) =>
          names.filter((_, k) => (bits >> k) & 1),
        );
        const best = Math.min(...sets.filter(enough).map((set) => set.length));
        if (found.needed === null) {
          impossible++;
          expect(best).toBe(Number.POSITIVE_INFINITY);
          expect(found.needLoops.length).toBeGreaterThan(0);
          return;
        }
        sizes += found.needed.length;
        expect(found.needed).toHaveLength(best);
        expect(enough(found.needed)).toBe(true);
        expect(enough([...found.declared, ...found.missing])).toBe(true);
        if (best > 0) expect(found.startLoop.length).toBeGreaterThan(0);
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(sizes).toBeGreaterThan(50);
    expect(impossible).toBeGreaterThan(3);
  });

  it("of the loop that people must break", () => {
    const scenario = scenarioFile("bootstrap-loop.yaml");
    const of = (variant: string) => {
      const run = runOf(scenario, variant);
      return blackStart(
        run.spec.fleet,
        run.managers.map(({ spec }) => spec),
      );
    };
    expect(of("by-hand")).toMatchObject({
      needed: ["database", "git", "manager"],
      missing: [],
      needLoops: [],
    });
    expect(of("nobody-knows-how")).toMatchObject({ declared: ["database"], missing: ["git", "manager"] });
  });
});
