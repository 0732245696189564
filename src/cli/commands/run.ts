/** `fleetquake run`: simulates every variant, judges it, writes the report. */
import { join } from "node:path";
import type { Command } from "commander";
import { formatClock } from "../../base/clock-time.js";
import type { VariantRun } from "../../run/run-variant.js";
import type { ResultFile } from "../../trace/result.js";
import { whyOf } from "../../trace/story.js";
import { Console } from "../console.js";
import { readEvidence } from "../evidence.js";
import { exitCode, worst } from "../exit-code.js";
import { writeAll } from "../files.js";
import { describeCatalogue } from "../foreign/describe-catalogue.js";
import {
  type CatalogueRequest,
  catalogueRequest,
  type ManagerOptions,
  managerArguments,
} from "../foreign/manager-option.js";
import { listenForInterruption } from "../interruption.js";
import { type LoadedScenario, loadScenario } from "../load.js";
import {
  type CommonOptions,
  commonOptions,
  consoleOptions,
  managerOptions,
  type RunOptions,
  runOptions,
} from "../options.js";
import { runAll } from "../pool.js";
import { loadRasteriser, type Rasterise } from "../rasterise.js";
import { writeOverview } from "../reports-overview.js";
import { runOutputs } from "../run-outputs.js";
import type { Task } from "../simulate-worker.js";
import { codeOf, summaryTable, unmet } from "../summary.js";
import { version } from "../version.js";

type Options = CommonOptions & RunOptions & ManagerOptions;

export function addRun(program: Command): void {
  const command = program
    .command("run")
    .description("simulate every variant of scenario files, judge what happened, write an HTML report")
    .argument("<scenario...>", "scenario files");
  managerOptions(runOptions(commonOptions(command)))
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake run scenarios/duo-2025-02-13.yaml
  $ fleetquake run my-fleet.yaml --variant legacy --seed 7 --format html,json,trace --out my-reports`,
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
  const loaded: LoadedScenario[] = [];
  let wrong = false;
  for (const file of files) {
    const result = loadScenario(file, catalogue.value, options.variant, request.value.managers);
    if (result.ok) {
      console.issues(result.value.warnings);
      loaded.push(result.value);
    } else {
      wrong = true;
      console.issues(result.error);
    }
  }
  const twice = loaded.find((item, k) =>
    loaded.some((o, n) => n < k && o.scenario.name === item.scenario.name),
  );
  if (twice !== undefined) {
    wrong = true;
    console.issues([
      {
        code: "same-name",
        severity: "error",
        file: twice.file,
        message: `another file is called ${twice.scenario.name} too: their reports would overwrite each other`,
        hint: "run them one after the other with different --out",
      },
    ]);
  }
  const rasteriser = options.format.includes("png") ? await loadRasteriser() : null;
  if (rasteriser !== null && !rasteriser.ok) {
    wrong = true;
    console.issues([rasteriser.error]);
  }
  const rasterise = rasteriser?.ok === true ? rasteriser.value : null;
  return wrong ? exitCode.wrongInput : simulateAll(loaded, request.value, options, console, rasterise);
}

async function simulateAll(
  loaded: readonly LoadedScenario[],
  request: CatalogueRequest,
  options: Options,
  console: Console,
  rasterise: Rasterise | null,
): Promise<number> {
  const interruption = listenForInterruption();
  const jobs: { owner: LoadedScenario; task: Task }[] = [];
  for (const owner of loaded) {
    for (const variant of owner.variants) {
      const { scenario } = owner;
      const runs = options.runs ?? null;
      jobs.push({
        owner,
        task: { id: jobs.length, scenario: scenario.name, variant, seed: options.seed, runs },
      });
    }
  }
  const { runs, bug, broken } = await runAll(
    jobs.map(({ task }) => task),
    {
      jobs: options.jobs,
      request,
      stop: interruption.flag,
      failFast: (run) => options.failFast && codeOf([run.result]) === exitCode.violated,
      progress: (text) => console.progress(text),
    },
  );
  interruption.ignore();
  console.clearProgress();
  if (broken !== null) {
    console.issues(broken.issues);
    console.warn(
      `  replay: ${replayCommand(jobs[broken.task.id]!.owner.file, broken.task.variant.name, options)}`,
    );
    if (options.debug && broken.request !== null) console.warn(broken.request);
    return exitCode.wrongInput;
  }
  if (bug !== null) {
    const owner = jobs[bug.task.id]!.owner;
    console.warn(`This is a bug in fleetquake (or in a module that was loaded): ${bug.message}`);
    console.warn(`  replay: ${replayCommand(owner.file, bug.task.variant.name, options)}`);
    if (options.debug) console.warn(bug.stack);
    return exitCode.bug;
  }
  const codes: number[] = [];
  const machine: unknown[] = [];
  for (const owner of loaded) {
    // A run that Ctrl-C cut short is no result; one that its own limit ended is.
    const finished = jobs.flatMap(({ owner: of }, k) => {
      const run = of === owner ? runs[k] : undefined;
      return run === undefined || (interruption.happened && run.result.end === "interrupted") ? [] : [run];
    });
    if (finished.length === 0) continue;
    codes.push(await conclude(owner, finished, request, options, console, machine, rasterise));
  }
  if (options.format.length > 0 && codes.some((code) => code !== exitCode.wrongInput))
    await writeOverview(options.out, console);
  if (options.json) console.json(machine.length === 1 ? machine[0] : machine);
  if (interruption.happened) {
    const missing = jobs.filter((_, k) => runs[k] === undefined || runs[k]?.result.end === "interrupted");
    console.warn("Interrupted. What was finished is kept.");
    for (const { owner, task } of missing.slice(0, 1)) {
      const names = missing.filter((job) => job.owner === owner).map((job) => job.task.variant.name);
      console.warn(
        `  resume: fleetquake run ${owner.file} --seed ${task.seed} ${[...names.map((name) => `--variant ${name}`), ...managerArguments(options)].join(" ")}`,
      );
    }
    return exitCode.interrupted;
  }
  return worst(codes);
}

const replayCommand = (file: string, variant: string, options: Options): string =>
  ["fleetquake run", file, `--variant ${variant} --seed ${options.seed}`, ...managerArguments(options)].join(
    " ",
  );

/** Writes the files of one scenario and says what came out. */
async function conclude(
  { file, scenario }: LoadedScenario,
  finished: readonly VariantRun[],
  request: CatalogueRequest,
  options: Options,
  console: Console,
  machine: unknown[],
  rasterise: Rasterise | null,
): Promise<number> {
  const results = finished.map((run) => run.result);
  const startUtcMs = scenario.variants[0]!.spec.startUtcMs;
  const result: ResultFile = {
    fleetquake: version,
    scenario: {
      name: scenario.name,
      title: scenario.title,
      about: scenario.about,
      sources: scenario.sources,
      startUtcMs,
      file,
    },
    seed: options.seed,
    variants: results,
  };
  const folder = join(options.out, scenario.name);
  const evidence = readEvidence(folder, finished);
  const files = await runOutputs(options.format, {
    result,
    scenario,
    finished,
    evidence,
    request,
    rasterise,
  });
  const written = files.size === 0 ? null : writeAll(folder, files);
  if (written !== null && !written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  machine.push(result);
  console.say(`${console.paint("bold", scenario.title)}  (${file}, seed ${options.seed})\n`);
  console.say(summaryTable(console, results, startUtcMs));
  const wrong = finished.find(({ result: of }) =>
    of.verdicts.some((item) => of.gate.includes(item.property) && item.verdict === "violated"),
  );
  if (wrong !== undefined) {
    console.say(`\nWhy ${console.paint("bold", wrong.result.name)}:`);
    for (const { atMs, text } of whyOf(wrong.trace))
      console.say(`  ${formatClock(atMs, startUtcMs)}  ${text}`);
  }
  const lines = unmet(results);
  if (lines.length > 0) console.say(`\n${lines.map((line) => console.paint("red", line)).join("\n")}`);
  const page = ["index.html", "static.html"].find((name) => files.has(name));
  if (page !== undefined) console.say(`\nReport: ${join(folder, page)}`);
  console.say("");
  return codeOf(results);
}
