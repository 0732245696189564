/** Names of a scenario for items of a repository: what people call them, made to fit, each once. */
import type { Item, ItemId } from "./contract.js";

/** Letters, digits, dot, dash and underscore; two dots in a row would be a range of names. */
function fitting(title: string): string {
  const name = title
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replaceAll(/\.{2,}/g, ".")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, 100);
  return name === "" ? "unnamed" : name;
}

/**
 * Where two items have one title, both are called by what tells them apart, their ids; so that no name depends on which of
 * them was found first.
 */
export function scenarioNames(items: readonly Item[]): ReadonlyMap<ItemId, string> {
  const count = new Map<string, number>();
  for (const { title } of items) count.set(fitting(title), (count.get(fitting(title)) ?? 0) + 1);
  const names = new Map<ItemId, string>();
  const taken = new Set<string>();
  for (const { id, title } of items) {
    const short = fitting(title);
    const name = freeName(count.get(short) === 1 ? short : fitting(id), taken);
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** The same for items of the files as they are now: what there was keeps its name, what is new takes no name of it. */
export function scenarioNamesAfter(
  before: ReadonlyMap<ItemId, string>,
  items: readonly Item[],
): ReadonlyMap<ItemId, string> {
  const names = new Map(before);
  const taken = new Set(before.values());
  for (const { id, title } of items) {
    if (names.has(id)) continue;
    const name = freeName(taken.has(fitting(title)) ? fitting(id) : fitting(title), taken);
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

function freeName(wish: string, taken: ReadonlySet<string>): string {
  let name = wish;
  for (let n = 2; taken.has(name); n++) name = `${wish}-${n}`;
  return name;
}
