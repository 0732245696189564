/** YAML as most readers of it load it: the last of two equal keys counts. */
import { parseAllDocuments } from "yaml";
import type { Json } from "../../../../src/base/json.js";

export type Loaded = { readonly value: Json } | { readonly error: string };

/** The documents of a file; those that are empty are left out. */
export function loadDocuments(text: string): readonly Json[] | { readonly error: string } {
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: "error", prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  const values: Json[] = [];
  for (const document of documents) {
    const [problem] = document.errors;
    if (problem !== undefined) return { error: problem.message };
    const value = document.toJS() as Json;
    if (value !== null) values.push(value);
  }
  return values;
}

export function loadYaml(text: string | undefined): Loaded {
  if (text === undefined) return { error: "there is no file" };
  const documents = loadDocuments(text);
  if ("error" in documents) return documents;
  const [value] = documents;
  return value === undefined ? { error: "the file says nothing" } : { value };
}

export const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
