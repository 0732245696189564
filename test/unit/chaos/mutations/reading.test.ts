/** What the real parser makes of a mutated text. Nothing here is decided by the mutation. */
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../../src/base/json.js";
import type { Base } from "../../../../src/chaos/base.js";
import { Material, makeDocument } from "../../../../src/chaos/mutations/material.js";
import { structureOperators } from "../../../../src/chaos/mutations/structure-operators.js";
import { textOperators } from "../../../../src/chaos/mutations/text-operators.js";
import { plainDocument } from "../../../../src/models/config/parsed.js";
import { createReader } from "../../../../src/models/config/read.js";
import type { Doc, Entry, Reading, Self } from "../../../../src/models/managers/contract.js";
import { scenarioFile } from "../../../helpers/scenario.js";
import { baseOf, bases } from "./bases.js";

const all = bases();
const operator = (id: string) => [...textOperators, ...structureOperators].find((item) => item.id === id)!;
const selves = (base: Base): readonly Self[] => base.run.managers.flatMap((manager) => manager.selves);

const named = (id: string): string => `${id.padEnd(22)}`;
const said = (entry: Entry | undefined): string => {
  if (entry === undefined) return "omitted";
  if (entry.is !== "present") return entry.is === "unknown" ? `unknown: ${entry.error.message}` : entry.is;
  const { needs, replicas, protect, regions } = entry.spec;
  return `present, needs [${needs.join(", ")}], ${replicas} replicas${protect ? ", protected" : ""}${regions === null ? "" : `, in [${regions.join(", ")}]`}`;
};
const ownSaid = ({ own }: Reading): string =>
  own.is === "present" ? `manages [${own.spec.manages.join(", ")}]` : `unknown: ${own.error.message}`;

/** What differs in the readings of all managers after a mutation. */
function differences(base: Base, op: string, site: string): readonly string[] {
  const reader = createReader();
  const before = Material.of(base);
  const after = before.with(operator(op).apply(before, site)!);
  return selves(base).flatMap((self) => {
    const [old, now] = [reader(before.view(), self), reader(after.view(), self)];
    const lines: string[] = [];
    if (ownSaid(old) !== ownSaid(now)) lines.push(`${named(`${self.manager}.${self.cell}`)} ${ownSaid(now)}`);
    for (const name of new Set([...Object.keys(old.entries), ...Object.keys(now.entries)])) {
      const [was, is] = [said(old.entries[name]), said(now.entries[name])];
      if (was !== is) lines.push(`${named(`${self.manager} ${name}`)} ${is}`);
    }
    return lines;
  });
}

describe.each([
  ["cascade", "T05"],
  ["cascade", "T06"],
  ["cascade", "T09"],
  ["cascade", "T10"],
  ["cascade", "T14"],
  ["byHand", "T05"],
  ["byHand", "T09"],
  ["byHand", "T10"],
  ["byHand", "T11"],
  ["byHand", "T12"],
])("on %s, %s", (name, op) => {
  it("reads as the parser has it", () => {
    const base = all[name]!;
    const sites = operator(op).sites(Material.of(base));
    expect(Object.fromEntries(sites.map((site) => [site, differences(base, op, site)]))).toMatchSnapshot();
  });
});

describe("a reader of YAML 1.2", () => {
  const stock = (op: string, site: string): string =>
    differences(all["cascade"]!, op, site)
      .find((line) => line.includes(" stock "))
      ?.slice(23) ?? "as before";

  it("does not mind a byte order mark or other line ends, and cannot read UTF-16", () => {
    expect(stock("T05", "applications/stock (bom)")).toBe("as before");
    expect(stock("T05", "applications/stock (crlf)")).toBe("as before");
    expect(stock("T05", "applications/stock (utf-16)")).toContain("unknown");
  });

  it("takes 010 for ten and 1e3 for a thousand, and 1:00 for no number", () => {
    expect(stock("T09", "applications/stock:4 -> 010")).toContain("10 replicas");
    expect(stock("T09", "applications/stock:4 -> 1e3")).toContain("1000 replicas");
    expect(stock("T09", "applications/stock:4 -> 1:00")).toContain("unknown");
  });

  it("takes yes for a text, so that a protection is lost without a word", () => {
    const lines = differences(all["inside"]!, "T09", "applications/db:5 -> yes");
    expect(lines).toEqual([expect.stringMatching(/m db +present, needs \[\], 1 replicas$/)]);
  });

  it("refuses a key that stands twice", () => {
    expect(stock("T10", "applications/stock:3")).toContain("Map keys must be unique");
  });
});

describe("the incident", () => {
  it("is S11 where the own entry was put in order: the reference that the removal left behind", () => {
    const base = baseOf(scenarioFile("duo-2025-02-13.yaml"), "modern");
    const site = "managers/legacy.us-west-2#/manages/- -> deprecated-app";
    expect(operator("S11").sites(Material.of(base))).toContain(site);
    expect(operator("S11").label(Material.of(base), site)).toBe(
      "managers/legacy.us-west-2 lists deprecated-app, which was removed",
    );
    expect(differences(base, "S11", site)[0]).toMatch(
      /unknown: .*manages\[8\] refers to deprecated-app, which is not described anywhere/,
    );
  });
});

describe("a document that a mutation wrote", () => {
  const base = all["cascade"]!;
  const start = Material.of(base);
  const writes = operator("S02");
  const doc = makeDocument(start.with(writes.apply(start, writes.sites(start)[0]!)!).documents[0]!)!;

  it("is plain data for everybody else: copies and JSON have its text", () => {
    expect({ ...plainDocument(doc), fault: "partial" }.text).toBe(doc.text);
    expect(JSON.parse(canonicalJson({ doc })).doc.text).toBe(doc.text);
    expect(JSON.parse(JSON.stringify(doc))).toEqual({ id: doc.id, version: doc.version, text: doc.text });
  });

  it("reads as its text does, and a copy with another text as that", () => {
    const self = selves(base)[0]!;
    const others = start.view().filter((item) => item.id !== doc.id);
    const plain = { id: doc.id, version: doc.version, text: doc.text };
    const read = (item: Doc): Reading => createReader()([...others, item], self);
    expect(read(doc)).toEqual(read(plain));
    expect(read({ ...plainDocument(doc), text: "[" })).toEqual(read({ ...plain, text: "[" }));
  });
});
