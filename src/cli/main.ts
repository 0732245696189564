#!/usr/bin/env node
/** Arguments in, exit code out. */
import { Command, CommanderError } from "commander";
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
/** In the order of the help. */
const commands: readonly {
  readonly names: readonly string[];
  readonly load: () => Promise<(program: Command) => void>;
}[] = [
  { names: ["run"], load: async () => (await import("./commands/run.js")).addRun },
  { names: ["check"], load: async () => (await import("./commands/check.js")).addCheck },
  { names: ["estimate"], load: async () => (await import("./commands/estimate.js")).addEstimate },
  { names: ["compare"], load: async () => (await import("./commands/compare.js")).addCompare },
  { names: ["ablate"], load: async () => (await import("./commands/ablate.js")).addAblate },
  { names: ["plan"], load: async () => (await import("./commands/plan.js")).addPlan },
  { names: ["replay"], load: async () => (await import("./commands/replay.js")).addReplay },
  { names: ["validate"], load: async () => (await import("./commands/validate.js")).addValidate },
  { names: ["import"], load: async () => (await import("./commands/import.js")).addImport },
  { names: ["init"], load: async () => (await import("./commands/init.js")).addInit },
  { names: ["report"], load: async () => (await import("./commands/report.js")).addReport },
  { names: ["schema"], load: async () => (await import("./commands/schema.js")).addSchema },
  {
    names: ["managers", "guards", "properties", "mutations"],
    load: async () => (await import("./commands/catalogue.js")).addCatalogue,
  },
];
// Most of the time that a short command takes is reading the modules of all others.
const asked = commands.filter(({ names }) => names.includes(process.argv[2] ?? ""));
const needed = asked.length > 0 ? asked : commands;
for (const add of await Promise.all(needed.map(({ load }) => load()))) add(program);
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
