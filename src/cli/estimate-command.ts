/** The commands that an estimate tells people: the one that repeats it, and the one that goes on with it. */

import { quoted } from "../base/quoted.js";
import { type ManagerOptions, managerArguments } from "./foreign/manager-option.js";
import { defaultPrecision, type ReplicationOptions } from "./options.js";

interface Asked extends ManagerOptions, ReplicationOptions {
  readonly levers: boolean;
  readonly guard: readonly string[];
}

/** Only what changes the figures: not threads, limits of time, or where files go. */
export function estimateCommand(file: string, variants: readonly string[], asked: Asked): string {
  const { seed, runs, precision, costPerLogin, levers, guard } = asked;
  return [
    `fleetquake estimate ${quoted(file)}`,
    ...variants.map((name) => `--variant ${quoted(name)}`),
    `--seed ${seed}`,
    ...(runs !== undefined
      ? [`--runs ${runs}`]
      : precision === defaultPrecision
        ? []
        : [`--precision ${Number((100 * precision).toPrecision(12))}%`]),
    ...(costPerLogin === undefined ? [] : [`--cost-per-login ${costPerLogin}`]),
    ...(levers ? [] : ["--no-levers"]),
    ...guard.map((name) => `--guard ${quoted(name)}`),
    ...managerArguments(asked),
  ].join(" ");
}

/** The words of the same command, to be gone on with. */
export function resumeCommand(words: readonly string[]): string {
  const left = words.filter(
    (word, k) => word !== "--resume" && !/^--wall(=|$)/.test(word) && words[k - 1] !== "--wall",
  );
  return ["fleetquake", ...left.map(quoted), "--resume"].join(" ");
}
