/** `fleetquake ablate`: which guards would have stopped it, alone or together, and what they cost. */
import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { type Issue, nearestName } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import { type AblationFound, ablate, defaultGuards } from "../../chaos/ablate/ablate.js";
import type { AblateFile } from "../../chaos/ablate/ablate-result.js";
import { guardsMax } from "../../chaos/ablate/subsets.js";
import { baseText } from "../../chaos/base.js";
import type { Guard } from "../../models/guards/guard.js";
import { gateWith } from "../../models/judging/bound.js";
import { defaultGate } from "../../models/judging/catalogue.js";
import { ablationText } from "../ablation-text.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { writeAll } from "../files.js";
import { type LoadedScenario, loadScenario } from "../load.js";
import { type CommonOptions, commonOptions, consoleOptions, wholeNumber } from "../options.js";
import { sha256 } from "../sha256.js";
import { version } from "../version.js";

interface Options extends CommonOptions {
  readonly variant?: string;
  readonly guards: readonly string[];
  readonly cases?: number;
  readonly seed: number;
  readonly strip: boolean;
  readonly full: boolean;
  readonly changesPerWeek: number;
  readonly out: string;
}

/** Time between two looks at the keyboard. */
const turnMs = 50;

function guardList(text: string): readonly string[] {
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("expected names of guards, separated by commas");
  return [...new Set(names)];
}

export function addAblate(program: Command): void {
  const command = program
    .command("ablate")
    .description("which guards would have stopped it, alone or together, and what they cost")
    .argument("<scenario>", "scenario file")
    .option("--variant <name>", "the variant to ask about (otherwise the first)")
    .option("--guards <list>", `at most ${guardsMax} guards, separated by commas`, guardList, defaultGuards)
    .option(
      "--cases <n>",
      "also the first n single mutations that violate in another way",
      wholeNumber(0, 1000),
    )
    .option("--strip", "take these guards away from managers that have them", false)
    .option("--full", "simulate every set of guards, also where what contains a safe set looks safe", false)
    .option(
      "--changes-per-week <n>",
      "changes like this one, for the cost of people",
      wholeNumber(0, 100_000),
      5,
    )
    .option("--seed <n>", "seed of all draws (uint32)", wholeNumber(0, 0xffffffff), 1)
    .option("--out <folder>", "folder of the reports", "reports");
  commonOptions(command)
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake ablate scenarios/duo-2025-02-13.yaml --variant legacy
  $ fleetquake ablate my-fleet.yaml --guards failStatic,budget,cells --cases 20

Exit codes: 0 a set of these guards is enough · 1 none is · 2 the input is wrong`,
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
  const guards = chosenGuards(catalogue.value, options.guards);
  const chosen = options.variant === undefined ? [] : [options.variant];
  const loaded = loadScenario(file, catalogue.value, chosen);
  if (!guards.ok || !loaded.ok) {
    console.issues([...(guards.ok ? [] : guards.error), ...(loaded.ok ? [] : loaded.error)]);
    return exitCode.wrongInput;
  }
  console.issues(loaded.value.warnings);
  return ablateOne(loaded.value, guards.value, catalogue.value, options, console);
}

function chosenGuards(
  catalogue: FullCatalogue,
  names: readonly string[],
): Result<readonly Guard[], readonly Issue[]> {
  const known = catalogue.guards.map(({ name }) => name);
  const issues: Issue[] = [];
  const guards: Guard[] = [];
  for (const name of names) {
    const guard = catalogue.guards.find((item) => item.name === name);
    if (guard !== undefined) {
      guards.push(guard);
      continue;
    }
    const near = nearestName(name, known);
    const help =
      near === undefined ? { expected: `one of ${known.join(", ")}` } : { hint: `did you mean "${near}"?` };
    issues.push({
      code: "unknown-guard",
      severity: "error",
      message: `there is no guard "${name}"`,
      ...help,
    });
  }
  if (names.length > guardsMax) {
    issues.push({
      code: "too-many-guards",
      severity: "error",
      message: `${names.length} guards have ${names.length > 30 ? "too many" : (2 ** names.length).toString()} subsets`,
      expected: `at most ${guardsMax} guards`,
      hint: "ask about them in groups, with those that stop something alone in each",
    });
  }
  return issues.length > 0 ? err(issues) : ok(guards);
}

async function ablateOne(
  owner: LoadedScenario,
  guards: readonly Guard[],
  catalogue: FullCatalogue,
  options: Options,
  console: Console,
): Promise<number> {
  const { scenario, file } = owner;
  const variant = owner.variants[0]!;
  const gate = new Set(gateWith(defaultGate, variant.spec.properties));
  const judged = catalogue.properties.filter(({ name }) => gate.has(name));
  const work = ablate({
    scenario,
    variant,
    guards,
    catalogue,
    gate: {
      safety: judged.filter(({ modality }) => modality !== "eventually"),
      progress: judged.filter(({ modality }) => modality === "eventually"),
    },
    operators: catalogue.mutations,
    luck: { seed: options.seed, replication: 0, pinned: [] },
    cases: options.cases ?? null,
    strip: options.strip,
    full: options.full,
    changesPerWeek: options.changesPerWeek,
  });
  const found = await interruptible(work, (text) =>
    console.progress(`${scenario.name} · ${variant.name} · ${text}`),
  );
  console.clearProgress();
  if (found === null) {
    console.warn("Interrupted. Nothing was written.");
    return exitCode.interrupted;
  }
  if (!found.ok) {
    console.issues(found.error.map((issue) => ({ file, ...issue })));
    return exitCode.wrongInput;
  }
  const result = {
    scenario: { name: scenario.name, title: scenario.title, file },
    ...found.value,
    spec: sha256([baseText(variant.spec)]),
    command: commandOf(file, variant.name, options),
  };
  const written: AblateFile = { fleetquake: version, kind: "ablate", result };
  const folder = join(options.out, scenario.name);
  const text = `${JSON.stringify(written, null, 2)}\n`;
  const saved = writeAll(folder, new Map([["ablate.json", [text]]]));
  if (!saved.ok) {
    console.issues([saved.error]);
    return exitCode.wrongInput;
  }
  if (options.json) console.json(written);
  else {
    console.say(ablationText(result, (style, words) => console.paint(style, words)));
    console.say(`\nAll of it: ${join(folder, "ablate.json")}`);
  }
  return result.verdict === "no-set-suffices" ? exitCode.violated : exitCode.ok;
}

type Found = Result<AblationFound, readonly Issue[]>;

/** Null: somebody pressed Ctrl-C. */
async function interruptible(
  work: Generator<string, Found>,
  progress: (text: string) => void,
): Promise<Found | null> {
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
  };
  process.on("SIGINT", onInterrupt);
  try {
    let turnedMs = performance.now();
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      if (performance.now() - turnedMs < turnMs) continue;
      progress(step.value);
      await setImmediate();
      if (interrupted) return null;
      turnedMs = performance.now();
    }
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

function commandOf(file: string, variant: string, options: Options): string {
  const parts = [`fleetquake ablate ${file} --variant ${variant} --seed ${options.seed}`];
  if (options.guards !== defaultGuards) parts.push(`--guards ${options.guards.join(",")}`);
  if (options.cases !== undefined) parts.push(`--cases ${options.cases}`);
  if (options.strip) parts.push("--strip");
  if (options.full) parts.push("--full");
  if (options.changesPerWeek !== 5) parts.push(`--changes-per-week ${options.changesPerWeek}`);
  for (const path of options.load) parts.push(`--load ${path}`);
  return parts.join(" ");
}
