/** Scenario files to runs: everything that is wrong with them is known before anything is simulated or written. */
import type { Issue } from "../base/issue.js";
import { nearestName } from "../base/issue.js";
import { err, ok, type Result } from "../base/result.js";
import { buildRun } from "../scenario/build-run.js";
import { parseScenario } from "../scenario/parse.js";
import type { Scenario, Variant } from "../scenario/scenario.js";
import { type FullCatalogue, knownNames } from "./catalogue.js";
import { readBeside, readTextFile } from "./files.js";
import { type ManagerRequest, type Replacement, withManagers } from "./foreign/manager-option.js";
import { readFolderBeside } from "./imported-folder.js";

export interface LoadedScenario {
  readonly file: string;
  readonly scenario: Scenario;
  /** Those chosen, in the order of the file. */
  readonly variants: readonly Variant[];
  readonly warnings: readonly Issue[];
  /** Gives an issue that names a path of the scenario its line and column. */
  readonly locate: (issue: Issue) => Issue;
}

export function loadScenario(
  file: string,
  catalogue: FullCatalogue,
  chosen: readonly string[],
  managers: readonly ManagerRequest[] = [],
): Result<LoadedScenario, readonly Issue[]> {
  const text = readTextFile(file);
  if (!text.ok) return err([text.error]);
  return loadScenarioText(text.value, file, catalogue, chosen, managers);
}

/** `file` is where the text comes from: what it names is read from beside it. */
export function loadScenarioText(
  text: string,
  file: string,
  catalogue: FullCatalogue,
  chosen: readonly string[],
  managers: readonly Replacement[] = [],
): Result<LoadedScenario, readonly Issue[]> {
  const parsed = parseScenario(text, file, {
    known: knownNames(catalogue),
    readFile: readBeside(file),
    readFolder: readFolderBeside(file),
  });
  if (!parsed.ok) return parsed;
  const { warnings, locate } = parsed.value;
  const replaced = withManagers(file, parsed.value.scenario, managers);
  if (!replaced.ok) return replaced;
  const scenario = replaced.value;
  const issues: Issue[] = [];
  const names = scenario.variants.map((variant) => variant.name);
  for (const name of chosen) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    issues.push({
      code: "unknown-variant",
      severity: "error",
      file,
      message: `there is no variant "${name}"`,
      expected: `one of ${names.join(", ")}`,
      ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
    });
  }
  const variants = scenario.variants.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  for (const variant of variants) {
    const built = buildRun(scenario.name, variant, catalogue);
    if (!built.ok) {
      const where = scenario.variants.length > 1 ? ` (variant ${variant.name})` : "";
      issues.push(
        ...built.error.map((issue) => ({ file, ...locate(issue), message: `${issue.message}${where}` })),
      );
    }
  }
  return issues.length > 0 ? err(issues) : ok({ file, scenario, variants, warnings, locate });
}
