/**
 * The single steps of shrinking. The goal: every step is progress, and none leaves a name of what it took out. All
 * candidates of all passes over several scenarios with random mutations on them; sizes are compared as tuples.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { diffLines } from "../../../../src/base/diff-lines.js";
import type { Json } from "../../../../src/base/json.js";
import { randomRecipes, sited } from "../../../../src/chaos/random.js";
import { caseOf } from "../../../../src/chaos/recipe.js";
import { dropRegions, dropScale } from "../../../../src/chaos/shrink/drop-regions.js";
import { dropServices } from "../../../../src/chaos/shrink/drop-services.js";
import { passes } from "../../../../src/chaos/shrink/passes.js";
import { fieldsOf, isFields, type Subject, withoutListItem } from "../../../../src/chaos/shrink/subject.js";
import { type CaseEvent, drawPurposes } from "../../../../src/scenario/case.js";
import { scenarioFile } from "../../../helpers/scenario.js";
import { luck, operators, textsOf, Workbench } from "../../../helpers/search.js";

const bench = new Workbench();
const files = [
  "duo-2025-02-13.yaml",
  "partial-rollout.yaml",
  "fail-static.yaml",
  "cascade-by-ownership.yaml",
];

/** Scenarios with random cases on them, the whole range of operators. */
const subjects = files.flatMap((file) => {
  const scenario = scenarioFile(file);
  const base = bench.base(scenario);
  const document = bench.document(scenario);
  const recipes = randomRecipes(sited(base, [...operators.values()]), {
    seed: 11,
    runs: 1_500,
    mutationsMax: 3,
    weighting: "coverage",
    weightOf: () => 1,
  })
    .slice(0, 1_500)
    .filter((_, k) => k % 90 === 0);
  return recipes.flatMap((recipe) => {
    const item = caseOf(base, operators, recipe, luck);
    return item === null ? [] : [{ file, texts: textsOf(base), subject: { document, item } }];
  });
});

const nodes = (value: Json): number =>
  typeof value === "object" && value !== null
    ? 1 + Object.values(value).reduce<number>((sum, part) => sum + nodes(part as Json), 0)
    : 1;

/** Values of the scenario, then documents and events, then changed lines, then draws that are left to luck. */
function sizeOf({ document, item }: Subject, texts: ReadonlyMap<string, string>): readonly number[] {
  const changed = item.documents.map(({ id, text }) =>
    text === null ? 0 : diffLines(texts.get(id) ?? "", text).filter(({ kind }) => kind !== "same").length,
  );
  return [
    nodes(document),
    item.documents.length + item.events.length,
    changed.reduce((sum, count) => sum + count, 0),
    drawPurposes.length - item.luck.pinned.length,
  ];
}

function isSmaller(a: readonly number[], b: readonly number[]): boolean {
  const k = a.findIndex((size, j) => size !== b[j]);
  return k >= 0 && a[k]! < b[k]!;
}

describe.each(passes.map((pass) => [pass.name, pass] as const))("%s", (_name, pass) => {
  it("makes every candidate strictly smaller", () => {
    for (const { subject, texts } of subjects) {
      const before = sizeOf(subject, texts);
      for (const candidate of pass.candidates(subject, texts))
        expect(isSmaller(sizeOf(candidate, texts), before)).toBe(true);
    }
  });
});

/** Where a name refers to a service or a place: values, except texts for people, managers and capabilities. */
function references(value: Json, key = ""): readonly string[] {
  if (
    ["title", "about", "sources", "assumed", "author", "by", "capability", "start", "manager"].includes(key)
  )
    return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((item) => references(item as Json, key));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => references(part, name));
}

/** In a text: items of lists and values of keys, where it can be parsed; a document keeps its own name. */
function referencesInText(text: string | null): readonly string[] {
  let value: Json;
  try {
    value = parse(text ?? "", { logLevel: "silent" }) as Json;
  } catch {
    return [];
  }
  return isFields(value)
    ? Object.entries(value).flatMap(([key, part]) =>
        ["name", "manager", "cell"].includes(key) ? [] : references(part, key),
      )
    : [];
}

const isAbout = (name: string) => (text: string) =>
  text === name || new RegExp(`^applications/${name}(\\.yaml)?(#|$)`).test(text);

/** Skews and bypasses are of managers, and a manager may be called like a service. */
const referencesOfEvent = (event: CaseEvent): readonly string[] =>
  event.e === "skew" || event.e === "bypass" ? [] : references(event as unknown as Json);

/** Every name that a subject still refers to. */
function referencesOf({ document, item }: Subject): readonly string[] {
  return [
    ...references(document),
    ...item.documents.flatMap((doc) => [doc.id, ...referencesInText(doc.text)]),
    ...item.events.flatMap((event) => referencesOfEvent(event).filter((text) => text !== event.e)),
  ];
}

const groupsOf = ({ document }: Subject): readonly string[] =>
  Object.entries(fieldsOf(document, "regions")).flatMap(([name, group]) => [
    name,
    ...(isFields(group) ? (group["members"] as string[]) : []),
  ]);

describe("what is taken out", () => {
  it("is a service that nothing names any more", () => {
    for (const { subject, texts } of subjects) {
      const before = Object.keys(fieldsOf(subject.document, "services"));
      for (const candidate of dropServices.candidates(subject, texts)) {
        const left = Object.keys(fieldsOf(candidate.document, "services"));
        const all = referencesOf(candidate);
        for (const gone of before.filter((name) => !left.includes(name)))
          expect(all.filter(isAbout(gone))).toEqual([]);
      }
    }
  });

  it("is a region or a group that nothing names any more", () => {
    for (const { subject, texts } of subjects) {
      for (const pass of [dropRegions, dropScale]) {
        for (const candidate of pass.candidates(subject, texts)) {
          const left = groupsOf(candidate);
          const all = new Set(referencesOf(candidate));
          for (const gone of groupsOf(subject).filter((name) => !left.includes(name))) {
            expect(all.has(gone)).toBe(false);
            expect(candidate.item.documents.filter(({ id }) => id.endsWith(`.${gone}.yaml`))).toEqual([]);
          }
        }
      }
    }
  });
});

describe("a text without a list item", () => {
  it("keeps everything else, and a list that loses its last item stays a list", () => {
    const name = fc.constantFrom("a", "b", "c");
    const list = fc.array(name, { maxLength: 3 });
    const content = fc.record({ name, needs: list, owns: list, inner: fc.record({ needs: list, of: list }) });
    fc.assert(
      fc.property(content, name, fc.boolean(), (value, gone, flat) => {
        const text = yamlOf(value, flat ? "" : "  ");
        const left = (items: readonly string[]) => items.filter((item) => item !== gone);
        expect(parse(withoutListItem(text, gone))).toEqual({
          name: value.name,
          needs: left(value.needs),
          owns: left(value.owns),
          inner: { needs: left(value.inner.needs), of: left(value.inner.of) },
        });
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it("is the same text where the name is not in a list", () => {
    const text = "name: a\nneeds:\n  - ab\nowns: []\nempty:\n";
    expect(withoutListItem(text, "a")).toBe(text);
  });
});

function yamlOf(value: { [key: string]: unknown }, indent: string, outer = ""): string {
  return Object.entries(value)
    .map(([key, part]) => {
      if (Array.isArray(part))
        return part.length === 0
          ? `${outer}${key}: []\n`
          : `${outer}${key}:\n${part.map((item) => `${outer}${indent}- ${item}\n`).join("")}`;
      if (typeof part === "object")
        return `${outer}${key}:\n${yamlOf(part as { [key: string]: unknown }, indent, `${outer}  `)}`;
      return `${outer}${key}: ${part}\n`;
    })
    .join("");
}
