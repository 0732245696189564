/**
 * The search tested with bugs that are planted: it finds them, the right originals are clean, and every property is
 * needed. docs/planted-bugs.md holds the outcome; `npm run test:unit -- test/quality/planted -u` writes it.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wilson } from "../../../src/base/confidence.js";
import type { Base } from "../../../src/chaos/base.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { tableOf } from "../../helpers/guard-document.js";
import { root } from "../../helpers/scenario.js";
import { type Bug, sober } from "./bugs/bug.js";
import { bugs } from "./bugs.js";
import { baseWith, type Found, randomCases, rulesNamed, type Searched, search } from "./search.js";

const propertyOf = ({ expect: key }: Bug): string => key.split(":")[0]!;
const rightOf = (bug: Bug) => baseWith(bug.base, bug.right?.() ?? { managers: [sober] });
const wrongOf = (bug: Bug) => baseWith(bug.planted ?? bug.base, bug.make());

const keyOf = (bug: Bug): string => `${bug.right?.toString()} ${bug.base}`;

/** What the original shows over the whole search, for all bugs in the same scenario at once. */
const originals = new Map<string, Searched>();
function original(bug: Bug): Searched {
  let known = originals.get(keyOf(bug));
  if (known === undefined) {
    const names = bugs.filter((other) => keyOf(other) === keyOf(bug)).map(propertyOf);
    known = search(rightOf(bug), rulesNamed(new Set(names)));
    originals.set(keyOf(bug), known);
  }
  return known;
}

interface Outcome {
  readonly bug: Bug;
  readonly found: Found | null;
  /** The case in which the original violates the same property as well; null: none does. */
  readonly originalAt: number | null;
}

const outcomes = new Map<string, Outcome>();
function outcomeOf(bug: Bug): Outcome {
  let known = outcomes.get(bug.name);
  if (known === undefined) {
    const { found } = search(wrongOf(bug), rulesNamed(new Set([propertyOf(bug)])), { until: bug.expect });
    const originalAt = original(bug).found.get(bug.expect)?.cases ?? null;
    known = { bug, found: found.get(bug.expect) ?? null, originalAt };
    outcomes.set(bug.name, known);
  }
  return known;
}

/** Found, and not in a case in which the original does the same. */
const isCaught = ({ found, originalAt }: Outcome): boolean =>
  found !== null && (originalAt === null || found.cases < originalAt);

const looked = bugs.filter((bug) => bug.equivalent === undefined);

describe("bugs that were planted", () => {
  it("are many, each with a name of its own", () => {
    expect(looked.length).toBeGreaterThanOrEqual(60);
    expect(new Set(bugs.map((bug) => bug.name)).size).toBe(bugs.length);
  });

  it.each(looked.filter((bug) => bug.missed === undefined).map((bug) => [bug.name, bug] as const))(
    "%s is found, and its original is clean in the same cases",
    (_name, bug) => {
      const outcome = outcomeOf(bug);
      expect({ ...outcome, caught: isCaught(outcome) }).toMatchObject({ caught: true });
    },
  );

  it.each(bugs.filter((bug) => bug.missed ?? bug.equivalent).map((bug) => [bug.name, bug] as const))(
    "%s is not found; once it is, it belongs to the others",
    (_name, bug) => {
      expect(isCaught(outcomeOf(bug))).toBe(false);
    },
  );

  it("are found in at least 95 of 100", () => {
    const caught = looked.filter((bug) => isCaught(outcomeOf(bug))).length;
    expect(caught / looked.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe("properties that planted bugs need", () => {
  const violated = (base: Base): readonly string[] => [
    ...search(base, propertyCatalogue, { random: 0 }).found.keys(),
  ];
  const rights = new Map<string, ReadonlySet<string>>();

  /** Properties that the bug violates by single mutations and its original does not. */
  function noticedBy(bug: Bug): readonly string[] {
    const key = keyOf(bug);
    const right = rights.get(key) ?? new Set(violated(rightOf(bug)));
    rights.set(key, right);
    const wrong = new Set(violated(wrongOf(bug)));
    return propertyCatalogue.map(({ name }) => name).filter((name) => wrong.has(name) && !right.has(name));
  }

  it.each(bugs.filter((bug) => bug.alone === true).map((bug) => [propertyOf(bug), bug] as const))(
    "%s alone notices one of them",
    (property, bug) => {
      expect(noticedBy(bug).filter((name) => name !== property)).toEqual([]);
    },
  );

  it("are all of them", () => {
    const alone = new Set(bugs.filter((bug) => bug.alone === true).map(propertyOf));
    expect(propertyCatalogue.map(({ name }) => name).filter((name) => !alone.has(name))).toEqual([]);
  });
});

describe("docs/planted-bugs.md", () => {
  it("holds what is found now", async () => {
    await expect(documentOf(bugs.map(outcomeOf))).toMatchFileSnapshot(join(root, "docs/planted-bugs.md"));
  });
});

const words = (text: string): string => text.replaceAll("|", "\\|");
const mutationOf = ({ recipe }: Found): string =>
  recipe.length === 0 ? "none" : recipe.map(({ op, at }) => `${op} \`${words(at)}\``).join(", then ");

function documentOf(all: readonly Outcome[]): string {
  const looked = all.filter(({ bug }) => bug.equivalent === undefined);
  const caught = looked.filter(isCaught);
  const { low, high } = wilson(caught.length, looked.length);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const found = tableOf(
    ["bug", "what was changed", "property", "smallest mutation found", "cases", "original"],
    caught.map(({ bug, found, originalAt }) => [
      bug.name,
      words(bug.change),
      `\`${bug.expect}\`${bug.alone === true ? " alone" : ""}`,
      mutationOf(found!),
      String(found!.cases),
      originalAt === null ? "clean" : `case ${originalAt}`,
    ]),
  );
  const missed = tableOf(
    ["bug", "what was changed", "why nothing notices"],
    looked
      .filter((item) => !isCaught(item))
      .map(({ bug }) => [bug.name, words(bug.change), words(bug.missed ?? "unknown")]),
  );
  const equivalent = tableOf(
    ["bug", "what was changed", "why it is none"],
    all.flatMap(({ bug }) =>
      bug.equivalent === undefined ? [] : [[bug.name, words(bug.change), words(bug.equivalent)]],
    ),
  );
  return `# Planted bugs

How good is the search at finding bugs? Managers and guards of the catalogue get one thing changed, and the search looks
for it as it always does: the scenario as it is, every single mutation, then ${randomCases} random cases (seed 1), up to the first
violation that is no hazard. The original is put to the same cases.

Generated by \`test/quality/planted\`; \`npm run test:unit -- test/quality/planted -u\` writes it anew.

**${caught.length} of ${looked.length} bugs are found: ${percent(caught.length / looked.length)}, 95 % interval (Wilson) ${percent(low)} to ${percent(high)}.** The interval speaks of bugs
like these. They were written by people who know the properties, and where the first scenario did not show a bug, the
scenario or the property was changed until it did, where that could be done: real ones will be found less often.

## Found

"alone": under no single mutation does the bug violate another property that its original keeps; every property is alone
in noticing at least one bug. "original": clean in
the whole search, or the first case in which the original violates the same rule, later than the bug does. Mutation
"none": the scenario alone shows it. A property may be narrowed down to its rule and action.

${found}

## Not found

${missed}

## No bugs

${equivalent}
`;
}
