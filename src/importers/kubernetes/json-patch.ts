/** JSON patches (RFC 6902). What such a patch cannot do to an object makes kustomize refuse the whole build. */
import { isMapping, type Mapping, mappingAt, type Path, type Value, valueAt, withValue } from "./values.js";

export interface Operation {
  /** Any other word is found out when the patch is applied. */
  readonly op: string;
  readonly path: Path;
  readonly from: Path;
  readonly value: Value;
}

/** Operations of a parsed list; null: it is no JSON patch. */
export function operationsOf(value: Value): readonly Operation[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const operations: Operation[] = [];
  for (const item of value as readonly Value[]) {
    if (!isMapping(item)) return null;
    const steps = (field: string): string[] => {
      const text = item[field];
      return typeof text === "string" ? pointer(text) : [];
    };
    const op = typeof item["op"] === "string" ? item["op"] : "";
    operations.push({ op, path: steps("path"), from: steps("from"), value: item["value"] ?? null });
  }
  return operations;
}

/** The steps of a JSON pointer. */
export const pointer = (text: string): string[] =>
  text
    .split("/")
    .slice(1)
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));

/** The value after all operations, or what is wrong with the first that does not apply. */
export function applyOperations(
  body: Mapping,
  operations: readonly Operation[],
): { readonly ok: true; readonly value: Mapping } | { readonly ok: false; readonly error: string } {
  // While kustomize builds, every object has annotations: its own notes.
  const annotated = mappingAt(body, "metadata", "annotations") !== null;
  let value: Value = annotated ? body : withValue(body, ["metadata", "annotations"], {});
  for (const operation of operations) {
    const next = applyOne(value, operation);
    if (typeof next === "string") return { ok: false, error: next };
    value = next.value;
  }
  if (!isMapping(value)) return { ok: false, error: "nothing is left of the object" };
  const metadata = mappingAt(value, "metadata");
  if (annotated || metadata === null || Object.keys(mappingAt(metadata, "annotations") ?? {}).length > 0) {
    return { ok: true, value };
  }
  const { annotations: _, ...rest } = metadata;
  return { ok: true, value: { ...value, metadata: rest } };
}

function applyOne(body: Value, { op, path, from, value }: Operation): { value: Value } | string {
  const shown = `/${path.join("/")}`;
  switch (op) {
    case "test": {
      const found = getAt(body, path);
      return found !== undefined && JSON.stringify(found) === JSON.stringify(value)
        ? { value: body }
        : `test of ${shown} fails`;
    }
    case "copy":
      return edit(body, path, "add", getAt(body, from) ?? null) ?? `copy to ${shown}: nothing to add it to`;
    case "move": {
      const found = getAt(body, from);
      const rest = found === undefined ? null : edit(body, from, "remove", null);
      if (found === undefined || rest === null) return `move from /${from.join("/")}: nothing is there`;
      return edit(rest.value, path, "add", found) ?? `move to ${shown}: nothing to add it to`;
    }
    case "add":
      return edit(body, path, op, value) ?? `add of ${shown}: nothing to add it to`;
    case "replace":
    case "remove":
      return edit(body, path, op, value) ?? `${op} of ${shown}: nothing is there`;
    default:
      return `${op === "" ? "an operation without op" : op} is no operation`;
  }
}

function getAt(body: Value, path: Path): Value | undefined {
  let here: Value | undefined = body;
  for (const step of path) {
    if (here === undefined) return undefined;
    here = Array.isArray(here)
      ? (here as readonly Value[])[indexIn(here, step, false)]
      : valueAt(here, [step]);
  }
  return here;
}

/** Negative indices count from the end; NaN for what is no index. */
function indexIn(list: readonly unknown[], step: string | number, adding: boolean): number {
  if (step === "-") return list.length;
  const index = /^-?\d+$/.test(String(step)) ? Number(step) : Number.NaN;
  return index < 0 ? index + list.length + (adding ? 1 : 0) : index;
}

/** Null where it does not apply. A field that is replaced need not be there, an entry of a list has to. */
function edit(
  value: Value,
  path: Path,
  op: "add" | "remove" | "replace",
  to: Value,
): { value: Value } | null {
  const [step, ...rest] = path;
  if (step === undefined) return op === "remove" ? null : { value: to };
  if (Array.isArray(value)) return editList(value as readonly Value[], step, rest, op, to);
  if (!isMapping(value)) return null;
  const here = Object.hasOwn(value, step) ? value[step] : undefined;
  if (rest.length > 0) {
    if (here === undefined) return null;
    const inner = edit(here, rest, op, to);
    return inner && { value: { ...value, [step]: inner.value } };
  }
  if (op !== "remove") return { value: { ...value, [step]: to } };
  if (here === undefined) return null;
  const { [step]: _, ...others } = value;
  return { value: others };
}

function editList(
  list: readonly Value[],
  step: string | number,
  rest: Path,
  op: "add" | "remove" | "replace",
  to: Value,
): { value: Value } | null {
  const adding = op === "add" && rest.length === 0;
  const index = indexIn(list, step, adding);
  if (!(index >= 0 && index <= (adding ? list.length : list.length - 1))) return null;
  const copy = [...list];
  if (rest.length > 0) {
    const inner = edit(list[index]!, rest, op, to);
    if (inner === null) return null;
    copy[index] = inner.value;
  } else if (op === "add") copy.splice(index, 0, to);
  else if (op === "remove") copy.splice(index, 1);
  else copy[index] = to;
  return { value: copy };
}
