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
  const gone = lines.map((line) => itemOf(line)?.name === name);
  const kept: string[] = [];
  lines.forEach((line, k) => {
    if (gone[k]!) return;
    const first = gone[k + 1] === true && isOpenKey(line) ? itemOf(lines[k + 1]!) : null;
    const next = lines.find((_, j) => j > k && !gone[j]!) ?? "";
    const goesOn = first !== null && new RegExp(`^ {${first.indent}}-(\\s|$)`).test(next);
    kept.push(first === null || goesOn ? line : `${line.trimEnd()} []`);
  });
  return kept.join("\n");
}

function itemOf(line: string): { readonly indent: number; readonly name: string } | null {
  const found = /^(\s*)-\s+(["']?)(.*?)\2\s*$/.exec(line);
  return found === null ? null : { indent: found[1]!.length, name: found[3]! };
}

const isOpenKey = (line: string): boolean => /^\s*(-\s+)*[\w."'-]+:\s*$/.test(line);

/** A text in which nothing refers to this name any more; what it names itself, and whom it belongs to, stays. */
export const withoutReference = (text: string, name: string): string =>
  withoutListItem(text, name)
    .split("\n")
    .map((line) => {
      const found = /^(\s*([\w-]+):\s+)(["']?)(.*?)\3\s*$/.exec(line);
      const refers = found !== null && found[4] === name && !["name", "manager", "cell"].includes(found[2]!);
      return refers ? `${found[1]!}null` : line;
    })
    .join("\n");
