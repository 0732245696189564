/** The laws that every operator of text and structure obeys, at every site of very different configurations. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Base } from "../../../../src/chaos/base.js";
import { factsOf } from "../../../../src/chaos/mutations/facts.js";
import {
  Material,
  type Patch,
  type PatchDocument,
  writeValue,
} from "../../../../src/chaos/mutations/material.js";
import type { Operator } from "../../../../src/chaos/mutations/operator.js";
import { structureOperators } from "../../../../src/chaos/mutations/structure-operators.js";
import { textOperators } from "../../../../src/chaos/mutations/text-operators.js";
import { bases } from "./bases.js";

const operators = [...textOperators, ...structureOperators];
const all = bases();
const cases = Object.entries(all).flatMap(([name, base]) =>
  operators.map((operator) => [operator.id, name, operator, base] as const),
);

const textOf = (item: PatchDocument): string | null => ("value" in item ? writeValue(item.value) : item.text);

/** Ids of the documents that are really different after a patch. */
const changed = (material: Material, patch: Patch): readonly string[] =>
  (patch.documents ?? [])
    .filter((item) => (material.document(item.id)?.text ?? null) !== textOf(item))
    .map((item) => item.id);

describe("the catalogue", () => {
  it("has every id once, in order", () => {
    const ids = (letter: string, count: number) =>
      Array.from({ length: count }, (_, k) => `${letter}${String(k + 1).padStart(2, "0")}`);
    expect(textOperators.map((operator) => operator.id)).toEqual(ids("T", 14));
    expect(structureOperators.map((operator) => operator.id)).toEqual(ids("S", 22));
  });

  it.each(operators.map((operator) => [operator.id, operator] as const))(
    "%s has sites somewhere",
    (_, operator) => {
      const sites = Object.values(all).flatMap((base) => operator.sites(Material.of(base)));
      expect(sites.length).toBeGreaterThan(0);
    },
  );

  it("counts these sites", () => {
    const count = (base: Base) =>
      Object.fromEntries(
        operators.map((operator) => [operator.id, operator.sites(Material.of(base)).length]),
      );
    expect(
      Object.fromEntries(Object.entries(all).map(([name, base]) => [name, count(base)])),
    ).toMatchSnapshot();
  });
});

describe.each(cases)("%s on %s", (_, __, operator: Operator, base: Base) => {
  const material = Material.of(base);
  const sites = operator.sites(material);

  it("has each site once, and the same ones again", () => {
    expect(new Set(sites).size).toBe(sites.length);
    expect(operator.sites(Material.of(base))).toEqual(sites);
  });

  it("changes something else at every site, the same again, of this version only, and no ticket", () => {
    const results = new Set<string>();
    for (const site of sites) {
      const patch = operator.apply(material, site);
      expect(patch, site).not.toBeNull();
      const documents = (patch!.documents ?? []).map((item) => [item.id, textOf(item)] as const);
      const same = documents.every(([id, text]) => (material.document(id)?.text ?? null) === text);
      expect(same, site).toBe(false);
      results.add(JSON.stringify(documents));
      expect(operator.apply(Material.of(base), site), site).toEqual(patch);
      for (const item of patch!.documents ?? []) {
        expect(item.version).toBe(material.version);
        expect(item.id).not.toMatch(/^tickets/);
      }
      expect(operator.label(material, site).length, site).toBeGreaterThan(10);
    }
    expect(results.size).toBe(sites.length);
  });
});

describe.each(Object.entries(all))("a text mutation of %s", (_, base) => {
  const material = Material.of(base);

  it("changes nothing outside of its site", () => {
    for (const operator of textOperators) {
      for (const site of operator.sites(material)) {
        const [item, ...more] = operator.apply(material, site)!.documents ?? [];
        expect(more).toEqual([]);
        const before = material.document(item!.id)!.text;
        const after = textOf(item!)!;
        const line = /^[^ ]*?:(\d+)/.exec(site)?.[1];
        if (line === undefined) continue; // a whole file
        const lines = before.split("\n");
        const head = lines.slice(0, Number(line) - 1).join("\n");
        expect(after.startsWith(head), site).toBe(true);
        if (["T01", "T03", "T10"].includes(operator.id)) continue; // these reach further down by their nature
        // The target of an anchor stands on the line below it.
        const reach = Number(line) + (site.endsWith("(target edited)") ? 1 : 0);
        expect(after.endsWith(lines.slice(reach).join("\n")), site).toBe(true);
      }
    }
  });

  it("shortens the file where it cuts, and adds no more than comment signs where it comments out", () => {
    for (const operator of textOperators.slice(0, 3)) {
      for (const site of operator.sites(material)) {
        const item = operator.apply(material, site)!.documents![0]!;
        const before = material.document(item.id)!.text;
        const after = textOf(item)!;
        if (operator.id === "T03")
          expect(after.replaceAll(/^(# )+/gm, "")).toBe(before.replaceAll(/^(# )+/gm, ""));
        else expect(before.startsWith(after) && after.length < before.length, site).toBe(true);
      }
    }
  });
});

describe.each(Object.entries(all))("a structure mutation of %s", (_, base) => {
  it("writes what reads back as the same value", () => {
    const material = Material.of(base);
    for (const operator of structureOperators) {
      for (const site of operator.sites(material)) {
        const patch = operator.apply(material, site)!;
        const mutated = material.with(patch);
        for (const item of patch.documents ?? []) {
          const doc = mutated.document(item.id);
          if ("value" in item) expect(parse(doc!.text), `${operator.id} ${site}`).toEqual(item.value);
          else expect(doc, `${operator.id} ${site}`).toBeUndefined();
        }
      }
    }
  });
});

describe("after other mutations", () => {
  const names = Object.keys(all);
  const draw = fc.record({
    base: fc.constantFrom(...names),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 3, maxLength: 3 }),
  });

  it("a site is either still there or applies to nothing, and nothing throws", () => {
    let gone = 0;
    // One material a base: its sites are listed once.
    const materials = new Map(names.map((name) => [name, Material.of(all[name]!)]));
    fc.assert(
      fc.property(draw, ({ base, picks }) => {
        const first = materials.get(base)!;
        let material = first;
        for (const [o, s] of picks) {
          const fitting = operators.filter((operator) => operator.sites(first).length > 0);
          const operator = fitting[o % fitting.length]!;
          const sites = operator.sites(first);
          const site = sites[s % sites.length]!;
          const patch = operator.apply(material, site);
          expect(operator.label(material, site).length).toBeGreaterThan(10);
          expect(operator.sites(material).includes(site)).toBe(patch !== null);
          if (patch === null) {
            gone++;
            continue;
          }
          expect(changed(material, patch).length, `${operator.id} ${site}`).toBeGreaterThan(0);
          material = material.with(patch);
          for (const doc of material.view()) expect(typeof doc.text).toBe("string");
        }
      }),
      { seed: 7, numRuns: 1000 },
    );
    expect(gone).toBeGreaterThan(10);
  });

  it("every operator still names its sites on every mutated configuration", () => {
    fc.assert(
      fc.property(draw, ({ base, picks }) => {
        let material = Material.of(all[base]!);
        for (const [o, s] of picks) {
          const operator = operators[o % operators.length]!;
          const sites = operator.sites(material);
          if (sites.length === 0) continue;
          material = material.with(operator.apply(material, sites[s % sites.length]!)!);
        }
        for (const operator of operators) {
          const sites = operator.sites(material);
          expect(new Set(sites).size, operator.id).toBe(sites.length);
          for (const site of sites.slice(0, 3)) expect(operator.apply(material, site), site).not.toBeNull();
        }
      }),
      { seed: 11, numRuns: 120 },
    );
  });

  it("nothing fits where nothing is left", () => {
    for (const base of Object.values(all)) {
      const documents = factsOf(Material.of(base)).documents;
      const version = Material.of(base).version;
      const empty = Material.of(base).with({
        documents: documents.map(({ id }) => ({ id, version, text: null })),
      });
      for (const operator of operators) expect(operator.sites(empty), operator.id).toEqual([]);
    }
  });
});
