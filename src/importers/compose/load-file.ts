/** One compose file of a tree: parsed, its variables put in, what is wrong told. */
import type { Place, Tree } from "../contract.js";
import { type Findings, reasonUnread } from "../issues.js";
import { isMap, type Placed, type PlacedMap, placedMap, what } from "../placed-value.js";
import { readYaml } from "../read-yaml.js";
import { interpolate, type Lookup } from "./interpolate.js";

/** What one project is read with. */
export interface Loading {
  readonly tree: Tree;
  readonly found: Findings;
  readonly reads: Set<string>;
  /** Something for which compose refuses the project. */
  refuse(
    at: Place,
    code: string,
    message: string,
    more?: { readonly hint?: string; readonly expected?: string },
  ): void;
}

/** Null: nothing can be understood. `from`: where it is named. */
export function loadFile(
  loading: Loading,
  path: string,
  lookup: Lookup,
  from: Place | null,
): PlacedMap | null {
  const file = loading.tree.files.get(path);
  if (file === undefined) {
    const at = from ?? { file: path, line: 1, column: 1 };
    const reason = reasonUnread(loading.tree, path);
    const outside = path.startsWith("..")
      ? { hint: "name a folder that holds it as well, and this file in it" }
      : {};
    loading.refuse(at, "missing-file", from === null ? reason : `${path}: ${reason}`, outside);
    return null;
  }
  loading.reads.add(path);
  const { value, problems } = readYaml(file);
  for (const { at, code, message } of problems) loading.refuse(at, code, message);
  if (value === null || !isMap(value)) {
    const at = value?.at ?? { file: path, line: 1, column: 1 };
    if (problems.length === 0)
      loading.refuse(at, "empty", value === null ? "the file is empty" : `the file holds ${what(value)}`, {
        expected: "a mapping with `services`",
      });
    return null;
  }
  return withVariables(loading, value, lookup) as PlacedMap;
}

function withVariables(loading: Loading, value: Placed, lookup: Lookup): Placed {
  if (value.is === "list")
    return { ...value, items: value.items.map((item) => withVariables(loading, item, lookup)) };
  if (value.is === "map") {
    const entries = [...value.entries].map(
      ([key, entry]) => [key, { at: entry.at, value: withVariables(loading, entry.value, lookup) }] as const,
    );
    return placedMap(value.at, entries, value.tag);
  }
  if (typeof value.value !== "string" || !value.value.includes("$")) return value;
  const { text, problems } = interpolate(value.value, lookup);
  for (const problem of problems) {
    if (problem.kind === "invalid")
      loading.refuse(value.at, "interpolation", "a $ that begins no variable", {
        hint: "write $$ for a dollar sign",
      });
    else tellUnset(loading, value.at, problem.name, problem.kind === "required");
  }
  return { ...value, value: text };
}

/** Values may come from where no repository reaches: that is no mistake of the file. */
function tellUnset({ found }: Loading, at: Place, name: string, required: boolean): void {
  const code = required ? "required-variable" : "unset-variable";
  found.warn(at, {
    code,
    message: required
      ? `the variable ${name} is required and has no value here`
      : `the variable ${name} has no value here`,
    hint: `taken as empty; give it with --env ${name}=... or in .env`,
  });
}
