/** What is searched, and what is reported of it: everything between the options and the search. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Issue } from "../base/issue.js";
import { ok, type Result } from "../base/result.js";
import { buildBase } from "../chaos/base.js";
import type { CheckResult, CounterexampleView, DocumentDiff, Finding } from "../chaos/check-result.js";
import type { Recipe } from "../chaos/enumerate.js";
import { naturalWeight } from "../chaos/mutations/catalogue.js";
import type { Operator } from "../chaos/mutations/operator.js";
import { isFile, pathOf } from "../models/config/files.js";
import { gateWith } from "../models/judging/bound.js";
import { defaultGate } from "../models/judging/catalogue.js";
import type { PropertyRule } from "../models/judging/rule.js";
import { parseScenario } from "../scenario/parse.js";
import type { Variant } from "../scenario/scenario.js";
import type { FullCatalogue } from "./catalogue.js";
import type { Shrinkage } from "./check-desk.js";
import type { CheckOptions } from "./check-options.js";
import { readTextFile } from "./files.js";
import { type ManagerOptions, managerArguments } from "./foreign/manager-option.js";
import type { LoadedScenario } from "./load.js";
import type { SearchFound, SearchRequest } from "./search.js";

export interface Target {
  readonly owner: LoadedScenario;
  readonly variant: Variant;
}

type Options = CheckOptions & ManagerOptions;

export function prepare(
  { owner, variant }: Target,
  operators: readonly Operator[],
  properties: readonly PropertyRule[],
  catalogue: FullCatalogue,
  options: Options,
): Result<Omit<SearchRequest, "stop" | "progress">, readonly Issue[]> {
  const { scenario, file } = owner;
  const base = buildBase(scenario.name, variant, scenario.variants, catalogue);
  if (!base.ok) return { ok: false, error: base.error.map((issue) => ({ file, ...issue })) };
  const gate = new Set(gateWith(defaultGate, variant.spec.properties));
  const luck = { seed: options.seed, replication: 0, pinned: [] };
  return ok({
    subject: {
      scenario,
      variant,
      properties: properties.map(({ name }) => name),
      operators: operators.map(({ id }) => id),
      luck,
    },
    base: base.value,
    operators,
    properties,
    gate,
    seed: options.seed,
    runs: options.runs,
    exhaustive: options.exhaustive,
    mutationsMax: options.maxMutations,
    weighting: options.weighting,
    weightOf: (name) => naturalWeight[name],
    examples: examplesIn(options.regressions),
    shrinkTriesMax: options.shrinkTries,
    failFast: options.failFast,
    staging: options.staging,
    untilConfidence: options.untilConfidence ?? null,
  });
}

/** Recipes of counterexamples kept earlier; those whose sites this scenario does not have make no case here. */
function examplesIn(folder: string): readonly Recipe[] {
  if (!existsSync(folder)) return [];
  const recipes = new Map<string, Recipe>();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".yaml")) continue;
    const text = readTextFile(join(folder, name));
    const parsed = text.ok ? parseScenario(text.value, name) : text;
    const recipe = parsed.ok ? parsed.value.scenario.variants[0]!.spec.mutations : [];
    if (recipe.length > 0) recipes.set(JSON.stringify(recipe), recipe);
  }
  return [...recipes.values()];
}

export function resultOf(target: Target, found: SearchFound, options: Options): CheckResult {
  const { scenario, file } = target.owner;
  const numbers = new Map<string, number>();
  const findings = found.groups.flatMap(({ group, shrinkage }): Finding[] => {
    if (shrinkage === null) return [];
    const { property, hazard } = group.violation;
    const number = (numbers.get(property) ?? 0) + 1;
    numbers.set(property, number);
    const id = `${property}-${number}`;
    return [
      {
        id,
        property,
        kind: hazard ? "hazard" : "violation",
        decision: shrinkage.decision,
        witness: shrinkage.witness,
        because: shrinkage.because,
        cases: group.cases,
        operators: group.operators,
        counterexample: viewOf(target, id, shrinkage, options),
      },
    ];
  });
  return {
    scenario: { name: scenario.name, title: scenario.title, file },
    ...found.result,
    findings,
    command: commandOf(target, options),
  };
}

/** File name of a kept counterexample. */
export const keptName = ({ owner, variant }: Target, id: string): string =>
  `${owner.scenario.name}-${variant.name}-${id}.yaml`;

function viewOf(
  target: Target,
  id: string,
  { telling, text }: Shrinkage,
  options: Options,
): CounterexampleView {
  const path = join(options.regressions, keptName(target, id));
  return {
    ...telling,
    diff: telling.diff.map((document) => ({ ...document, id: ownPathOf(target, document) ?? document.id })),
    place: placeOf(target, telling.diff[0]),
    replay: options.save
      ? [`fleetquake replay ${path}`, ...managerArguments(options)].join(" ")
      : [
          `fleetquake replay ${join(options.out, target.owner.scenario.name, "counterexamples", keptName(target, id))}`,
          ...managerArguments(options),
        ].join(" "),
    savedAs: options.save ? path : null,
    text,
  };
}

/** The path of a document that is a file of the user's; null: the scenario makes it, or holds it by value. */
function ownPathOf({ owner, variant }: Target, document: { readonly id: string }): string | null {
  const { configuration } = variant.spec;
  if (configuration.kind !== "imported" || configuration.root === null || !isFile(document)) return null;
  return join(dirname(owner.file), configuration.root, pathOf(document));
}

/** Where the mutated document comes from: in the scenario file, or in the user's own. */
function placeOf(target: Target, struck: DocumentDiff | undefined): CounterexampleView["place"] {
  const { file, locate } = target.owner;
  const document = struck?.id;
  const own = struck === undefined ? null : ownPathOf(target, struck);
  if (struck !== undefined && own !== null) return { file: own, ...struckAt(struck), document: own };
  const [folder, rest] = (document ?? "").split("/", 2);
  const name = (rest ?? "").replace(/\.yaml$/, "");
  const path =
    folder === "managers"
      ? `managers.${name.split(".")[0]}`
      : folder === "applications"
        ? `services.${name}`
        : "changes";
  const { line = 1, column = 1 } = locate({ code: "", severity: "error", message: "", path });
  return { file, line, column, document: document ?? "" };
}

/** The first line that differs, as the file has it, and where in it the difference begins. */
function struckAt({ lines }: DocumentDiff): { readonly line: number; readonly column: number } {
  const removed = lines.find(({ kind }) => kind === "removed");
  const added = lines.find(({ kind }) => kind === "added");
  if (removed === undefined) return { line: added?.line ?? 1, column: 1 };
  let column = 1;
  while (
    added !== undefined &&
    column <= removed.text.length &&
    added.text[column - 1] === removed.text[column - 1]
  )
    column++;
  return { line: removed.line, column };
}

function commandOf({ owner, variant }: Target, options: Options): string {
  const parts = [
    `fleetquake check ${owner.file} --variant ${variant.name} --seed ${options.seed} --runs ${options.runs}`,
  ];
  if (options.exhaustive !== 1) parts.push(`--exhaustive ${options.exhaustive}`);
  if (options.maxMutations !== 3) parts.push(`--max-mutations ${options.maxMutations}`);
  if (options.weighting !== "coverage") parts.push(`--weighting ${options.weighting}`);
  if (options.only.length > 0) parts.push(`--only ${options.only.join(",")}`);
  if (options.except.length > 0) parts.push(`--except ${options.except.join(",")}`);
  if (options.property.length > 0) parts.push(`--property ${options.property.join(",")}`);
  return [...parts, ...managerArguments(options)].join(" ");
}
