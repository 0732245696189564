/** Scenarios in tests: from a file or from text, down to a run, a trace and verdicts. A wrong one fails the test. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatIssue } from "../../src/base/issue.js";
import { ok } from "../../src/base/result.js";
import { propertyCatalogue } from "../../src/models/judging/catalogue.js";
import { createSimulator, type SimulateOptions } from "../../src/run/simulate.js";
import { TraceRecorder } from "../../src/run/trace-recorder.js";
import { buildRun } from "../../src/scenario/build-run.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { Run } from "../../src/scenario/run.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { traceLines } from "../../src/trace/json-lines.js";
import { judge } from "../../src/trace/judge.js";
import type { Trace } from "../../src/trace/trace.js";
import { catalogue, known } from "./catalogue.js";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export function scenarioOf(text: string, file = "test.yaml"): Scenario {
  const parsed = parseScenario(text, file, {
    known,
    readFile: (path) => ok(readFileSync(join(root, "scenarios", path), "utf8")),
  });
  if (!parsed.ok) throw new Error(parsed.error.map(formatIssue).join("\n"));
  return parsed.value.scenario;
}

export const scenarioFile = (name: string): Scenario =>
  scenarioOf(readFileSync(join(root, "scenarios", name), "utf8"), name);

export function runOf(scenario: Scenario, variant = scenario.variants[0]!.name): Run {
  const built = buildRun(scenario.name, scenario.variants.find((item) => item.name === variant)!, catalogue);
  if (!built.ok) throw new Error(built.error.map(formatIssue).join("\n"));
  return built.value;
}

export function traceOf(run: Run, seed = 1, replication = 0, options: SimulateOptions = {}): Trace {
  const recorder = new TraceRecorder(run);
  createSimulator(run, options).run(seed, replication, [recorder]);
  return recorder.trace(seed, replication);
}

/** Verdict by property. */
export const verdictsOf = (trace: Trace): Readonly<Record<string, string>> =>
  Object.fromEntries(judge(propertyCatalogue, trace).map((item) => [item.property, item.verdict]));

export function sha256(trace: Trace): string {
  const hash = createHash("sha256");
  for (const line of traceLines(trace)) hash.update(line);
  return hash.digest("hex");
}
