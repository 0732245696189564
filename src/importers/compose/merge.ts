/**
 * How a compose file overrides another one: mappings are merged, lists are appended, the rest is replaced; commands and
 * health checks are replaced as a whole, lists of named things are merged by name, `!reset` and `!override` say otherwise.
 * https://docs.docker.com/reference/compose-file/merge/
 */
import {
  isList,
  isMap,
  type Placed,
  type PlacedEntry,
  type PlacedMap,
  placedMap,
  textOf,
  valueAt,
} from "../placed-value.js";

type Merge = (base: Placed, over: Placed) => Placed;

const replace: Merge = (_, over) => over;

/** By path from the service on. A Map, since a key of a file may be called "constructor". */
const specials = new Map<string, Merge>(
  Object.entries({
    command: replace,
    entrypoint: replace,
    "healthcheck.test": replace,
    logging: (base, over) => {
      const drivers = [base, over].map((value) => textOf(valueAt(value, "driver")));
      const one = drivers[0] === undefined || drivers[1] === undefined || drivers[0] === drivers[1];
      return one ? mergeValues(base, over, "logging.options") : over;
    },
    environment: byKey((item) => textOf(item)?.split("=")[0]),
    labels: byKey((item) => textOf(item)?.split("=")[0]),
    volumes: byKey(mountTarget),
    depends_on: byName,
    networks: byName,
  }),
);

/** One service over another, as files of one project and `extends` do it. */
export const mergeServices = (base: Placed, over: Placed): Placed => mergeValues(base, over, "");

function mergeValues(base: Placed, over: Placed, path: string): Placed {
  if (over.tag === "!override") return over;
  // Nothing written over something keeps it.
  if (over.is === "scalar" && over.value === null && over.tag !== "!reset") return base;
  if (base.is === "scalar" && base.value === null) return over;
  const special = specials.get(path);
  if (special !== undefined) return special(base, over);
  if (isMap(base) && isMap(over)) return mergeMaps(base, over, path);
  if (isList(base) && isList(over)) return { ...base, items: [...base.items, ...over.items] };
  return over;
}

function mergeMaps(base: PlacedMap, over: PlacedMap, path: string): PlacedMap {
  const entries = new Map<string, PlacedEntry>(base.entries);
  for (const [key, entry] of over.entries) {
    const known = entries.get(key);
    if (entry.value.tag === "!reset") entries.delete(key);
    else if (known === undefined || key.startsWith("x-")) entries.set(key, entry);
    else
      entries.set(key, {
        at: entry.at,
        value: mergeValues(known.value, entry.value, path === "" ? key : `${path}.${key}`),
      });
  }
  return placedMap(over.at, entries, base.tag);
}

/** What `!reset` takes away within one file as well. */
export function withoutReset(value: Placed): Placed {
  if (isList(value)) return { ...value, items: value.items.map(withoutReset) };
  if (!isMap(value)) return value;
  const entries = [...value.entries].filter(([, entry]) => entry.value.tag !== "!reset");
  return placedMap(
    value.at,
    entries.map(([key, entry]) => [key, { at: entry.at, value: withoutReset(entry.value) }]),
    value.tag,
  );
}

/** Lists of texts with a key: a later one takes the place of an earlier one. A mapping is such a list, too. */
function byKey(keyOf: (item: Placed) => string | undefined): Merge {
  return (base, over) => {
    const items = [...asList(base), ...asList(over)];
    const last = new Map<string, Placed>();
    for (const [k, item] of items.entries()) last.set(keyOf(item) ?? `#${k}`, item);
    return { is: "list", items: [...last.values()], at: over.at, tag: null };
  };
}

function asList(value: Placed): readonly Placed[] {
  if (isList(value)) return value.items;
  if (!isMap(value)) return [];
  return [...value.entries].map(([key, { at, value: item }]): Placed => {
    const text = textOf(item);
    return { is: "scalar", value: text === undefined ? key : `${key}=${text}`, at, tag: null };
  });
}

/** Lists of names and mappings by name are the same thing in two forms. */
function byName(base: Placed, over: Placed): Placed {
  return mergeMaps(asMap(base), asMap(over), "by-name");
}

function asMap(value: Placed): PlacedMap {
  if (isMap(value)) return value;
  const names = isList(value) ? value.items : [];
  return placedMap(
    value.at,
    names.flatMap((item): [string, PlacedEntry][] => {
      const text = textOf(item);
      const nothing: Placed = { is: "scalar", value: null, at: item.at, tag: null };
      return text === undefined ? [] : [[text, { at: item.at, value: nothing }]];
    }),
  );
}

function mountTarget(item: Placed): string | undefined {
  if (isMap(item)) return textOf(valueAt(item, "target"));
  return mountParts(textOf(item) ?? "").target;
}

/** `source:target:mode`; a drive such as C:\ is part of a path. */
export function mountParts(text: string): { readonly source: string | null; readonly target: string } {
  const parts = text.split(":");
  if (/^[A-Za-z]$/.test(parts[0]!) && /^[\\/]/.test(parts[1] ?? ""))
    parts.splice(0, 2, `${parts[0]}:${parts[1]}`);
  return parts.length === 1 ? { source: null, target: parts[0]! } : { source: parts[0]!, target: parts[1]! };
}
