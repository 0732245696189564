/** Changes of a tree of files, each a value that says what was done and where, so that it can be told and repeated. */
import { compareNatural } from "../../base/order.js";
import type { Place, Tree, TreeFile } from "../contract.js";

/** `text` null: the file is gone. */
export interface FileChange {
  readonly path: string;
  readonly text: string | null;
}

export interface TreeEdit {
  /** Its place among all single edits of a tree: by file, then in the order in which they are made. */
  readonly order: number;
  /** Which way of going wrong. */
  readonly op: EditOp;
  readonly at: Place;
  /** What is there now, for people: the line that goes, or the file. */
  readonly subject: string;
  readonly changes: readonly FileChange[];
}

export const editOps = {
  "drop-line": "a line is missing",
  "drop-entry": "an entry of a list or a mapping is missing, with all that is below it",
  "remove-file": "a file is missing",
  "rename-file": "a file has another name",
  "remove-directory": "a directory is missing with all files in it",
  retire: "a file or a directory is missing, and so are the lines beside it that list it",
  "empty-file": "a file is empty",
  truncate: "a file ends at the boundary of an entry",
  indent: "a line is indented by one space too many",
  "flip-switch": "a switch is the other way round",
  misspell: "a name or a path is spelled otherwise",
} as const;
export type EditOp = keyof typeof editOps;

/** The tree with the changes made; files that did not change are the same values, so that nobody parses them again. */
export function applyEdit(tree: Tree, edit: Pick<TreeEdit, "changes">): Tree {
  const files = new Map(tree.files);
  let added = false;
  for (const { path, text } of edit.changes) {
    if (text === null) files.delete(path);
    else {
      added ||= !files.has(path);
      files.set(path, { path, text });
    }
  }
  return { ...tree, files: added ? inOrder(files) : files };
}

const inOrder = (files: ReadonlyMap<string, TreeFile>): ReadonlyMap<string, TreeFile> =>
  new Map([...files].sort(([a], [b]) => compareNatural(a, b)));
