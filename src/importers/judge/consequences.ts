/**
 * What a change of files does to what runs: which items go, through whose rule, and who goes down with them. A pure
 * function of what the files described before and after; it knows no format, only items, owners and their rules.
 */
import type { Imported, Item, ItemId, Ownership, Setting } from "../contract.js";

export type Fate = "deleted" | "stopped" | "down";

/** The rule that took an item. `omitted`, `owner`: an owner's; `container`: what it lives in went; `need`: what it needs. */
export type Rule = "omitted" | "refused" | "owner" | "container" | "need";

export interface Consequence {
  readonly item: ItemId;
  readonly fate: Fate;
  readonly rule: Rule;
  /** Whose rule: the owner, the container, or the item that it needs. */
  readonly through: ItemId;
  /** In words, with the names of both. */
  readonly text: string;
  /** Settings and evidence that make it so, with their places. */
  readonly because: readonly Setting[];
}

export interface Outcome {
  /** In the order in which one leads to the other; each item once. */
  readonly consequences: readonly Consequence[];
  /** Managers whose own service goes. */
  readonly managersGone: readonly string[];
  /** Managers that can no longer read their configuration. */
  readonly managersBlind: readonly string[];
  /** Items that are no longer described and stay: nobody prunes them, or a setting keeps them. */
  readonly orphaned: readonly { readonly item: ItemId; readonly kept: Setting | null }[];
  /** Owners whose content cannot be understood; they leave everything as it is unless `consequences` say otherwise. */
  readonly refused: readonly ItemId[];
}

/** The outcome by the rules that it begins with: each with what follows from it alone. */
export function byFirstCause({ consequences }: Outcome): ReadonlyMap<string, FirstCause> {
  const parts = new Map<string, FirstCause & { consequences: Consequence[] }>();
  const partOf = new Map<ItemId, string>();
  for (const consequence of consequences) {
    const { item, rule, through } = consequence;
    // What leads to something is told before it; an owner that only goes later acted while it was there.
    const key = partOf.get(through) ?? `${rule} ${through}`;
    partOf.set(item, key);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { rule, owner: through, consequences: [consequence] });
    else part.consequences.push(consequence);
  }
  return parts;
}

export interface FirstCause {
  readonly rule: Rule;
  readonly owner: ItemId;
  /** The first ones are the rule's own. */
  readonly consequences: readonly Consequence[];
}

/** What the judge asks of the files as they were, worked out once for many changes of them. */
export interface Standing {
  readonly imported: Imported;
  readonly byId: ReadonlyMap<ItemId, Item>;
  readonly ownedBy: ReadonlyMap<ItemId, readonly Item[]>;
  /** By what is needed: those that cannot do without it. */
  readonly neededBy: ReadonlyMap<ItemId, readonly { readonly item: Item; readonly because: Setting }[]>;
}

export function standingOf(imported: Imported): Standing {
  const ownedBy = new Map<ItemId, Item[]>();
  const neededBy = new Map<ItemId, { item: Item; because: Setting }[]>();
  for (const item of imported.items) {
    if (item.owner !== null) push(ownedBy, item.owner, item);
    for (const need of item.needs) {
      if (need.kind === "hard")
        push(neededBy, need.on, { item, because: { text: need.evidence, at: need.at } });
    }
  }
  return { imported, byId: byIdOf(imported), ownedBy, neededBy };
}

const byIdOf = ({ items }: Imported): ReadonlyMap<ItemId, Item> =>
  new Map(items.map((item) => [item.id, item]));

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The setting that keeps an item in this case; null: none does. */
const keptFrom = ({ keep, keepOnly }: Item, what: "omitted" | "deleted"): Setting | null =>
  keepOnly === undefined || keepOnly === what ? keep : null;

export function consequencesOf(standing: Standing, after: Imported): Outcome {
  return new Reckoning(standing, after).outcome();
}

/** Managers whose own service is taken away, and those that can no longer read, or do not run for want of something. */
export function managersHit(
  { imported: { managers } }: Standing,
  consequences: Iterable<Consequence>,
): Pick<Outcome, "managersGone" | "managersBlind"> {
  const fates = new Map<ItemId, Fate>();
  for (const { item, fate } of consequences) fates.set(item, fate);
  const fateOf = ({ service }: (typeof managers)[number]): Fate | undefined =>
    service === null ? undefined : fates.get(service);
  const isGone = (manager: (typeof managers)[number]): boolean =>
    fateOf(manager) === "deleted" || fateOf(manager) === "stopped";
  return {
    managersGone: managers.filter(isGone).map(({ name }) => name),
    managersBlind: managers
      .filter(
        (manager) =>
          !isGone(manager) && (fateOf(manager) === "down" || manager.reads.some((id) => fates.has(id))),
      )
      .map(({ name }) => name),
  };
}

class Reckoning {
  private readonly after: ReadonlyMap<ItemId, Item>;
  private readonly found = new Map<ItemId, Consequence>();
  private readonly kept = new Map<ItemId, Setting | null>();
  /** Owners whose own fate is being decided: one that owns itself, over whatever detour, is met again. */
  private readonly deciding = new Set<ItemId>();

  constructor(
    private readonly before: Standing,
    private readonly imported: Imported,
  ) {
    this.after = byIdOf(imported);
  }

  outcome(): Outcome {
    for (const item of this.before.imported.items) if (!this.after.has(item.id)) this.decide(item);
    for (const id of this.imported.refused.keys()) this.refuse(id);
    // A map is walked in the order of adding, what is added on the way included.
    for (const { item, fate } of this.found.values()) this.follow(item, fate);
    return {
      consequences: [...this.found.values()],
      ...managersHit(this.before, this.found.values()),
      orphaned: [...this.kept].map(([item, setting]) => ({ item, kept: setting })),
      refused: [...this.imported.refused.keys()],
    };
  }

  /** An item that is no longer described: does whoever owned it take it away? True: it goes. */
  private decide(item: Item): boolean {
    if (this.found.has(item.id)) return true;
    if (this.kept.has(item.id) || item.owner === null) return this.stays(item, null);
    const owner = this.after.get(item.owner);
    if (owner === undefined) return this.decideWithoutOwner(item, item.owner);
    // As the owner is set now: who turns pruning off and drops a line at once loses nothing.
    const ownership = owner.ownership ?? this.before.byId.get(owner.id)?.ownership ?? null;
    if (this.imported.refused.has(owner.id)) {
      return ownership?.refused === "without-the-broken"
        ? this.takes(item, owner.id, "refused", ownership)
        : this.stays(item, null);
    }
    if (ownership === null || ownership.omitted === "keep") return this.stays(item, null);
    const kept = keptFrom(item, "omitted");
    return kept === null ? this.takes(item, owner.id, "omitted", ownership) : this.stays(item, kept);
  }

  /** The owner is not described any more either: its own fate comes first, and takes what it owns along or not. */
  private decideWithoutOwner(item: Item, ownerId: ItemId): boolean {
    const owner = this.before.byId.get(ownerId);
    if (owner === undefined) return this.stays(item, null);
    const { ownership } = owner;
    if (this.deciding.has(item.id)) return false;
    this.deciding.add(item.id);
    const around = this.deciding.has(ownerId);
    const goes = around || this.decide(owner);
    this.deciding.delete(item.id);
    if (this.found.has(item.id)) return true;
    if (!goes || ownership === null) return this.stays(item, null);
    // It owns what owns it: alive when the files change, it is the first to see that something is missing.
    if (around && ownership.omitted === "delete" && keptFrom(item, "omitted") === null)
      return this.takes(item, ownerId, "omitted", ownership);
    if (around || ownership.deleted === "keep") return this.stays(item, null);
    const kept = keptFrom(item, "deleted");
    return kept === null ? this.takes(item, ownerId, "owner", ownership) : this.stays(item, kept);
  }

  private takes(item: Item, through: ItemId, rule: "omitted" | "refused" | "owner", by: Ownership): boolean {
    const owner = this.titleOf(through);
    const texts = {
      omitted: `${owner} deletes ${item.title}, which it no longer finds`,
      refused: `${owner} cannot understand what it reads, and deletes ${item.title} with the rest`,
      owner: `${owner} is deleted, and deletes ${item.title} with what it owns`,
    };
    this.add({ item: item.id, fate: "deleted", rule, through, text: texts[rule], because: by.because });
    return true;
  }

  private stays(item: Item, because: Setting | null): false {
    this.kept.set(item.id, because);
    return false;
  }

  /** An owner that cannot understand what it reads; the worst of them stop all that they own. */
  private refuse(id: ItemId): void {
    const owner = this.before.byId.get(id);
    if (owner?.ownership?.refused !== "stop-all") return;
    for (const item of this.before.ownedBy.get(id) ?? []) {
      const text = `${owner.title} cannot understand what it reads, and ends ${item.title} with itself`;
      const { because } = owner.ownership;
      this.add({ item: item.id, fate: "stopped", rule: "refused", through: id, text, because });
    }
  }

  /** What an item that goes takes along. */
  private follow(id: ItemId, fate: Fate): void {
    const item = this.before.byId.get(id);
    if (item === undefined) return;
    if (fate !== "down") {
      for (const inside of item.contains) this.followInside(item, inside);
      if (fate === "deleted" && item.ownership?.deleted === "delete") {
        for (const owned of this.before.ownedBy.get(id) ?? []) {
          if (keptFrom(owned, "deleted") === null) this.takes(owned, id, "owner", item.ownership);
        }
      }
    }
    if (!item.runs) return;
    for (const { item: dependant, because } of this.before.neededBy.get(id) ?? []) {
      if (!dependant.runs) continue;
      const text = `${dependant.title} needs ${item.title}`;
      const need = { rule: "need", through: id, text, because: [because] } as const;
      this.add({ item: dependant.id, fate: "down", ...need });
    }
  }

  private followInside(container: Item, inside: ItemId): void {
    const item = this.before.byId.get(inside);
    if (item === undefined) return;
    const text = `${item.title} goes with ${container.title}, which it lives in`;
    const because = [{ text: `${container.kind} ${container.title}`, at: container.at }];
    this.add({ item: inside, fate: "deleted", rule: "container", through: container.id, text, because });
  }

  private add(consequence: Consequence): void {
    if (!this.found.has(consequence.item)) this.found.set(consequence.item, consequence);
    this.kept.delete(consequence.item);
  }

  private titleOf(id: ItemId): string {
    return (this.after.get(id) ?? this.before.byId.get(id))?.title ?? id;
  }
}
