/** Laws of all process operators, on every scenario that there is. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runFor } from "../../../../src/chaos/base.js";
import { fleetScenario } from "../../../../src/chaos/fleet-arbitrary.js";
import { Material } from "../../../../src/chaos/mutations/material.js";
import { processOperators } from "../../../../src/chaos/mutations/process-operators.js";
import { applyCase } from "../../../../src/scenario/apply-case.js";
import { baseOf, caseOf, eventsOf, materialOf, mutated } from "../../../helpers/material.js";
import { root, scenarioFile, scenarioOf } from "../../../helpers/scenario.js";

const files = readdirSync(join(root, "scenarios")).filter((name) => name.endsWith(".yaml"));
const ids = Array.from({ length: 17 }, (_, k) => `P${String(k + 1).padStart(2, "0")}`);

describe("process operators", () => {
  it("are P01 to P17, each once and in this order, with names of their own", () => {
    expect(processOperators.map((operator) => operator.id)).toEqual(ids);
    expect(new Set(processOperators.map((operator) => operator.name)).size).toBe(17);
    for (const { level, about, precondition, incident } of processOperators) {
      expect(level).toBe("process");
      for (const text of [about, precondition, incident]) expect(text.length).toBeGreaterThan(5);
    }
  });

  it.each(files)("keep the laws on %s", (file) => {
    const base = baseOf(scenarioFile(file));
    const material = Material.of(base);
    const plain = applyCase(base.run, caseOf(material));
    let count = 0;
    for (const operator of processOperators) {
      const sites = operator.sites(material);
      count += sites.length;
      expect(new Set(sites).size).toBe(sites.length);
      expect(operator.sites(Material.of(base))).toEqual(sites);
      for (const site of sites) {
        const patch = operator.apply(material, site)!;
        expect(operator.apply(Material.of(base), site)).toEqual(patch);
        const after = material.with(patch);
        expect(operator.label(material, site)).not.toBe("");
        for (const event of patch.events ?? []) {
          if ("atMs" in event) expect(event.atMs).toBeLessThan(base.spec.horizonMs);
        }
        const production = (patch.events ?? []).filter((event) => event.e !== "staging");
        if (production.length === 0) continue;
        expect(applyCase(runFor(base, caseOf(after)), caseOf(after))).not.toEqual(plain);
      }
      expect(operator.apply(material, "nowhere")).toBeNull();
      expect(operator.label(material, "nowhere")).toBe("nowhere");
    }
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(150);
  });

  it("fit on top of each other, and not twice where the second time changes nothing", () => {
    const material = Material.of(baseOf(scenarioFile("duo-2025-02-13.yaml")));
    for (const first of processOperators) {
      const site = first.sites(material)[0];
      if (site === undefined) continue;
      const after = material.with(first.apply(material, site)!);
      for (const second of processOperators) {
        for (const other of second.sites(after).slice(0, 2)) {
          const both = after.with(second.apply(after, other)!);
          expect(both.events.length + both.documents.length).toBeGreaterThan(
            after.events.length + after.documents.length - (first === second ? 1 : 0),
          );
        }
      }
      if (first.apply(material, site)!.documents === undefined)
        expect(first.sites(after)).not.toContain(site);
    }
  });

  it("have no effect that throws on random fleets", () => {
    fc.assert(
      fc.property(fleetScenario({ services: 5, regions: 4 }), fc.nat(999), (document, pick) => {
        const material = materialOf(scenarioOf(JSON.stringify(document)));
        const all = processOperators.flatMap((operator) =>
          operator.sites(material).map((site) => ({ operator, site })),
        );
        expect(all.length).toBeGreaterThan(5);
        const { operator, site } = all[pick % all.length]!;
        const events = eventsOf(mutated(material, operator, site));
        expect(events.at(-1)?.e).toBe("end");
      }),
      { seed: 17, numRuns: 60 },
    );
  });
});
