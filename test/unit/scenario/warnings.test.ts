import { describe, expect, it } from "vitest";
import { parseScenario } from "../../../src/scenario/parse.js";
import { known } from "../../helpers/catalogue.js";

const warningsOf = (services: string, more = "") => {
  const parsed = parseScenario(
    `fleetquake: 1
title: Warnings
regions: { eu: { members: [eu-1] } }
services: ${services}
managers: { m: { model: legacy } }
${more}`,
    "warnings.yaml",
    { known },
  );
  return parsed.ok
    ? parsed.value.warnings.map((issue) => `${issue.line} ${issue.code}: ${issue.message}`)
    : null;
};

describe("warnings", () => {
  it("name a cycle with its path; black-start judges it", () => {
    expect(warningsOf("{ a: { needs: [b] }, b: { needs: [a] } }")).toEqual([
      "4 cycle: these services need each other: a -> b -> a",
    ]);
  });

  it("say what has no effect yet instead of passing it over", () => {
    const more = "properties: { blast-radius: { max: 5% } }\nmutations: [{ op: S11, at: x }]\n";
    expect(warningsOf("{ a: { replicas: 3 } }", more)).toHaveLength(2);
  });

  it("say what has no effect without a capacity", () => {
    const more = "demand: { retry: { max: 3 }, queue: { bound: 50 }, admission: 90%, patience: 20m }\n";
    const service = "warmUp: { for: 10m, capacity: 30% }";
    const told = warningsOf(`{ a: { ${service} } }`, more)!;
    expect(told).toHaveLength(5);
    expect(told.every((text) => text.includes("no-effect"))).toBe(true);
    expect(warningsOf(`{ a: { capacity: 5, ${service} } }`, more)).toEqual([]);
  });

  it("are silent where there is nothing to say", () => {
    expect(warningsOf("{ a: {}, b: { needs: [a] } }")).toEqual([]);
  });
});
