/** What is wrong with a value from outside: every problem with its place, what was found and what was expected. */
import type * as z from "zod";
import { nearestName } from "../base/issue.js";

export type Path = readonly (string | number)[];

export interface Problem {
  readonly path: Path;
  readonly message: string;
  readonly expected?: string;
}

/** `step.propose[0].target`, the way the Issues of scenarios write it. */
export const pathText = (path: Path): string =>
  path.map((part, k) => (typeof part === "number" ? `[${part}]` : k === 0 ? part : `.${part}`)).join("");

/** Checks a value against a schema; no problem means that it fits. */
export function shapeProblems(
  schema: z.ZodType,
  value: unknown,
  knownKeys: readonly string[] = [],
): Problem[] {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => problemsOf(issue, [], value, knownKeys));
}

function problemsOf(
  issue: z.core.$ZodIssue,
  prefix: Path,
  root: unknown,
  knownKeys: readonly string[],
): readonly Problem[] {
  const path: Path = [
    ...prefix,
    ...issue.path.map((part) => (typeof part === "number" ? part : String(part))),
  ];
  const found = valueAt(root, path);
  const isMissing = found === undefined && path.length > 0;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const near = nearestName(key, knownKeys);
        const meant = near === undefined ? {} : { expected: `perhaps "${near}"` };
        return { path, message: `there is no key "${key}"`, ...meant };
      });
    case "invalid_type":
      return [
        {
          path,
          message: isMissing ? `\`${path.at(-1)}\` is missing` : `${show(found)} is wrong`,
          expected: issue.expected,
        },
      ];
    case "invalid_value": {
      const values = issue.values.map(String);
      const message = isMissing ? `\`${path.at(-1)}\` is missing` : `${show(found)} is unknown`;
      return [{ path, message, expected: `one of ${values.join(", ")}` }];
    }
    case "invalid_union": {
      const branch = issue.errors.find((errors) => errors.length > 0);
      if (issue.errors.length === 1 && branch !== undefined)
        return branch.flatMap((inner) => problemsOf(inner, path, root, knownKeys));
      return [{ path, message: `${show(found)} fits none of the forms` }];
    }
    default:
      return [{ path, message: `${show(found)}: ${issue.message}` }];
  }
}

export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

export function show(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Where two plain values part first; null where they are equal. Undefined keys count as missing. */
export function firstDifference(a: unknown, b: unknown, path: Path = []): Path | null {
  if (Object.is(a, b)) return null;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return path;
  if (Array.isArray(a) !== Array.isArray(b)) return path;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const part = Array.isArray(a) ? Number(key) : key;
    const inner = firstDifference(left[key], right[key], [...path, part]);
    if (inner !== null) return inner;
  }
  return null;
}
