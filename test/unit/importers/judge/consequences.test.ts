/** What goes when files change: rules of owners, containers and needs, one by one. */
import { describe, expect, it } from "vitest";
import type { Issue } from "../../../../src/base/issue.js";
import type { Imported, Item, Ownership, Setting } from "../../../../src/importers/contract.js";
import { byFirstCause, consequencesOf, standingOf } from "../../../../src/importers/judge/consequences.js";

const at = { file: "f.yaml", line: 1, column: 1 };
const setting = (text: string): Setting => ({ text, at });
const rules = (more: Partial<Ownership> = {}): Ownership => ({
  omitted: "delete",
  deleted: "delete",
  refused: "keep",
  because: [setting("prune: true")],
  ...more,
});

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: "Thing",
  title: id,
  runs: true,
  contains: [],
  data: false,
  at,
  owner: "root",
  ownership: null,
  keep: null,
  needs: [],
  needsKnown: true,
  replicas: 1,
  ...more,
});
const owner = (id: string, more: Partial<Item> = {}): Item =>
  item(id, { runs: false, owner: null, ownership: rules(), ...more });
const needing = (on: string): Partial<Item> => ({
  needs: [{ on, kind: "hard", certain: true, evidence: `needs ${on}`, at }],
});

const imported = (items: readonly Item[], more: Partial<Imported> = {}): Imported => ({
  format: "flux",
  items,
  managers: [],
  refused: new Map(),
  reads: [],
  issues: [],
  ...more,
});
const issue: Issue = { code: "syntax", severity: "error", message: "no" };

const judge = (before: readonly Item[], after: readonly Item[], more: Partial<Imported> = {}) =>
  consequencesOf(standingOf(imported(before, { managers: more.managers ?? [] })), imported(after, more));
const told = (before: readonly Item[], after: readonly Item[], more?: Partial<Imported>) =>
  judge(before, after, more).consequences.map(({ item: id, rule, through }) => `${id} ${rule} ${through}`);
const without = (items: readonly Item[], ...ids: readonly string[]) =>
  items.filter(({ id }) => !ids.includes(id));

describe("what is no longer described", () => {
  const all = [owner("root"), item("a"), item("b", needing("a")), item("c")];

  it("is deleted by an owner that prunes, and what needs it goes down", () => {
    expect(told(all, without(all, "a"))).toEqual(["a omitted root", "b need a"]);
    expect(judge(all, without(all, "a")).consequences.map(({ fate }) => fate)).toEqual(["deleted", "down"]);
  });

  it("stays where the owner does not prune, a setting keeps it, or nobody owns it", () => {
    const lax = [owner("root", { ownership: rules({ omitted: "keep" }) }), ...all.slice(1)];
    expect(told(lax, without(lax, "a"))).toEqual([]);
    const kept = [all[0]!, item("a", { keep: setting("prune: disabled") })];
    expect(told(kept, without(kept, "a"))).toEqual([]);
    expect(judge(kept, without(kept, "a")).orphaned).toEqual([
      { item: "a", kept: setting("prune: disabled") },
    ]);
    const free = [item("a", { owner: null })];
    expect(told(free, [])).toEqual([]);
  });

  it("goes by the owner's rules as they are after the change", () => {
    const lax = owner("root", { ownership: rules({ omitted: "keep" }) });
    expect(told(all, [lax, item("b"), item("c")])).toEqual([]);
    expect(told([lax, ...all.slice(1)], without(all, "c"))).toEqual(["c omitted root"]);
  });

  it("is unknown, not gone, where its owner understands nothing", () => {
    const refused = new Map([["root", issue]]);
    expect(told(all, [all[0]!], { refused })).toEqual([]);
    expect(judge(all, [all[0]!], { refused }).refused).toEqual(["root"]);
    const destructive = [owner("root", { ownership: rules({ refused: "without-the-broken" }) }), item("a")];
    expect(told(destructive, [destructive[0]!], { refused })).toEqual(["a refused root"]);
  });

  it("goes as a whole where the owner ends with what it cannot understand", () => {
    const ending = [owner("root", { ownership: rules({ refused: "stop-all" }) }), item("a"), item("b")];
    expect(told(ending, ending, { refused: new Map([["root", issue]]) })).toEqual([
      "a refused root",
      "b refused root",
    ]);
  });
});

describe("owners of owners", () => {
  const app = owner("app", { owner: "root" });
  const all = [owner("root"), app, item("a", { owner: "app" }), item("b", { owner: "app" })];

  it("take what they own along when they are deleted, or leave it", () => {
    expect(told(all, [all[0]!])).toEqual(["app omitted root", "a owner app", "b owner app"]);
    const leaving = [
      all[0]!,
      owner("app", { owner: "root", ownership: rules({ deleted: "keep" }) }),
      all[2]!,
    ];
    expect(told(leaving, [all[0]!])).toEqual(["app omitted root"]);
  });

  it("take along what files still describe", () => {
    expect(told(all, without(all, "app"))).toEqual(["app omitted root", "a owner app", "b owner app"]);
  });

  it("leave what a setting keeps when they are deleted, and only then", () => {
    const kept = item("a", { owner: "app", keep: setting("Delete=false"), keepOnly: "deleted" });
    expect(told([all[0]!, app, kept], [all[0]!])).toEqual(["app omitted root"]);
    expect(told([all[0]!, app, kept], [all[0]!, app])).toEqual(["a omitted app"]);
  });

  it("that own themselves over a detour act while they are there", () => {
    const generator = owner("generator", { owner: "app" });
    const circle = [
      generator,
      owner("app", { owner: "generator", runs: true }),
      item("x", { owner: "generator" }),
    ];
    // The generator is still described, and what it generates is not.
    expect(told(circle, [generator, circle[2]!])).toEqual([
      "app omitted generator",
      "generator owner app",
      "x owner generator",
    ]);
    // Nothing is described any more: somebody of the circle is the first to miss something.
    expect(told(circle, []).toSorted()).toEqual([
      "app omitted generator",
      "generator owner app",
      "x owner generator",
    ]);
  });
});

describe("containers, managers", () => {
  it("what lives in something goes with it", () => {
    const space = item("space", { runs: false, contains: ["a"] });
    const all = [owner("root"), space, item("a", { owner: null }), item("b", needing("a"))];
    expect(told(all, without(all, "space"))).toEqual(["space omitted root", "a container space", "b need a"]);
  });

  it("managers go with their service, or lose what they read", () => {
    const managers = [{ name: "m", preset: "p/q", service: "boss", reads: ["git"], roots: ["root"], at }];
    const all = [owner("root"), item("boss"), item("git")];
    expect(judge(all, without(all, "boss"), { managers })).toMatchObject({
      managersGone: ["m"],
      managersBlind: [],
    });
    expect(judge(all, without(all, "git"), { managers })).toMatchObject({
      managersGone: [],
      managersBlind: ["m"],
    });
  });
});

describe("first causes", () => {
  it("part an outcome by the rule that it begins with", () => {
    const all = [
      owner("r1"),
      owner("r2"),
      item("a", { owner: "r1" }),
      item("b", { owner: "r2" }),
      item("c", { owner: null, ...needing("b") }),
    ];
    const parts = byFirstCause(judge(all, [all[0]!, all[1]!, all[4]!]));
    expect(
      [...parts].map(([key, { consequences }]) => [key, consequences.map(({ item: id }) => id)]),
    ).toEqual([
      ["omitted r1", ["a"]],
      ["omitted r2", ["b", "c"]],
    ]);
  });
});
