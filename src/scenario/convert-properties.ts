/** `properties:` of a file: which properties join the gate, and the bounds that are set on them. */
import { parseDuration } from "../base/duration.js";
import type { Json } from "../base/json.js";
import {
  type BoundKind,
  type BoundShape,
  churn,
  churnShape,
  type PropertyBound,
  type PropertyBounds,
} from "../models/judging/bound.js";
import type { KnownNames } from "./check-references.js";
import type { Reporter } from "./reporter.js";
import type { Path } from "./source.js";
import { share } from "./values.js";

const expectedAs: Readonly<Record<BoundKind, string>> = {
  share: "a share such as 5% or 0.05",
  duration: "a duration such as 1h",
  count: "a whole number from 1",
  patterns: "a list of names; * stands for any letters",
};

export function convertProperties(
  document: Readonly<Record<string, Json>> | undefined,
  known: KnownNames,
  report: Reporter,
): PropertyBounds {
  const bounds: Record<string, PropertyBound> = {};
  for (const [name, value] of Object.entries(document ?? {})) {
    const path = ["properties", name];
    const exists = name === churn || known.properties === undefined || known.properties.includes(name);
    if (!exists) report.unknown("property", name, [churn, ...known.properties!], path, true);
    else bounds[name] = toBound(value, shapeOf(name, known), path, report);
  }
  return bounds;
}

/** Undefined: the catalogue is not known, and every key passes. */
function shapeOf(name: string, { bounds }: KnownNames): BoundShape | undefined {
  if (name === churn) return churnShape;
  return bounds === undefined ? undefined : (bounds[name] ?? {});
}

function toBound(value: Json, shape: BoundShape | undefined, path: Path, report: Reporter): PropertyBound {
  if (value === true) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    report({
      code: "wrong-bound",
      path,
      message: "this is no bound",
      expected: describe(shape),
    });
    return {};
  }
  const bound: Record<string, number | readonly string[]> = {};
  for (const [key, item] of Object.entries(value)) {
    const kind = shape === undefined ? kindOf(item) : shape[key];
    if (kind === undefined) {
      const code = "unknown-bound";
      const message = `there is no bound "${key}"`;
      report({ code, path: [...path, key], atKey: true, message, expected: describe(shape) });
      continue;
    }
    const number = read(item, kind);
    if (number !== undefined) bound[key] = number;
    else {
      const message = `this is not ${expectedAs[kind].replace(/[; ]such.*|;.*/, "")}`;
      report({ code: "wrong-bound", path: [...path, key], message, expected: expectedAs[kind] });
    }
  }
  return bound;
}

function describe(shape: BoundShape | undefined): string {
  const keys = Object.keys(shape ?? {});
  return keys.length === 0 ? "true" : `true, or some of { ${keys.join(", ")} }`;
}

function read(item: Json, kind: BoundKind): number | readonly string[] | undefined {
  if (kind === "patterns") {
    const isNames = Array.isArray(item) && item.every((name) => typeof name === "string" && name !== "");
    return isNames ? (item as readonly string[]) : undefined;
  }
  if (kind === "count")
    return typeof item === "number" && Number.isInteger(item) && item >= 1 ? item : undefined;
  if (kind === "duration") {
    const time = typeof item === "string" ? parseDuration(item) : undefined;
    return time !== undefined && time > 0 ? time : undefined;
  }
  if (typeof item === "number") return item >= 0 && item <= 1 ? item : undefined;
  return typeof item === "string" && /^(100|\d{1,2})(\.\d+)?%$/.test(item) ? share(item) : undefined;
}

/** What a value looks like, where nobody says what it should be. */
function kindOf(item: Json): BoundKind {
  if (Array.isArray(item)) return "patterns";
  if (typeof item === "string") return item.endsWith("%") ? "share" : "duration";
  return typeof item === "number" && item <= 1 ? "share" : "count";
}
