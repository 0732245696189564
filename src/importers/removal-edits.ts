/** The edits that take items out of files, where each is one entry of a file. The importer judges what is left. */
import type { Json } from "../base/json.js";
import type { Imported, Importer, ImportOptions, Item, Tree } from "./contract.js";
import { withoutEntry } from "./judge/single-edits.js";
import { applyEdit } from "./judge/tree-edit.js";

/** In the shape of `changes[].edits`; null: without these entries the files would describe something else, or nothing. */
export function removalEdits(
  importer: Importer,
  tree: Tree,
  options: ImportOptions,
  items: readonly Item[],
): readonly Json[] | null {
  const before = importer.read(tree, options);
  const edits: Json[] = [];
  let left = tree;
  // From the end of a file to its start, so that the places of the others stay what they are.
  for (const { at } of [...items].sort((a, b) => b.at.line - a.at.line)) {
    const text = left.files.get(at.file)?.text;
    if (text === undefined) return null;
    const entry = withoutEntry(text, at.line);
    if (entry.gone === "" || text.replace(entry.gone, () => "") !== entry.left) return null;
    edits.push({ text: `files/${at.file}`, replace: entry.gone, with: "" });
    left = applyEdit(left, { changes: [{ path: at.file, text: entry.left }] });
  }
  return isWithout(before, importer.read(left, options), items) ? edits : null;
}

function isWithout(before: Imported, after: Imported, items: readonly Item[]): boolean {
  const gone = new Set(items.map(({ id }) => id));
  const left = before.items.filter(({ id }) => !gone.has(id)).map(({ id }) => id);
  const there = after.items.map(({ id }) => id);
  return after.refused.size === before.refused.size && left.join("\n") === there.join("\n");
}
