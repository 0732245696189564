/** Every counterexample that was kept: it still parses, and its violation is still the same decision. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildBase } from "../../../src/chaos/base.js";
import { replayed } from "../../../src/chaos/counterexample.js";
import { formatScenario } from "../../../src/scenario/format.js";
import { catalogue } from "../../helpers/catalogue.js";
import { root, scenarioOf } from "../../helpers/scenario.js";
import { propertyOf } from "../../helpers/search.js";

const folder = join(root, "scenarios/regressions");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

describe("kept counterexamples", () => {
  it.each(files)("%s is violated by the same decision", (file) => {
    const scenario = scenarioOf(readFileSync(join(folder, file), "utf8"), file);
    const variant = scenario.variants[0]!;
    const kept = variant.spec.case!;
    const base = buildBase(scenario.name, variant, [], catalogue);
    if (!base.ok) throw new Error(JSON.stringify(base.error));
    const { found } = replayed(base.value, kept, propertyOf(kept.property), kept.witness);
    expect(found).toContainEqual({ property: kept.property, ...kept.witness });
    expect(scenarioOf(formatScenario(scenario), file)).toEqual(scenario);
  });

  it("are there", () => {
    expect(files.length).toBeGreaterThan(5);
  });
});
