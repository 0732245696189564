/** Options that several commands share, checked where they are read. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../base/duration.js";
import type { ConsoleOptions } from "./console.js";

/** Of the mean time to recovery, relative, at 95 %. */
export const defaultPrecision = 0.05;

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
  readonly format: readonly RunFormat[];
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

/** What `run` writes. */
const formats = ["html", "html-static", "json", "trace", "perfetto", "markdown", "png", "vega-lite"] as const;
export type RunFormat = (typeof formats)[number];

function formatList(text: string): readonly RunFormat[] {
  const list = text.split(",").filter((item) => item !== "");
  const unknown = list.find((item) => !(formats as readonly string[]).includes(item));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${formats.join(", ")}`);
  return list as RunFormat[];
}

export function commonOptions(command: Command): Command {
  return command
    .option("-q, --quiet", "print nothing but problems", false)
    .option("--json", "machine output on stdout, nothing else there", false)
    .option("--no-color", "no colours (also: NO_COLOR)")
    .option("--load <module>", "JavaScript module with own managers, guards or properties", collect, [])
    .addOption(new Option("--debug", "stack traces of our own bugs").default(false).hideHelp());
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms === 0) throw new InvalidArgumentError("expected a duration like 5s or 500ms");
  return ms;
}

/** For every command that simulates; `catalogueRequest` takes them. */
export function managerOptions(command: Command): Command {
  return command
    .option(
      "--manager <[name=]module|exec:command>",
      "your own manager instead of the one called name in the scenario (repeatable; without a name: the first)",
      collect,
      [],
    )
    .option("--as <name>", "the name for a --manager without one")
    .option("--manager-timeout <duration>", "time for one answer of a manager of your own", duration, 5_000);
}

export function runOptions(command: Command): Command {
  return command
    .option("--seed <n>", "seed of all draws (uint32)", wholeNumber(0, 0xffffffff), 1)
    .option("--variant <name>", "only this variant (repeatable)", collect, [])
    .option("--runs <n>", "replications for quantiles", wholeNumber(1, 1_000_000))
    .option("--out <folder>", "folder of the reports", "reports")
    .option("--format <list>", `what to write: ${formats.join(",")}`, formatList, [
      "html",
      "json",
      "vega-lite",
    ])
    .option(
      "--jobs <n>",
      "variants simulated at the same time",
      wholeNumber(1, 256),
      Math.min(4, availableParallelism()),
    )
    .option("--fail-fast", "stop after the first variant that is not as expected", false);
}

export interface ReplicationOptions {
  readonly seed: number;
  readonly runs?: number;
  readonly precision: number;
  readonly costPerLogin?: number;
  readonly jobs: number;
  readonly wall?: number;
}

function percentage(text: string): number {
  const value = /^\d+(\.\d+)?%?$/.test(text) ? Number(text.replace("%", "")) / 100 : Number.NaN;
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError("expected a percentage such as 5%");
  return value;
}

export function price(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || !Number.isFinite(value))
    throw new InvalidArgumentError("expected an amount such as 0.05");
  return value;
}

/** For commands that simulate the same thing many times. */
export function replicationOptions(command: Command): Command {
  return command
    .option("--seed <n>", "seed of all draws (uint32)", wholeNumber(0, 0xffffffff), 1)
    .option(
      "--runs <n>",
      "replications (otherwise as many as the precision takes)",
      wholeNumber(2, 10_000_000),
    )
    .option(
      "--precision <percent>",
      "without --runs: until the mean time to recovery is known this well (looked at after 480, 960, ..)",
      percentage,
      defaultPrecision,
    )
    .option("--cost-per-login <amount>", "what a login that fails costs", price)
    .option("--jobs <n>", "worker threads", wholeNumber(1, 256), availableParallelism())
    .option("--wall <duration>", "stop after this time, with what there is", duration);
}

export const consoleOptions = (options: CommonOptions): ConsoleOptions => ({
  quiet: options.quiet,
  json: options.json,
  color:
    options.color &&
    process.env["NO_COLOR"] === undefined &&
    (process.stdout.isTTY === true || process.env["FORCE_COLOR"] !== undefined),
});
