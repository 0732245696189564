/** `--manager`: which manager of the scenario is replaced, and by what. */
import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { type Issue, nearestName } from "../../base/issue.js";
import type { Json } from "../../base/json.js";
import { quoted } from "../../base/quoted.js";
import { err, ok, type Result } from "../../base/result.js";
import type { Scenario, Variant } from "../../scenario/scenario.js";
import { expectGate } from "../../trace/expectations.js";

/** Plain data: it is sent to threads. `label` is what the user wrote, and the name of the model in the catalogue. */
export type ManagerSource =
  | { readonly kind: "module"; readonly label: string; readonly path: string }
  | { readonly kind: "exec"; readonly label: string; readonly command: readonly string[] };

export interface ManagerRequest {
  /** Name in the scenario; null: the first manager of the file. */
  readonly as: string | null;
  readonly source: ManagerSource;
}

/** What `withManagers` needs of a request: whom it plays, and the name of its model in the catalogue. */
export interface Replacement {
  readonly as: string | null;
  readonly source: Pick<ManagerSource, "label">;
}

/** What a command was told to load; plain data, sent to threads as it is. */
export interface CatalogueRequest {
  /** Absolute paths of `--load`. */
  readonly modules: readonly string[];
  readonly managers: readonly ManagerRequest[];
  /** How long one answer of a manager may take. */
  readonly timeoutMs: number;
}

/** What users call what they loaded; the beacon shows a position in this list, counted from 1. */
export const labelsOf = ({ modules, managers }: CatalogueRequest): readonly string[] => [
  ...modules,
  ...managers.map(({ source }) => source.label),
];

export interface ManagerOptions {
  readonly load: readonly string[];
  readonly manager: readonly string[];
  readonly as?: string;
  readonly managerTimeout: number;
}

const extensions = [".ts", ".mts", ".js", ".mjs"];
const expected = `a module (${extensions.join(", ")}) or \`exec:\` and a command, with \`NAME=\` before it for a manager other than the first`;

const mistake = (value: string, message: string, hint?: string): Issue => ({
  code: "manager-option",
  severity: "error",
  file: `--manager ${value}`,
  message,
  expected,
  ...(hint === undefined ? {} : { hint }),
});

/** Everything that these options say; every mistake at once. */
export function catalogueRequest(options: ManagerOptions): Result<CatalogueRequest, readonly Issue[]> {
  const managers = managerRequests(options);
  if (!managers.ok) return managers;
  const modules = options.load.map((path) => resolve(path));
  return ok({ modules, managers: managers.value, timeoutMs: options.managerTimeout });
}

function managerRequests({ manager, as }: ManagerOptions): Result<readonly ManagerRequest[], Issue[]> {
  const issues: Issue[] = [];
  const requests: ManagerRequest[] = [];
  for (const value of manager) {
    const [, name, target] = /^(?:([\w.-]+)=)?(.*)$/s.exec(value)!;
    const source = sourceOf(value, target!);
    if (source.ok) requests.push({ as: name ?? null, source: source.value });
    else issues.push(source.error);
  }
  const unnamed = requests.filter((request) => request.as === null);
  if (as !== undefined && unnamed.length !== 1 && issues.length === 0) {
    const message = `--as ${as} needs one --manager without a name; there are ${unnamed.length}`;
    issues.push(mistake(manager.join(" "), message));
  }
  const named = requests.map((request) => ({ ...request, as: request.as ?? as ?? null }));
  named.forEach((request, k) => {
    if (named.findIndex((other) => other.as === request.as) < k)
      issues.push(mistake(manager[k]!, `${request.as ?? "the first manager"} is replaced twice`));
  });
  return issues.length > 0 ? err(issues) : ok(named);
}

function sourceOf(value: string, target: string): Result<ManagerSource, Issue> {
  if (target.startsWith("exec:")) {
    const command = words(target.slice("exec:".length));
    if (command === null) return err(mistake(value, "a quote is not closed"));
    if (command.length === 0) return err(mistake(value, "there is no command after exec:"));
    return ok({ kind: "exec", label: target, command });
  }
  const path = resolve(target);
  if (!extensions.includes(extname(target))) {
    const hint = existsSync(path) ? `exec:${target} runs it as a program` : undefined;
    return err(mistake(value, "this is no module", hint));
  }
  if (!existsSync(path)) return err(mistake(value, `there is no file ${path}`));
  return ok({ kind: "module", label: target, path });
}

/** A command line in words, quotes as in a shell; no shell takes part. Null where a quote is not closed. */
function words(text: string): readonly string[] | null {
  const found: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let k = 0; k < text.length; k++) {
    const char = text[k]!;
    if (quote !== "") {
      if (char === quote) quote = "";
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= "";
    } else if (/\s/.test(char)) {
      if (word !== null) found.push(word);
      word = null;
    } else word = (word ?? "") + char;
  }
  if (quote !== "") return null;
  return word === null ? found : [...found, word];
}

/**
 * The scenario with other managers. What the file expects was written for the managers that it names, so the default
 * gate judges instead; only what may stay never exercised with one of them may with another.
 */
export function withManagers(
  file: string,
  scenario: Scenario,
  requests: readonly Replacement[],
): Result<Scenario, readonly Issue[]> {
  if (requests.length === 0) return ok(scenario);
  const inFile = Object.keys((scenario.document as { managers?: object }).managers ?? {});
  const all = [
    ...new Set([...inFile, ...scenario.variants.flatMap(({ spec }) => spec.managers.map((m) => m.name))]),
  ];
  const replaced = new Map<string, string>();
  const issues: Issue[] = [];
  for (const { as, source } of requests) {
    const name = as ?? all[0];
    if (name === undefined || !all.includes(name)) {
      const near = nearestName(name ?? "", all);
      issues.push({
        code: "unknown-manager",
        severity: "error",
        file,
        message:
          name === undefined ? "this scenario has no manager to replace" : `there is no manager "${name}"`,
        ...(all.length === 0 ? {} : { expected: `one of ${all.join(", ")}` }),
        ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
      });
    } else if (replaced.has(name)) {
      issues.push({
        code: "manager-option",
        severity: "error",
        file,
        message: `manager ${name} is replaced twice: without a name --manager means the first of the file`,
      });
    } else replaced.set(name, source.label);
  }
  if (issues.length > 0) return err(issues);
  const untested = scenario.variants.flatMap(({ expect }) => expect?.neverExercised ?? []);
  const expect = { ...expectGate, neverExercised: [...new Set(untested)] };
  const variants = scenario.variants.map((variant): Variant => {
    const managers = variant.spec.managers.map((manager) => ({
      ...manager,
      model: replaced.get(manager.name) ?? manager.model,
    }));
    const patch = withModels(variant.patch, replaced);
    return { ...variant, patch, spec: { ...variant.spec, managers }, expect };
  });
  return ok({ ...scenario, document: withModels(scenario.document, replaced), variants });
}

/** The document, or the patch of a variant, says the same as what was made of it: a search goes on from there. */
function withModels(document: Json, replaced: ReadonlyMap<string, string>): Json {
  const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap(document) || !isMap(document["managers"])) return document;
  const managers = Object.entries(document["managers"]).map(([name, manager]): [string, Json] => {
    const model = replaced.get(name);
    return [name, model === undefined || !isMap(manager) ? manager : { ...manager, model }];
  });
  return { ...document, managers: Object.fromEntries(managers) };
}

/** The same options as a shell takes them, for a command that repeats this one. */
export const managerArguments = ({ load, manager, as }: ManagerOptions): readonly string[] => [
  ...load.map((path) => `--load ${quoted(path)}`),
  ...manager.map((value) => `--manager ${quoted(value)}`),
  ...(as === undefined ? [] : [`--as ${as}`]),
];
