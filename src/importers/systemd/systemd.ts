/**
 * systemd: unit files with drop-ins, templates, aliases, masks and links of enablement. Services run; everything else (a
 * target, a socket, a task that ends) matters by what stands behind it.
 */
import { compareNatural } from "../../base/order.js";
import type { Imported, ImportedNeed, Importer, ImportOptions, Item, Place, Tree } from "../contract.js";
import { Findings, reasonUnread, tellUnread } from "../issues.js";
import { baseName, folderOf } from "../paths.js";
import { checkUnit, isOneshot } from "./check-unit.js";
import { dependencies, last, type Unit, Units } from "./load-units.js";
import { started } from "./started.js";
import { type UnitFiles, unitFiles } from "./unit-files.js";
import { unitName } from "./unit-names.js";
import { byDefault, type Edge, NeedReader } from "./unit-needs.js";

export const systemd: Importer = {
  format: "systemd",
  about: "unit files such as nginx.service, alone or in folders such as /etc/systemd/system",
  read,
};

const root = "systemd";

function read(whole: Tree, options: ImportOptions): Imported {
  const found = new Findings();
  const tree = chosen(whole, options, found);
  // A link that leads out of the tree is told where its unit is needed.
  tellUnread(
    tree,
    found,
    (path) => unitName(baseName(path)) !== undefined && !(tree.links?.has(path) ?? false),
  );
  const files = unitFiles(tree);
  tellLinks(files, found);
  const units = new Units(files, found);
  const edges = allEdges(units, files, found);
  const names = [...units.loaded.keys()].sort(compareNatural);
  const loaded = names.map((name) => units.loaded.get(name)!);
  const good = new Set(loaded.filter((unit) => checkUnit(unit, found)).map(({ name }) => name));
  tellEnabled(files, loaded, found);
  const running = started(loaded, edges, units);
  const idle = loaded.filter(({ name, type }) => type === "service" && good.has(name) && !running.has(name));
  if (idle.length > 0)
    found.warn(idle[0]!.at, {
      code: "not-started",
      message: `${idle.length} services are started by nothing and left out, the first is ${idle[0]!.name}`,
    });
  const from = new Map<string, Edge[]>(loaded.map(({ name }) => [name, []]));
  for (const edge of edges) if (edge.from !== edge.to) from.get(edge.from)?.push(edge);
  const items = loaded.map((unit) => {
    const runs = good.has(unit.name) && running.has(unit.name);
    return itemOf(unit, from.get(unit.name)!, runs);
  });
  tellConflicts(loaded, items, units, found);
  const at: Place = loaded[0]?.at ?? { file: [...tree.files.keys()][0] ?? "", line: 1, column: 1 };
  return {
    format: "systemd",
    items: loaded.length === 0 ? [] : [manager(at), ...items].sort((a, b) => compareNatural(a.id, b.id)),
    managers:
      loaded.length === 0
        ? []
        : [{ name: root, preset: "systemd/start", service: null, reads: [], roots: [root], at }],
    refused: new Map(),
    reads: [...units.reads].sort(compareNatural),
    issues: found.all(),
  };
}

/** Named files alone, with what lies in the folders that belong to them. */
function chosen(tree: Tree, { entry }: ImportOptions, found: Findings): Tree {
  if (entry.length === 0) return tree;
  for (const path of entry) {
    if (!tree.files.has(path))
      found.add({ file: path, line: 1, column: 1 }, { code: "unread", message: reasonUnread(tree, path) });
  }
  const belongs = (path: string): boolean =>
    entry.some((one) => path === one || folderOf(path) === `${one}.d`);
  return {
    files: new Map([...tree.files].filter(([path]) => belongs(path))),
    unread: tree.unread.filter(({ path }) => belongs(path)),
    links: new Map([...(tree.links ?? [])].filter(([path]) => belongs(path))),
  };
}

/** Loading an instance can name further ones, so reading goes on until nothing is new. */
function allEdges(units: Units, files: UnitFiles, found: Findings): readonly Edge[] {
  const reader = new NeedReader(units, files, found);
  const edges: Edge[] = [...reader.folderEdges()];
  for (const { to } of edges) units.load(to);
  const done = new Set<string>();
  for (const unit of units.loaded.values()) {
    if (done.has(unit.name) || done.size >= unitsMax) continue;
    done.add(unit.name);
    const own = reader.edges(unit);
    for (const { to } of own) units.load(to);
    for (const edge of own) edges.push(edge);
  }
  return edges;
}

/** A template whose instances name further instances has no end. */
const unitsMax = 20_000;

function itemOf(unit: Unit, edges: readonly Edge[], runs: boolean): Item {
  const needs = edges.map(
    ({ to, kind, certain, evidence, at }): ImportedNeed => ({ on: to, kind, certain, evidence, at }),
  );
  const serves = unit.type === "service" && !isOneshot(unit);
  const known = needs.some(({ certain, evidence }) => certain && evidence !== byDefault);
  return {
    ...blank(unit.name, "unit", unit.at),
    runs: serves && runs,
    owner: root,
    needs,
    needsKnown: known,
  };
}

/** A unit whose file is gone goes on running; `systemctl isolate` is another preset. */
const manager = (at: Place): Item => ({
  ...blank(root, "systemd", at),
  ownership: { omitted: "keep", deleted: "keep", refused: "keep", because: [] },
});

const blank = (id: string, kind: string, at: Place): Item => ({
  id,
  kind,
  title: id,
  runs: false,
  contains: [],
  data: false,
  at,
  owner: null,
  ownership: null,
  keep: null,
  needs: [],
  needsKnown: true,
  replicas: 1,
});

function tellLinks({ textLinks, elsewhere }: UnitFiles, found: Findings): void {
  if (textLinks.length > 0)
    found.warn(
      { file: textLinks[0]!, line: 1, column: 1 },
      {
        code: "text-link",
        message: `${textLinks.length} files hold nothing but a path: taken for links, as Git writes them where there are none`,
      },
    );
  for (const [name, path] of elsewhere)
    found.warn(
      { file: path, line: 1, column: 1 },
      { code: "elsewhere", message: `${name} is a link to a file that is not here` },
    );
}

function tellEnabled({ enablement }: UnitFiles, loaded: readonly Unit[], found: Findings): void {
  const install = loaded.flatMap(({ settings }) => settings).find(({ section }) => section === "Install");
  if (enablement || install === undefined) return;
  found.warn(install.at, {
    code: "enabled",
    message: "no link says what is enabled: every [Install] section is taken to be",
    hint: "point at a folder that holds /etc/systemd/system as well",
  });
}

/** Starting the one stops the other. */
function tellConflicts(loaded: readonly Unit[], items: readonly Item[], units: Units, found: Findings): void {
  const runs = new Set(items.filter((item) => item.runs).map(({ id }) => id));
  for (const unit of loaded) {
    if (!runs.has(unit.name) || last(unit, "Unit", "Conflicts") === undefined) continue;
    for (const { name, at } of dependencies(unit, "Conflicts", found)) {
      const other = units.meant(name);
      if (runs.has(other) && other !== unit.name)
        found.warn(at, { code: "conflict", message: `starting ${unit.name} stops ${other} (Conflicts=)` });
    }
  }
}
