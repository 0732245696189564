/** What people ask of an import by name: services to remove, entries of a mapping. Names that lead nowhere are told. */
import { type Issue, nearestName } from "../base/issue.js";
import type { ImportedManager, Item, ItemId } from "./contract.js";
import type { Mapping } from "./mapping.js";

export interface KnownItems {
  readonly running: readonly Item[];
  readonly names: ReadonlyMap<ItemId, string>;
  readonly managers: readonly ImportedManager[];
}

const both = ({ running, names }: KnownItems): readonly string[] => [
  ...new Set(running.flatMap(({ id, title }) => [names.get(id)!, title])),
];

/** Names in the scenario of the services that are to be removed, given by that name or by title. */
export function removals(wishes: readonly string[], known: KnownItems, issues: Issue[]): string[] {
  const found = wishes.flatMap((wish) => {
    const item = known.running.find(({ id, title }) => known.names.get(id) === wish || title === wish);
    if (item !== undefined) return [known.names.get(item.id)!];
    const near = nearestName(wish, both(known));
    issues.push({
      code: "unknown-service",
      severity: "error",
      message: `--remove names ${wish}, which is no service here`,
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    });
    return [];
  });
  return [...new Set(found)];
}

export function tellUnused(
  mapping: Mapping,
  usedServices: ReadonlySet<string>,
  known: KnownItems,
  issues: Issue[],
): void {
  const names = both(known);
  const kinds = [...new Set(known.running.map(({ kind }) => kind))];
  const managers = known.managers.map(({ name }) => name);
  const tell = (
    part: "services" | "kinds" | "managers",
    isUsed: (key: string) => boolean,
    near: readonly string[],
  ): void => {
    for (const key of Object.keys(mapping[part] ?? {})) {
      if (isUsed(key)) continue;
      const other = nearestName(key, near);
      issues.push({
        code: "unused-mapping",
        severity: "warning",
        message: `\`${part}.${key}\` of the mapping fits nothing that was imported`,
        ...(other === undefined ? {} : { hint: `did you mean "${other}"?` }),
      });
    }
  };
  tell("services", (key) => usedServices.has(key), names);
  tell("kinds", (key) => kinds.includes(key), kinds);
  tell("managers", (key) => managers.includes(key), managers);
}
