/** What is made smaller: the document of a variant, and the case on it by value. */
import type { Json } from "../../base/json.js";
import type { Case, CaseDocument } from "../../scenario/case.js";

export type Fields = { readonly [key: string]: Json };

export interface Subject {
  readonly document: Fields;
  readonly item: Case;
}

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const fieldsOf = (document: Fields, key: string): Fields => {
  const value = document[key];
  return isFields(value) ? value : {};
};

/** The same mapping without one key. */
export function without(fields: Fields, key: string): Fields {
  const { [key]: _gone, ...rest } = fields;
  return rest;
}

/** The same mapping with one key changed; undefined takes it out. */
export const withKey = (fields: Fields, key: string, value: Json | undefined): Fields =>
  value === undefined ? without(fields, key) : { ...fields, [key]: value };

export const mapValues = (fields: Fields, change: (value: Json, key: string) => Json | undefined): Fields => {
  const result: Record<string, Json> = {};
  for (const [key, value] of Object.entries(fields)) {
    const next = change(value, key);
    if (next !== undefined) result[key] = next;
  }
  return result;
};

export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Documents of a case with their texts changed; what the text was before is changed alike. */
export const mapTexts = (
  documents: readonly CaseDocument[],
  change: (text: string, id: string) => string,
): readonly CaseDocument[] =>
  documents.map(({ id, version, text, was }) => ({
    id,
    version,
    text: text === null ? null : change(text, id),
    ...(was === undefined ? {} : { was: change(was, id) }),
  }));

/** A text without the list items that are just this name; a list that loses its last item stays a list. */
export function withoutListItem(text: string, name: string): string {
  const lines = text.split("\n");
  const isItem = (line: string): boolean => {
    const found = /^\s*-\s+(["']?)(.*)\1\s*$/.exec(line);
    return found !== null && found[2] === name;
  };
  if (!lines.some(isItem)) return text;
  const kept = lines.filter((line) => !isItem(line));
  return kept
    .map((line, k) => {
      const key = /^(\s*)([\w-]+):\s*$/.exec(line);
      if (key === null) return line;
      const next = kept[k + 1] ?? "";
      const hasItems = /^\s*-(\s|$)/.test(next) || next.search(/\S/) > key[1]!.length;
      const had = isItem(lines[lines.indexOf(line) + 1] ?? "");
      return hasItems || !had ? line : `${line.trimEnd()} []`;
    })
    .join("\n");
}
