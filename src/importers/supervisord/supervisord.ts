/**
 * supervisord: `supervisord.conf` and what it includes. Its rules were observed on 4.2.5: what is no longer described is
 * stopped by `update`, one wrong value refuses everything, a command that was cut off is a command.
 */
import { compareNatural } from "../../base/order.js";
import type {
  Imported,
  ImportedManager,
  Importer,
  ImportOptions,
  Item,
  ItemId,
  Tree,
  TreeFile,
} from "../contract.js";
import { Findings, reasonUnread, tellUnread } from "../issues.js";
import { baseName } from "../paths.js";
import { managerName, supervised } from "./programs.js";
import { type Configuration, readConfiguration } from "./read-configuration.js";
import { readIni } from "./read-ini.js";

const looksLikeOurs = (path: string): boolean =>
  /\.(conf|ini)$/.test(path) || baseName(path) === "supervisord";

export const supervisord: Importer = {
  format: "supervisord",
  about: "supervisord.conf with a [supervisord] section, and what it includes",
  read,
};

function read(tree: Tree, options: ImportOptions): Imported {
  const found = new Findings();
  tellUnread(tree, found, looksLikeOurs);
  const mains = mainFiles(tree, options, found);
  const items: Item[] = [];
  const managers: ImportedManager[] = [];
  const refused = new Map<ItemId, NonNullable<ReturnType<typeof supervised>["refused"]>>();
  const reads = new Set<string>();
  for (const main of mains) {
    const configuration = readConfiguration(main, tree, found);
    for (const path of configuration.reads) reads.add(path);
    tellMissing(configuration, found);
    const result = supervised(configuration, found);
    for (const item of result.items) items.push(item);
    if (result.refused !== null) refused.set(result.root, result.refused);
    managers.push({
      name: managerName(main.path, mains.length > 1),
      preset: "supervisord/update",
      service: null,
      reads: [],
      roots: [result.root],
      at: configuration.sections.get("supervisord")?.at ?? { file: main.path, line: 1, column: 1 },
    });
  }
  return {
    format: "supervisord",
    items: items.sort((a, b) => compareNatural(a.id, b.id)),
    managers,
    refused,
    reads: [...reads].sort(compareNatural),
    issues: found.all(),
  };
}

/** Files to start from; otherwise those with [supervisord]; otherwise, of a folder of parts only, each part. */
function mainFiles(tree: Tree, { entry }: ImportOptions, found: Findings): readonly TreeFile[] {
  if (entry.length > 0) {
    return entry.flatMap((path) => {
      const file = tree.files.get(path);
      if (file !== undefined) return [file];
      found.add({ file: path, line: 1, column: 1 }, { code: "unread", message: reasonUnread(tree, path) });
      return [];
    });
  }
  const candidates = [...tree.files.values()].filter(({ path }) => looksLikeOurs(path));
  const has = (file: TreeFile, what: RegExp): boolean =>
    what.test(file.text) && readIni(file).sections.some(({ name }) => what.test(`[${name}]`));
  const mains = candidates.filter((file) => has(file, /^[ \t]*\[supervisord\]/m));
  return mains.length > 0
    ? mains
    : candidates.filter((file) => has(file, /^[ \t]*\[(fcgi-)?program:[^\]\n]+\]/m));
}

function tellMissing({ main, sections }: Configuration, found: Findings): void {
  const daemon = sections.get("supervisord");
  if (daemon === undefined) {
    found.warn(
      { file: main.path, line: 1, column: 1 },
      {
        code: "no-supervisord",
        message: "there is no [supervisord] section: taken for a part that a main file includes",
      },
    );
    return;
  }
  const server = sections.has("unix_http_server") || sections.has("inet_http_server");
  if (server && sections.has("rpcinterface:supervisor")) return;
  found.warn(daemon.at, {
    code: "no-control",
    message: `there is no ${server ? "[rpcinterface:supervisor]" : "[unix_http_server]"}: supervisorctl cannot reach it`,
  });
}
