/** Freezes plain data in depth, and finds what is not plain: what JSON would lose or change. */
import { type Path, type Problem, show } from "./problems.js";

/** What has been frozen in depth already; readings and observations come again and again. */
const frozen = new WeakSet<object>();

/** The first thing in it that is not JSON (a key with undefined is left out by JSON and may stand); null: none. */
export function freezePlain(value: unknown): Problem | null {
  return freezeAt(value, [], new Set());
}

function freezeAt(value: unknown, path: Path, above: Set<object>): Problem | null {
  switch (typeof value) {
    case "string":
    case "boolean":
      return null;
    case "number":
      return Number.isFinite(value) ? null : notPlain(path, String(value));
    case "object":
      break;
    default:
      return notPlain(path, show(value));
  }
  if (value === null || frozen.has(value)) return null;
  if (above.has(value)) return notPlain(path, "a reference back to what contains it");
  const prototype: unknown = Object.getPrototypeOf(value);
  const list = Array.isArray(value);
  // A module in a context of its own has other prototypes of the same kind, whose prototype is null again.
  const isPlain = list || prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) return notPlain(path, `an instance of ${value.constructor?.name ?? "a class"}`);
  above.add(value);
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined && !list) continue;
    const problem = freezeAt(inner, [...path, list ? Number(key) : key], above);
    if (problem !== null) return problem;
  }
  above.delete(value);
  Object.freeze(value);
  frozen.add(value);
  return null;
}

const notPlain = (path: Path, found: string): Problem => ({
  path,
  message: `${found} is no JSON`,
  expected: "plain data: null, booleans, finite numbers, texts, lists and mappings",
});
