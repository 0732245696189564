/** Paths inside a tree: relative to its root, with `/`. Pure, so that importers run in a browser as well. */

/** `a/b/../c` is `a/c`; what leads out of the root keeps its `..` in front. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}

export const folderOf = (path: string): string =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** `path` as a file in `folder` means it. */
export const pathFrom = (folder: string, path: string): string =>
  path.startsWith("/") || folder === "" ? normalPath(path) : normalPath(`${folder}/${path}`);
