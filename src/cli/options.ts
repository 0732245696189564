/** Options that several commands share, checked where they are read. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ConsoleOptions } from "./console.js";

export interface CommonOptions {
  readonly quiet: boolean;
  readonly json: boolean;
  readonly color: boolean;
  readonly debug: boolean;
  readonly load: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  readonly variant: readonly string[];
  readonly runs?: number;
  readonly out: string;
  readonly format: readonly string[];
  readonly jobs: number;
  readonly failFast: boolean;
}

export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const wholeNumber =
  (from: number, to: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to)
      throw new InvalidArgumentError(`expected a whole number from ${from} to ${to}`);
    return value;
  };

const formats = ["html", "json", "trace", "perfetto"];

function formatList(text: string): readonly string[] {
  const list = text.split(",").filter((item) => item !== "");
  const unknown = list.find((item) => !formats.includes(item));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${formats.join(", ")}`);
  return list;
}

export function commonOptions(command: Command): Command {
  return command
    .option("-q, --quiet", "print nothing but problems", false)
    .option("--json", "machine output on stdout, nothing else there", false)
    .option("--no-color", "no colours (also: NO_COLOR)")
    .option("--load <module>", "JavaScript module with own managers, guards or properties", collect, [])
    .addOption(new Option("--debug", "stack traces of our own bugs").default(false).hideHelp());
}

export function runOptions(command: Command): Command {
  return command
    .option("--seed <n>", "seed of all draws (uint32)", wholeNumber(0, 0xffffffff), 1)
    .option("--variant <name>", "only this variant (repeatable)", collect, [])
    .option("--runs <n>", "replications for quantiles", wholeNumber(1, 1_000_000))
    .option("--out <folder>", "folder of the reports", "reports")
    .option("--format <list>", `what to write: ${formats.join(",")}`, formatList, ["html", "json"])
    .option(
      "--jobs <n>",
      "variants simulated at the same time",
      wholeNumber(1, 256),
      Math.min(4, availableParallelism()),
    )
    .option("--fail-fast", "stop after the first variant that is not as expected", false);
}

export const consoleOptions = (options: CommonOptions): ConsoleOptions => ({
  quiet: options.quiet,
  json: options.json,
  color:
    options.color &&
    process.env["NO_COLOR"] === undefined &&
    (process.stdout.isTTY === true || process.env["FORCE_COLOR"] !== undefined),
});
