/** Who manages what a repository describes: the manager of the root that an item hangs on, over its owners. */
import type { Format, Imported, ImportedManager, Item, ItemId } from "./contract.js";

/** Formats whose root is the configuration of the manager itself, not an object that it could remove. */
const machineFormats: ReadonlySet<Format> = new Set(["compose", "systemd", "supervisord"]);

export class Managers {
  private readonly byId: ReadonlyMap<ItemId, Item>;
  private readonly byRoot: ReadonlyMap<ItemId, ImportedManager>;

  constructor(private readonly imported: Imported) {
    this.byId = new Map(imported.items.map((item) => [item.id, item]));
    this.byRoot = new Map(
      imported.managers.flatMap((manager) => manager.roots.map((id) => [id, manager] as const)),
    );
  }

  /** The item and what owns it, from the inside out; one that owns itself ends the way. */
  ownersOf(item: Item): readonly Item[] {
    const way: Item[] = [];
    for (let at: Item | undefined = item; at !== undefined && !way.includes(at); ) {
      way.push(at);
      at = at.owner === null ? undefined : this.byId.get(at.owner);
    }
    return way;
  }

  /** Undefined: people apply it. */
  of(item: Item): ImportedManager | undefined {
    const root = this.ownersOf(item).find(({ id }) => this.byRoot.has(id));
    return root === undefined ? undefined : this.byRoot.get(root.id);
  }

  /** What stands for the whole of what a manager of a machine reads is no entry of its own: its manager's entry is. */
  isInventory({ id }: Item): boolean {
    return machineFormats.has(this.imported.format) && this.byRoot.has(id);
  }

  /** What is an object of a scenario, where it owns something that runs: managed, and no service itself. */
  isObject(item: Item): boolean {
    return item.ownership !== null && !item.runs && !this.isInventory(item) && this.of(item) !== undefined;
  }

  /** What gets a name in a scenario. */
  named(): readonly Item[] {
    return this.imported.items.filter(({ runs, ownership }) => runs || ownership !== null);
  }
}
