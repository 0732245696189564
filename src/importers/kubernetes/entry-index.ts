/** Entries: drafts with an owner, and all of them by the names under which others may mean them. */
import type { ImportedNeed, ItemId, Ownership } from "../contract.js";
import type { Draft, Reference } from "./draft.js";
import { selectsLabels } from "./selector.js";
import type { Mapping } from "./values.js";

export interface Entry {
  readonly draft: Draft;
  /** Empty: the cluster of the manager. Others are part of the ids. */
  readonly cluster: string;
  readonly owner: ItemId | null;
  readonly ownership: Ownership | null;
  /** What the format says beyond the object: ids that may not be there are left out. */
  readonly needs: readonly ImportedNeed[];
  /** Whom the files behind it name: the values of a chart. */
  readonly names?: readonly Reference[];
}

/** The id of a draft in a cluster. */
export const idIn = (id: string, cluster: string): ItemId => (cluster === "" ? id : `${id}@${cluster}`);

/** Everything by the names under which others may mean it. */
export class EntryIndex {
  readonly byId = new Map<ItemId, Entry>();
  /** Names from before kustomize changed them, and what operators make. */
  private readonly aliases = new Map<ItemId, ItemId>();
  private readonly pods = new Map<string, [ItemId, Mapping][]>();
  private readonly releases = new Map<string, { name: string; id: ItemId }[]>();

  /** The entry that is there already under the same id; null: there was none. */
  add(entry: Entry): Entry | null {
    const { draft, cluster } = entry;
    const id = idIn(draft.id, cluster);
    const before = this.byId.get(id);
    if (before !== undefined) return before;
    this.byId.set(id, entry);
    for (const alias of draft.aliases) this.aliases.set(idIn(alias, cluster), id);
    for (const made of draft.makes) this.aliases.set(idIn(made, cluster), id);
    if (draft.podLabels !== null) push(this.pods, scope(draft.namespace, cluster), [id, draft.podLabels]);
    if (draft.release !== null) {
      push(this.releases, scope(draft.release.namespace, cluster), { name: draft.release.name, id });
    }
    return null;
  }

  find(id: ItemId): ItemId | null {
    return this.byId.has(id) ? id : (this.aliases.get(id) ?? null);
  }

  /** Those whose pods have such labels; in all namespaces for null. */
  selected(selector: Mapping, namespace: string | null, cluster: string, anywhere: boolean): ItemId[] {
    const groups = anywhere ? [...this.pods.values()] : [this.pods.get(scope(namespace, cluster)) ?? []];
    return groups.flatMap((group) =>
      group.filter(([, labels]) => selectsLabels(selector, labels)).map(([id]) => id),
    );
  }

  /** The release that probably makes a Service of that name. */
  releaseOf(name: string, namespace: string | null, cluster: string): ItemId | null {
    let best: { name: string; id: ItemId } | null = null;
    for (const release of this.releases.get(scope(namespace, cluster)) ?? []) {
      if (name !== release.name && !name.startsWith(`${release.name}-`)) continue;
      if (best === null || release.name.length > best.name.length) best = release;
    }
    return best?.id ?? null;
  }
}

export const scope = (namespace: string | null, cluster: string): string => `${namespace ?? ""}@${cluster}`;

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
