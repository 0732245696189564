/** `fleetquake check`: searches for the mutation that breaks a manager, shrinks it, explains it, keeps it. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { type Issue, nearestName } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { operatorsFor } from "../../chaos/mutations/catalogue.js";
import type { Operator } from "../../chaos/mutations/operator.js";
import type { PropertyRule } from "../../models/judging/rule.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { type CheckOptions, checkOptions } from "../check-options.js";
import { conclude, type Searched } from "../check-outputs.js";
import { CheckPool } from "../check-pool.js";
import { prepare, resultOf, type Target } from "../check-targets.js";
import { Console } from "../console.js";
import { exitCode, worst } from "../exit-code.js";
import { loadScenario } from "../load.js";
import { type CommonOptions, commonOptions, consoleOptions } from "../options.js";
import { search, WorkerFailure } from "../search.js";

type Options = CommonOptions & CheckOptions;

export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .description(
      "search for the configuration mutation that breaks a manager, and make it as small as it goes",
    )
    .argument("<scenario...>", "scenario files");
  checkOptions(commonOptions(command))
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake check scenarios/duo-2025-02-13.yaml --variant modern
  $ fleetquake check my-fleet.yaml --exhaustive 2 --runs 20000 --save --format html,json,junit,sarif`,
    )
    .action(async (files: string[], options: Options) => {
      process.exitCode = await check(files, options);
    });
}

async function check(files: readonly string[], options: Options): Promise<number> {
  const console = new Console(consoleOptions(options));
  const modules = options.load.map((path) => resolve(path));
  const catalogue = await loadCatalogue(modules);
  const issues: Issue[] = [];
  if (!catalogue.ok) {
    console.issues(catalogue.error);
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
    const loaded = loadScenario(file, catalogue.value, all ? [] : options.variant);
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
  return searchAll(targets, operators.value, properties.value, catalogue.value, modules, options, console);
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
  modules: readonly string[],
  options: Options,
  console: Console,
): Promise<number> {
  const stop = new SharedArrayBuffer(4);
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
    Atomics.store(new Int32Array(stop), 0, 1);
  };
  process.on("SIGINT", onInterrupt);
  const startedMs = performance.now();
  const wallMs = options.wall === undefined ? Number.POSITIVE_INFINITY : options.wall * 1000;
  const pool = new CheckPool({ jobs: options.jobs, modules, stop, delaysMs: options.delay.map(Number) });
  const results: Searched[] = [];
  const codes: number[] = [];
  try {
    for (const [id, target] of targets.entries()) {
      if (interrupted) break;
      const prepared = prepare(target, operators, properties, catalogue, options);
      if (!prepared.ok) {
        console.issues(prepared.error);
        codes.push(exitCode.wrongInput);
        continue;
      }
      const found = await search(pool, id, options.jobs, {
        ...prepared.value,
        stop: () => (interrupted ? "interrupt" : performance.now() - startedMs > wallMs ? "wall" : null),
        progress: (text) =>
          console.progress(`${target.owner.scenario.name} · ${target.variant.name} · ${text}`),
      });
      console.clearProgress();
      results.push({ target, result: resultOf(target, found, options) });
    }
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    console.clearProgress();
    console.warn(`This is a bug in fleetquake (or in a module that was loaded): ${error.message}`);
    console.warn(`  replay: fleetquake ${process.argv.slice(2).join(" ")}`);
    if (options.debug) console.warn(error.stackOfWorker);
    codes.push(exitCode.bug);
  } finally {
    process.off("SIGINT", onInterrupt);
    await pool.close();
  }
  codes.push(await conclude(results, interrupted, options, console));
  return worst(codes);
}
