/** A main file of supervisord with what it includes, as one set of sections. */
import type { Tree, TreeFile } from "../contract.js";
import { matching } from "../glob.js";
import { type Findings, reasonUnread } from "../issues.js";
import { folderOf, normalPath, pathFrom } from "../paths.js";
import { expand } from "./expand.js";
import { type IniSection, mergeSections, readIni } from "./read-ini.js";

export interface Configuration {
  readonly main: TreeFile;
  readonly sections: ReadonlyMap<string, IniSection>;
  readonly reads: readonly string[];
  /** The first Issue for which supervisord would refuse it all. */
  readonly refused: ReturnType<Findings["add"]> | null;
}

export function readConfiguration(main: TreeFile, tree: Tree, found: Findings): Configuration {
  let refused: Configuration["refused"] = null;
  const reads: string[] = [];
  const sectionsOf = (file: TreeFile): readonly IniSection[] => {
    reads.push(file.path);
    const { sections, problems } = readIni(file);
    for (const { at, message } of problems) {
      const issue = found.add(at, {
        code: "ini",
        message,
        expected: "[section], or `name = value` inside one",
      });
      refused ??= issue;
    }
    return sections;
  };
  const own = sectionsOf(main);
  const include = mergeSections(own).get("include");
  const included = include === undefined ? [] : includedFiles(include, main, tree, found);
  const others = included.filter(({ path }) => path !== main.path).flatMap(sectionsOf);
  for (const section of others) {
    if (section.name === "include")
      found.warn(section.at, {
        code: "nested-include",
        message: "an included file cannot include; this is passed over",
      });
  }
  return { main, sections: mergeSections([...own, ...others]), reads, refused };
}

function includedFiles(
  include: IniSection,
  main: TreeFile,
  tree: Tree,
  found: Findings,
): readonly TreeFile[] {
  const files = include.options.get("files");
  if (files === undefined) {
    found.add(include.at, {
      code: "include",
      message: "[include] has no `files`",
      expected: "files = conf.d/*.conf",
    });
    return [];
  }
  const here = folderOf(main.path);
  const { text, problem } = expand(
    files.text,
    new Map([
      ["here", `/${here}`],
      ["host_node_name", "host"],
    ]),
  );
  if (problem !== null) found.add(files.at, { code: "expansion", message: problem });
  return text.split(/\s+/).flatMap((pattern) => {
    if (pattern === "") return [];
    const paths = pathsOf(pattern, here, tree);
    if (paths.length === 0) {
      found.warn(files.at, {
        code: "include-nothing",
        message: `the pattern ${pattern} matches no file here`,
        hint: "`update` stops what was described there; point at a folder that holds these files as well",
      });
    }
    return paths.flatMap((path) => {
      const file = tree.files.get(path);
      if (file === undefined)
        found.add(files.at, { code: "unread", message: `${path}: ${reasonUnread(tree, path)}` });
      return file === undefined ? [] : [file];
    });
  });
}

/**
 * An absolute pattern is looked up below the root of the tree; where the tree is a part of a machine, such as /etc/supervisor,
 * without the folders above it.
 */
function pathsOf(pattern: string, here: string, tree: Tree): readonly string[] {
  const all = [...tree.files.keys(), ...tree.unread.map(({ path }) => path)];
  const sorted = (paths: readonly string[]): readonly string[] =>
    [...paths].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (!pattern.startsWith("/")) return sorted(matching(pathFrom(here, pattern), all));
  const parts = normalPath(pattern).slice(1).split("/");
  for (let skip = 0; skip < parts.length; skip++) {
    const paths = matching(parts.slice(skip).join("/"), all);
    if (paths.length > 0) return sorted(paths);
  }
  return [];
}
