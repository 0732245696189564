/** What a search writes and says, and the exit code that it means. */
import { join } from "node:path";
import type { CheckFile, CheckResult } from "../chaos/check-result.js";
import type { CheckFormat, CheckOptions } from "./check-options.js";
import { keptName, type Target } from "./check-targets.js";
import type { Console } from "./console.js";
import { exitCode, worst } from "./exit-code.js";
import { writeAll } from "./files.js";
import type { ManagerOptions } from "./foreign/manager-option.js";
import type { CommonOptions } from "./options.js";
import { checkHtml } from "./report-html.js";
import { writeOverview } from "./reports-overview.js";
import { version } from "./version.js";

export interface Searched {
  readonly target: Target;
  readonly result: CheckResult;
}

type Options = CommonOptions & CheckOptions & ManagerOptions;

export async function conclude(
  searched: readonly Searched[],
  interrupted: boolean,
  options: Options,
  console: Console,
): Promise<number> {
  const codes = searched.map(({ result }) => codeOf(result));
  const file: CheckFile = {
    fleetquake: version,
    kind: "check",
    results: searched.map(({ result }) => result),
  };
  let wrote = false;
  for (const name of new Set(searched.map(({ target }) => target.owner.scenario.name))) {
    const own = searched.filter(({ target }) => target.owner.scenario.name === name);
    const outcome = await write(name, own, options);
    if (outcome === "failed") codes.push(exitCode.wrongInput);
    else if (outcome === "written") wrote = true;
  }
  if (options.json) console.json(file);
  else await say(searched, options, console);
  if (wrote) await writeOverview(options.out, console);
  if (interrupted) {
    console.warn("Interrupted. What was found is kept.");
    codes.push(exitCode.interrupted);
  }
  return worst(codes);

  async function write(
    name: string,
    own: readonly Searched[],
    { out, format, save, regressions }: Options,
  ): Promise<"written" | "nothing" | "failed"> {
    const folder = join(out, name);
    const part: CheckFile = { ...file, results: own.map(({ result }) => result) };
    const files = new Map<string, Iterable<string>>();
    for (const kind of format) await addOutput(files, kind, part);
    const kept = new Map(
      own.flatMap(({ target, result }) =>
        result.findings.map(
          (finding) => [keptName(target, finding.id), [finding.counterexample.text]] as const,
        ),
      ),
    );
    const results = [
      files.size === 0 ? null : writeAll(folder, files),
      kept.size === 0 ? null : writeAll(save ? regressions : join(folder, "counterexamples"), kept),
    ];
    for (const result of results) if (result !== null && !result.ok) console.issues([result.error]);
    if (results.some((result) => result?.ok === false)) return "failed";
    return files.size === 0 ? "nothing" : "written";
  }
}

/** On stdout: annotations where they are asked for, else what a person reads. */
async function say(searched: readonly Searched[], options: Options, console: Console): Promise<void> {
  if (options.format.includes("github")) {
    const { githubAnnotations } = await import("../report/check/github.js");
    for (const { result } of searched)
      console.say(githubAnnotations({ fleetquake: version, kind: "check", results: [result] }).trimEnd());
    return;
  }
  const { terminalReport } = await import("../report/check/terminal.js");
  for (const { result, target } of searched) {
    const columns = process.stdout.columns;
    const paint = (style: Parameters<typeof console.paint>[0], text: string): string =>
      console.paint(style, text);
    console.say(terminalReport(result, columns === undefined ? { paint } : { paint, columns }));
    const page = join(options.out, target.owner.scenario.name, "check.html");
    if (options.format.includes("html")) console.say(`\nReport: ${page}`);
    console.say("");
  }
}

/** The renderers are loaded late: most searches want one or two of them. */
async function addOutput(
  files: Map<string, Iterable<string>>,
  kind: CheckFormat,
  file: CheckFile,
): Promise<void> {
  switch (kind) {
    case "json":
      files.set("check.json", [`${JSON.stringify(file, null, 2)}\n`]);
      return;
    case "html":
      files.set("check.html", [await checkHtml(file)]);
      return;
    case "junit":
      files.set("check.junit.xml", [(await import("../report/check/junit.js")).junit(file)]);
      return;
    case "sarif":
      files.set("check.sarif", [(await import("../report/check/sarif.js")).sarif(file)]);
      return;
    case "markdown":
      files.set("check.md", [(await import("../report/check/markdown.js")).checkMarkdown(file)]);
      return;
    case "github":
  }
}

/** A violation of the gate fails; no verdict where a property of the gate was never tested, or the time was over. */
export function codeOf(result: CheckResult): number {
  const gate = result.properties.filter((property) => property.gate);
  if (gate.some((property) => property.verdict === "violated")) return exitCode.violated;
  const undecided = gate.some(
    (property) => property.verdict === "never-exercised" || property.verdict === "out-of-budget",
  );
  return undecided || result.stoppedBy === "wall" ? exitCode.noVerdict : exitCode.ok;
}
