/** Trees for tests of importers: written in the test, or read from the real repositories beside the project. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Imported, ImportOptions, Item, ItemId, Tree, TreeFile } from "../../src/importers/contract.js";

export const treeOf = (files: Readonly<Record<string, string>>): Tree => ({
  files: new Map(
    Object.keys(files)
      .sort()
      .map((path) => [path, { path, text: files[path]! }]),
  ),
  unread: [],
});

/** The same tree with one file replaced, as somebody who edits that file makes it. */
export function withFile(tree: Tree, path: string, text: string): Tree {
  const files = new Map(tree.files);
  files.set(path, { path, text });
  return { files, unread: tree.unread };
}

/** The same files as new values: nothing that is kept for the old ones is known of them. */
export const afresh = (tree: Tree): Tree => ({
  files: new Map([...tree.files].map(([path, { text }]) => [path, { path, text }])),
  unread: tree.unread,
});

export const options = (entry: readonly string[] = []): ImportOptions => ({
  entry,
  variables: new Map(),
  profiles: [],
});

export const item = (imported: Imported, id: ItemId): Item => {
  const found = imported.items.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no ${id} in ${imported.items.map(({ id }) => id).join(", ")}`);
  return found;
};

export const ids = (imported: Imported): ItemId[] => imported.items.map(({ id }) => id);
/** `kind on`, with a question mark where it is not certain. */
export const needs = (imported: Imported, id: ItemId): string[] =>
  item(imported, id).needs.map(({ kind, on, certain }) => `${kind}${certain ? "" : "?"} ${on}`);

const corpus = new URL("../../../shared/corpus/", import.meta.url).pathname;
export const hasCorpus = existsSync(corpus);

/** Real repositories of a format: `owner__name`. */
export const repositories = (format: string): string[] =>
  hasCorpus
    ? readdirSync(join(corpus, format))
        .filter((name) => !name.startsWith("_"))
        .sort()
    : [];

const read = new Map<string, Tree>();

export function corpusTree(format: string, name: string): Tree {
  const root = realpathSync(join(corpus, format, name));
  let tree = read.get(root);
  if (tree === undefined) {
    const found: [string, TreeFile][] = [];
    const visit = (directory: string, prefix: string): void => {
      for (const entry of readdirSync(directory, { withFileTypes: true })) {
        if (entry.name === ".git") continue;
        const path = `${prefix}${entry.name}`;
        const real = realpathSync(join(directory, entry.name));
        if (!real.startsWith(root)) continue;
        if (entry.isDirectory()) visit(join(directory, entry.name), `${path}/`);
        else found.push([path, { path, text: readFileSync(real, "utf8") }]);
      }
    };
    visit(root, "");
    tree = { files: new Map(found.sort(([a], [b]) => (a < b ? -1 : 1))), unread: [] };
    read.set(root, tree);
  }
  return tree;
}

export const golden = (name: string): unknown =>
  JSON.parse(readFileSync(join(corpus, "flux", "_golden", name), "utf8"));

/** Small wrong edits of a text, the same for the same number: a line less, the end less, an indentation more. */
export function mutated(text: string, number: number): string {
  const random = ((Math.imul(number + 1, 2654435761) >>> 0) ^ ((number * 40503) >>> 0)) >>> 0;
  const lines = text.split("\n");
  const at = random % lines.length;
  switch ((random >>> 16) % 5) {
    case 0:
      return [...lines.slice(0, at), `  ${lines[at]}`, ...lines.slice(at + 1)].join("\n");
    case 1:
      return text.slice(0, random % (text.length + 1));
    case 2:
      return [...lines.slice(0, at), lines[at]!.replace(/: .*/, ":"), ...lines.slice(at + 1)].join("\n");
    default:
      return [...lines.slice(0, at), ...lines.slice(at + 1)].join("\n");
  }
}
