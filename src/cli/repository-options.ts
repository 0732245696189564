/** Options of `fleetquake check --from`, checked where they are read. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { formats } from "../importers/contract.js";
import { type FailOn, failOnForms, parseFailOn } from "../importers/judge/fail-on.js";
import { variable } from "./import-options.js";
import { collect } from "./options.js";

function failOn(text: string, before: readonly FailOn[]): readonly FailOn[] {
  return [
    ...before,
    ...text.split(",").map((part) => {
      const rule = parseFailOn(part);
      if (rule === null)
        throw new InvalidArgumentError(`expected one of ${failOnForms}, or several with commas`);
      return rule;
    }),
  ];
}

export function repositoryOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--from <format>", "judge real configuration instead of a scenario").choices([...formats]),
    )
    .option("--change <A..B>", "with --from: first what this change of its Git repository does")
    .option("--no-neighbours", "with --from: only --change, without every other small change")
    .option("--fail-on <rules>", `with --from: exit code 1 on ${failOnForms} (repeatable)`, failOn, [])
    .option("--baseline <file>", "with --from: hazards in it are known and fail nothing")
    .option("--write-baseline <file>", "with --from: write one of what is found")
    .option("--ignore <file>", "with --from: YAML list of { fingerprint, reason }")
    .option("--anonymise", "with --from: numbers instead of names, to show it to others", false)
    .option("--map <file>", "with --from: regions and deploy times, as for import")
    .option("--env <NAME=value>", "with --from: a variable for interpolation (repeatable)", variable, [])
    .option("--profile <name>", "with --from: a profile of compose that is on (repeatable)", collect, []);
}
