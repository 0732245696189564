/** `fleetquake plan`: in which order to bring back what a change took down, and how good that order is. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { AssertionError, assert } from "../../base/assert.js";
import type { Objective } from "../../estimate/planning/decoder.js";
import type { PlanFile } from "../../estimate/planning/plan-result.js";
import {
  type PlanVariantOptions,
  planOptionIssues,
  planVariant,
} from "../../estimate/planning/plan-variant.js";
import type { Skill } from "../../estimate/planning/recovery-problem.js";
import { buildRun } from "../../scenario/build-run.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { type LoadedScenario, loadScenario } from "../load.js";
import { type CommonOptions, commonOptions, consoleOptions, wholeNumber } from "../options.js";
import { planText } from "../plan-text.js";
import { version } from "../version.js";

interface Options extends CommonOptions {
  readonly variant?: string;
  readonly objective: "makespan" | "harm" | "both";
  readonly runs: number;
  readonly budget?: number;
  readonly seed: number;
  readonly batch?: "region" | "group";
  readonly crews?: number;
  readonly workers?: number;
  readonly lock?: number;
  readonly skill: readonly Skill[];
}

/** dba=2:account-db,session-store */
function skill(text: string, before: readonly Skill[]): readonly Skill[] {
  const parts = /^([^=]+)=([1-9]\d{0,5}):(.+)$/.exec(text);
  if (parts === null) throw new InvalidArgumentError("expected name=people:service,service");
  const services = parts[3]!
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (before.some(({ name }) => name === parts[1]))
    throw new InvalidArgumentError(`"${parts[1]}" is there twice`);
  return [...before, { name: parts[1]!, units: Number(parts[2]), services: [...new Set(services)] }];
}

export function addPlan(program: Command): void {
  const command = program
    .command("plan")
    .description("the order in which to bring back what was lost, its critical path and how good it is")
    .argument("<scenario>", "scenario file")
    .option("--variant <name>", "the variant to plan for (otherwise the first that loses something)")
    .addOption(
      new Option("--objective <which>", "the end of everything, the logins that fail until then, or both")
        .choices(["makespan", "harm", "both"])
        .default("both"),
    )
    .option("--runs <n>", "replications of durations that the spread is over", wholeNumber(1, 100_000), 200)
    .option(
      "--budget <schedules>",
      "schedules to try for each objective (otherwise about a second's worth)",
      wholeNumber(1, 100_000_000),
    )
    .option("--seed <n>", "seed of all draws (uint32)", wholeNumber(0, 0xffffffff), 1)
    .addOption(
      new Option("--batch <what>", "what a crew takes on at a time (otherwise as in the scenario)").choices([
        "region",
        "group",
      ]),
    )
    .option("--crews <n>", "crews (otherwise those of the scenario)", wholeNumber(1, 100_000))
    .option("--workers <n>", "deploys that one manager carries out at a time", wholeNumber(1, 100_000))
    .option(
      "--lock <n>",
      "jobs at a time in one region, or region group with --batch group",
      wholeNumber(1, 100_000),
    )
    .option(
      "--skill <name=people:services>",
      "only so many people can bring these services back (repeatable)",
      skill,
      [],
    );
  commonOptions(command)
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake plan scenarios/duo-2025-02-13.yaml --variant legacy
  $ fleetquake plan my-fleet.yaml --batch region --crews 6 --lock 1 --skill dba=1:account-db

Exit codes: 0 planned, or nothing to bring back · 1 no order brings everything back · 2 the input is wrong · 3 stopped by a limit`,
    )
    .action(async (file: string, options: Options) => {
      process.exitCode = await run(file, options);
    });
}

async function run(file: string, options: Options): Promise<number> {
  const console = new Console(consoleOptions(options));
  const catalogue = await loadCatalogue(options.load.map((path) => resolve(path)));
  if (!catalogue.ok) {
    console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const loaded = loadScenario(file, catalogue.value, options.variant === undefined ? [] : [options.variant]);
  if (!loaded.ok) {
    console.issues(loaded.error);
    return exitCode.wrongInput;
  }
  console.issues(loaded.value.warnings);
  return plan(loaded.value, catalogue.value, options, console);
}

async function plan(
  owner: LoadedScenario,
  catalogue: FullCatalogue,
  options: Options,
  console: Console,
): Promise<number> {
  const { scenario, file } = owner;
  const begun = performance.now();
  for (const [index, variant] of owner.variants.entries()) {
    const built = buildRun(scenario.name, variant, catalogue);
    assert(built.ok, "the loader built every variant");
    const { response, limits } = variant.spec;
    const objectives: readonly Objective[] =
      options.objective === "both" ? ["makespan", "harm"] : [options.objective];
    const planOptions: PlanVariantOptions = {
      objectives,
      runs: options.runs,
      batch: options.batch ?? response.batch,
      crews: options.crews ?? response.crews,
      workers: options.workers ?? null,
      lock: options.lock ?? null,
      skills: options.skill,
      seed: options.seed,
      ...(options.budget === undefined ? {} : { schedules: options.budget }),
      shouldStop: () => performance.now() - begun >= limits.wallMs,
    };
    const issues = planOptionIssues(built.value, planOptions);
    if (!issues.ok) {
      console.issues(issues.error);
      return exitCode.wrongInput;
    }
    console.progress(`${scenario.name} · ${variant.name} · planning`);
    const found = await planVariant(built.value, planOptions);
    console.clearProgress();
    // Of a file with several variants the first one with something to plan for is meant.
    if (found.verdict === "nothing-to-recover" && index + 1 < owner.variants.length) continue;
    const written: PlanFile = {
      fleetquake: version,
      kind: "plan",
      scenario: { name: scenario.name, title: scenario.title, file },
      ...found,
      command: commandOf(file, variant.name, options),
    };
    if (options.json) console.json(written);
    else {
      const { startUtcMs } = variant.spec;
      console.say(planText(written, startUtcMs, (style, words) => console.paint(style, words)));
    }
    if (found.verdict === "no-order-exists") return exitCode.violated;
    return found.stoppedBy === "wall" ? exitCode.noVerdict : exitCode.ok;
  }
  throw new AssertionError("a scenario has a variant");
}

function commandOf(file: string, variant: string, options: Options): string {
  const parts = [`fleetquake plan ${file} --variant ${variant} --seed ${options.seed}`];
  if (options.objective !== "both") parts.push(`--objective ${options.objective}`);
  if (options.runs !== 200) parts.push(`--runs ${options.runs}`);
  if (options.budget !== undefined) parts.push(`--budget ${options.budget}`);
  for (const name of ["batch", "crews", "workers", "lock"] as const)
    if (options[name] !== undefined) parts.push(`--${name} ${options[name]}`);
  for (const { name, units, services } of options.skill)
    parts.push(`--skill ${name}=${units}:${services.join(",")}`);
  for (const path of options.load) parts.push(`--load ${path}`);
  return parts.join(" ");
}
