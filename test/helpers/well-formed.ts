/** What holds for everything that an importer gives, whatever it read. */
import { expect } from "vitest";
import { compareNatural } from "../../src/base/order.js";
import type { Imported, Tree } from "../../src/importers/contract.js";

export function expectWellFormed(imported: Imported, tree: Tree): void {
  const ids = imported.items.map(({ id }) => id);
  const known = new Set(ids);
  expect(known.size).toBe(ids.length);
  expect([...ids].sort(compareNatural)).toEqual(ids);
  const wrong: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  const place = (at: { file: string; line: number; column: number }, of: string): void =>
    check(
      tree.files.has(at.file) && at.line >= 1 && at.column >= 1,
      `${of} stands at ${at.file}:${at.line}:${at.column}`,
    );
  for (const item of imported.items) {
    place(item.at, item.id);
    check(item.owner === null || known.has(item.owner), `${item.id} has the owner ${item.owner}`);
    check(Number.isInteger(item.replicas) && item.replicas >= 0, `${item.id} has ${item.replicas} replicas`);
    for (const inside of item.contains) check(known.has(inside), `${item.id} contains ${inside}`);
    for (const need of item.needs) {
      place(need.at, need.evidence);
      check(known.has(need.on) && need.on !== item.id, `${item.id} needs ${need.on}`);
      check(need.evidence !== "" && !need.evidence.includes("%s"), `${item.id}: ${need.evidence}`);
    }
    for (const setting of [...(item.ownership?.because ?? []), ...(item.keep === null ? [] : [item.keep])]) {
      place(setting.at, setting.text);
    }
  }
  for (const manager of imported.managers) {
    for (const id of [manager.service, ...manager.reads, ...manager.roots]) {
      check(id === null || known.has(id), `${manager.name} names ${id}`);
    }
  }
  for (const id of imported.refused.keys()) check(known.has(id), `${id} is refused`);
  for (const issue of imported.issues) {
    check(issue.file === undefined || tree.files.has(issue.file), `${issue.code} is in ${issue.file}`);
    check(issue.message !== "", issue.code);
  }
  const order = [...tree.files.keys()];
  expect(imported.reads).toEqual(order.filter((path) => imported.reads.includes(path)));
  expect(wrong).toEqual([]);
}
