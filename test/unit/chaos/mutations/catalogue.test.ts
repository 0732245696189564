import { describe, expect, it } from "vitest";
import {
  composites,
  mutationCatalogue,
  naturalWeight,
  operatorsFor,
} from "../../../../src/chaos/mutations/catalogue.js";

const idsOf = (selection: Parameters<typeof operatorsFor>[0]): readonly string[] => {
  const found = operatorsFor(selection);
  return found.ok ? found.value.map((operator) => operator.id) : found.error.map((issue) => issue.message);
};

describe("the catalogue of mutations", () => {
  it("has ids and names only once", () => {
    const names = mutationCatalogue.flatMap(({ id, name }) => [id, name]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("selects by id, name, level and range, in its own order", () => {
    expect(idsOf({})).toEqual(mutationCatalogue.map((operator) => operator.id));
    expect(idsOf({ only: ["P09", "p01", "crash"] })).toEqual(["P01", "P07", "P09"]);
    expect(idsOf({ only: ["P03..P05"] })).toEqual(["P03", "P04", "P05"]);
    expect(idsOf({ only: ["process"], except: ["P02..P16"] })).toEqual(["P01", "P17"]);
    expect(idsOf({ only: [] })).toEqual([]);
  });

  it("tells every name that it does not know", () => {
    const found = operatorsFor({ only: ["P99", "P01"], except: ["rolback", "P05..P99"] });
    expect(found.ok).toBe(false);
    if (found.ok) return;
    expect(found.error.map((issue) => issue.message)).toEqual([
      'there is no mutation "P99"',
      'there is no mutation "rolback"',
      'there is no mutation "P05..P99"',
    ]);
    expect(found.error[1]!.hint).toContain("rollback");
  });

  it("has weights that add up, and composites of two different operators", () => {
    const sum = Object.values(naturalWeight).reduce((total, weight) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 12);
    for (const pair of composites) {
      expect(new Set(pair).size).toBe(2);
      for (const id of pair) expect(id).toMatch(/^[TSP]\d\d$/);
    }
  });
});
