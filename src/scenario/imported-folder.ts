/** `configuration: { import, root }`: the files of the folder are put beside it by value, so that the scenario is whole. */
import type { Issue } from "../base/issue.js";
import type { Json } from "../base/json.js";
import type { Result } from "../base/result.js";
import type { Reporter } from "./reporter.js";

type Fields = { readonly [key: string]: Json };

export interface FolderRequest {
  readonly format: string;
  readonly root: string;
  readonly entry: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly profiles: readonly string[];
}

export interface FolderFiles {
  /** Text by path relative to the root, in canonical order. */
  readonly documents: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
}

export type ReadFolder = (request: FolderRequest) => Result<FolderFiles, Issue>;

/** The document with the files of every configuration in it that names a folder and holds no documents. */
export function readFolders(document: Fields, read: ReadFolder, report: Reporter): Fields {
  const within = (fields: Fields, path: readonly string[]): Fields => {
    const { configuration } = fields;
    const request = requestOf(configuration);
    if (request === null) return fields;
    const files = read(request);
    if (!files.ok) {
      const { code, message, hint } = files.error;
      const where = [...path, "configuration", code === "unknown-format" ? "import" : "root"];
      report({ code, path: where, message, ...(hint === undefined ? {} : { hint }) });
      return fields;
    }
    const { documents, links } = files.value;
    const linked = Object.keys(links).length === 0 ? {} : { links };
    return { ...fields, configuration: { ...(configuration as Fields), documents, ...linked } };
  };
  const whole = within(document, []);
  const { variants } = whole;
  if (!isFields(variants)) return whole;
  const patches = Object.entries(variants).map(([name, patch]): [string, Json] => [
    name,
    isFields(patch) ? within(patch, ["variants", name]) : patch,
  ]);
  return { ...whole, variants: Object.fromEntries(patches) };
}

/** Null: it names no folder, or the shape of it is wrong, which is told elsewhere. */
function requestOf(configuration: Json | undefined): FolderRequest | null {
  if (!isFields(configuration) || configuration["documents"] !== undefined) return null;
  const { import: format, root, entry = [], variables = {}, profiles = [] } = configuration;
  if (typeof format !== "string" || typeof root !== "string") return null;
  if (!isTexts(entry) || !isTexts(profiles) || !isFields(variables)) return null;
  if (!isTexts(Object.values(variables))) return null;
  return { format, root, entry, variables: variables as Record<string, string>, profiles };
}

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
