/** Random fleets, managers, changes and faults: whatever comes, a run ends, explains itself and can be repeated. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { createSimulator } from "../../../src/run/simulate.js";
import { TraceRecorder } from "../../../src/run/trace-recorder.js";
import { buildRun } from "../../../src/scenario/build-run.js";
import { parseScenario } from "../../../src/scenario/parse.js";
import { HeapQueue } from "../../../src/sim/heap-queue.js";
import { judge } from "../../../src/trace/judge.js";
import { measure } from "../../../src/trace/measure.js";
import { catalogue, known } from "../../helpers/catalogue.js";
import { randomLoadedScenario, randomScenario } from "../../helpers/random-scenario.js";
import { sha256, traceOf } from "../../helpers/scenario.js";

/** A run, or null where the random parts do not fit together (that is told as Issues, which is right as well). */
function build(document: unknown) {
  const parsed = parseScenario(JSON.stringify(document), "fuzz.yaml", { known });
  if (!parsed.ok) {
    for (const issue of parsed.error) expect(formatIssue(issue)).toMatch(/fuzz\.yaml:\d+:\d+: error/);
    return null;
  }
  const run = buildRun("fuzz", parsed.value.scenario.variants[0]!, catalogue);
  if (!run.ok) {
    expect(run.error.length).toBeGreaterThan(0);
    return null;
  }
  return run.value;
}

describe.each([
  ["random scenarios", randomScenario],
  ["random scenarios with load", randomLoadedScenario],
])("%s", (_, scenarios: fc.Arbitrary<unknown>) => {
  it("end, with causes, measures and verdicts that a repetition and a saved trace confirm", () => {
    let runs = 0;
    fc.assert(
      fc.property(scenarios, fc.nat(1000), (document, seed) => {
        const run = build(document);
        if (run === null) return;
        runs++;
        const recorder = new TraceRecorder(run);
        const simulator = createSimulator(run);
        const measures = simulator.run(seed, 0, [recorder]);
        const trace = recorder.trace(seed, 0);
        for (const event of trace.events) {
          for (const cause of event.because)
            if (cause >= event.id) throw new Error("an effect before its cause");
        }
        expect(measure(trace)).toEqual(measures);
        expect(simulator.run(seed, 0)).toEqual(measures);
        expect(sha256(traceOf(run, seed, 0, { queue: () => new HeapQueue() }))).toBe(sha256(trace));
        const verdicts = judge(propertyCatalogue, trace);
        expect(verdicts).toHaveLength(propertyCatalogue.length);
        for (const { success, served } of trace.events.filter((event) => event.e === "quality")) {
          if (!(success >= 0 && served >= success - 1e-12 && served <= 1 + 1e-12))
            throw new Error("no probability");
        }
      }),
      { seed: 20250213, numRuns: Number(process.env["FLEETQUAKE_FUZZ"] ?? 400) },
    );
    expect(runs).toBeGreaterThan(50);
  });
});
