/** Scenario text to a Scenario: all issues at once, each with its place. */
import type { Issue } from "../base/issue.js";
import type { Json } from "../base/json.js";
import { err, ok, type Result } from "../base/result.js";
import { checkReferences, type KnownNames } from "./check-references.js";
import { convert } from "./convert.js";
import { convertProperties } from "./convert-properties.js";
import {
  type ExpectationDocument,
  type ScenarioDocument,
  scenarioSchema,
  type VariantDocument,
  variantSchema,
} from "./document-schema.js";
import { type ReadFolder, readFolders } from "./imported-folder.js";
import { applyVariant } from "./merge-patch.js";
import { parseObserved } from "./observed.js";
import { createReporter, type Reported } from "./reporter.js";
import type { Assumption, Bound, Expectation, Observed, Scenario, Variant } from "./scenario.js";
import { shapeFindings } from "./shape-issues.js";
import { type Path, readSource, type Source } from "./source.js";
import { ms } from "./values.js";

export interface ParseOptions {
  /** Names of the catalogue; where given, unknown ones are issues. */
  readonly known?: KnownNames;
  /** Reads a file beside the scenario (the observed timeline). Without it the timeline stays empty. */
  readonly readFile?: (relativePath: string) => Result<string, Issue>;
  /** Reads the files of a configuration that names a folder. Without it there are none. */
  readonly readFolder?: ReadFolder;
}

export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly warnings: readonly Issue[];
  /** Gives issues that name a path of this scenario (`changes[0].edits`) its file, line and column. */
  readonly locate: (issue: Issue) => Issue;
}

type Fields = { readonly [key: string]: Json };

export function parseScenario(
  text: string,
  file: string,
  options: ParseOptions = {},
): Result<ParsedScenario, readonly Issue[]> {
  const source = readSource(text, file);
  if (!source.ok) return source;
  const issues = new Issues(source.value);
  const raw = withFolders(source.value.value as Fields, options.readFolder, issues);
  if (issues.errors.length > 0) return err(issues.errors);
  const shape = scenarioSchema.safeParse(raw);
  if (!shape.success) {
    for (const finding of shapeFindings(shape.error.issues, raw, scenarioSchema))
      issues.add(finding, (path) => path);
    return err(issues.errors);
  }
  const variants = readVariants(shape.data, raw, options.known ?? {}, issues);
  checkExpectedNames(shape.data, variants, options.known ?? {}, issues);
  const observed = issues.errors.length > 0 ? [] : readObserved(shape.data, variants, options, issues);
  if (issues.errors.length > 0) return err(issues.errors);
  const scenario: Scenario = {
    format: 1,
    name: stem(file),
    title: shape.data.title,
    about: (shape.data.about ?? "").trim(),
    sources: shape.data.sources ?? [],
    assumptions: assumptionsOf(raw, []),
    choices: Object.entries(shape.data.choices ?? {}).map(([name, choice]) => ({ name, ...choice })),
    observedFile: shape.data.observed ?? null,
    observed,
    variants,
    document: raw,
  };
  return ok({ scenario, warnings: issues.warnings, locate: (issue) => located(issue, source.value) });
}

function withFolders(raw: Fields, readFolder: ReadFolder | undefined, issues: Issues): Fields {
  if (readFolder === undefined) return raw;
  const found: Reported[] = [];
  const document = readFolders(raw, readFolder, createReporter(found));
  for (const finding of found) issues.add(finding, (path) => path);
  return document;
}

function located(issue: Issue, source: Source): Issue {
  if (issue.line !== undefined || issue.path === undefined) return issue;
  const path = issue.path
    .replace(/: .*$/, "")
    .split(/[.[\]]+/)
    .filter((part) => part !== "");
  const keys = path.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { ...issue, file: source.file, ...source.position(keys) };
}

const byPlace = (a: Issue, b: Issue): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

const stem = (file: string): string => file.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, "");

/** Issues with places; the same finding in several variants is told once. */
class Issues {
  private readonly found: Issue[] = [];
  readonly warnings: Issue[] = [];
  private readonly told = new Set<string>();

  constructor(private readonly source: Source) {}

  /** In the order of the file. */
  get errors(): readonly Issue[] {
    return [...this.found].sort(byPlace);
  }

  add(finding: Reported, place: (path: Path) => Path): void {
    const path = place(finding.path);
    const { line, column } = this.source.position(path, finding.atKey);
    const key = `${finding.code} ${line}:${column} ${finding.message}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const severity = finding.severity ?? "error";
    const issue: Issue = {
      code: finding.code,
      severity,
      file: this.source.file,
      line,
      column,
      path: show(path),
      message: finding.message,
      ...(finding.expected === undefined ? {} : { expected: finding.expected }),
      ...(finding.hint === undefined ? {} : { hint: finding.hint }),
    };
    (severity === "error" ? this.found : this.warnings).push(issue);
  }

  addIssue(issue: Issue): void {
    this.found.push(issue);
  }

  has(path: Path): boolean {
    return this.source.has(path);
  }
}

const show = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );

function readVariants(
  document: ScenarioDocument,
  raw: Fields,
  known: KnownNames,
  issues: Issues,
): readonly Variant[] {
  const { fleetquake: _format, variants: _variants, expect: _expect, ...base } = raw;
  const named = Object.entries(document.variants ?? {});
  const patches: readonly (readonly [string, Fields])[] =
    named.length > 0 ? (named as [string, Fields][]) : [["default", {}]];
  const variants: Variant[] = [];
  for (const [name, patch] of patches) {
    const merged = applyVariant(base, patch);
    // A finding belongs to the variant where the variant says something on its way, else to the base.
    const place = (found: Path): Path => {
      // The name of a preset may stand for the whole response.
      const path =
        typeof patch["response"] === "string" && found[0] === "response" ? found.slice(0, 1) : found;
      return named.length > 0 &&
        path.length > 0 &&
        issues.has(["variants", name, ...path.slice(0, Math.min(path.length, 3))])
        ? ["variants", name, ...path]
        : path;
    };
    const shape = variantSchema.safeParse(merged);
    if (!shape.success) {
      for (const finding of shapeFindings(shape.error.issues, merged, variantSchema))
        issues.add(finding, place);
      continue;
    }
    const found: Reported[] = [];
    const report = createReporter(found);
    const spec = {
      ...convert(shape.data as VariantDocument, report),
      properties: convertProperties(shape.data.properties as Fields | undefined, known, report),
    };
    checkReferences(spec, known, report);
    for (const finding of found) issues.add(finding, place);
    const expected = document.expect?.[name];
    variants.push({
      name,
      patch: patch as Json,
      spec,
      expect: expected === undefined ? null : toExpectation(expected),
    });
  }
  return variants;
}

/** One variant as a value, already merged: what a search makes smaller is checked like what a file says. */
export function parseVariantDocument(document: Fields, known: KnownNames): Result<Variant, readonly Issue[]> {
  const shape = variantSchema.safeParse(document);
  const issue = (finding: Reported): Issue => ({
    code: finding.code,
    severity: finding.severity ?? "error",
    message: finding.message,
    path: show(finding.path),
  });
  if (!shape.success) return err(shapeFindings(shape.error.issues, document, variantSchema).map(issue));
  const found: Reported[] = [];
  const report = createReporter(found);
  const spec = convert(shape.data as VariantDocument, report);
  checkReferences(spec, known, report);
  const errors = found.filter((finding) => finding.severity !== "warning");
  if (errors.length > 0) return err(errors.map(issue));
  const properties = (shape.data.properties ?? {}) as Readonly<Record<string, Json>>;
  return ok({ name: "default", patch: {}, spec, expect: null, properties });
}

/** The document of a variant: the scenario's with the variant merged over it, without variants and expectations. */
export function variantDocument(scenario: Scenario, variant: Variant): Fields {
  const { fleetquake: _format, variants: _variants, expect: _expect, ...base } = scenario.document as Fields;
  return applyVariant(base, variant.patch as Fields);
}

function toExpectation(document: ExpectationDocument): Expectation {
  const { recovered } = document;
  return {
    violates: document.violates ?? [],
    holds: document.holds === "gate" ? ["gate"] : (document.holds ?? []),
    neverExercised: document.neverExercised ?? [],
    recovered:
      recovered === undefined
        ? null
        : recovered === "never"
          ? { never: true }
          : {
              ...(recovered.once === undefined ? {} : { once: toBound(recovered.once) }),
              ...(recovered.p50 === undefined ? {} : { p50: toBound(recovered.p50) }),
              ...(recovered.p90 === undefined ? {} : { p90: toBound(recovered.p90) }),
              ...(recovered.runs === undefined ? {} : { runs: recovered.runs }),
            },
    removed: document.removed ?? null,
    noOutage: document.noOutage ?? null,
  };
}

function toBound(text: string): Bound {
  const match = /^(>=|<=|>|<) *(.*)$/.exec(text)!;
  return { op: match[1] as Bound["op"], valueMs: ms(match[2]!) };
}

function checkExpectedNames(
  document: ScenarioDocument,
  variants: readonly Variant[],
  known: KnownNames,
  issues: Issues,
): void {
  const names = variants.map((variant) => variant.name);
  const found: Reported[] = [];
  const report = createReporter(found);
  for (const [name, expected] of Object.entries(document.expect ?? {})) {
    if (!names.includes(name) && document.variants !== undefined && !(name in document.variants)) {
      report.unknown("variant", name, names, ["expect", name], true);
    } else if (document.variants === undefined && name !== "default") {
      report.unknown("variant", name, ["default"], ["expect", name], true);
    }
    if (known.properties === undefined) continue;
    for (const key of ["violates", "holds", "neverExercised"] as const) {
      const list = expected[key];
      if (!Array.isArray(list)) continue;
      list.forEach((property, k) => {
        if (property !== "gate" && !known.properties!.includes(property))
          report.unknown("property", property, known.properties!, ["expect", name, key, k]);
      });
    }
  }
  for (const finding of found) issues.add(finding, (path) => path);
}

/** The timeline lies beside the scenario: no other folder is read. */
function readObserved(
  document: ScenarioDocument,
  variants: readonly Variant[],
  options: ParseOptions,
  issues: Issues,
): readonly Observed[] {
  const file = document.observed;
  if (file === undefined || options.readFile === undefined) return [];
  if (file.includes("..") || /^([/\\~]|[A-Za-z]:|\w+:\/\/)/.test(file)) {
    issues.add(
      {
        code: "outside",
        path: ["observed"],
        message: `"${file}" is outside the folder of the scenario`,
        expected: "the name of a file beside the scenario",
      },
      (path) => path,
    );
    return [];
  }
  const text = options.readFile(file);
  if (!text.ok) {
    issues.add({ code: "no-observed", path: ["observed"], message: text.error.message }, (path) => path);
    return [];
  }
  const first = variants[0]!.spec;
  const rows = parseObserved(
    text.value,
    file,
    first.startUtcMs,
    first.fleet.capabilities.map((item) => item.name),
  );
  if (rows.ok) return rows.value;
  for (const issue of rows.error) issues.addIssue(issue);
  return [];
}

/** Everything marked `assumed`, with where it stands. */
function assumptionsOf(value: Json, path: readonly (string | number)[]): readonly Assumption[] {
  if (Array.isArray(value)) return value.flatMap((item, k) => assumptionsOf(item as Json, [...path, k]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Fields).flatMap(([key, item]) =>
    key === "assumed" && typeof item === "string"
      ? [{ path: show(path), text: item }]
      : assumptionsOf(item, [...path, key]),
  );
}
