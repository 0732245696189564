/**
 * The two template languages of ApplicationSets: `{{path.basename}}` (fasttemplate) and `{{ .path.basename }}` (Go), of which
 * fields, `index`, and the usual functions on texts are known. What is not known stays as it is written.
 */
import { isMapping, type Mapping, type Value, valueAt } from "../kubernetes/values.js";

/** A text with its actions replaced; `failed` gets those that are not understood. */
export function render(text: string, parameters: Mapping, go: boolean, failed: Set<string>): string {
  return text.replace(/\{\{(-?)([^{}]*?)(-?)\}\}/g, (all, _left, action: string) => {
    const value = go ? evaluate(action.trim(), parameters) : flat(parameters, action.trim());
    if (value !== undefined) return shown(value);
    failed.add(all);
    return all;
  });
}

const shown = (value: Value): string =>
  value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** `path.basename`, `path[0]`, `metadata.labels.env`: keys with dots in them are keys of what came before. */
function flat(parameters: Mapping, name: string): Value | undefined {
  if (name === "path") return valueAt(parameters, ["path", "path"]) ?? parameters["path"];
  const segment = /^path\[(\d+)\]$/.exec(name);
  if (segment !== null) return valueAt(parameters, ["path", "segments", Number(segment[1])]);
  const steps = name.split(".");
  let here: Value | undefined = parameters;
  for (let i = 0; i < steps.length; ) {
    if (!isMapping(here)) return undefined;
    const mapping: Mapping = here;
    let end = steps.length;
    while (end > i && !Object.hasOwn(mapping, steps.slice(i, end).join("."))) end--;
    if (end === i) return undefined;
    here = mapping[steps.slice(i, end).join(".")];
    i = end;
  }
  return typeof here === "object" && here !== null ? undefined : here;
}

/** A pipeline of Go: the last argument of a function is what came before. */
function evaluate(action: string, parameters: Mapping): Value | undefined {
  const stages = split(action, "|");
  let value: Value | undefined;
  for (const [i, stage] of stages.entries()) {
    const words = split(stage, " ").filter((word) => word !== "");
    const name = words[0];
    if (name === undefined) return undefined;
    if (i === 0 && words.length === 1) value = operand(name, parameters);
    else {
      const given = words.slice(1).map((word) => operand(word, parameters));
      const all = i === 0 ? given : [...given, value];
      value = name === "index" ? indexed(all) : call(name, all);
    }
    if (value === undefined && stages.length === i + 1) return undefined;
  }
  return value;
}

/** Parts between separators that are in no quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [""];
  let quote = "";
  for (const sign of text) {
    if (quote === "" && sign === separator) {
      parts.push("");
      continue;
    }
    if (quote === "" && (sign === '"' || sign === "`")) quote = sign;
    else if (sign === quote) quote = "";
    parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

function operand(word: string, parameters: Mapping): Value | undefined {
  if (/^".*"$|^`.*`$/.test(word)) return word.slice(1, -1);
  if (/^-?\d+$/.test(word)) return Number(word);
  if (word === ".") return parameters;
  return word.startsWith(".") ? valueAt(parameters, word.slice(1).split(".")) : undefined;
}

function indexed(all: readonly (Value | undefined)[]): Value | undefined {
  const [value, ...steps] = all;
  const path = steps.filter(
    (step): step is string | number => typeof step === "string" || typeof step === "number",
  );
  return path.length === steps.length ? valueAt(value, path) : undefined;
}

function call(name: string, all: readonly (Value | undefined)[]): Value | undefined {
  if (name === "default") return all[1] === undefined || all[1] === null || all[1] === "" ? all[0] : all[1];
  const texts = all
    .filter((value): value is string | number | boolean => value !== undefined && typeof value !== "object")
    .map(String);
  if (texts.length !== all.length || texts.length === 0) return undefined;
  const last = texts[texts.length - 1]!;
  const [first = "", second = ""] = texts;
  switch (name) {
    case "normalize":
      return normalized(last);
    case "lower":
      return last.toLowerCase();
    case "upper":
      return last.toUpperCase();
    case "trim":
      return last.trim();
    case "quote":
      return `"${last}"`;
    case "base":
      return last.slice(last.lastIndexOf("/") + 1);
    case "dir":
      return last.includes("/") ? last.slice(0, last.lastIndexOf("/")) : ".";
    case "trimPrefix":
      return last.startsWith(first) ? last.slice(first.length) : last;
    case "trimSuffix":
      return last.endsWith(first) && first !== "" ? last.slice(0, -first.length) : last;
    case "replace":
      return texts.length === 3 && first !== "" ? last.split(first).join(second) : undefined;
    case "print":
      return texts.join("");
    case "printf":
      return printed(texts);
    default:
      return undefined;
  }
}

function printed([format = "", ...rest]: readonly string[]): string | undefined {
  const values = [...rest];
  if (/%[^svdq%]/.test(format)) return undefined;
  return format.replace(/%([svdq%])/g, (_, verb: string) => {
    if (verb === "%") return "%";
    const value = values.shift() ?? "";
    return verb === "q" ? `"${value}"` : value;
  });
}

/** As a DNS name: other signs become hyphens. */
export const normalized = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, "-")
    .slice(0, 253)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
