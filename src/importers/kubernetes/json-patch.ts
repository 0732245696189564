/** JSON patches (RFC 6902). What such a patch cannot do to an object makes kustomize refuse the whole build. */
import { isMapping, type Mapping, type Path, type Value, valueAt } from "./values.js";

export interface Operation {
  readonly op: "add" | "remove" | "replace" | "test" | "move" | "copy";
  readonly path: Path;
  readonly from: Path;
  readonly value: Value;
}

/** Operations of a parsed list; null: it is no JSON patch. */
export function operationsOf(value: Value): readonly Operation[] | null {
  if (!Array.isArray(value)) return null;
  const operations: Operation[] = [];
  for (const item of value as readonly Value[]) {
    if (!isMapping(item) || typeof item["op"] !== "string" || typeof item["path"] !== "string") return null;
    const op = item["op"];
    if (!["add", "remove", "replace", "test", "move", "copy"].includes(op)) return null;
    const from = typeof item["from"] === "string" ? pointer(item["from"]) : [];
    operations.push({
      op: op as Operation["op"],
      path: pointer(item["path"]),
      from,
      value: item["value"] ?? null,
    });
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
  let value: Value = body;
  for (const operation of operations) {
    const next = applyOne(value, operation);
    if (typeof next === "string") return { ok: false, error: next };
    value = next.value;
  }
  return isMapping(value) ? { ok: true, value } : { ok: false, error: "nothing is left of the object" };
}

function applyOne(body: Value, { op, path, from, value }: Operation): { value: Value } | string {
  const shown = `/${path.join("/")}`;
  if (op === "test") {
    const found = getAt(body, path);
    const same = found !== undefined && JSON.stringify(found) === JSON.stringify(value);
    return same ? { value: body } : `test of ${shown} fails`;
  }
  if (op === "move" || op === "copy") {
    const found = getAt(body, from);
    if (found === undefined) return `${op} from /${from.join("/")}: nothing is there`;
    const rest = op === "copy" ? { value: body } : edit(body, from, "remove", null);
    if (rest === null) return `move from /${from.join("/")}: nothing is there`;
    return edit(rest.value, path, "add", found) ?? `${op} to ${shown}: nothing to add it to`;
  }
  return (
    edit(body, path, op, value) ??
    `${op} of ${shown}: ${op === "add" ? "nothing to add it to" : "nothing is there"}`
  );
}

function getAt(body: Value, path: Path): Value | undefined {
  let here: Value | undefined = body;
  for (const step of path) {
    if (here === undefined) return undefined;
    here = Array.isArray(here) ? (here as readonly Value[])[Number(step)] : valueAt(here, [step]);
  }
  return here;
}

/** Null where it does not apply. */
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
  if (op !== "add" && here === undefined) return null;
  if (op !== "remove") return { value: { ...value, [step]: to } };
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
  const index = step === "-" ? list.length : Number(step);
  const last = op === "add" && rest.length === 0 ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) return null;
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
