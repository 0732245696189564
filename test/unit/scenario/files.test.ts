/** Every scenario file is a test: what it expects is what comes out. And parse(format(s)) is s. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultGate, propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { runVariant } from "../../../src/run/run-variant.js";
import { formatScenario } from "../../../src/scenario/format.js";
import { resultSchema } from "../../../src/trace/result-schema.js";
import { root, runOf, scenarioFile, scenarioOf } from "../../helpers/scenario.js";

const files = readdirSync(join(root, "scenarios")).filter((name) => name.endsWith(".yaml"));

describe.each(files)("%s", (file) => {
  const scenario = scenarioFile(file);

  it("is the same after it was written and read again", () => {
    const again = scenarioOf(formatScenario(scenario), file);
    expect(again.variants).toEqual(scenario.variants);
    expect(again.document).toEqual(scenario.document);
  });

  it("expects something of every variant", () => {
    expect(scenario.variants.filter((variant) => variant.expect === null)).toEqual([]);
  });

  for (const variant of scenario.variants) {
    it(`comes out as expected: ${variant.name}`, () => {
      const { result } = runVariant(runOf(scenario, variant.name), variant, {
        seed: 1,
        properties: propertyCatalogue,
        gate: defaultGate,
        sha256: () => "0".repeat(64),
      });
      expect(result.expectations.filter((item) => !item.met)).toEqual([]);
      expect(result.expectations.length).toBeGreaterThan(0);
      const { name, title, about, sources } = scenario;
      resultSchema.parse({
        fleetquake: "0",
        scenario: { name, title, about, sources, startUtcMs: variant.spec.startUtcMs, file },
        seed: 1,
        variants: [result],
      });
    });
  }
});

describe("published schemas", () => {
  it.each(["scenario", "result", "check"])("schema/%s.schema.json is what the code says", async (which) => {
    const { scenarioJsonSchema } = await import("../../../src/scenario/document-schema.js");
    const { resultJsonSchema } = await import("../../../src/trace/result-schema.js");
    const { checkJsonSchema } = await import("../../../src/chaos/check-schema.js");
    const schemas = { scenario: scenarioJsonSchema, result: resultJsonSchema, check: checkJsonSchema };
    const schema = schemas[which as keyof typeof schemas]();
    const published = readFileSync(join(root, `schema/${which}.schema.json`), "utf8");
    expect(published).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });
});
