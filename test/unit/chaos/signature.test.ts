/**
 * Cases that no manager can tell apart. The goal: remembering them changes no outcome. Every single mutation of two
 * scenarios is judged by a search that remembers and by one that starts anew each time.
 */
import { describe, expect, it } from "vitest";
import { buildBase } from "../../../src/chaos/base.js";
import { singles } from "../../../src/chaos/enumerate.js";
import { makeDocument } from "../../../src/chaos/mutations/material.js";
import type { Outcome } from "../../../src/chaos/outcome.js";
import { sited } from "../../../src/chaos/random.js";
import { caseOf } from "../../../src/chaos/recipe.js";
import { type Depth, Searcher } from "../../../src/chaos/searcher.js";
import { signatureOf } from "../../../src/chaos/signature.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { applyCase } from "../../../src/scenario/apply-case.js";
import { catalogue } from "../../helpers/catalogue.js";
import { scenarioFile } from "../../helpers/scenario.js";
import { decisionsOf, luck, operators, propertyOf, Workbench } from "../../helpers/search.js";

const bench = new Workbench();

/** A search without a memory: it is emptied before every case. */
class Forgetful extends Searcher {
  override judge(...args: Parameters<Searcher["judge"]>): Outcome {
    (this as unknown as { judged: Map<string, unknown> }).judged.clear();
    return super.judge(...args);
  }
}

describe.each([
  ["fail-static.yaml", "reads-an-error-as-empty", 1],
  ["partial-rollout.yaml", "cell-by-cell", 1],
  ["rename-flux-3316.yaml", "only-tickets", 1],
] as const)("outcomes of single mutations of %s, %s", (file, variant, every) => {
  const base = bench.base(scenarioFile(file), variant);
  const recipes = singles(sited(base, [...operators.values()])).filter((_, k) => k % every === 0);

  it.each(["run", "full"] as const)(
    "are the same with and without what is remembered: %s",
    (depth: Depth) => {
      const remembers = new Searcher(base, operators, propertyCatalogue, { luck, exact: false });
      const forgets = new Forgetful(base, operators, propertyCatalogue, { luck, exact: false });
      for (const recipe of recipes)
        expect([recipe, remembers.judge(recipe, depth)]).toEqual([recipe, forgets.judge(recipe, depth)]);
    },
  );

  it("has fewer different cases than cases", () => {
    const searcher = new Searcher(base, operators, propertyCatalogue, { luck, exact: false });
    const found = recipes.flatMap((recipe) => searcher.judge(recipe, "run")?.signature ?? []);
    expect(new Set(found).size).toBeLessThan(found.length);
  });
});

describe("what is remembered", () => {
  const scenario = scenarioFile("fail-static.yaml");
  const base = bench.base(scenario);

  it("is forgotten when it becomes too much, and nothing else changes", () => {
    const searcher = new Searcher(base, operators, propertyCatalogue, { luck, exact: false });
    const { judged } = searcher as unknown as { judged: Map<string, unknown> };
    const before = searcher.judge([], "run");
    for (let k = 0; k < 19_999; k++) judged.set(`filled ${k}`, judged.values().next().value);
    expect(judged.size).toBe(20_000);
    searcher.judge([{ op: "T02", at: "applications/orders" }], "run");
    expect(judged.size).toBeLessThanOrEqual(1);
    expect(searcher.judge([], "run")).toEqual(before);
  });

  it("is what a search knows of a case and a property, as far as it looked", () => {
    const searcher = new Searcher(base, operators, propertyCatalogue, { luck, exact: false });
    const recipe = [{ op: "T02", at: "applications/orders" }];
    const item = caseOf(base, operators, recipe, luck)!;
    const alone = propertyOf("no-collateral-removal");
    const compares = propertyCatalogue.find(({ companions }) => companions !== undefined)!;
    expect(searcher.known(item, alone)).toBeNull();
    searcher.judge(recipe, "run");
    expect(searcher.known(item, alone)).toEqual(decisionsOf(base, item, alone));
    expect(searcher.known(item, compares)).toBeNull();
    searcher.judge(recipe, "full");
    expect(searcher.known(item, compares)).toEqual(decisionsOf(base, item, compares));
  });

  it("is nothing that was cut short", () => {
    let stopped = true;
    const interrupt = (): boolean => stopped;
    const searcher = new Searcher(base, operators, propertyCatalogue, { luck, exact: false, interrupt });
    searcher.judge([], "run");
    stopped = false;
    expect(searcher.judge([], "run")).toEqual(
      new Searcher(base, operators, propertyCatalogue, { luck, exact: false }).judge([], "run"),
    );
  });

  it("does not hold what a deeper look would see", () => {
    const searcher = new Searcher(base, operators, propertyCatalogue, { luck, exact: false });
    const shallow = searcher.judge([], "run");
    const deep = searcher.judge([], "full");
    expect(deep).toEqual(
      new Searcher(base, operators, propertyCatalogue, { luck, exact: false }).judge([], "full"),
    );
    expect(shallow!.signature).toBe(deep!.signature);
  });
});

describe("a signature", () => {
  const scenario = scenarioFile("fail-static.yaml");
  const base = bench.base(scenario);
  const signature = (op: string, at: string, exact = false): string => {
    const item = caseOf(base, operators, [{ op, at }], luck)!;
    return signatureOf(base.run, applyCase(base.run, item, makeDocument), exact);
  };

  it("is another one for every variant of the manager's reading, and the same for the same", () => {
    const orders = signature("T02", "applications/orders");
    expect(signature("T02", "applications/orders")).toBe(orders);
    expect(signature("T02", "applications/payments")).not.toBe(orders);
  });

  it("does not depend on which search asked first", () => {
    const variant = scenario.variants[0]!;
    const again = buildBase(scenario.name, variant, scenario.variants, catalogue);
    if (!again.ok) throw new Error("cannot be built");
    const item = caseOf(again.value, operators, [{ op: "T02", at: "applications/orders" }], luck)!;
    const script = applyCase(again.value.run, item, makeDocument);
    expect(signatureOf(again.value.run, script, false)).toBe(signature("T02", "applications/orders"));
  });

  it("tells the words of an error apart only where a manager may look at them", () => {
    const sites = operators.get("T07")!.sites(bench.material(base));
    const plain = new Set(sites.map((at) => signature("T07", at)));
    const exact = new Set(sites.map((at) => signature("T07", at, true)));
    expect(exact.size).toBeGreaterThanOrEqual(plain.size);
  });
});
