/**
 * Over a whole run, one guard more never takes away a service that stayed without it: not a law, since what a guard
 * holds back changes what happens later. Where it fails, docs/guards.md lists the guards, and this test the situation.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardDocument, tableOf, withPart } from "../../../helpers/guard-document.js";
import type { GuardSituation } from "../../../helpers/guard-fleet.js";
import { guardNames, outcomesOf } from "../../../helpers/guard-sets.js";

const approved = (names: string, at: string): string =>
  `{ at: ${at}, author: x, approvals: [{ by: y, covers: [${names}] }], intend: { remove: [${names}] } }`;
const edited = (at: string, edits: string): string =>
  `{ at: ${at}, author: x, approvals: [{ by: y, covers: [] }], edits: [${edits}] }`;

/** Situations in which no guard makes another one unsafe. */
const monotone: Readonly<Record<string, GuardSituation>> = {
  "the incident, and later another removal": {
    change: `[${approved("old", "10m")}, ${approved("spare", "3h")}]`,
    response: "repair",
  },
  "two entries vanish": {
    model: "pruning",
    change: `[${edited("10m", '{ set: "applications/api#/needs", to: [] }, { delete: applications/store }, { delete: applications/spare }, { set: "managers/m#/manages", to: [api, old, web] }')}]`,
  },
  "half of the list arrives": {
    model: "pruning",
    defect: false,
    change: "[]",
    faults: "[{ at: 10m, for: 5m, what: source, of: m, gives: partial }]",
  },
  "removals one after the other, among them what others need": {
    defect: false,
    manager: "policy: { trigger: levelResync, resync: 5m }",
    change: `[${approved("old, spare", "10m")}, ${approved("store", "40m")}, ${approved("web", "80m")}]`,
    response: "repair",
  },
};

/** Situations in which some do. */
const exceptional: Readonly<Record<string, GuardSituation>> = {
  "a removal that hurts, next to one of a global service": {
    defect: false,
    services: "  shared: { manager: m, placement: global, deploy: 4m }",
    change: `[${approved("store, shared", "10m")}]`,
  },
  "a manager that is to remove itself along with others": {
    defect: false,
    change: `[${approved("api, boss, store, web", "10m")}]`,
  },
};

/** What is there already: nothing, each guard alone, and some that are often used together. */
const bases: readonly (readonly string[])[] = [
  [],
  ...guardNames.map((name) => [name]),
  ["cells", "autoHalt"],
  ["approvePerRemoval", "budget"],
];

interface Exception {
  readonly beside: string;
  readonly added: string;
  readonly services: string;
}

function exceptions(situation: GuardSituation, sets: readonly (readonly string[])[]): readonly Exception[] {
  const under = outcomesOf(situation);
  const found: Exception[] = [];
  for (const base of sets) {
    const before = under(base);
    for (const added of guardNames) {
      if (!before.wouldObject.has(added)) continue;
      const { taken } = under([...base, added]);
      const more = [...taken].filter((service) => !before.taken.has(service));
      if (more.length > 0) found.push({ beside: base.join(", "), added, services: more.sort().join(", ") });
    }
  }
  return found;
}

describe("one guard more", () => {
  it.each(Object.entries(monotone))(
    "takes nothing more away: %s",
    (_, situation) => {
      expect(exceptions(situation, bases)).toEqual([]);
      // Larger sets, a few of them.
      const larger = fc.sample(fc.subarray([...guardNames], { minLength: 2, maxLength: 5 }), {
        seed: 20250213,
        numRuns: 10,
      });
      expect(exceptions(situation, larger)).toEqual([]);
    },
    60_000,
  );

  it("takes more away where docs/guards.md says so, and nowhere else", async () => {
    const rows: (readonly string[])[] = [];
    for (const [title, situation] of Object.entries(exceptional)) {
      const groups = new Map<string, string[]>();
      for (const { beside, added, services } of exceptions(situation, bases)) {
        const key = JSON.stringify([beside, services]);
        groups.set(key, [...(groups.get(key) ?? []), added]);
      }
      expect(groups.size).toBeGreaterThan(0);
      for (const [key, added] of groups) {
        const [beside, services] = JSON.parse(key) as [string, string];
        rows.push([title, beside, added.join(", "), services]);
      }
    }
    const table = tableOf(["situation", "beside", "adding one of", "also takes away"], rows);
    await expect(withPart("exceptions", table)).toMatchFileSnapshot(guardDocument);
  }, 60_000);
});
