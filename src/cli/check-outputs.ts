/** What a search writes and says, and the exit code that it means. */
import { join } from "node:path";
import type { CheckFile, CheckResult } from "../chaos/check-result.js";
import type { CheckFormat, CheckOptions } from "./check-options.js";
import { keptName, type Target } from "./check-targets.js";
import type { Console } from "./console.js";
import { exitCode, worst } from "./exit-code.js";
import { writeAll } from "./files.js";
import type { CommonOptions } from "./options.js";
import { version } from "./version.js";

export interface Searched {
  readonly target: Target;
  readonly result: CheckResult;
}

type Options = CommonOptions & CheckOptions;

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
  for (const name of new Set(searched.map(({ target }) => target.owner.scenario.name))) {
    const own = searched.filter(({ target }) => target.owner.scenario.name === name);
    const written = await write(name, own, options);
    if (!written) codes.push(exitCode.wrongInput);
  }
  if (options.json) console.json(file);
  if (interrupted) {
    console.warn("Interrupted. What was found is kept.");
    codes.push(exitCode.interrupted);
  }
  return worst(codes);

  async function write(
    name: string,
    own: readonly Searched[],
    { out, format, save, regressions }: Options,
  ): Promise<boolean> {
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
    return results.every((result) => result === null || result.ok);
  }
}

async function addOutput(
  files: Map<string, Iterable<string>>,
  kind: CheckFormat,
  file: CheckFile,
): Promise<void> {
  if (kind === "json") files.set("check.json", [`${JSON.stringify(file, null, 2)}\n`]);
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
