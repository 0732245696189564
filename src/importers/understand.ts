/** Importers as what managers of a run read with: files, damaged or not, to what they describe in names of the scenario. */
import { fingerprint } from "../base/hash.js";
import type { Issue } from "../base/issue.js";
import { canonicalJson } from "../base/json.js";
import { compareNatural } from "../base/order.js";
import { pathOf } from "../models/config/files.js";
import type { ForeignFormat, Understand, Understood, UnderstoodEntry } from "../models/config/imported.js";
import type { ImportedSpec } from "../models/config/spec.js";
import type { Name } from "../models/fleet/spec.js";
import type { Imported, Importer, Item, ItemId, Tree, TreeFile } from "./contract.js";
import { Managers } from "./manager-of.js";
import { ownedItems } from "./nesting.js";
import { runningNeeds } from "./running-needs.js";
import { scenarioNames, scenarioNamesAfter } from "./scenario-names.js";

/** Damaged sets of files whose meaning is kept. */
const damagesKept = 256;

/** A search builds its run again and again with other fleets around the same files: the last ones are kept. */
export function foreignFormat(importer: Importer): ForeignFormat {
  let last: { readonly key: string; readonly understand: Understand } | null = null;
  return {
    format: importer.format,
    understand: (configuration) => {
      const key = JSON.stringify(configuration);
      if (last?.key !== key) last = { key, understand: understandWith(importer, configuration) };
      return last.understand;
    },
  };
}

function understandWith(importer: Importer, configuration: ImportedSpec): Understand {
  const options = {
    entry: configuration.entry,
    variables: new Map(Object.entries(configuration.variables)),
    profiles: configuration.profiles,
  };
  const links = new Map(Object.entries(configuration.links));
  const read = (files: readonly TreeFile[]): Imported => importer.read(treeOf(files, links), options);
  const intact = new Map(configuration.documents.map(({ id, text }) => [id, { path: id, text }]));
  const before = new Start(read([...intact.values()]));
  const known = new Map<string, Understood>();
  return (documents) => {
    // One value a file, so that nobody parses again what did not change.
    const files = documents.map((doc): TreeFile => {
      const file = intact.get(pathOf(doc));
      return file?.text === doc.text ? file : { path: pathOf(doc), text: doc.text };
    });
    const damage = damageOf(files, intact);
    let understood = known.get(damage);
    if (understood === undefined) {
      understood = before.understood(read(files));
      if (known.size >= damagesKept) known.clear();
      known.set(damage, understood);
    }
    return understood;
  };
}

/** What differs from the files as they were, as a text. */
function damageOf(files: readonly TreeFile[], intact: ReadonlyMap<string, TreeFile>): string {
  const left = new Set(files.map(({ path }) => path));
  return JSON.stringify([
    files.flatMap((file) => (intact.get(file.path) === file ? [] : [[file.path, file.text]])),
    [...intact.keys()].filter((path) => !left.has(path)),
  ]);
}

function treeOf(files: readonly TreeFile[], links: ReadonlyMap<string, string>): Tree {
  const sorted = [...files].sort((a, b) => compareNatural(a.path, b.path));
  return { files: new Map(sorted.map((file) => [file.path, file])), unread: [], links };
}

/** The files as they were when the run began: what everything later is compared with. */
class Start {
  private readonly names: ReadonlyMap<ItemId, Name>;
  private readonly managers: Managers;
  private readonly issues: ReadonlySet<string>;

  constructor(private readonly imported: Imported) {
    this.managers = new Managers(imported);
    this.names = scenarioNames(this.managers.named());
    this.issues = new Set(imported.issues.map(issueKey));
  }

  understood(after: Imported): Understood {
    const managers = new Managers(after);
    const names = scenarioNamesAfter(this.names, managers.named());
    const byId = new Map(after.items.map((item) => [item.id, item]));
    const owned = ownedItems(after.items, (item) => managers.isObject(item));
    const entries = new Map<Name, UnderstoodEntry>();
    for (const item of managers.named()) {
      if (managers.isInventory(item)) continue;
      const refused = item.runs ? undefined : after.refused.get(item.id);
      entries.set(names.get(item.id)!, {
        manager: managers.of(item)?.name ?? null,
        spec: refused === undefined ? specOf(item, owned, byId, names) : told(refused),
      });
    }
    for (const item of this.managers.named()) {
      const error = byId.has(item.id) || this.managers.isInventory(item) ? null : this.unclear(item, after);
      if (error === null) continue;
      entries.set(names.get(item.id)!, { manager: this.managers.of(item)?.name ?? null, spec: told(error) });
    }
    const configured = new Map(after.managers.map(({ name, roots }) => [name, refusedOf(roots, after)]));
    for (const { name, at } of this.imported.managers) {
      const error = configured.has(name) ? undefined : this.newErrorIn(at.file, after);
      if (error !== undefined) configured.set(name, told(error));
    }
    return { entries, managers: configured };
  }

  /** What keeps people from knowing whether an item that is no longer described is gone; null: it is. */
  private unclear(item: Item, after: Imported): Issue | null {
    const [, ...owners] = this.managers.ownersOf(item);
    for (const { id } of owners) {
      const refused = after.refused.get(id);
      if (refused !== undefined) return refused;
    }
    return this.newErrorIn(item.at.file, after) ?? null;
  }

  private newErrorIn(file: string, { issues }: Imported): Issue | undefined {
    return issues.find(
      (issue) => issue.severity === "error" && issue.file === file && !this.issues.has(issueKey(issue)),
    );
  }
}

const issueKey = ({ code, file, message }: Issue): string => `${code} ${file} ${message}`;

/** Managers tell the message alone. */
const told = (issue: Issue): Issue =>
  issue.file === undefined
    ? issue
    : { ...issue, message: `${issue.file}:${issue.line ?? 1}: ${issue.message}` };

function refusedOf(roots: readonly ItemId[], { refused }: Imported): Issue | null {
  const issue = roots.map((id) => refused.get(id)).find((found) => found !== undefined);
  return issue === undefined ? null : told(issue);
}

function specOf(
  item: Item,
  inside: ReadonlyMap<ItemId, readonly Item[]>,
  byId: ReadonlyMap<ItemId, Item>,
  names: ReadonlyMap<ItemId, Name>,
): Exclude<UnderstoodEntry["spec"], Issue> {
  const needs = item.runs
    ? runningNeeds(item, byId)
        .needs.filter(({ kind, certain }) => certain && kind !== "soft")
        .map(({ on }) => names.get(on)!)
    : [];
  const owned = item.runs ? null : (inside.get(item.id) ?? []).map(({ id }) => names.get(id)!);
  const spec = {
    name: names.get(item.id)!,
    needs: [...new Set(needs)],
    regions: null,
    replicas: item.replicas,
    protect: item.keep !== null,
    ...(owned === null ? {} : { owns: owned }),
  };
  return { ...spec, revision: fingerprint(canonicalJson(spec)) };
}
