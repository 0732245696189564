/** `fleetquake import`: a repository of real configuration to a scenario file, with the place of every entry. */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import type { Importer, ImportOptions, Tree } from "../../importers/contract.js";
import type { ImportedScenario, ScenarioOptions } from "../../importers/imported-scenario.js";
import { importers } from "../../importers/importers.js";
import { removalEdits } from "../../importers/removal-edits.js";
import { scenarioOf } from "../../importers/scenario-of.js";
import { scenarioText } from "../../importers/scenario-text.js";
import { builtIn } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { writeAll } from "../files.js";
import { readingOptions, readMapping, variable } from "../import-options.js";
import { importTarget } from "../import-target.js";
import { isInside, variablesNeeded } from "../imported-folder.js";
import { loadScenarioText } from "../load.js";
import { type CommonOptions, collect, commonOptions, consoleOptions } from "../options.js";
import { readTree } from "../read-tree.js";

interface ImportCommandOptions extends CommonOptions {
  readonly map?: string;
  readonly out?: string;
  readonly title?: string;
  readonly env: readonly string[];
  readonly profile: readonly string[];
  readonly remove: readonly string[];
  readonly strict: boolean;
}

const names = importers.map(({ format }) => format);

export function addImport(program: Command): void {
  commonOptions(
    program
      .command("import")
      .description("make a scenario file of real configuration, with file:line:column of every entry")
      .argument("<format>", names.join(", "), (text: string) => {
        if (!names.some((name) => name === text))
          throw new InvalidArgumentError(`expected one of ${names.join(", ")}`);
        return text;
      })
      .argument("<path...>", "folders, files to start from, or both"),
  )
    .option("--map <file>", "YAML: regions, deploy times and placement of services, by name or kind")
    .option("--out <file>", "where to write the scenario (otherwise: stdout)")
    .option("--title <text>", "title of the scenario")
    .option(
      "--env <NAME=value>",
      "a variable for interpolation, before those of .env (repeatable)",
      variable,
      [],
    )
    .option("--profile <name>", "a profile of compose that is on (repeatable)", collect, [])
    .option(
      "--remove <service>",
      "a service that the scenario's change shall remove (repeatable)",
      collect,
      [],
    )
    .option("--strict", "exit code 2 when anything could not be imported", false)
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake import compose . --out shop.yaml && fleetquake check shop.yaml
  $ fleetquake import systemd /etc/systemd/system /usr/lib/systemd/system --map regions.yaml > host.yaml`,
    )
    .action((format: string, paths: string[], options: ImportCommandOptions) => {
      process.exitCode = importScenario(importers.find((item) => item.format === format)!, paths, options);
    });
}

/** What can be imported is; every Issue is told. Wrong input only when nothing is left, or with --strict. */
function importScenario(importer: Importer, paths: readonly string[], options: ImportCommandOptions): number {
  const console = new Console(consoleOptions(options));
  const made = make(importer, paths, options);
  if (!made.ok) {
    if (options.json) console.json({ format: importer.format, scenario: null, issues: made.error });
    else console.issuesInShort(made.error);
    return exitCode.wrongInput;
  }
  const { text, written, issues } = made.value;
  const errors = issues.filter(({ severity }) => severity === "error").length;
  if (options.json) console.json({ format: importer.format, scenario: text, ...countsOf(written), issues });
  else console.issuesInShort(issues);
  if (options.strict && errors > 0) return exitCode.wrongInput;
  if (options.out !== undefined) {
    const saved = writeAll(dirname(options.out), new Map([[basename(options.out), [text]]]));
    if (!saved.ok) {
      console.issues([saved.error]);
      return exitCode.wrongInput;
    }
  } else if (!options.json) process.stdout.write(text);
  if (!options.quiet && !options.json)
    console.warn(summary(written, errors, issues.length - errors, options.out));
  return exitCode.ok;
}

interface Made {
  readonly text: string;
  readonly written: ImportedScenario;
  readonly issues: readonly Issue[];
}

function make(
  importer: Importer,
  paths: readonly string[],
  options: ImportCommandOptions,
): Result<Made, readonly Issue[]> {
  const mapping = readMapping(options.map);
  if (!mapping.ok) return mapping;
  const target = importTarget(paths);
  if (!target.ok) return target;
  const { root, folders, entry } = target.value;
  const tree = readTree(root, folders);
  if (!tree.ok) return err([tree.error]);
  const reading = readingOptions(entry, options);
  const imported = importer.read(tree.value, reading);
  // Places are relative to the root; people click on paths relative to where they are.
  const here = (issue: Issue): Issue =>
    issue.file === undefined ? issue : { ...issue, file: join(root, issue.file) };
  const written = scenarioOf(imported, mapping.value, {
    title: options.title ?? `${basename(resolve(root)) || "machine"} (${importer.format})`,
    remove: options.remove,
    // Where nobody reads the files, nothing comes of what is wrong with them.
    ...(imported.managers.length === 0 ? {} : filesBehind(importer, tree.value, reading, root, options)),
  });
  const issues = [
    ...imported.issues.map(here),
    ...(importer.leftOut?.(tree.value, imported) ?? []).map(here),
    ...written.issues.map((issue) => ({
      ...issue,
      ...(options.map === undefined ? {} : { file: options.map }),
    })),
  ];
  if (written.counts.services === 0) {
    return err([
      ...issues,
      {
        code: "nothing-imported",
        severity: "error",
        file: root,
        message: `no ${importer.format} configuration that runs anything was found`,
        expected: importer.about,
      },
    ]);
  }
  if (written.issues.some(({ severity }) => severity === "error")) return err(issues);
  const text = scenarioText(importer.format, written);
  // What is written is what can be read: a mapping may have asked for what makes no scenario.
  const checked = loadScenarioText(text, options.out ?? "imported.yaml", builtIn, []);
  return checked.ok ? ok({ text, written, issues }) : err([...issues, ...checked.error]);
}

/** Nothing where the scenario would lie outside of what holds its files: such a file could not be read again. */
function filesBehind(
  importer: Importer,
  tree: Tree,
  reading: ImportOptions,
  root: string,
  { out }: ImportCommandOptions,
): Pick<ScenarioOptions, "configuration" | "editsWithout"> {
  const folder = out === undefined ? resolve(".") : dirname(resolve(out));
  if (!isInside(folder, resolve(root))) return {};
  const way = relative(folder, resolve(root)).split(sep).join("/");
  const { entry, profiles } = reading;
  const variables = variablesNeeded(importer, tree, reading);
  return {
    configuration: {
      import: importer.format,
      root: way === "" ? "." : `./${way}`,
      ...(entry.length === 0 ? {} : { entry: [...entry] }),
      ...(Object.keys(variables).length === 0 ? {} : { variables }),
      ...(profiles.length === 0 ? {} : { profiles: [...profiles] }),
    },
    editsWithout: (items) => removalEdits(importer, tree, reading, items),
  };
}

const countsOf = ({ counts, notes }: ImportedScenario): object => ({ counts, notes });

function summary(
  { counts, notes }: ImportedScenario,
  errors: number,
  warnings: number,
  out: string | undefined,
): string {
  const { services, objects, managers, statedNeeds, inferredNeeds, unknownNeeds } = counts;
  const what = [count(services, "service"), count(objects, "object"), count(managers, "manager")].join(", ");
  return [
    `${what}; needs: ${statedNeeds} stated, ${inferredNeeds} inferred, unknown for ${count(unknownNeeds, "service")}; ${count(errors, "error")}, ${count(warnings, "warning")}`,
    ...notes.map((note) => `  assumed: ${note}`),
    ...(out === undefined
      ? []
      : [`Wrote ${out}. Next: fleetquake validate ${out} && fleetquake check ${out}`]),
  ].join("\n");
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
