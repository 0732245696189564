/** `fleetquake check`: searches for the mutation that breaks a manager, shrinks it, explains it, keeps it. */
import type { Command } from "commander";
import { type Issue, nearestName } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { operatorsFor } from "../../chaos/mutations/catalogue.js";
import type { Operator } from "../../chaos/mutations/operator.js";
import { sited } from "../../chaos/random.js";
import type { PropertyRule } from "../../models/judging/rule.js";
import type { FullCatalogue } from "../catalogue.js";
import { type CheckOptions, checkOptions } from "../check-options.js";
import { conclude, type Searched } from "../check-outputs.js";
import { CheckPool } from "../check-pool.js";
import { prepare, resultOf, type Target } from "../check-targets.js";
import { Console } from "../console.js";
import { exitCode, worst } from "../exit-code.js";
import { describeCatalogue } from "../foreign/describe-catalogue.js";
import { type CatalogueRequest, catalogueRequest, type ManagerOptions } from "../foreign/manager-option.js";
import { listenForInterruption } from "../interruption.js";
import { loadScenario } from "../load.js";
import { type CommonOptions, commonOptions, consoleOptions, managerOptions } from "../options.js";
import { repositoryOptions } from "../repository-options.js";
import { type SearchRequest, search } from "../search.js";
import { tellFailure } from "../tell-failure.js";
import { checkRepository, type RepositoryOptions } from "./check-repository.js";

type Options = CommonOptions & CheckOptions & ManagerOptions;

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .description(
      "search for the configuration mutation that breaks a manager, and make it as small as it goes",
    )
    .argument("<scenario...>", "scenario files; with --from a folder or files of real configuration");
  repositoryOptions(managerOptions(checkOptions(commonOptions(command))))
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake check scenarios/duo-2025-02-13.yaml --variant modern
  $ fleetquake check my-fleet.yaml --exhaustive 2 --runs 20000 --save --format html,json,junit,sarif
  $ fleetquake check --from flux . --change main..HEAD --fail-on manager,blast>=10% --format sarif,github`,
    )
    .action(async (paths: string[], options: Options & Partial<RepositoryOptions>, command: Command) => {
      process.exitCode = isRepository(options)
        ? await checkRepository(paths, withFormats(options, command), new Console(consoleOptions(options)))
        : await check(paths, options);
    });
}

const isRepository = (options: Partial<RepositoryOptions>): options is RepositoryOptions & Options =>
  options.from !== undefined;

/** What a search writes unless told is not what a repository is told in. */
const withFormats = (options: RepositoryOptions, command: Command): RepositoryOptions =>
  command.getOptionValueSource("format") === "default" ? { ...options, format: ["json", "sarif"] } : options;

async function check(files: readonly string[], options: Options): Promise<number> {
  const console = new Console(consoleOptions(options));
  const request = catalogueRequest(options);
  const catalogue = request.ok ? await describeCatalogue(request.value) : request;
  const issues: Issue[] = [];
  if (!request.ok || !catalogue.ok) {
    if (!catalogue.ok) console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const operators = operatorsFor({
    ...(options.only.length === 0 ? {} : { only: options.only }),
    except: options.except,
  });
  if (!operators.ok) issues.push(...operators.error);
  const properties = chosenProperties(catalogue.value, options.property);
  if (!properties.ok) issues.push(...properties.error);
  const targets: Target[] = [];
  for (const file of files) {
    const all = options.variant.includes("all");
    const loaded = loadScenario(file, catalogue.value, all ? [] : options.variant, request.value.managers);
    if (!loaded.ok) {
      issues.push(...loaded.error);
      continue;
    }
    console.issues(loaded.value.warnings);
    const { variants } = loaded.value;
    const chosen = options.variant.length === 0 ? variants.slice(0, 1) : variants;
    targets.push(...chosen.map((variant) => ({ owner: loaded.value, variant })));
  }
  if (issues.length > 0 || !operators.ok || !properties.ok) {
    console.issues(issues);
    return exitCode.wrongInput;
  }
  return searchAll(
    targets,
    operators.value,
    properties.value,
    catalogue.value,
    request.value,
    options,
    console,
  );
}

function chosenProperties(
  catalogue: FullCatalogue,
  names: readonly string[],
): Result<readonly PropertyRule[], readonly Issue[]> {
  const known = catalogue.properties.map((property) => property.name);
  const issues = names
    .filter((name) => !known.includes(name))
    .map((name): Issue => {
      const near = nearestName(name, known);
      return {
        code: "unknown-property",
        severity: "error",
        message: `there is no property "${name}"`,
        ...(near === undefined
          ? { expected: `one of ${known.join(", ")}` }
          : { hint: `did you mean "${near}"?` }),
      };
    });
  if (issues.length > 0) return err(issues);
  return ok(catalogue.properties.filter(({ name }) => names.length === 0 || names.includes(name)));
}

async function searchAll(
  targets: readonly Target[],
  operators: readonly Operator[],
  properties: readonly PropertyRule[],
  catalogue: FullCatalogue,
  request: CatalogueRequest,
  options: Options,
  console: Console,
): Promise<number> {
  const interruption = listenForInterruption();
  const startedMs = performance.now();
  const wallMs = options.wall === undefined ? Number.POSITIVE_INFINITY : options.wall * 1000;
  const pool = new CheckPool({
    jobs: options.jobs,
    request,
    stop: interruption.flag,
    delaysMs: options.delay.map(Number),
  });
  const results: Searched[] = [];
  const codes: number[] = [];
  try {
    for (const [id, target] of targets.entries()) {
      if (interruption.happened) break;
      const prepared = prepare(target, operators, properties, catalogue, options);
      if (!prepared.ok) {
        console.issues(prepared.error);
        codes.push(exitCode.wrongInput);
        continue;
      }
      if (options.only.length > 0) warnOfIdle(prepared.value, target, console);
      const found = await search(pool, id, options.jobs, {
        ...prepared.value,
        stop: () =>
          interruption.happened ? "interrupt" : performance.now() - startedMs > wallMs ? "wall" : null,
        progress: (text) =>
          console.progress(`${target.owner.scenario.name} · ${target.variant.name} · ${text}`),
      });
      console.clearProgress();
      results.push({ target, result: resultOf(target, found, options) });
    }
  } catch (error) {
    codes.push(tellFailure(error, options.debug, console));
  } finally {
    interruption.ignore();
    await pool.close();
  }
  codes.push(await conclude(results, interruption.happened, options, console));
  return worst(codes);
}

/** Asking for a mutation and getting no case of it must not look like a pass. */
function warnOfIdle(
  { base, operators }: Pick<SearchRequest, "base" | "operators">,
  { owner, variant }: Target,
  console: Console,
): void {
  const fitting = new Set(sited(base, operators).map(({ operator }) => operator));
  const idle = operators
    .filter((operator) => !fitting.has(operator))
    .map(({ id, name }) => `${id} (${name})`);
  if (idle.length > 0)
    console.warn(`${owner.scenario.name} · ${variant.name}: nothing to mutate for ${idle.join(", ")}`);
}
