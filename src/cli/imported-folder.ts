/** The files behind a scenario that was imported: those of its folder that the importer reads. */
import { realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Issue } from "../base/issue.js";
import { nearestName } from "../base/issue.js";
import { canonicalJson, type Json } from "../base/json.js";
import { err, ok } from "../base/result.js";
import type { Importer, ImportOptions, Tree } from "../importers/contract.js";
import { importers } from "../importers/importers.js";
import type { FolderFiles, ReadFolder } from "../scenario/imported-folder.js";
import { readTree } from "./read-tree.js";

/**
 * Only folders inside the scenario's own are read, wherever links lead: a scenario that somebody else wrote must not carry
 * files of this machine into what is printed and saved.
 */
export function readFolderBeside(scenarioFile: string): ReadFolder {
  const folder = dirname(resolve(scenarioFile));
  return ({ format, root, entry, variables, profiles }) => {
    const importer = importers.find((item) => item.format === format);
    if (importer === undefined) return err(unknownFormat(format));
    const target = resolve(folder, root);
    if (isAbsolute(root) || !isInside(folder, target)) {
      return err({
        code: "outside",
        severity: "error",
        message: `${root} is outside the folder of the scenario`,
        hint: "keep the scenario in a folder that holds the files, or give them by value under `documents`",
      });
    }
    const tree = readTree(target);
    if (!tree.ok) return err({ ...tree.error, message: `${root}: ${tree.error.message}` });
    const options = { entry, variables: new Map(Object.entries(variables)), profiles };
    return ok(filesFor(importer, tree.value, options));
  };
}

/** `folder` may not be there yet; what is there must not lead out of it. */
export function isInside(folder: string, target: string): boolean {
  const within = (from: string, to: string): boolean => {
    const way = relative(from, to);
    return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  if (!within(folder, target)) return false;
  try {
    return within(realpathSync(folder), realpathSync(target));
  } catch {
    return true;
  }
}

/** Those that the importer says it reads; all of them where it understands something else without the others. */
function filesFor(importer: Importer, tree: Tree, options: ImportOptions): FolderFiles {
  const whole = importer.read(tree, options);
  const read = new Map(
    whole.reads.flatMap((path) => {
      const file = tree.files.get(path);
      return file === undefined ? [] : [[path, file] as const];
    }),
  );
  const part = importer.read({ ...tree, files: read, unread: [] }, options);
  const files =
    told(part.items) === told(whole.items) && part.refused.size === whole.refused.size ? read : tree.files;
  return {
    documents: Object.fromEntries([...files].map(([path, { text }]) => [path, text])),
    links: Object.fromEntries(tree.links ?? []),
  };
}

const told = (value: unknown): string => canonicalJson(value as Json);

function unknownFormat(format: string): Issue {
  const names = importers.map((item) => item.format);
  const near = nearestName(format, names);
  const hint = near === undefined ? `one of ${names.join(", ")}` : `did you mean "${near}"?`;
  return { code: "unknown-format", severity: "error", message: `there is no format "${format}"`, hint };
}
