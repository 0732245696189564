/** What `import` was pointed at: the folder to read, and the files in it to start from. */
import { realpathSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Issue } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";

export interface ImportTarget {
  /** As people wrote it, or the folder of the file that they named. */
  readonly root: string;
  /** Relative to the root; empty: what the format finds. */
  readonly entry: readonly string[];
}

/** A folder; or files, read from the nearest folder that holds them all; or a folder and files in it. */
export function importTarget(paths: readonly string[]): Result<ImportTarget, readonly Issue[]> {
  const issues: Issue[] = [];
  const files: string[] = [];
  const folders: string[] = [];
  for (const path of paths) {
    try {
      (statSync(path).isDirectory() ? folders : files).push(path);
    } catch {
      issues.push({
        code: "no-file",
        severity: "error",
        file: path,
        message: "there is no such file or folder",
      });
    }
  }
  if (folders.length > 1) {
    issues.push({
      code: "two-folders",
      severity: "error",
      file: folders[1]!,
      message: "only one folder is read at a time",
      hint: "name the folder that holds them",
    });
  }
  if (issues.length > 0) return err(issues);
  const root =
    folders[0] ?? files.slice(1).reduce((folder, file) => common(folder, file), dirname(files[0]!));
  // The same place may be written through a link.
  const real = realpathSync(root);
  const entry = files.map((file) => {
    const way = relative(resolve(root), resolve(file));
    return way.startsWith("..") ? relative(real, realpathSync(file)) : way;
  });
  const outside = entry.findIndex((way) => way.startsWith(".."));
  if (outside >= 0) {
    return err([
      {
        code: "outside",
        severity: "error",
        file: files[outside]!,
        message: `this file is not in ${root}`,
        hint: "name a folder that holds it",
      },
    ]);
  }
  return ok({ root, entry: entry.map((way) => way.split(sep).join("/")) });
}

function common(folder: string, file: string): string {
  let at = folder;
  while (relative(resolve(at), resolve(file)).startsWith("..") && dirname(resolve(at)) !== resolve(at))
    at = dirname(resolve(at));
  return at;
}
