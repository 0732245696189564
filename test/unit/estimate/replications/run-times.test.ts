/** Where the time of one run went: its path ends when the last was whole again, and its phases add up. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runTimesOf } from "../../../../src/estimate/replications/run-times.js";
import { measure } from "../../../../src/trace/measure.js";
import { root, runOf, scenarioFile, traceOf } from "../../../helpers/scenario.js";

const files = readdirSync(join(root, "scenarios")).filter((name) => name.endsWith(".yaml"));

it.each(files)("%s", (file) => {
  const trace = traceOf(runOf(scenarioFile(file)));
  const measures = measure(trace);
  const { phases, path } = runTimesOf(trace, measures);
  const { allRestoredAtMs } = measures.recovery;
  if (measures.outage.startedAtMs === null || allRestoredAtMs === null) return;
  const sum = phases.slice(0, 5).reduce((total, { ms }) => total + ms, 0);
  expect(sum).toBe(allRestoredAtMs - measures.outage.startedAtMs);
  expect(path!.wholeAtMs).toBe(allRestoredAtMs);
  const { steps } = path!;
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.at(-1)!.runningAtMs).toBeLessThanOrEqual(allRestoredAtMs);
  expect(steps[0]!.after).toBe("start");
  steps.slice(1).forEach((step, k) => {
    // Each is begun the moment that what it waited for is there.
    expect(step.begunAtMs).toBe(steps[k]!.runningAtMs);
    expect(step.after).not.toBe("start");
  });
});
