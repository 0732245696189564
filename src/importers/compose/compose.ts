/**
 * Docker Compose: the projects of a tree, each from its files merged as compose does.
 * https://docs.docker.com/reference/compose-file/
 */
import type { Issue } from "../../base/issue.js";
import { compareNatural } from "../../base/order.js";
import type {
  Imported,
  ImportedManager,
  Importer,
  ImportOptions,
  Item,
  ItemId,
  Place,
  Tree,
} from "../contract.js";
import { Findings, tellUnread } from "../issues.js";
import { baseName, folderOf, pathFrom } from "../paths.js";
import { textOf } from "../placed-value.js";
import type { Lookup } from "./interpolate.js";
import type { Loading } from "./load-file.js";
import { loadProject, withEnvFiles } from "./load-project.js";
import { projectItems } from "./project-items.js";

/** In the order in which compose looks for them; the first that is there counts. */
const standardNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const overrideOf = (name: string): readonly string[] => {
  const stem = name.replace(/\.ya?ml$/, "");
  return [`${stem}.override.yml`, `${stem}.override.yaml`];
};

export const compose: Importer = {
  format: "compose",
  about: `${standardNames.join(", ")}, or a file that is named`,
  read,
};

function read(tree: Tree, options: ImportOptions): Imported {
  const found = new Findings();
  tellUnread(tree, found, (path) => /(^|\/)(docker-)?compose[^/]*\.ya?ml$/.test(path));
  const reads = new Set<string>();
  const items: Item[] = [];
  const managers: ImportedManager[] = [];
  const refused = new Map<ItemId, Issue>();
  for (const { folder, files } of projects(tree, options)) {
    let problem: Issue | null = null;
    const loading: Loading = {
      tree,
      found,
      reads,
      refuse: (at, code, message, more = {}) => {
        const issue = found.add(at, { code, message, ...more });
        problem ??= issue;
      },
    };
    const project = importProject(loading, folder, files, options);
    for (const item of project.items) items.push(item);
    if (problem !== null) refused.set(project.root, problem);
    managers.push({ ...project.manager, name: freeName(project.manager.name, managers) });
  }
  return {
    format: "compose",
    items: items.sort((a, b) => compareNatural(a.id, b.id)),
    managers,
    refused,
    reads: [...reads].sort(compareNatural),
    issues: found.all(),
  };
}

interface Project {
  /** Relative paths of its files start here, and its `.env` lies here. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** Named files are one project; otherwise the root is one, otherwise every folder with a file of a standard name. */
function projects(tree: Tree, { entry }: ImportOptions): readonly Project[] {
  if (entry.length > 0) return [{ folder: folderOf(entry[0]!), files: entry }];
  const folders = new Map<string, string[]>();
  for (const path of tree.files.keys()) {
    const folder = folderOf(path);
    const names = folders.get(folder);
    if (names === undefined) folders.set(folder, [baseName(path)]);
    else names.push(baseName(path));
  }
  const all = [...folders].flatMap(([folder, names]): Project[] => {
    const path = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
    const main = standardNames.find((name) => names.includes(name));
    if (main === undefined) return [];
    const over = overrideOf(main).find((name) => names.includes(name));
    return [{ folder, files: [path(main), ...(over === undefined ? [] : [path(over)])] }];
  });
  const root = all.find(({ folder }) => folder === "");
  return root !== undefined ? [root] : all.sort((a, b) => compareNatural(a.folder, b.folder));
}

interface ImportedProject {
  readonly items: readonly Item[];
  readonly root: ItemId;
  readonly manager: ImportedManager;
}

function importProject(
  loading: Loading,
  folder: string,
  standard: readonly string[],
  { entry, variables, profiles }: ImportOptions,
): ImportedProject {
  const given: Lookup = (name) => variables.get(name);
  const lookup = withEnvFiles(loading, given, [`${folder === "" ? "" : `${folder}/`}.env`], null);
  const separator = lookup("COMPOSE_PATH_SEPARATOR") ?? ":";
  const listed = (lookup("COMPOSE_FILE") ?? "").split(separator).filter((path) => path !== "");
  const files =
    entry.length > 0 || listed.length === 0 ? standard : listed.map((path) => pathFrom(folder, path));
  const model = loadProject(loading, files, folder, lookup);
  const at: Place = model.name?.at ?? { file: files[0]!, line: 1, column: 1 };
  const name = projectName(lookup("COMPOSE_PROJECT_NAME") || textOf(model.name?.value) || baseName(folder));
  const removes = /^(1|true)$/i.test(lookup("COMPOSE_REMOVE_ORPHANS") ?? "");
  const prefix = folder === "" ? "" : `${folder}/`;
  const because = removes
    ? [{ text: "COMPOSE_REMOVE_ORPHANS", at: { file: `${prefix}.env`, line: 1, column: 1 } }]
    : [];
  const items = projectItems(
    model,
    {
      name,
      prefix,
      profiles: new Set(
        [...profiles, ...(lookup("COMPOSE_PROFILES") ?? "").split(",")].filter((item) => item !== ""),
      ),
      // `up` keeps orphans and says so; `down` takes the whole project; a file in error changes nothing.
      ownership: { omitted: removes ? "delete" : "keep", deleted: "delete", refused: "keep", because },
      at,
    },
    loading,
  );
  const root = items[0]!.id;
  const preset = removes ? "compose/up-remove-orphans" : "compose/up";
  return { items, root, manager: { name, preset, service: null, reads: [], roots: [root], at } };
}

/** As compose makes a name of a folder. */
function projectName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "")
    .replace(/^[_-]+/, "");
  return name === "" ? "compose" : name;
}

function freeName(name: string, managers: readonly ImportedManager[]): string {
  const taken = new Set(managers.map((manager) => manager.name));
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}-${n}`;
  return free;
}
