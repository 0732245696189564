#!/usr/bin/env node
/** Arguments in, exit code out. */
import { Command, CommanderError } from "commander";
import { addAblate } from "./commands/ablate.js";
import { addCatalogue } from "./commands/catalogue.js";
import { addCheck } from "./commands/check.js";
import { addCompare } from "./commands/compare.js";
import { addEstimate } from "./commands/estimate.js";
import { addImport } from "./commands/import.js";
import { addInit } from "./commands/init.js";
import { addPlan } from "./commands/plan.js";
import { addReplay } from "./commands/replay.js";
import { addReport } from "./commands/report.js";
import { addRun } from "./commands/run.js";
import { addSchema } from "./commands/schema.js";
import { addValidate } from "./commands/validate.js";
import { exitCode } from "./exit-code.js";
import { version } from "./version.js";

const program = new Command("fleetquake")
  .description(
    "Shake a service manager before it shakes a fleet: simulate what it does with a change, what breaks, and how long recovery takes.",
  )
  .version(version)
  .showSuggestionAfterError()
  .addHelpText(
    "after",
    `
Examples:
  $ fleetquake init my-fleet.yaml && fleetquake run my-fleet.yaml
  $ fleetquake run scenarios/duo-2025-02-13.yaml

Exit codes: 0 as expected · 1 a property or an expectation is violated · 2 the input is wrong · 3 no verdict · 70 a bug of ours`,
  );
addRun(program);
addCheck(program);
addEstimate(program);
addCompare(program);
addAblate(program);
addPlan(program);
addReplay(program);
addValidate(program);
addImport(program);
addInit(program);
addReport(program);
addSchema(program);
addCatalogue(program);
for (const command of [program, ...program.commands]) command.exitOverride();

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? (process.exitCode ?? 0) : exitCode.bug);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCode.ok : exitCode.wrongInput;
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `This is a bug in fleetquake: ${message}\n  replay: fleetquake ${process.argv.slice(2).join(" ")}\n`,
    );
    if (process.argv.includes("--debug") && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = exitCode.bug;
  }
}
