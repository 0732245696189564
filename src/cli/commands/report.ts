/** `fleetquake report`: the HTML report of saved traces, without simulating anything again. */
import { basename, dirname } from "node:path";
import type { Command } from "commander";
import type { Issue } from "../../base/issue.js";
import { gateWith } from "../../models/judging/bound.js";
import { defaultGate } from "../../models/judging/catalogue.js";
import { checkExpectation, expectGate, recoveryTimeMs } from "../../trace/expectations.js";
import { parseTrace, traceLines } from "../../trace/json-lines.js";
import { judge } from "../../trace/judge.js";
import { measure } from "../../trace/measure.js";
import type { ResultFile, VariantResult } from "../../trace/result.js";
import type { Trace } from "../../trace/trace.js";
import { loadCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode } from "../exit-code.js";
import { readTextFile, writeAll } from "../files.js";
import { type CommonOptions, commonOptions, consoleOptions } from "../options.js";
import { reportHtml } from "../report-html.js";
import { sha256 } from "../sha256.js";
import { version } from "../version.js";

const traceBytesMax = 1_000_000_000;

export function addReport(program: Command): void {
  commonOptions(
    program
      .command("report")
      .description(
        "write the HTML report of saved traces (run --format trace); several are variants side by side",
      )
      .argument("<trace...>", "trace files of one scenario (JSON Lines)"),
  )
    .option("--out <file>", "where to write it", "report.html")
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake report reports/my-fleet/trace.jsonl
  $ fleetquake report reports/duo-2025-02-13/trace.*.jsonl --out outage.html`,
    )
    .action(async (files: string[], options: CommonOptions & { out: string }) => {
      process.exitCode = await report(files, options);
    });
}

async function report(files: readonly string[], options: CommonOptions & { out: string }): Promise<number> {
  const console = new Console(consoleOptions(options));
  const catalogue = await loadCatalogue([]);
  const issues: Issue[] = [];
  const traces: Trace[] = [];
  for (const file of files) {
    const text = readTextFile(file, traceBytesMax);
    const trace = text.ok ? parseTrace(text.value, file) : { ok: false as const, error: [text.error] };
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
    return { trace, result };
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
  const html = await reportHtml(result, null, finished);
  const written = writeAll(dirname(options.out), new Map([[basename(options.out), [html]]]));
  if (!written.ok) {
    console.issues([written.error]);
    return exitCode.wrongInput;
  }
  if (options.json) console.json(result);
  console.say(`Report: ${options.out}`);
  return exitCode.ok;
}
