/** A YAML value whose every part knows where it stands: merging files keeps the place of what survives. */
import type { Place } from "./contract.js";

export interface PlacedScalar {
  readonly is: "scalar";
  readonly value: string | number | boolean | null;
  readonly at: Place;
  readonly tag: string | null;
}

export interface PlacedList {
  readonly is: "list";
  readonly items: readonly Placed[];
  readonly at: Place;
  readonly tag: string | null;
}

export interface PlacedMap {
  readonly is: "map";
  /** In the order of the file; `at` is the place of the key. */
  readonly entries: ReadonlyMap<string, { readonly at: Place; readonly value: Placed }>;
  readonly at: Place;
  readonly tag: string | null;
}

export type Placed = PlacedScalar | PlacedList | PlacedMap;
export type PlacedEntry = { readonly at: Place; readonly value: Placed };

export const isMap = (value: Placed | undefined): value is PlacedMap => value?.is === "map";
export const isList = (value: Placed | undefined): value is PlacedList => value?.is === "list";

/** The value under a key; undefined where there is none or this is no mapping. */
export const valueAt = (value: Placed | undefined, key: string): Placed | undefined =>
  isMap(value) ? value.entries.get(key)?.value : undefined;

/** A scalar as the text that it was written as, more or less; undefined for null and for what is no scalar. */
export const textOf = (value: Placed | undefined): string | undefined =>
  value?.is === "scalar" && value.value !== null ? String(value.value) : undefined;

export const placedMap = (
  at: Place,
  entries: Iterable<readonly [string, PlacedEntry]> = [],
  tag: string | null = null,
): PlacedMap => ({ is: "map", entries: new Map(entries), at, tag });

/** The texts of a list of scalars, or of one scalar; others are left out. */
export function textsOf(value: Placed | undefined): readonly { readonly text: string; readonly at: Place }[] {
  const items = isList(value) ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, at: item.at }];
  });
}

export const what = (value: Placed): string =>
  value.is === "map"
    ? "a mapping"
    : value.is === "list"
      ? "a list"
      : value.value === null
        ? "nothing"
        : `a ${typeof value.value === "string" ? "text" : typeof value.value}`;
