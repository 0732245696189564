/** Three sentences are enough for every incident of the examples, and say what the figures say. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { measure } from "../../../src/trace/measure.js";
import { summaryOf } from "../../../src/trace/summary.js";
import { root, runOf, scenarioFile, traceOf } from "../../helpers/scenario.js";

const files = readdirSync(join(root, "scenarios")).filter((name) => name.endsWith(".yaml"));

it.each(files)("%s", (file) => {
  const trace = traceOf(runOf(scenarioFile(file)));
  const measures = measure(trace);
  const sentences = summaryOf(trace, measures);
  expect(sentences.length).toBeGreaterThanOrEqual(2);
  expect(sentences.length).toBeLessThanOrEqual(3);
  for (const { text } of sentences) expect(text).toMatch(/^\S.*[^.]\.$/su);
  const last = sentences.at(-1)!.text;
  if (measures.outage.startedAtMs === null) expect(last).toContain("no capability is impaired");
  else if (measures.recovery.allRestoredAtMs === null) expect(last).toContain("not everything is back");
  else expect(last).toMatch(/after .+ everything is back/);
});

it("tells the incident from the edit to the people", () => {
  const trace = traceOf(runOf(scenarioFile("duo-2025-02-13.yaml")));
  expect(summaryOf(trace, measure(trace)).map(({ kind, text }) => [kind, text])).toEqual([
    [
      "error",
      "sre set out to remove deprecated-app; this version of legacy leaves deprecated-app in managers/legacy.yaml.",
    ],
    ["decision", expect.stringMatching(/^legacy decides to remove deprecated-app as asked, and to remove /)],
    [
      "damage",
      expect.stringMatching(
        /^730 instances of 10 services are removed; 6 of 8 capabilities are down in up to 81 regions; after /,
      ),
    ],
  ]);
});
