/** `fleetquake estimate`: how long until everything is back, for whom, what would shorten it, and how sure that is. */
import { join } from "node:path";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { Issue } from "../../base/issue.js";
import type { EstimateFile, EstimateResult } from "../../estimate/replications/estimate-result.js";
import { ManagerFault } from "../../live/fault.js";
import { Console } from "../console.js";
import { estimateText } from "../estimate-text.js";
import { type EstimateRequest, estimateVariant } from "../estimate-variant.js";
import { exitCode, worst } from "../exit-code.js";
import { writeAll } from "../files.js";
import { describeCatalogue } from "../foreign/describe-catalogue.js";
import { catalogueRequest, type ManagerOptions, managerArguments } from "../foreign/manager-option.js";
import { listenForInterruption } from "../interruption.js";
import { type LoadedScenario, loadScenario } from "../load.js";
import {
  type CommonOptions,
  collect,
  commonOptions,
  consoleOptions,
  managerOptions,
  type ReplicationOptions,
  replicationOptions,
} from "../options.js";
import { ReplicationPool } from "../replicate.js";
import { version } from "../version.js";
import { WorkerFailure } from "../worker-pool.js";

interface Options extends CommonOptions, ManagerOptions, ReplicationOptions {
  readonly variant: readonly string[];
  readonly levers: boolean;
  readonly guard: readonly string[];
  readonly costPerLogin?: number;
  readonly resume: boolean;
  readonly out: string;
}

function price(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("expected a number, 0 or more");
  return value;
}

export function addEstimate(program: Command): void {
  const command = program
    .command("estimate")
    .description("how long recovery takes, for whom, and what would shorten it, with confidence intervals")
    .argument("<scenario...>", "scenario files")
    .option("--variant <name>", "only this variant (repeatable; `all`; otherwise the first)", collect, []);
  managerOptions(replicationOptions(commonOptions(command)))
    .option("--no-levers", "leave out what would help most and where the spread comes from")
    .option("--guard <name>", "also try this guard in front of every manager (repeatable)", collect, [])
    .option("--cost-per-login <amount>", "what a login that fails costs", price)
    .option("--resume", "go on where Ctrl-C or --wall stopped the same estimate", false)
    .option("--out <folder>", "folder of the reports", "reports")
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake estimate scenarios/duo-2025-02-13.yaml --variant legacy
  $ fleetquake estimate my-fleet.yaml --variant all --runs 10000 --no-levers --cost-per-login 0.05

Exit codes: 0 bounds hold, or there are none · 1 a bound of the scenario is violated · 2 the input is wrong · 3 undecided, or stopped by a limit`,
    )
    .action(async (files: string[], options: Options) => {
      process.exitCode = await run(files, options);
    });
}

async function run(files: readonly string[], options: Options): Promise<number> {
  const console = new Console(consoleOptions(options));
  const request = catalogueRequest(options);
  const catalogue = request.ok ? await describeCatalogue(request.value) : request;
  if (!request.ok || !catalogue.ok) {
    if (!catalogue.ok) console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const issues: Issue[] = options.guard
    .filter((name) => !catalogue.value.guards.some((guard) => guard.name === name))
    .map((name) => ({
      code: "unknown-guard",
      severity: "error",
      message: `there is no guard "${name}"`,
      hint: "fleetquake guards lists them",
    }));
  const all = options.variant.includes("all");
  const loaded: LoadedScenario[] = [];
  for (const file of files) {
    const result = loadScenario(file, catalogue.value, all ? [] : options.variant, request.value.managers);
    if (!result.ok) issues.push(...result.error);
    else {
      console.issues(result.value.warnings);
      loaded.push(result.value);
    }
  }
  if (issues.length > 0) {
    console.issues(issues);
    return exitCode.wrongInput;
  }
  const interruption = listenForInterruption();
  const startedMs = performance.now();
  const wallMs = options.wall === undefined ? Number.POSITIVE_INFINITY : options.wall;
  const pool = new ReplicationPool({
    jobs: options.jobs,
    request: request.value,
    stop: interruption.flag,
  });
  const codes: number[] = [];
  const machine: EstimateFile[] = [];
  try {
    for (const owner of loaded) {
      if (interruption.happened) break;
      const variants = options.variant.length === 0 ? owner.variants.slice(0, 1) : owner.variants;
      const folder = join(options.out, owner.scenario.name);
      const results: EstimateResult[] = [];
      for (const variant of variants) {
        const asked: EstimateRequest = {
          ...options,
          catalogue: catalogue.value,
          owner,
          variant,
          folder,
          stop: () =>
            interruption.happened ? "interrupt" : performance.now() - startedMs > wallMs ? "wall" : null,
          progress: (text) => console.progress(`${owner.scenario.name} · ${variant.name} · ${text}`),
        };
        const estimated = await estimateVariant(pool, asked);
        console.clearProgress();
        if (!estimated.ok) {
          console.issues(estimated.error);
          return exitCode.wrongInput;
        }
        if (estimated.value !== null) results.push(estimated.value);
      }
      await pool.verify();
      if (results.length > 0) codes.push(conclude(owner, folder, results, console, machine));
    }
  } catch (error) {
    const isBug = error instanceof WorkerFailure;
    if (!isBug && !(error instanceof ManagerFault)) throw error;
    console.clearProgress();
    if (isBug) console.warn(`This is a bug in fleetquake (or in a module that was loaded): ${error.message}`);
    else console.issues(error.issues);
    console.warn(`  replay: fleetquake ${process.argv.slice(2).join(" ")}`);
    const detail = isBug ? error.stackOfWorker : error.request;
    if (options.debug && detail !== null) console.warn(detail);
    codes.push(isBug ? exitCode.bug : exitCode.wrongInput);
  } finally {
    interruption.ignore();
    await pool.close();
  }
  if (options.json) console.json(machine.length === 1 ? machine[0] : machine);
  if (interruption.happened) {
    console.warn("Interrupted. What was simulated is kept.");
    console.warn(
      `  resume: fleetquake estimate ${files.join(" ")} --seed ${options.seed} ${[...options.variant.map((name) => `--variant ${name}`), ...managerArguments(options), "--resume"].join(" ")}`,
    );
    codes.push(exitCode.interrupted);
  }
  return worst(codes);
}

function conclude(
  { file, scenario }: LoadedScenario,
  folder: string,
  results: readonly EstimateResult[],
  console: Console,
  machine: EstimateFile[],
): number {
  const { name, title } = scenario;
  const found: EstimateFile = {
    fleetquake: version,
    kind: "estimate",
    scenario: { name, title, file },
    results,
  };
  const written = writeAll(folder, new Map([["estimate.json", [`${JSON.stringify(found, null, 2)}\n`]]]));
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  machine.push(found);
  const paint: Console["paint"] = (style, text) => console.paint(style, text);
  for (const result of results) console.say(`${estimateText(result, title, paint)}\n`);
  console.say(`Figures: ${join(folder, "estimate.json")}\n`);
  return worst(
    results.map(({ bounds, stoppedBy }) => {
      if (bounds.some(({ verdict }) => verdict === "violated")) return exitCode.violated;
      const open = bounds.some(({ verdict }) => verdict === "undecided");
      return open || stoppedBy === "wall" ? exitCode.noVerdict : exitCode.ok;
    }),
  );
}
