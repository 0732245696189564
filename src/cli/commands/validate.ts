/** `fleetquake validate`: everything that is wrong with scenario files, without running them. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { loadCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { loadScenario } from "../load.js";
import { loadsOf, loadTable } from "../load-table.js";
import { type CommonOptions, commonOptions, consoleOptions } from "../options.js";

export function addValidate(program: Command): void {
  commonOptions(
    program
      .command("validate")
      .description("check scenario files: every mistake at once, with file:line:column")
      .argument("<scenario...>", "scenario files"),
  )
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake validate scenarios/*.yaml
  $ fleetquake validate my-fleet.yaml --json`,
    )
    .action(async (files: string[], options: CommonOptions) => {
      process.exitCode = await validate(files, options);
    });
}

async function validate(files: readonly string[], options: CommonOptions): Promise<number> {
  const console = new Console(consoleOptions(options));
  const catalogue = await loadCatalogue(options.load.map((path) => resolve(path)));
  if (!catalogue.ok) {
    console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const machine: unknown[] = [];
  let wrong = false;
  for (const file of files) {
    const loaded = loadScenario(file, catalogue.value, []);
    const issues = loaded.ok ? loaded.value.warnings : loaded.error;
    wrong ||= !loaded.ok;
    const loads = loaded.ok ? loadsOf(loaded.value.scenario.variants) : [];
    if (options.json)
      machine.push({ file, valid: loaded.ok, issues, ...(loads.length > 0 ? { loads } : {}) });
    else console.issues(issues);
    if (loaded.ok) {
      const { scenario } = loaded.value;
      const { services, regionGroups } = scenario.variants[0]!.spec.fleet;
      const regions = regionGroups.reduce((sum, group) => sum + group.members.length, 0);
      console.say(
        `${file}: ok (${scenario.variants.length} variants, ${services.length} services, ${regions} regions)`,
      );
      if (loads.length > 0) console.say(loadTable(console, loads));
    }
  }
  if (options.json) console.json(machine);
  return wrong ? exitCode.wrongInput : exitCode.ok;
}
