/** Which owners become objects of a scenario, and what each of them owns: what runs, and other objects. */
import type { Item, ItemId } from "./contract.js";

/** Items by the owner in whose inventory they are, in canonical order; owners of nothing that runs are left out. */
export function ownedItems(
  items: readonly Item[],
  isObject: (item: Item) => boolean,
): ReadonlyMap<ItemId, readonly Item[]> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const inside = new Map<ItemId, Item[]>();
  for (const item of items) {
    if (item.owner === null || !(item.runs || isObject(item))) continue;
    // A service says itself that it is kept; of an object only its owner could.
    if (!item.runs && item.keep !== null && item.keepOnly !== "omitted") continue;
    const owner = byId.get(item.owner);
    if (owner === undefined || !isObject(owner) || isAbove(item, owner, byId)) continue;
    inside.set(owner.id, [...(inside.get(owner.id) ?? []), item]);
  }
  const holds = new Map<ItemId, boolean>();
  // What owns something that runs, itself or over others; nothing is above itself here, so this ends.
  const matters = (item: Item): boolean => {
    let known = holds.get(item.id);
    if (known === undefined) {
      known = item.runs || (inside.get(item.id) ?? []).some(matters);
      holds.set(item.id, known);
    }
    return known;
  };
  const owned = new Map<ItemId, readonly Item[]>();
  for (const [owner, all] of inside) {
    const left = all.filter(matters);
    if (left.length > 0) owned.set(owner, left);
  }
  return owned;
}

/** Whether `item` owns what owns it: an inventory may lead back to itself, an object of a scenario may not. */
function isAbove(item: Item, owner: Item, byId: ReadonlyMap<ItemId, Item>): boolean {
  const met = new Set<ItemId>();
  for (let at: Item | undefined = owner; at !== undefined && !met.has(at.id); ) {
    if (at.id === item.id) return true;
    met.add(at.id);
    at = at.owner === null ? undefined : byId.get(at.owner);
  }
  return false;
}
