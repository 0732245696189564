/** `fleetquake check --from FORMAT PATH`: which small change of real configuration would take services away. */
import { basename, join, resolve } from "node:path";
import type { Issue } from "../../base/issue.js";
import { err, ok, type Result } from "../../base/result.js";
import type { Imported, Importer, ImportOptions, Tree } from "../../importers/contract.js";
import { importers } from "../../importers/importers.js";
import { consequencesOf, type Standing, standingOf } from "../../importers/judge/consequences.js";
import { type FailOn, fails } from "../../importers/judge/fail-on.js";
import { blastOf, emptyTally, hazardsOf } from "../../importers/judge/hazards.js";
import {
  baselineText,
  type KnownHazards,
  noneKnown,
  readBaseline,
  readIgnored,
  statusOf,
} from "../../importers/judge/known-hazards.js";
import {
  type RepositoryFile,
  type ToldChange,
  toldChange,
  toldHazard,
} from "../../importers/judge/repository-result.js";
import type { Mapping } from "../../importers/mapping.js";
import { anonymised } from "../../report/repository/anonymised.js";
import { repositoryAnnotations } from "../../report/repository/github.js";
import { repositorySarif } from "../../report/repository/sarif.js";
import { repositoryText } from "../../report/repository/terminal.js";
import { hazardTitle } from "../../report/repository/told.js";
import type { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { readTextFile, writeAll } from "../files.js";
import { commitOf, readGitTree, revisionsOf } from "../git-tree.js";
import { readingOptions, readMapping } from "../import-options.js";
import { importTarget } from "../import-target.js";
import { readTree } from "../read-tree.js";
import { recoveryCost } from "../recovery-cost.js";
import { tryEdits } from "../try-edits.js";
import { version } from "../version.js";

export interface RepositoryOptions {
  readonly from: string;
  readonly change?: string;
  readonly neighbours: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly ignore?: string;
  readonly failOn: readonly FailOn[];
  readonly anonymise: boolean;
  readonly map?: string;
  readonly env: readonly string[];
  readonly profile: readonly string[];
  readonly out: string;
  readonly format: readonly string[];
  readonly jobs: number;
  readonly wall?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** How many hazards are told in full, and for how many a recovery is simulated. */
const fullMax = 10;

export async function checkRepository(
  paths: readonly string[],
  options: RepositoryOptions,
  console: Console,
): Promise<number> {
  const asked = ask(paths, options);
  if (!asked.ok) {
    console.issues(asked.error);
    return exitCode.wrongInput;
  }
  const { importer, root, tree, mapping, known, imported, importOptions, change } = asked.value;
  const standing = standingOf(imported);
  const task = { format: importer.format, tree, options: importOptions };
  const { tally, stoppedBy } = options.neighbours
    ? await tryEdits(task, options.jobs, options.wall, console)
    : { tally: emptyTally(), stoppedBy: "end" as const };
  const hazards = hazardsOf(imported, tally).map((hazard, k) => {
    const recovery = k < fullMax ? recoveryCost(imported, mapping, hazard.worst.outcome) : null;
    return toldHazard(standing, hazard, recovery, statusOf(hazard.fingerprint, known));
  });
  const whole: RepositoryFile = {
    fleetquake: version,
    kind: "repository",
    format: importer.format,
    root,
    counts: {
      files: imported.reads.length,
      items: imported.items.length,
      services: imported.items.filter(({ runs }) => runs).length,
      owners: imported.items.filter(({ ownership }) => ownership !== null).length,
      needsUnknown: imported.items.filter(({ runs, needsKnown }) => runs && !needsKnown).length,
      edits: tally.tried,
      harmless: tally.harmless,
      refused: tally.refused,
    },
    managers: imported.managers.map(({ name, preset, at }) => ({ name, preset, at })),
    change,
    hazards,
    stoppedBy,
    issues: [...imported.issues, ...(importer.leftOut?.(tree, imported) ?? [])],
  };
  const file = options.anonymise ? anonymised(whole) : whole;
  const written = write(file, options);
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  tell(file, written.value, root, options, console);
  return codeOf(whole, options);
}

interface Asked {
  readonly importer: Importer;
  readonly root: string;
  readonly tree: Tree;
  readonly mapping: Mapping;
  readonly known: KnownHazards;
  readonly imported: Imported;
  readonly importOptions: ImportOptions;
  readonly change: ToldChange | null;
}

/** Everything that can be wrong with what was given, before anything is tried. */
function ask(paths: readonly string[], options: RepositoryOptions): Result<Asked, readonly Issue[]> {
  const importer = importers.find(({ format }) => format === options.from)!;
  const target = importTarget(paths);
  const mapping = readMapping(options.map);
  const known = knownOf(options);
  const issues = [target, mapping, known].flatMap((result) => (result.ok ? [] : result.error));
  if (!target.ok || !mapping.ok || !known.ok) return err(issues);
  const { root, folders, entry } = target.value;
  const trees = treesOf(root, folders, options.change);
  if (!trees.ok) return err([trees.error]);
  const { before, after } = trees.value;
  const importOptions = readingOptions(entry, options);
  const imported = importer.read(after ?? before, importOptions);
  if (!imported.items.some(({ runs }) => runs)) {
    const here = imported.issues.map((issue) =>
      issue.file === undefined ? issue : { ...issue, file: join(root, issue.file) },
    );
    return err([
      ...here,
      {
        code: "nothing-imported",
        severity: "error",
        file: root,
        message: `no ${importer.format} configuration that runs anything was found`,
        expected: importer.about,
      },
    ]);
  }
  const change =
    after === null
      ? null
      : changeOf(importer, importOptions, before, after, imported, mapping.value, options.change!);
  return ok({
    importer,
    root,
    // The neighbours of a change are those of where it leads.
    tree: after ?? before,
    mapping: mapping.value,
    known: known.value,
    imported,
    importOptions,
    change,
  });
}

function changeOf(
  importer: Importer,
  options: ImportOptions,
  before: Tree,
  after: Tree,
  imported: Imported,
  mapping: Mapping,
  range: string,
): ToldChange {
  const was = importer.read(before, options);
  const standing: Standing = standingOf(was);
  const outcome = consequencesOf(standing, imported);
  const paths = new Set([...before.files.keys(), ...after.files.keys()]);
  const files = [...paths].filter(
    (path) => before.files.get(path)?.text !== after.files.get(path)?.text,
  ).length;
  const recovery = recoveryCost(was, mapping, outcome);
  return toldChange(standing, imported, outcome, blastOf(standing, outcome), { range, files, recovery });
}

/** Without a change the files as they are; with one those before and those after it. */
function treesOf(
  root: string,
  folders: readonly string[],
  range: string | undefined,
): Result<{ before: Tree; after: Tree | null }, Issue> {
  if (range === undefined) {
    const tree = readTree(root, folders);
    return tree.ok ? ok({ before: tree.value, after: null }) : tree;
  }
  const revisions = revisionsOf(range);
  if (revisions === null) {
    return err({
      code: "change",
      severity: "error",
      message: `--change ${range} is no range of revisions`,
      expected: "A..B, A...B (from where B left A), or A.. (to the files as they are)",
    });
  }
  const { from, to, fork } = revisions;
  const start = commitOf(root, from, fork ? (to ?? "HEAD") : null);
  if (!start.ok) return start;
  const before = readGitTree(root, start.value);
  if (!before.ok) return before;
  if (to === null) {
    const after = readTree(root, folders);
    return after.ok ? ok({ before: before.value, after: after.value }) : after;
  }
  const end = commitOf(root, to, null);
  if (!end.ok) return end;
  const after = readGitTree(root, end.value);
  return after.ok ? ok({ before: before.value, after: after.value }) : after;
}

function knownOf({ baseline, ignore }: RepositoryOptions): Result<KnownHazards, readonly Issue[]> {
  const issues: Issue[] = [];
  let known = noneKnown;
  if (baseline !== undefined) {
    const text = readTextFile(baseline);
    const read = text.ok ? readBaseline(text.value, baseline) : text;
    if (read.ok) known = { ...known, baseline: read.value };
    else issues.push(read.error);
  }
  if (ignore !== undefined) {
    const text = readTextFile(ignore);
    const read = text.ok ? readIgnored(text.value, ignore) : err([text.error]);
    if (read.ok) known = { ...known, ignored: read.value };
    else issues.push(...read.error);
  }
  return issues.length > 0 ? err(issues) : ok(known);
}

/** Relative paths of what was written. */
function write(file: RepositoryFile, options: RepositoryOptions): Result<readonly string[], Issue> {
  const folder = join(
    options.out,
    `${basename(resolve(file.root)).replace(/[^\w.-]/g, "-") || "repository"}-${file.format}`,
  );
  const outputs = new Map<string, readonly string[]>();
  const formats = new Set(options.format);
  if (formats.has("json")) outputs.set("repository.json", [`${JSON.stringify(file, null, 2)}\n`]);
  if (formats.has("sarif")) outputs.set("repository.sarif", [repositorySarif(file)]);
  if (formats.has("github")) outputs.set("repository.github.txt", [repositoryAnnotations(file)]);
  if (outputs.size > 0) {
    const saved = writeAll(folder, outputs);
    if (!saved.ok) return saved;
  }
  if (options.writeBaseline !== undefined) {
    const text = baselineText(
      file.hazards.map((hazard) => ({ fingerprint: hazard.fingerprint, title: hazardTitle(hazard) })),
    );
    const saved = writeAll(
      join(options.writeBaseline, ".."),
      new Map([[basename(options.writeBaseline), [text]]]),
    );
    if (!saved.ok) return saved;
  }
  const baseline = options.writeBaseline === undefined ? [] : [options.writeBaseline];
  return ok([...[...outputs.keys()].map((name) => join(folder, name)), ...baseline]);
}

function tell(
  file: RepositoryFile,
  written: readonly string[],
  root: string,
  options: RepositoryOptions,
  console: Console,
): void {
  if (options.json) {
    console.json(file);
    return;
  }
  const here = file.issues.map((issue) =>
    issue.file === undefined || options.anonymise ? issue : { ...issue, file: join(root, issue.file) },
  );
  console.issuesInShort(here, 1);
  console.say(
    repositoryText(file, {
      paint: (style, text) => console.paint(style, text),
      columns: Math.max(60, process.stdout.columns ?? 100),
      full: fullMax,
    }),
  );
  if (options.format.includes("github")) console.say(`\n${repositoryAnnotations(file)}`);
  if (written.length > 0) console.say(`\nWritten: ${written.join(", ")}`);
}

/** New hazards count, and the change of a pull request. */
function codeOf(
  { hazards, change, stoppedBy }: RepositoryFile,
  { failOn, baseline }: RepositoryOptions,
): number {
  // Whoever gives a baseline wants to hear of what is new.
  const rules: readonly FailOn[] = failOn.length === 0 && baseline !== undefined ? [{ on: "any" }] : failOn;
  const found =
    (change !== null && change.consequences.length > 0 && fails(change.blast, rules)) ||
    hazards.some(({ status, worst }) => status === "new" && fails(worst.blast, rules));
  if (found) return exitCode.violated;
  if (stoppedBy === "interrupt") return exitCode.interrupted;
  return stoppedBy === "wall" ? exitCode.noVerdict : exitCode.ok;
}
