/** Options of `fleetquake check`, checked where they are read. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Weighting } from "../chaos/random.js";
import { collect, wholeNumber } from "./options.js";

export const checkFormats = ["html", "json", "junit", "sarif", "markdown", "github"] as const;
export type CheckFormat = (typeof checkFormats)[number];

export interface CheckOptions {
  readonly seed: number;
  readonly variant: readonly string[];
  readonly runs: number;
  readonly exhaustive: 0 | 1 | 2;
  readonly maxMutations: number;
  readonly weighting: Weighting;
  readonly only: readonly string[];
  readonly except: readonly string[];
  readonly property: readonly string[];
  readonly untilConfidence?: number;
  readonly staging: boolean;
  readonly save: boolean;
  readonly regressions: string;
  readonly out: string;
  readonly format: readonly CheckFormat[];
  readonly jobs: number;
  readonly failFast: boolean;
  readonly wall?: number;
  readonly shrinkTries: number;
  readonly delay: readonly string[];
}

function formatList(text: string): readonly CheckFormat[] {
  return text
    .split(",")
    .filter((item) => item !== "")
    .map((item) => {
      const known = checkFormats.find((name) => name === item);
      if (known === undefined)
        throw new InvalidArgumentError(`"${item}" is none of ${checkFormats.join(", ")}`);
      return known;
    });
}

const names = (text: string, before: readonly string[]): readonly string[] => [
  ...before,
  ...text.split(",").filter((item) => item !== ""),
];

function probability(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 0.1))
    throw new InvalidArgumentError("expected a probability above 0 and below 0.1");
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("expected a number of seconds");
  return value;
}

export function checkOptions(command: Command): Command {
  return command
    .option(
      "--seed <n>",
      "seed of the random cases and of the luck in every run",
      wholeNumber(0, 0xffffffff),
      1,
    )
    .option("--variant <name>", "search this variant (repeatable; `all`; default: the first)", collect, [])
    .option("--runs <n>", "cases in all before random ones stop", wholeNumber(0, 10_000_000), 10_000)
    .addOption(
      new Option(
        "--exhaustive <k>",
        "every sequence of at most k mutations: 0, 1, or 2 (structure operators)",
      )
        .argParser((text) => wholeNumber(0, 2)(text))
        .default(1),
    )
    .option("--max-mutations <n>", "most mutations of a random case", wholeNumber(1, 6), 3)
    .addOption(
      new Option("--weighting <how>", "coverage: for verdicts; natural: for the risk per 1,000 changes")
        .choices(["coverage", "natural"])
        .default("coverage"),
    )
    .option(
      "--only <operators>",
      "only these: T01, S, text, T01..T05 (repeatable, or with commas)",
      names,
      [],
    )
    .option("--except <operators>", "all but these", names, [])
    .option("--property <names>", "judge only these properties (repeatable, or with commas)", names, [])
    .option(
      "--until-confidence <p>",
      "draw until p is accepted or rejected by a sequential test",
      probability,
    )
    .option("--staging", "look for a change that passes in staging and violates in production", false)
    .option("--save", "keep the smallest case of every cause as a scenario file", false)
    .option("--regressions <folder>", "folder of kept cases", "scenarios/regressions")
    .option("--out <folder>", "folder of the reports", "reports")
    .option("--format <list>", `what to write: ${checkFormats.join(",")}`, formatList, ["html", "json"])
    .option("--jobs <n>", "worker threads", wholeNumber(1, 256), Math.min(4, availableParallelism()))
    .option("--fail-fast", "stop at the first violation of the gate", false)
    .option("--wall <seconds>", "stop early after this time; no verdict then", seconds)
    .option(
      "--shrink-tries <n>",
      "cases that making one counterexample smaller may cost",
      wholeNumber(0, 100_000),
      3_000,
    )
    .addOption(new Option("--delay <ms>", "delays of workers").argParser(names).default([]).hideHelp());
}
