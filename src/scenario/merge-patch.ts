/** JSON Merge Patch (RFC 7396), with the keys that a variant replaces whole. */
import type { Json } from "../base/json.js";

type Fields = { readonly [key: string]: Json };

export const isMap = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** null removes a key, mappings merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const result: Record<string, Json> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** A variant names these in full or not at all: half a region list is never what is meant. */
export const wholeKeys: readonly string[] = ["regions", "configuration", "changes", "expect", "observed"];

/** `response: population` is short for `response: { like: population }`, so that a variant can add keys to it. */
function inFull(document: Fields): Fields {
  const { response } = document;
  return typeof response === "string" ? { ...document, response: { like: response } } : document;
}

export function applyVariant(base: Fields, patch: Fields): Fields {
  const whole: Record<string, Json> = {};
  const rest: Record<string, Json> = {};
  for (const [key, value] of Object.entries(patch)) (wholeKeys.includes(key) ? whole : rest)[key] = value;
  const merged = mergePatch(inFull(base), rest) as Fields;
  const result: Record<string, Json> = { ...inFull(merged) };
  for (const [key, value] of Object.entries(whole)) {
    if (value === null) delete result[key];
    else result[key] = value;
  }
  return result;
}
