/** `fleetquake estimate`: how long until everything is back, for whom, what would shorten it, and how sure that is. */
import { join } from "node:path";
import type { Command } from "commander";
import { type Issue, nearestName } from "../../base/issue.js";
import type { EstimateFile, EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { FullCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { estimateCommand, resumeCommand } from "../estimate-command.js";
import { estimateText } from "../estimate-text.js";
import { estimateVariant } from "../estimate-variant.js";
import { exitCode, worst } from "../exit-code.js";
import { writeAll } from "../files.js";
import { describeCatalogue } from "../foreign/describe-catalogue.js";
import { catalogueRequest, type ManagerOptions } from "../foreign/manager-option.js";
import { forget, isKept, type Kept, keep } from "../kept-replications.js";
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
import type { ReplicationPool } from "../replicate.js";
import { replicating, type Stop } from "../replicating.js";
import { estimateHtml } from "../report-html.js";
import { writeOverview } from "../reports-overview.js";
import { version } from "../version.js";

interface Options extends CommonOptions, ManagerOptions, ReplicationOptions {
  readonly variant: readonly string[];
  readonly levers: boolean;
  readonly guard: readonly string[];
  readonly resume: boolean;
  readonly out: string;
}

export function addEstimate(program: Command): void {
  const command = program
    .command("estimate")
    .description("how long recovery takes, for whom, and what would shorten it, with confidence intervals")
    .argument("<scenario...>", "scenario files")
    .option("--variant <name>", "only this variant (repeatable; `all`; otherwise the first)", collect, []);
  managerOptions(replicationOptions(commonOptions(command)))
    .option("--no-levers", "leave out what would help most and where the spread comes from")
    .option(
      "--guard <name>",
      "a guard to try in front of every manager, instead of the usual ones (repeatable)",
      collect,
      [],
    )
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

interface Work {
  readonly owner: LoadedScenario;
  readonly folder: string;
  readonly variants: LoadedScenario["variants"];
}

async function run(files: readonly string[], options: Options): Promise<number> {
  const console = new Console(consoleOptions(options));
  const request = catalogueRequest(options);
  const catalogue = request.ok ? await describeCatalogue(request.value) : request;
  if (!request.ok || !catalogue.ok) {
    if (!catalogue.ok) console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const issues: Issue[] = unknownGuards(options.guard, catalogue.value);
  const all = options.variant.includes("all");
  const work: Work[] = [];
  for (const file of files) {
    const loaded = loadScenario(file, catalogue.value, all ? [] : options.variant, request.value.managers);
    if (!loaded.ok) {
      issues.push(...loaded.error);
      continue;
    }
    const owner = loaded.value;
    console.issues(owner.warnings);
    const variants = options.variant.length === 0 ? owner.variants.slice(0, 1) : owner.variants;
    work.push({ owner, folder: join(options.out, owner.scenario.name), variants });
  }
  if (options.resume && issues.length === 0 && !work.some(someKept)) {
    issues.push({
      code: "resume",
      severity: "error",
      message: "there is nothing to resume",
      hint: "start without --resume",
    });
  }
  if (issues.length > 0) {
    console.issues(issues);
    return exitCode.wrongInput;
  }
  const kept: Kept[] = [];
  const machine: EstimateFile[] = [];
  const codes = await replicating(request.value, options, console, async (pool, stop) => {
    const found: number[] = [];
    for (const item of work) {
      if (isOver(stop(), kept)) break;
      const results = await estimateAll(item, pool, stop, options, catalogue.value, console, kept);
      if (results === null) return [exitCode.wrongInput];
      await pool.verify();
      if (results.length > 0) found.push(await conclude(item, results, options, console, machine));
    }
    const wanted = work.reduce((sum, { variants }) => sum + variants.length, 0);
    const finished = machine.flatMap(({ results }) => results).filter(isFinished).length;
    if (finished === wanted) for (const item of kept) forget(item);
    else found.push(...keepAll(kept, stop() ?? "interrupt", console));
    return found;
  });
  if (machine.length > 0) await writeOverview(options.out, console);
  if (options.json) console.json(machine.length === 1 ? machine[0] : machine);
  return worst(codes);
}

const isFinished = ({ stoppedBy }: EstimateResult): boolean =>
  stoppedBy !== "wall" && stoppedBy !== "interrupt";

const someKept = ({ folder, variants }: Work): boolean => variants.some(({ name }) => isKept(folder, name));

const unknownGuards = (names: readonly string[], { guards }: FullCatalogue): Issue[] => {
  const known = guards.map(({ name }) => name);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      return {
        code: "unknown-guard",
        severity: "error",
        message: `there is no guard "${name}"`,
        hint: near === undefined ? "fleetquake guards lists them" : `did you mean "${near}"?`,
      };
    });
};

/** Time alone stops nothing before something was simulated: going on again and again comes to an end. */
const isOver = (stopped: ReturnType<Stop>, kept: readonly Kept[]): boolean =>
  stopped === "interrupt" || (stopped === "wall" && kept.length > 0);

/** Null: the input is wrong, and the issues were told. */
async function estimateAll(
  { owner, folder, variants }: Work,
  pool: ReplicationPool,
  stop: Stop,
  options: Options,
  catalogue: FullCatalogue,
  console: Console,
  kept: Kept[],
): Promise<readonly EstimateResult[] | null> {
  const results: EstimateResult[] = [];
  for (const variant of variants) {
    if (isOver(stop(), kept)) break;
    const estimated = await estimateVariant(pool, {
      ...options,
      foreign: [...options.load, ...options.manager],
      catalogue,
      owner,
      variant,
      folder,
      stop,
      progress: (done, until, about) => console.progressBar(done, until, `${variant.name}: ${about}`),
    });
    console.clearProgress();
    if (!estimated.ok) {
      console.issues(estimated.error);
      return null;
    }
    kept.push(estimated.value.kept);
    if (estimated.value.result !== null) results.push(estimated.value.result);
  }
  return results;
}

/** What was simulated goes to files, and the person is told how to go on. */
function keepAll(kept: readonly Kept[], stopped: "wall" | "interrupt", console: Console): readonly number[] {
  for (const item of kept) {
    const written = keep(item);
    if (written.ok) continue;
    console.issues([written.error]);
    return [exitCode.wrongInput];
  }
  console.warn(
    `${stopped === "wall" ? "Stopped by --wall." : "Interrupted."} What was simulated is kept.\n  resume: ${resumeCommand(process.argv.slice(2))}`,
  );
  return [stopped === "wall" ? exitCode.noVerdict : exitCode.interrupted];
}

async function conclude(
  { owner: { file, scenario }, folder, variants }: Work,
  results: readonly EstimateResult[],
  options: Options,
  console: Console,
  machine: EstimateFile[],
): Promise<number> {
  const { name, title } = scenario;
  const found: EstimateFile = {
    fleetquake: version,
    kind: "estimate",
    scenario: { name, title, file },
    results,
    command: estimateCommand(
      file,
      variants.map((variant) => variant.name),
      options,
    ),
  };
  const files = new Map([
    ["estimate.json", [`${JSON.stringify(found, null, 2)}\n`]],
    ["estimate.html", [await estimateHtml([found])]],
  ]);
  const written = writeAll(folder, files);
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  machine.push(found);
  const paint: Console["paint"] = (style, text) => console.paint(style, text);
  for (const result of results) console.say(`${estimateText(result, title, paint)}\n`);
  console.say(`Figures: ${join(folder, "estimate.json")}`);
  console.say(`Report: ${join(folder, "estimate.html")}\n`);
  return worst(
    results.map(({ bounds, stoppedBy, cutShort }) => {
      if (bounds.some(({ verdict }) => verdict === "violated")) return exitCode.violated;
      const open = bounds.some(({ verdict }) => verdict === "undecided");
      return open || stoppedBy === "wall" || cutShort > 0 ? exitCode.noVerdict : exitCode.ok;
    }),
  );
}
