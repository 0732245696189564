/** `fleetquake managers`, `guards`, `properties`, `mutations`: what scenarios and searches can name, one line each. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { table } from "../../base/text-table.js";
import { naturalWeight } from "../../chaos/mutations/catalogue.js";
import { boundedRecovery } from "../../estimate/replications/bounded-recovery.js";
import { defaultGate } from "../../models/judging/catalogue.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { type CommonOptions, commonOptions, consoleOptions } from "../options.js";

interface Listing {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly string[];
  readonly rows: (catalogue: FullCatalogue) => readonly Readonly<Record<string, unknown>>[];
}

const listings: readonly Listing[] = [
  {
    name: "managers",
    description: "list the manager models that a scenario can name",
    columns: ["name", "about", "source"],
    rows: ({ managers }) =>
      managers.map(({ name, about, source, policy, guards }) => ({
        name,
        about,
        source,
        policy,
        guards: guards.map((g) => g.guard),
      })),
  },
  {
    name: "guards",
    description: "list the guards that can stand between a manager and the world",
    columns: ["name", "stage", "about", "cost"],
    rows: ({ guards }) =>
      guards.map(({ name, id, stage, about, stops, cost }) => ({ name, id, stage, about, stops, cost })),
  },
  {
    name: "properties",
    description: "list the properties that runs and estimates are judged by",
    columns: ["name", "gate", "about", "brokenBy", "keptBy"],
    rows: ({ properties }) => [
      ...properties.map(({ name, about, modality, brokenBy, keptBy }) => ({
        name,
        gate: defaultGate.includes(name) ? "gate" : "reports",
        about,
        modality,
        brokenBy,
        keptBy,
      })),
      // One run has no quantiles: only an estimate judges it.
      { ...boundedRecovery, gate: "estimate" },
    ],
  },
  {
    name: "mutations",
    description: "list the mutation operators that a search applies",
    columns: ["id", "name", "about"],
    rows: ({ mutations }) =>
      mutations.map(({ id, name, level, class: kind, about, precondition, incident }) => ({
        id,
        name,
        level,
        class: kind,
        about,
        precondition,
        incident,
        weight: naturalWeight[kind],
      })),
  },
];

export function addCatalogue(program: Command): void {
  for (const listing of listings) {
    commonOptions(program.command(listing.name).description(listing.description))
      .addHelpText(
        "after",
        `
Examples:
  $ fleetquake ${listing.name}
  $ fleetquake ${listing.name} --json`,
      )
      .action(async (options: CommonOptions) => {
        process.exitCode = await list(listing, options);
      });
  }
}

async function list(listing: Listing, options: CommonOptions): Promise<number> {
  const console = new Console(consoleOptions(options));
  const catalogue = await loadCatalogue(options.load.map((path) => resolve(path)));
  if (!catalogue.ok) {
    console.issues(catalogue.error);
    return exitCode.wrongInput;
  }
  const rows = listing.rows(catalogue.value);
  if (options.json) console.json(rows);
  else {
    const header = listing.columns.map((name) => console.paint("bold", name));
    console.say(
      table([header, ...rows.map((row) => listing.columns.map((name) => String(row[name] ?? "")))]),
    );
  }
  return exitCode.ok;
}
