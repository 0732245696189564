/** Plain values as YAML gives them, and careful ways into them: whatever a file holds, these give an answer. */
export type Value = null | boolean | number | string | readonly Value[] | Mapping;
export interface Mapping {
  readonly [key: string]: Value | undefined;
}
export type Path = readonly (string | number)[];

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: Value | undefined, path: Path): Value | undefined {
  let here: Value | undefined = value;
  for (const step of path) {
    if (Array.isArray(here)) here = typeof step === "number" ? (here as readonly Value[])[step] : undefined;
    else if (isMapping(here)) here = Object.hasOwn(here, step) ? here[step] : undefined;
    else return undefined;
  }
  return here;
}

/** A text at a path; numbers and booleans are no texts: Kubernetes refuses them where it wants a string. */
export function textAt(value: Value | undefined, ...path: Path): string | null {
  const found = valueAt(value, path);
  return typeof found === "string" ? found : null;
}

export function mappingAt(value: Value | undefined, ...path: Path): Mapping | null {
  const found = valueAt(value, path);
  return isMapping(found) ? found : null;
}

export function listAt(value: Value | undefined, ...path: Path): readonly Value[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? (found as readonly Value[]) : [];
}

/** True, false, or undefined for anything else. `yes` and `on` are true where a boolean is wanted: sigs.k8s.io/yaml is YAML 1.1. */
export function flagAt(value: Value | undefined, ...path: Path): boolean | undefined {
  const found = valueAt(value, path);
  if (typeof found === "boolean") return found;
  if (typeof found !== "string") return undefined;
  if (/^(?:y|yes|on)$/i.test(found)) return true;
  return /^(?:n|no|off)$/i.test(found) ? false : undefined;
}

/** Texts of a list at a path. */
export const textsAt = (value: Value | undefined, ...path: Path): readonly string[] =>
  listAt(value, ...path).filter((item): item is string => typeof item === "string");

/** A copy with one value set; mappings on the way are made where there are none. */
export function withValue(value: Value | undefined, path: Path, to: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  if (Array.isArray(value)) {
    const list = [...(value as readonly Value[])];
    if (typeof step === "number") list[step] = withValue(list[step], rest, to);
    return list;
  }
  const mapping = isMapping(value) ? value : {};
  return { ...mapping, [step]: withValue(mapping[step], rest, to) };
}

/** A copy of a value with every text in it replaced; the value itself where nothing changes. */
export function mapTexts(value: Value, change: (text: string) => Value): Value {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) {
    let changed = false;
    const list = (value as readonly Value[]).map((item) => {
      const to = mapTexts(item, change);
      if (to !== item) changed = true;
      return to;
    });
    return changed ? list : value;
  }
  if (!isMapping(value)) return value;
  let copy: Record<string, Value | undefined> | null = null;
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const to = mapTexts(item, change);
    const name = change(key);
    if (to === item && name === key) continue;
    copy ??= { ...value };
    if (name !== key) delete copy[key];
    copy[typeof name === "string" ? name : key] = to;
  }
  return copy ?? value;
}
