/** Names are exchanged only where the managers were seen to treat them alike. */
import { describe, expect, it } from "vitest";
import { pairs, singles } from "../../../src/chaos/enumerate.js";
import { Material } from "../../../src/chaos/mutations/material.js";
import { sited } from "../../../src/chaos/random.js";
import { confirmed } from "../../../src/chaos/relabelling.js";
import { Searcher } from "../../../src/chaos/searcher.js";
import { symmetryOf } from "../../../src/chaos/symmetry.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { defineManager } from "../../../src/models/managers/define-manager.js";
import { policyStep } from "../../../src/models/managers/policy-step.js";
import { luck, operators, Workbench } from "../../helpers/search.js";

/** Prunes what is not listed, but for one service, which it knows by name. */
const partial = defineManager({
  name: "partial",
  about: "prunes everything but left",
  policy: { trigger: "level", absence: "prune", error: "removeEntry", ownership: "label" },
  step: (policy, memory, turn) => {
    const step = policyStep(policy, memory, turn);
    return { ...step, propose: step.propose.filter(({ target }) => target.service !== "left") };
  },
});
const bench = new Workbench([partial]);
const structure = [...operators.values()].filter(({ level }) => level === "structure");

/** Three services that nothing in the scenario tells apart, deployed by a manager outside. */
function classesWith(model: string) {
  const base = bench.base(
    bench.scenario(`
fleetquake: 1
title: Triplets
regions: { eu: { members: [eu-1] }, us: { members: [us-1] } }
services: { left: { manager: m }, middle: { manager: m }, right: { manager: m } }
managers: { m: { model: ${model} } }
`),
  );
  const all = sited(base, structure);
  const searcher = new Searcher(base, operators, propertyCatalogue, { luck, exact: false });
  const judged = singles(all).map((recipe) => ({ recipe, outcome: searcher.judge(recipe, "full") }));
  const symmetry = symmetryOf(base);
  const left = confirmed(symmetry, Material.of(base), judged, propertyCatalogue);
  return { symmetry, left, reduced: pairs(base, all, left), all, base };
}

describe("a relabelling test over single mutations", () => {
  it("leaves the classes of a manager that treats names alike", () => {
    const { symmetry, left } = classesWith("pruning");
    expect(symmetry.classes).toContainEqual(["left", "middle", "right"]);
    expect(left).toEqual(symmetry);
  });

  it("takes a class away where the manager knows one of its names, and no pair is left out for it", () => {
    const { symmetry, left, reduced, all, base } = classesWith("partial");
    expect(symmetry.classes).toContainEqual(["left", "middle", "right"]);
    expect(left.classes).not.toContainEqual(["left", "middle", "right"]);
    expect(left.classOf.has("middle")).toBe(false);
    const whole = pairs(base, all, symmetry);
    expect(reduced.recipes.length).toBeGreaterThan(whole.recipes.length);
  });
});
