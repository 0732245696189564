/** `fleetquake init`: a first scenario to change, small enough to read at once. */
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Command } from "commander";
import { starter } from "../../scenario/starter.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { writeAll } from "../files.js";
import { type CommonOptions, commonOptions, consoleOptions } from "../options.js";

export function addInit(program: Command): void {
  commonOptions(
    program
      .command("init")
      .description("write a first scenario file to start from")
      .argument("[file]", "where to write it", "my-fleet.yaml"),
  )
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake init
  $ fleetquake init scenarios/payments.yaml`,
    )
    .action((file: string, options: CommonOptions) => {
      process.exitCode = init(file, options);
    });
}

function init(file: string, options: CommonOptions): number {
  const console = new Console(consoleOptions(options));
  if (existsSync(file)) {
    console.issues([
      {
        code: "exists",
        severity: "error",
        file,
        message: "this file exists and is left as it is",
        hint: "give another name: fleetquake init other.yaml",
      },
    ]);
    return exitCode.wrongInput;
  }
  const written = writeAll(dirname(file), new Map([[basename(file), [starter]]]));
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  console.say(`Wrote ${file}. Next: fleetquake run ${file}`);
  return exitCode.ok;
}
