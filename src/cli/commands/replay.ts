/** `fleetquake replay`: repeats a counterexample, or a saved trace, and says whether it is still the same. */
import type { Command } from "commander";
import { formatClock } from "../../base/clock-time.js";
import { type Base, buildBase } from "../../chaos/base.js";
import { describeCaseEvent, diffsOf, replayed } from "../../chaos/counterexample.js";
import { decisionKey } from "../../chaos/outcome.js";
import { ManagerFault } from "../../live/fault.js";
import { createSimulator } from "../../run/simulate.js";
import { TraceRecorder } from "../../run/trace-recorder.js";
import { buildRun } from "../../scenario/build-run.js";
import type { CaseSpec } from "../../scenario/case.js";
import { traceLines } from "../../trace/json-lines.js";
import type { FullCatalogue } from "../catalogue.js";
import { Console } from "../console.js";
import { exitCode, worst } from "../exit-code.js";
import { callBeacon } from "../foreign/call-beacon.js";
import { childProcesses, endProcesses } from "../foreign/child-processes.js";
import { catalogueRequest, type ManagerOptions, type ManagerRequest } from "../foreign/manager-option.js";
import { openCatalogue } from "../foreign/open-catalogue.js";
import { type LoadedScenario, loadScenario } from "../load.js";
import { type CommonOptions, commonOptions, consoleOptions, managerOptions } from "../options.js";
import { readTraceFile } from "../read-trace.js";

export function addReplay(program: Command): void {
  const command = program
    .command("replay")
    .description("repeat a counterexample (or a saved trace) and say whether it is the same")
    .argument("<file...>", "files that `check --save` wrote, or traces (.jsonl)");
  managerOptions(commonOptions(command))
    .addHelpText(
      "after",
      `
Examples:
  $ fleetquake replay scenarios/regressions/my-fleet-default-no-self-removal-1.yaml
  $ fleetquake replay reports/my-fleet/trace.jsonl`,
    )
    .action(async (files: string[], options: CommonOptions & ManagerOptions) => {
      process.exitCode = await replay(files, options);
    });
}

async function replay(files: readonly string[], options: CommonOptions & ManagerOptions): Promise<number> {
  const console = new Console(consoleOptions(options));
  const request = catalogueRequest(options);
  const registry = childProcesses();
  const opened = request.ok
    ? await openCatalogue(request.value, { beacon: callBeacon(), registry })
    : request;
  if (!request.ok || !opened.ok) {
    if (!opened.ok) console.issues(opened.error);
    endProcesses(registry);
    return exitCode.wrongInput;
  }
  const { catalogue } = opened.value;
  const machine: unknown[] = [];
  try {
    const codes = files.map((file) =>
      file.endsWith(".jsonl")
        ? replayTrace(file, catalogue, console, machine)
        : replayCase(file, catalogue, request.value.managers, console, machine),
    );
    if (options.json) console.json(machine.length === 1 ? machine[0] : machine);
    return worst(codes);
  } catch (error) {
    if (!(error instanceof ManagerFault)) throw error;
    console.issues(error.issues);
    return exitCode.wrongInput;
  } finally {
    endProcesses(registry);
  }
}

function replayCase(
  file: string,
  catalogue: FullCatalogue,
  managers: readonly ManagerRequest[],
  console: Console,
  machine: unknown[],
): number {
  const loaded = loadScenario(file, catalogue, [], managers);
  if (!loaded.ok) {
    console.issues(loaded.error);
    return exitCode.wrongInput;
  }
  const { variants } = loaded.value;
  const recorded = variants[0]!.spec.case;
  if (recorded === null) {
    console.issues([
      {
        code: "no-case",
        severity: "error",
        file,
        message: "this scenario holds no case to replay",
        expected: "a file that `fleetquake check --save` wrote, or a trace",
        hint: "`fleetquake run` simulates a scenario",
      },
    ]);
    return exitCode.wrongInput;
  }
  const property = catalogue.properties.find((item) => item.name === recorded.property);
  if (property === undefined) {
    console.issues([
      {
        code: "unknown-property",
        severity: "error",
        file,
        path: "case.property",
        message: `there is no property "${recorded.property}"`,
      },
    ]);
    return exitCode.wrongInput;
  }
  const built = buildBase(loaded.value.scenario.name, variants[0]!, [], catalogue);
  if (!built.ok) {
    console.issues(built.error);
    return exitCode.wrongInput;
  }
  const base = built.value;
  const { found, because, chain } = replayed(base, recorded, property, recorded.witness);
  const key = decisionKey({ property: property.name, ...recorded.witness });
  const same = found.some(
    (violation) => decisionKey(violation) === key && violation.service === recorded.witness.service,
  );
  const now = found[0];
  const verdict = same ? "same" : now === undefined ? "gone" : "different";
  machine.push({ file, property: property.name, verdict, recorded: recorded.witness, found, because });
  tellCase(loaded.value, base, recorded, console);
  for (const { at, text } of chain) console.say(`  ${formatClock(at, base.spec.startUtcMs)}  ${text}`);
  const words = {
    same: `The same violation of ${property.name}: ${because}`,
    gone: `${property.name} is no longer violated: ${because}`,
    different: `${property.name} is violated in another way: ${because}`,
  }[verdict];
  console.say(`\n${console.paint(same ? "yellow" : "red", words)}\n`);
  return same ? exitCode.ok : exitCode.violated;
}

/** What is different about this case, before what follows from it. */
function tellCase({ scenario, file }: LoadedScenario, base: Base, item: CaseSpec, console: Console): void {
  console.say(`${console.paint("bold", scenario.title)}  (${file})\n`);
  for (const event of item.events) console.say(`  ${describeCaseEvent(event)}`);
  const colour = { same: "gray", removed: "red", added: "green" } as const;
  const sign = { same: " ", removed: "-", added: "+" } as const;
  for (const { id, lines } of diffsOf(base, item)) {
    console.say(`  ${id}`);
    for (const { kind, text } of lines) console.say(console.paint(colour[kind], `  ${sign[kind]} ${text}`));
  }
  console.say("");
}

/** Simulates what the header of a trace describes and compares event by event. */
function replayTrace(file: string, catalogue: FullCatalogue, console: Console, machine: unknown[]): number {
  const saved = readTraceFile(file);
  if (!saved.ok) {
    console.issues(saved.error);
    return exitCode.wrongInput;
  }
  const { header } = saved.value;
  const variant = { name: header.variant, patch: {}, spec: header.spec, expect: null, properties: {} };
  const built = buildRun(header.scenario, variant, catalogue);
  if (!built.ok) {
    console.issues(built.error.map((issue) => ({ file, ...issue })));
    return exitCode.wrongInput;
  }
  const recorder = new TraceRecorder(built.value);
  createSimulator(built.value).run(header.seed, header.replication, [recorder]);
  const before = [...traceLines(saved.value)];
  const now = [...traceLines(recorder.trace(header.seed, header.replication))];
  const first = now.findIndex((line, k) => line !== before[k]);
  const same = first < 0 && now.length === before.length;
  machine.push({
    file,
    verdict: same ? "same" : "different",
    events: now.length - 1,
    firstDifference: same ? null : first,
  });
  console.say(
    same
      ? `${file}: the same ${now.length - 1} events`
      : console.paint("red", `${file}: different from line ${(first < 0 ? now.length : first) + 1} on`),
  );
  return same ? exitCode.ok : exitCode.violated;
}
