/** Sites as texts, and values with one place changed: everything but the way to it is shared with the old value. */
import type { Json } from "../../base/json.js";
import { isFile } from "../../models/config/files.js";

export type Key = string | number;
export type Fields = { readonly [key: string]: Json };

/** `managers/legacy.yaml` is called `managers/legacy`; a user's own file keeps its whole name. */
export const stemOf = (id: string): string => (isFile({ id }) ? id : id.replace(/\.yaml$/, ""));

/** File stem and JSON pointer (RFC 6901): `managers/legacy#/manages/3`; `-` is the place after the last item. */
export function place(stem: string, ...keys: readonly Key[]): string {
  let text = `${stem}#`;
  for (const key of keys) text += `/${typeof key === "string" ? escaped(key) : key}`;
  return text;
}

const escaped = (key: string): string =>
  /[~/]/.test(key) ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The items of a list that are names, each with its index. */
export const namesIn = (value: Json | undefined): readonly (readonly [index: number, name: string])[] =>
  isList(value)
    ? value.flatMap((item, k) => (typeof item === "string" && item !== "" ? [[k, item] as const] : []))
    : [];

/** `value` with `to` at a place that exists, or as a new key of a mapping. */
export function replaced(value: Json, [key, ...rest]: readonly Key[], to: Json): Json {
  if (key === undefined) return to;
  if (isList(value)) return value.map((item, k) => (k === key ? replaced(item, rest, to) : item));
  const fields = isFields(value) ? value : {};
  return { ...fields, [key]: rest.length === 0 ? to : replaced(fields[key] ?? {}, rest, to) };
}

/** `value` without the key or the item at a place. */
export function without(value: Json, [key, ...rest]: readonly Key[]): Json {
  if (isList(value)) {
    return rest.length === 0
      ? value.filter((_, k) => k !== key)
      : value.map((item, k) => (k === key ? without(item, rest) : item));
  }
  if (!isFields(value) || key === undefined) return value;
  if (rest.length > 0) return { ...value, [key]: without(value[key] ?? null, rest) };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

/** `value` with one more item in a list, which is begun where there is none. */
export function appended(value: Fields, key: string, ...items: readonly Json[]): Fields {
  const list = value[key];
  return { ...value, [key]: [...(isList(list) ? list : []), ...items] };
}

/** `value` without a name in a list. */
export function withoutName(value: Fields, key: string, name: string): Fields {
  const list = value[key];
  return isList(list) && list.includes(name)
    ? { ...value, [key]: list.filter((item) => item !== name) }
    : value;
}

/** `value` with a name in a list called otherwise. */
export function renamedIn(value: Fields, key: string, name: string, to: string): Fields {
  const list = value[key];
  return isList(list) && list.includes(name)
    ? { ...value, [key]: list.map((item) => (item === name ? to : item)) }
    : value;
}
