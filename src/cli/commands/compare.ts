/** `fleetquake compare`: two variants, or one under two managers, on the same luck. */
import { join } from "node:path";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { type Issue, nearestName } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import {
  commonHorizon,
  differences,
  figuresOnlyIn,
  propertyDifferences,
} from "../../estimate/replications/compare.js";
import type { CompareFile } from "../../estimate/replications/estimate-result.js";
import { Samples } from "../../estimate/replications/samples.js";
import { ManagerFault } from "../../live/fault.js";
import { gateWith } from "../../models/judging/bound.js";
import { defaultGate } from "../../models/judging/catalogue.js";
import { buildRun } from "../../scenario/build-run.js";
import type { Variant } from "../../scenario/scenario.js";
import type { FullCatalogue } from "../catalogue.js";
import { compareText } from "../compare-text.js";
import { Console } from "../console.js";
import { exitCode, worst } from "../exit-code.js";
import { writeAll } from "../files.js";
import { describeCatalogue } from "../foreign/describe-catalogue.js";
import { catalogueRequest, type ManagerOptions } from "../foreign/manager-option.js";
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
import { type Ended, type ReplicationPool, replicateEnough } from "../replicate.js";
import { replicating, type Stop } from "../replicating.js";
import { version } from "../version.js";

interface Options extends CommonOptions, ManagerOptions, ReplicationOptions {
  readonly variant: readonly string[];
  readonly models?: readonly [string, string];
  readonly out: string;
}

function twoNames(text: string): readonly [string, string] {
  const names = text.split(",").map((name) => name.trim());
  if (names.length !== 2 || names.includes(""))
    throw new InvalidArgumentError("expected two names, as in legacy,modern");
  return [names[0]!, names[1]!];
}

export function addCompare(program: Command): void {
  const command = program
    .command("compare")
    .description(
      "two variants, or one variant under two managers, replication by replication on the same luck",
    )
    .argument("<scenario>", "scenario file")
    .option(
      "--variant <name>",
      "a variant: two of them (otherwise the first two), or one with --models",
      collect,
      [],
    )
    .option("--models <a,b>", "the same variant with one or the other model as its first manager", twoNames);
  managerOptions(replicationOptions(commonOptions(command)))
    .option("--out <folder>", "folder of the reports", "reports")
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake compare scenarios/duo-2025-02-13.yaml --variant legacy --variant modern
  $ fleetquake compare my-fleet.yaml --models legacy,fail-static --runs 1000

Exit codes: 0 compared · 2 the input is wrong · 3 stopped by a limit`,
    )
    .action(async (file: string, options: Options) => {
      process.exitCode = await run(file, options);
    });
}

async function run(file: string, options: Options): Promise<number> {
  const console = new Console(consoleOptions(options));
  const request = catalogueRequest(options);
  const catalogue = request.ok ? await describeCatalogue(request.value) : request;
  if (!request.ok || !catalogue.ok) {
    if (!catalogue.ok) console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const loaded = loadScenario(file, catalogue.value, options.variant, request.value.managers);
  if (!loaded.ok) {
    console.issues(loaded.error);
    return exitCode.wrongInput;
  }
  console.issues(loaded.value.warnings);
  const pair = pairOf(loaded.value, catalogue.value, options);
  if (!pair.ok) {
    console.issues(pair.error);
    return exitCode.wrongInput;
  }
  return worst(
    await replicating(request.value, options, console, async (pool, stop) => {
      const found = await compare(pool, loaded.value, pair.value, catalogue.value, options, stop, console);
      console.clearProgress();
      await pool.verify();
      if (found === null) {
        console.warn("Stopped before there were two replications of both.");
        return [stop() === "interrupt" ? exitCode.interrupted : exitCode.noVerdict];
      }
      return [conclude(found, join(options.out, loaded.value.scenario.name), options, console)];
    }),
  );
}

function conclude(found: CompareFile, folder: string, { json }: Options, console: Console): number {
  const written = writeAll(folder, new Map([["compare.json", [`${JSON.stringify(found, null, 2)}\n`]]]));
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  if (json) console.json(found);
  console.say(`${compareText(found, (style, text) => console.paint(style, text))}\n`);
  console.say(`Figures: ${join(folder, "compare.json")}\n`);
  const { stoppedBy, cutShort } = found;
  if (stoppedBy === "interrupt") return exitCode.interrupted;
  return stoppedBy === "wall" || cutShort.first + cutShort.second > 0 ? exitCode.noVerdict : exitCode.ok;
}

interface Side {
  readonly name: string;
  readonly variant: Variant;
}

function pairOf(
  { file, variants }: LoadedScenario,
  catalogue: FullCatalogue,
  { variant: chosen, models }: Options,
): Result<readonly [Side, Side], readonly Issue[]> {
  const wrong = (message: string, hint: string): Result<never, readonly Issue[]> =>
    err([{ code: "two-sides", severity: "error", file, message, hint }]);
  if (models === undefined) {
    // In the order in which they were named.
    const sides =
      chosen.length === 0
        ? variants.slice(0, 2)
        : [...new Set(chosen)].map((name) => variants.find((item) => item.name === name)!);
    if (sides.length !== 2)
      return wrong(
        `a comparison needs two variants, here ${sides.length === 1 ? "is one" : `are ${sides.length}`}`,
        "name two with --variant, or use --models a,b",
      );
    const [first, second] = sides.map((variant): Side => ({ name: variant.name, variant }));
    return ok([first!, second!]);
  }
  if (chosen.length > 1)
    return wrong("with --models it is one variant under two managers", "name one with --variant");
  const variant = variants[0]!;
  const known = catalogue.managers.map(({ name }) => name);
  const unknown = models.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const near = nearestName(unknown[0]!, known);
    return wrong(
      `there is no manager model "${unknown[0]}"`,
      near === undefined ? "fleetquake managers lists them" : `did you mean "${near}"?`,
    );
  }
  if (variant.spec.managers.length === 0) return wrong("the variant has no manager", "give it one");
  const side = (model: string): Side => ({
    name: model,
    variant: {
      ...variant,
      spec: {
        ...variant.spec,
        managers: variant.spec.managers.map((manager, k) => (k === 0 ? { ...manager, model } : manager)),
      },
    },
  });
  return ok([side(models[0]), side(models[1])]);
}

/** Null: stopped before there were two replications of both. */
async function compare(
  pool: ReplicationPool,
  { file, scenario }: LoadedScenario,
  pair: readonly [Side, Side],
  catalogue: FullCatalogue,
  options: Options,
  stop: Stop,
  console: Console,
): Promise<CompareFile | null> {
  const { seed, costPerLogin } = options;
  const judged = catalogue.properties
    .filter(({ name, companions }) => companions === undefined && gate(pair).has(name))
    .map(({ name }) => name);
  const sampled: Samples[] = [];
  const ended: Ended[] = [];
  for (const { name, variant } of pair) {
    const built = buildRun(scenario.name, variant, catalogue);
    if (!built.ok) throw new ManagerFault(built.error.map((issue) => ({ file, ...issue })));
    const samples = Samples.of(built.value, judged);
    const subject = pool.open(scenario.name, variant, judged);
    ended.push(
      await replicateEnough(pool, subject, samples, {
        seed,
        runs: sampled[0]?.runs ?? options.runs ?? null,
        precision: options.precision,
        stop,
        progress: (done, until) => console.progressBar(done, until, name),
      }),
    );
    pool.forget(subject);
    sampled.push(samples);
  }
  const [first, second] = sampled as [Samples, Samples];
  const runs = Math.min(first.runs, second.runs);
  if (runs < 2) return null;
  const [a, b] = [first.firstRuns(runs), second.firstRuns(runs)];
  const figures = differences(a, b, seed);
  return {
    fleetquake: version,
    kind: "compare",
    scenario: { name: scenario.name, title: scenario.title, file },
    first: pair[0].name,
    second: pair[1].name,
    seed,
    stoppedBy: ended.find((how) => how === "wall" || how === "interrupt") ?? ended[0]!,
    runs,
    horizonMs: commonHorizon(a, b),
    cutShort: { first: first.cutShort, second: second.cutShort },
    onlyFirst: figuresOnlyIn(a, b),
    onlySecond: figuresOnlyIn(b, a),
    figures,
    properties: propertyDifferences(a, b),
    cost: costPerLogin === undefined ? null : costOf(figures, costPerLogin),
  };
}

function costOf(figures: CompareFile["figures"], perLogin: number): CompareFile["cost"] {
  const { first, second, difference } = figures.find(({ id }) => id === "unserved-logins")!;
  const priced = (logins: number | null): number | null => (logins === null ? null : logins * perLogin);
  return {
    perLogin,
    first: first.mean * perLogin,
    second: second.mean * perLogin,
    difference: {
      mean: difference.mean * perLogin,
      low: priced(difference.low),
      high: priced(difference.high),
      error: difference.error * perLogin,
    },
  };
}

const gate = (pair: readonly Side[]): ReadonlySet<string> =>
  new Set(pair.flatMap(({ variant }) => gateWith(defaultGate, variant.spec.properties)));
