/** `fleetquake report`: the HTML report of saved traces, checks or estimates, without simulating anything again. */
import { basename, dirname } from "node:path";
import { type Command, Option } from "commander";
import type { Issue } from "../../base/issue.js";
import type { CheckFile } from "../../chaos/check-result.js";
import { looksLikeCheck, parseCheck } from "../../chaos/check-schema.js";
import { looksLikeEstimate, parseEstimate } from "../../estimate/replications/estimate-file.js";
import { gateWith } from "../../models/judging/bound.js";
import { defaultGate } from "../../models/judging/catalogue.js";
import { buildRun } from "../../scenario/build-run.js";
import { checkExpectation, expectGate, recoveryTimeMs } from "../../trace/expectations.js";
import { parseTrace, traceLines } from "../../trace/json-lines.js";
import { judge } from "../../trace/judge.js";
import { measure } from "../../trace/measure.js";
import type { ResultFile, VariantResult } from "../../trace/result.js";
import { type ToldChange, toldChanges } from "../../trace/told-changes.js";
import type { Trace } from "../../trace/trace.js";
import { type FullCatalogue, loadCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { readEvidence } from "../evidence.js";
import { exitCode } from "../exit-code.js";
import { readTextFile, writeAll } from "../files.js";
import { type CommonOptions, commonOptions, consoleOptions } from "../options.js";
import { traceBytesMax } from "../read-trace.js";
import { reportCompare } from "../report-compare.js";
import { checkHtml, estimateHtml, reportHtml, reportModel } from "../report-html.js";
import { sha256 } from "../sha256.js";
import { version } from "../version.js";

interface ReportOptions extends CommonOptions {
  readonly compare: boolean;
  readonly out?: string;
  readonly format: "html" | "html-static";
}

export function addReport(program: Command): void {
  commonOptions(
    program
      .command("report")
      .description(
        "write the HTML report of saved traces (run --format trace), several as variants side by side, or of saved checks or estimates",
      )
      .argument(
        "<file...>",
        "trace files of one scenario (JSON Lines), or files that check or estimate wrote (check.json, estimate.json)",
      ),
  )
    .addOption(
      new Option(
        "--format <format>",
        "html-static: a page without script (those of checks and estimates have none)",
      )
        .choices(["html", "html-static"])
        .default("html"),
    )
    .option(
      "--compare",
      "two result.json (or two estimate.json), before and after a change, side by side",
      false,
    )
    .option(
      "--out <file>",
      "where to write it (default: report.html, check.html, estimate.html or compare.html)",
    )
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake report reports/duo-2025-02-13/trace.*.jsonl --out outage.html
  $ fleetquake report --compare before/my-fleet/result.json reports/my-fleet/result.json`,
    )
    .action(async (files: string[], options: ReportOptions) => {
      process.exitCode = await report(files, options);
    });
}

interface SavedFile {
  readonly file: string;
  readonly text: string;
}

async function report(files: readonly string[], options: ReportOptions): Promise<number> {
  const console = new Console(consoleOptions(options));
  if (options.compare) return reportCompare(files, options, console);
  const read = files.map((file) => ({ file, text: readTextFile(file, traceBytesMax) }));
  const unread = read.flatMap(({ text }) => (text.ok ? [] : [text.error]));
  if (unread.length > 0) {
    console.issues(unread);
    return exitCode.wrongInput;
  }
  const saved = read.map(({ file, text }): SavedFile => ({ file, text: text.ok ? text.value : "" }));
  const kind = kindOf(saved[0]!);
  const other = saved.find((item) => kindOf(item) !== kind);
  if (other !== undefined) {
    const message = `this is ${kindWord[kindOf(other)]}, but the first file is ${kindWord[kind]}; a page is made of one kind`;
    console.issues([{ code: "mixed-files", severity: "error", file: other.file, message }]);
    return exitCode.wrongInput;
  }
  return { trace: reportTraces, check: reportChecks, estimate: reportEstimates }[kind](
    saved,
    options,
    console,
  );
}

type Kind = "trace" | "check" | "estimate";

/** Whatever is nothing else is held against the format of traces, which says what is wrong with it. */
const kindOf = ({ text }: SavedFile): Kind =>
  looksLikeCheck(text) ? "check" : looksLikeEstimate(text) ? "estimate" : "trace";

const kindWord: Readonly<Record<Kind, string>> = {
  trace: "a trace",
  check: "a check",
  estimate: "an estimate",
};

async function reportEstimates(
  saved: readonly SavedFile[],
  options: ReportOptions,
  console: Console,
): Promise<number> {
  const parsed = saved.map(({ file, text }) => parseEstimate(text, file));
  const issues = parsed.flatMap((estimate) => (estimate.ok ? [] : estimate.error));
  if (issues.length > 0) {
    console.issues(issues);
    return exitCode.wrongInput;
  }
  const files = parsed.flatMap((estimate) => (estimate.ok ? [estimate.value] : []));
  const machine = files.length === 1 ? files[0] : files;
  return write(await estimateHtml(files), options.out ?? "estimate.html", machine, options, console);
}

async function reportChecks(
  saved: readonly SavedFile[],
  options: ReportOptions,
  console: Console,
): Promise<number> {
  const checks = saved.map(({ file, text }) => parseCheck(text, file));
  const issues = checks.flatMap((check) => (check.ok ? [] : check.error));
  if (issues.length > 0) {
    console.issues(issues);
    return exitCode.wrongInput;
  }
  const parsed = checks.flatMap((check) => (check.ok ? [check.value] : []));
  const file: CheckFile = { ...parsed[0]!, results: parsed.flatMap((check) => check.results) };
  return write(await checkHtml(file), options.out ?? "check.html", file, options, console);
}

async function reportTraces(
  saved: readonly SavedFile[],
  options: ReportOptions,
  console: Console,
): Promise<number> {
  const files = saved.map(({ file }) => file);
  const catalogue = await loadCatalogue([]);
  const issues: Issue[] = [];
  const traces: Trace[] = [];
  for (const { file, text } of saved) {
    const trace = parseTrace(text, file);
    if (!trace.ok) issues.push(...trace.error);
    else if (traces[0] !== undefined && traces[0].header.scenario !== trace.value.header.scenario) {
      issues.push({
        code: "other-scenario",
        severity: "error",
        file,
        message: `this is a trace of ${trace.value.header.scenario}`,
        expected: `a trace of ${traces[0].header.scenario}, as the first file`,
      });
    } else traces.push(trace.value);
  }
  if (issues.length > 0 || !catalogue.ok) {
    console.issues(catalogue.ok ? issues : catalogue.error);
    return exitCode.wrongInput;
  }
  const finished = traces.map((trace) => {
    const measures = measure(trace);
    const verdicts = judge(catalogue.value.properties, trace);
    const recoveryTime = recoveryTimeMs(measures);
    const gate = gateWith(defaultGate, trace.header.spec.properties ?? {});
    const evidence = { verdicts, measures, gate, recoveryTimes: [recoveryTime] };
    const result: VariantResult = {
      name: trace.header.variant,
      ...measures,
      gate,
      verdicts,
      expectations: checkExpectation(expectGate, evidence),
      recoveryTimes: [recoveryTime === Number.POSITIVE_INFINITY ? "never" : recoveryTime],
      traceSha256: sha256(traceLines(trace)),
    };
    return { trace, result, changes: changesOf(trace, catalogue.value), bands: null };
  });
  const { header } = traces[0]!;
  const result: ResultFile = {
    fleetquake: version,
    scenario: {
      name: header.scenario,
      title: header.scenario,
      about: `Report of saved traces: ${files.map((file) => basename(file)).join(", ")}.`,
      sources: [],
      startUtcMs: header.spec.startUtcMs,
      file: files.join(" "),
    },
    seed: header.seed,
    variants: finished.map((item) => item.result),
  };
  const evidence = readEvidence(dirname(files[0]!), finished);
  const html = await reportHtml(
    reportModel(result, null, finished, evidence, null),
    options.format === "html",
  );
  return write(html, options.out ?? "report.html", result, options, console);
}

/** What was edited, worked out again from the scenario in the trace; of managers of other people nobody can tell. */
function changesOf(trace: Trace, catalogue: FullCatalogue): readonly ToldChange[] {
  const { scenario, variant, spec } = trace.header;
  const run = buildRun(scenario, { name: variant, patch: {}, spec, expect: null }, catalogue);
  return run.ok ? toldChanges(run.value, trace) : [];
}

function write(
  html: string,
  out: string,
  machine: unknown,
  options: ReportOptions,
  console: Console,
): number {
  const written = writeAll(dirname(out), new Map([[basename(out), [html]]]));
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  if (options.json) console.json(machine);
  console.say(`Report: ${out}`);
  return exitCode.ok;
}
