/** The variant that makes one document of another: the other way of `applyVariant`. */
import { canonicalJson, type Json } from "../base/json.js";
import { applyVariant, isMap, wholeKeys } from "./merge-patch.js";

type Fields = { readonly [key: string]: Json };

/**
 * A patch with `applyVariant(base, patch)` equal to `target`, as small as a merge patch can be. What `target` lacks is
 * null in it; a null inside `target` means the same as an absent key, as everywhere in the format.
 */
export function differencePatch(base: Fields, target: Fields): Fields {
  // Applying nothing gives the base in full: short forms are written out as they will be when the patch is applied.
  const from = applyVariant(base, {});
  const patch: Record<string, Json> = {};
  for (const key of keysOf(from, target)) {
    if (same(from[key], target[key])) continue;
    patch[key] = wholeKeys.includes(key) ? (target[key] ?? null) : difference(from[key], target[key]);
  }
  return patch;
}

const keysOf = (a: Fields, b: Fields): readonly string[] => [
  ...new Set([...Object.keys(a), ...Object.keys(b)]),
];

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null);

function difference(from: Json | undefined, target: Json | undefined): Json {
  if (!isMap(from) || !isMap(target)) return target ?? null;
  const patch: Record<string, Json> = {};
  for (const key of keysOf(from, target))
    if (!same(from[key], target[key])) patch[key] = difference(from[key], target[key]);
  return patch;
}
