/**
 * Mechanisms of real incidents: each as a manager in a small fleet, in which the search finds what happened without being
 * told how. docs/incident-mechanisms.md holds the outcome; `npm run test:unit -- test/quality/mechanisms -u` writes it.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../helpers/scenario.js";
import { cascades } from "./cascades.js";
import { documentOf, type Outcome } from "./document.js";
import { identities } from "./identities.js";
import { inexpressible } from "./inexpressible.js";
import type { Mechanism } from "./mechanism.js";
import { Stage } from "./model.js";
import { protocols } from "./protocols.js";
import { selves } from "./selves.js";
import { sources } from "./sources.js";

const mechanisms: readonly Mechanism[] = [...sources, ...selves, ...identities, ...cascades, ...protocols];

/** How many incidents the list has in every class. */
const classes = { A: 10, B: 10, C: 7, D: 6, E: 7, F: 5 };
const incidents = Object.entries(classes).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, k) => `${letter}${k + 1}`),
);

const each = mechanisms.map((mechanism) => [mechanism.id, mechanism] as const);

/** Null: the search finds nothing, or finds it in spite of what should stop it. */
const outcomes = new Map<string, Outcome | null>();
function outcomeOf(mechanism: Mechanism): Outcome | null {
  let known = outcomes.get(mechanism.id);
  if (known === undefined) {
    const stage = new Stage(mechanism, false);
    const found = stage.search({ until: mechanism.expect }).found.get(mechanism.expect);
    const stopped = new Stage(mechanism, true).search();
    const kept = found !== undefined && !stopped.found.has(mechanism.expect);
    known = kept ? { mechanism, found, shrunk: stage.shrunk(found), cases: stopped.cases } : null;
    outcomes.set(mechanism.id, known);
  }
  return known;
}

/** `npm run verify:long` asks for more random cases. */
const manyCases = Number(process.env["MECHANISM_CASES"] ?? 0);

describe("mechanisms of incidents", () => {
  it("are all there, once, as managers or with the reason why they are not", () => {
    const ids = [...mechanisms, ...inexpressible].map(({ id }) => id);
    expect(ids.toSorted()).toEqual(incidents.toSorted());
  });

  it("are mostly policies and nothing else", () => {
    expect(mechanisms.filter(({ habit }) => habit === undefined).length).toBeGreaterThanOrEqual(30);
  });

  it.each(each)("%s is nothing that the scenario shows by itself", (_id, mechanism) => {
    const asItIs = [false, true].map((fixed) => new Stage(mechanism, fixed).asItIs());
    expect(asItIs).toEqual([[], []]);
  });

  it.each(each)("%s is found by the search, and is not once it is stopped", (_id, mechanism) => {
    expect(outcomeOf(mechanism)?.found.recipe.length).toBeGreaterThan(0);
  });

  it.each(each.filter(([, { trigger }]) => trigger.recipe !== null))(
    "%s is set off by what set the incident off, and not once it is stopped",
    (_id, mechanism) => {
      const { recipe } = mechanism.trigger;
      expect([false, true].map((fixed) => new Stage(mechanism, fixed).violates(recipe!))).toEqual([
        true,
        false,
      ]);
    },
  );
});

if (manyCases > 0) {
  it.each(each)("what stops a mechanism stops it in many more random cases: %s", (_id, mechanism) => {
    const { found } = new Stage(mechanism, true).search({ random: manyCases });
    expect(found.get(mechanism.expect)).toBeUndefined();
  });
}

describe("docs/incident-mechanisms.md", () => {
  it("holds what is found now", async () => {
    await expect(
      documentOf(mechanisms.map(outcomeOf).filter((outcome) => outcome !== null)),
    ).toMatchFileSnapshot(join(root, "docs/incident-mechanisms.md"));
  });
});
