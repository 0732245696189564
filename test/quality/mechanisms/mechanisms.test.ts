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

const outcomes: Outcome[] = [];

describe("mechanisms of incidents", () => {
  it("are all there, once, as managers or with the reason why they are not", () => {
    const ids = [...mechanisms, ...inexpressible].map(({ id }) => id);
    expect(ids.toSorted()).toEqual(incidents.toSorted());
  });

  it("are mostly policies and nothing else", () => {
    expect(mechanisms.filter(({ habit }) => habit === undefined).length).toBeGreaterThanOrEqual(30);
  });

  describe.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))("%s", (_id, mechanism) => {
    const stage = new Stage(mechanism, false);
    const fixed = new Stage(mechanism, true);

    it("is nothing that the scenario shows by itself", () => {
      expect([stage.asItIs(), fixed.asItIs()]).toEqual([[], []]);
    });

    it("is found by the search, and is not once it is stopped", () => {
      const found = stage.search(false).found.get(mechanism.expect);
      expect(found?.recipe.length).toBeGreaterThan(0);
      const stopped = fixed.search(true);
      expect(stopped.found.get(mechanism.expect)).toBeUndefined();
      outcomes.push({ mechanism, found: found!, shrunk: stage.shrunk(found!), cases: stopped.cases });
    });

    it.runIf(mechanism.trigger.recipe !== null)("is set off by what set the incident off", () => {
      expect(stage.violates(mechanism.trigger.recipe!)).toBe(true);
      expect(fixed.violates(mechanism.trigger.recipe!)).toBe(false);
    });
  });
});

describe("docs/incident-mechanisms.md", () => {
  it("holds what is found now", async () => {
    await expect(documentOf(outcomes)).toMatchFileSnapshot(join(root, "docs/incident-mechanisms.md"));
  });
});
