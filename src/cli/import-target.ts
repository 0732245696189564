/** What `import` was pointed at: the folders to read, and the files in them to start from. */
import { realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";

export interface ImportTarget {
  /** Paths are relative to it: the folder that was named, or the nearest that holds them all. */
  readonly root: string;
  /** What is read, relative to the root; "" is the root. None lies in another one. */
  readonly folders: readonly string[];
  /** Relative to the root; empty: what the format finds. */
  readonly entry: readonly string[];
}

/** Folders, files with the folders in which they lie, or both. */
export function importTarget(paths: readonly string[]): Result<ImportTarget, readonly Issue[]> {
  const issues: Issue[] = [];
  const files: string[] = [];
  const folders: string[] = [];
  for (const path of paths) {
    try {
      (statSync(path).isDirectory() ? folders : files).push(path);
    } catch {
      const message = "there is no such file or folder";
      issues.push({ code: "no-file", severity: "error", file: path, message });
    }
  }
  if (issues.length > 0) return err(issues);
  const all = [...folders, ...files.map((file) => dirname(file))];
  const root = all.slice(1).reduce(common, all[0]!);
  const real = realpathSync(root);
  const way = (path: string): string => relative(real, realpathSync(path)).split(sep).join("/");
  const read = [...new Set(all.map(way))];
  return ok({
    root,
    folders: read.filter((folder) => !read.some((other) => other !== folder && isIn(folder, other))),
    // The file itself may be a link; where it lies is what counts.
    entry: files.map((file) => {
      const folder = way(dirname(file));
      const name = file.slice(file.lastIndexOf(sep) + 1);
      return folder === "" ? name : `${folder}/${name}`;
    }),
  });
}

const isIn = (folder: string, other: string): boolean => other === "" || folder.startsWith(`${other}/`);

/** The nearest folder that holds both, written like the first where that one does. */
function common(folder: string, other: string): string {
  const real = realpathSync(other);
  const holds = (at: string): boolean => {
    const way = relative(realpathSync(at), real);
    return way !== ".." && !way.startsWith(`..${sep}`);
  };
  let at = folder;
  while (!holds(at)) at = dirname(resolve(at));
  return at === "" ? join(folder, ".") : at;
}
