/** The catalogue of guards: complete, explained, documented, and every one of them tried somewhere in this folder. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { guardCatalogue } from "../../../../src/models/guards/catalogue.js";
import { guardDocument, tableOf, withPart } from "../../../helpers/guard-document.js";
import { root } from "../../../helpers/scenario.js";

describe("the catalogue of guards", () => {
  it("has G01 to G24, each once", () => {
    const ids = guardCatalogue.map((guard) => guard.id);
    expect(new Set(ids).size).toBe(ids.length);
    const numbers = Array.from({ length: 24 }, (_, k) => `G${String(k + 1).padStart(2, "0")}`);
    expect(ids.filter((id) => id.startsWith("G"))).toEqual(numbers);
  });

  it("judges actions in admit guards and whole plans in set guards", () => {
    for (const guard of guardCatalogue) {
      if (guard.stage === "admit") expect([guard.name, guard.judgeSet]).toEqual([guard.name, undefined]);
      if (guard.stage === "set") expect([guard.name, guard.judgeAction]).toEqual([guard.name, undefined]);
    }
  });

  it("is what docs/guards.md lists", async () => {
    const rows = guardCatalogue.map(({ id, name, stage, stops, cost, liveness }) => [
      id,
      `\`${name}\``,
      stage,
      stops,
      cost,
      liveness,
    ]);
    const table = tableOf(["id", "name", "stage", "stops", "cost", "liveness risk"], rows);
    await expect(withPart("table", table)).toMatchFileSnapshot(guardDocument);
  });

  it("is tried, name by name", () => {
    const folder = join(root, "test/unit/models/guards");
    const tests = ["stops-and-lets.test.ts", "over-time.test.ts"];
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(tests));
    const text = tests.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    for (const { name } of guardCatalogue) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
