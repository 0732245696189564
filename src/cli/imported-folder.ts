/** The files behind a scenario that was imported: those of its folder that the importer reads. */
import { realpathSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Issue } from "../base/issue.js";
import { nearestName } from "../base/issue.js";
import { canonicalJson, type Json } from "../base/json.js";
import { err, ok } from "../base/result.js";
import type { Importer, ImportOptions, Tree, TreeFile } from "../importers/contract.js";
import { importers } from "../importers/importers.js";
import { foreignFormat } from "../importers/understand.js";
import { filesOf } from "../models/config/files.js";
import type { ImportedSpec } from "../models/config/spec.js";
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

/**
 * Those that the importer says it reads; all of them where managers would read something else without the others. Files of
 * environment variables hold secrets, and what is here gets into reports and counterexamples: only those that matter.
 */
function filesFor(importer: Importer, tree: Tree, options: ImportOptions): FolderFiles {
  const { reads } = importer.read(tree, options);
  const named = (paths: readonly string[]): ReadonlyMap<string, TreeFile> =>
    new Map([...tree.files].filter(([path]) => paths.includes(path)));
  const all = Object.fromEntries(tree.links ?? []);
  const whole = readBy(importer, tree.files, all, options);
  const links = readBy(importer, tree.files, {}, options) === whole ? {} : all;
  const told = (files: ReadonlyMap<string, TreeFile>): string => readBy(importer, files, links, options);
  const choices = [named(reads.filter((path) => !isEnvironment(path))), named(reads)];
  const files = choices.find((choice) => told(choice) === whole) ?? tree.files;
  return { documents: Object.fromEntries([...files].map(([path, { text }]) => [path, text])), links };
}

const isEnvironment = (path: string): boolean => /(^|\/|\.)env(\.[^/]*)?$/.test(path);

/** Variables of the command line that change what managers read; the others may be secrets. */
export function variablesNeeded(
  importer: Importer,
  tree: Tree,
  options: ImportOptions,
): Readonly<Record<string, string>> {
  const links = Object.fromEntries(tree.links ?? []);
  const told = (variables: ReadonlyMap<string, string>): string =>
    readBy(importer, tree.files, links, { ...options, variables });
  const whole = told(options.variables);
  const needed = new Map(options.variables);
  for (const name of options.variables.keys()) {
    const fewer = new Map(needed);
    fewer.delete(name);
    if (told(fewer) === whole) needed.delete(name);
  }
  return Object.fromEntries(needed);
}

/** What managers read of files, as one text. */
function readBy(
  importer: Importer,
  files: ReadonlyMap<string, TreeFile>,
  links: Readonly<Record<string, string>>,
  { entry, variables, profiles }: ImportOptions,
): string {
  const configuration: ImportedSpec = {
    kind: "imported",
    format: importer.format,
    root: null,
    documents: [...files.values()].map(({ path, text }) => ({ id: path, text })),
    links,
    entry,
    variables: Object.fromEntries(variables),
    profiles,
  };
  const { entries, managers } = foreignFormat(importer).understand(configuration)(filesOf(configuration));
  return canonicalJson([[...entries], [...managers]] as unknown as Json);
}

function unknownFormat(format: string): Issue {
  const names = importers.map((item) => item.format);
  const near = nearestName(format, names);
  const hint = near === undefined ? `one of ${names.join(", ")}` : `did you mean "${near}"?`;
  return { code: "unknown-format", severity: "error", message: `there is no format "${format}"`, hint };
}
