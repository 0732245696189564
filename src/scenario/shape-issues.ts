/** From zod's findings to Issues that say what stands there, what was expected, and what is near. */
import type * as z from "zod";
import { nearestName } from "../base/issue.js";
import type { Path } from "./source.js";

export interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
  /** The place is the key, not its value. */
  readonly atKey?: boolean;
}

type ZodIssue = z.core.$ZodIssue;

const article = (type: string): string =>
  ({
    object: "a mapping",
    record: "a mapping",
    array: "a list",
    string: "a text",
    number: "a number",
    boolean: "true or false",
    int: "a whole number",
    tuple: "a list",
  })[type] ?? type;

export function shapeFindings(
  issues: readonly ZodIssue[],
  value: unknown,
  schema: z.ZodType,
): readonly Finding[] {
  return issues.flatMap((issue) => translate(issue, [], value, schema));
}

function translate(issue: ZodIssue, prefix: Path, root: unknown, schema: z.ZodType): readonly Finding[] {
  const path = [...prefix, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  const found = show(at(root, path));
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, path, schema));
    case "invalid_union":
      return union(issue, path, root, schema);
    case "invalid_type":
      if (at(root, path) === undefined) {
        return [
          {
            code: "missing",
            path,
            message: `\`${path.at(-1)}\` is missing`,
            expected: article(issue.expected),
          },
        ];
      }
      return [
        {
          code: "wrong-type",
          path,
          message: `${found} cannot stand here`,
          expected: article(issue.expected),
        },
      ];
    case "invalid_value":
      return [wrongValue(issue.values.map(String), path, root)];
    case "invalid_format":
      return [
        { code: "wrong-format", path, message: `${found} is not ${issue.message}`, expected: issue.message },
      ];
    case "invalid_key":
      return [
        {
          code: "wrong-name",
          path,
          atKey: true,
          message: `"${path.at(-1)}" is no name`,
          expected: "letters, digits, dot, dash, underscore",
        },
      ];
    case "too_small":
      return [
        {
          code: "too-small",
          path,
          message: `${found} is too small`,
          expected:
            issue.origin === "array"
              ? "at least one item"
              : `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`,
        },
      ];
    case "too_big":
      return [
        { code: "too-large", path, message: `${found} is too large`, expected: `at most ${issue.maximum}` },
      ];
    default:
      return [{ code: "wrong", path, message: issue.message }];
  }
}

function wrongValue(values: readonly string[], path: Path, root: unknown): Finding {
  const value = at(root, path);
  if (path.length === 1 && path[0] === "fleetquake") {
    return value === undefined
      ? {
          code: "no-version",
          path,
          message: "the format version is missing",
          expected: "`fleetquake: 1` at the top",
        }
      : {
          code: "wrong-version",
          path,
          message: `format version ${show(value)} is not known to this program`,
          expected: "1",
          hint: "install the fleetquake that wrote it, or change the file to format 1: `fleetquake schema` prints it",
        };
  }
  const near = typeof value === "string" ? nearestName(value, values) : undefined;
  const finding = {
    code: "wrong-value",
    path,
    message: `${show(value)} is not one of the values`,
    expected: values.join(", "),
  };
  return near === undefined ? finding : { ...finding, hint: `did you mean "${near}"?` };
}

/** Of the alternatives of a union, the one that got furthest speaks for all; a plain mismatch lists what could stand. */
function union(
  issue: Extract<ZodIssue, { code: "invalid_union" }>,
  path: Path,
  root: unknown,
  schema: z.ZodType,
): readonly Finding[] {
  const value = at(root, path);
  const alternatives = issue.errors.filter((errors) => errors.length > 0);
  const isMapping = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isMapping) {
    const scored = alternatives
      .map((errors) => ({ errors, score: errors.reduce((sum, error) => sum + cost(error), 0) }))
      .sort((a, b) => a.score - b.score);
    const best = scored[0];
    if (best !== undefined && best.score < 100)
      return best.errors.flatMap((error) => translate(error, path, root, schema));
  }
  const formats = alternatives.flatMap((errors) => errors.flatMap(formatsOf));
  const wanted =
    formats.length > 0 && !isMapping
      ? formats
      : alternatives.flatMap((errors) => errors.map(expectedOf)).filter((text) => text !== "");
  return [
    {
      code: "wrong-value",
      path,
      message: `${show(value)} cannot stand here`,
      expected: [...new Set(wanted)].slice(0, 4).join(", or "),
    },
  ];
}

/** How far an alternative is from what was written: a wrong kind of value altogether is out of the question. */
function cost(error: ZodIssue): number {
  if (error.code === "invalid_type" && error.path.length === 0) return 100;
  if (error.code === "invalid_value" && error.path.length === 0) return 100;
  if (error.code === "unrecognized_keys") return 3 * error.keys.length;
  return error.code === "invalid_type" ? 2 : 1;
}

/** What a text in this place would look like, also where it is an alternative of an alternative. */
function formatsOf(error: ZodIssue): readonly string[] {
  if (error.code === "invalid_union") return error.errors.flatMap((errors) => errors.flatMap(formatsOf));
  // The one number that a duration may be.
  if (error.code === "invalid_value" && error.values.length === 1 && error.values[0] === 0)
    return ["a duration with its unit, such as 90s, 12m or 4h30m"];
  return error.code === "invalid_format" ? [error.message] : [];
}

function expectedOf(error: ZodIssue): string {
  if (error.code === "invalid_format") return error.message;
  if (error.code === "invalid_type") return article(error.expected);
  if (error.code === "invalid_value") return error.values.map(String).join(" or ");
  return "";
}

function unknownKey(key: string, path: Path, schema: z.ZodType): Finding {
  const known = keysAt(schema, path);
  const near = nearestName(key, known);
  const finding = {
    code: "unknown-key",
    path: [...path, key],
    atKey: true,
    message: `there is no key \`${key}\` here`,
  };
  if (near !== undefined) return { ...finding, hint: `did you mean \`${near}\`?` };
  return known.length > 0 ? { ...finding, expected: `one of ${known.join(", ")}` } : finding;
}

interface Inner {
  readonly _zod: {
    readonly def: {
      type: string;
      shape?: Record<string, z.ZodType>;
      innerType?: z.ZodType;
      element?: z.ZodType;
      valueType?: z.ZodType;
      options?: readonly z.ZodType[];
    };
  };
}

/** Keys that the schema knows at a path; every alternative of a union counts. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let nodes: readonly z.ZodType[] = [schema];
  for (const part of path) nodes = nodes.flatMap((node) => step(node, part));
  return [
    ...new Set(
      nodes
        .flatMap((node) => unwrap(node))
        .flatMap((node) => Object.keys((node as unknown as Inner)._zod.def.shape ?? {})),
    ),
  ];
}

function unwrap(node: z.ZodType): readonly z.ZodType[] {
  const { def } = (node as unknown as Inner)._zod;
  if (def.innerType !== undefined) return unwrap(def.innerType);
  if (def.options !== undefined) return def.options.flatMap(unwrap);
  return [node];
}

function step(node: z.ZodType, part: string | number): readonly z.ZodType[] {
  return unwrap(node).flatMap((inner) => {
    const { def } = (inner as unknown as Inner)._zod;
    const next = def.shape?.[part] ?? def.element ?? def.valueType;
    return next === undefined ? [] : [next];
  });
}

const at = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined,
    root,
  );

function show(value: unknown): string {
  if (typeof value === "string") return `"${value.length > 40 ? `${value.slice(0, 37)}...` : value}"`;
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  return value === undefined ? "nothing" : String(value);
}
