/** A report takes in what other commands left beside it, as long as it is of the same scenario, and says what it leaves out. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AblateFile } from "../../../src/chaos/ablate/ablate-result.js";
import { baseText, searchedText } from "../../../src/chaos/base.js";
import type { CheckFile } from "../../../src/chaos/check-result.js";
import { readEvidence } from "../../../src/cli/evidence.js";
import { reportHtml, reportModel } from "../../../src/cli/report-html.js";
import { sha256 } from "../../../src/cli/sha256.js";
import { version } from "../../../src/cli/version.js";
import { estimateOf } from "../../../src/estimate/replications/estimate.js";
import type { EstimateFile } from "../../../src/estimate/replications/estimate-result.js";
import { createSampler } from "../../../src/estimate/replications/sampler.js";
import { Samples } from "../../../src/estimate/replications/samples.js";
import type { ResultFile } from "../../../src/trace/result.js";
import { temporaryFolder } from "../../helpers/cli.js";
import { guardFleet } from "../../helpers/guard-fleet.js";
import { runOf, scenarioOf } from "../../helpers/scenario.js";
import { variantRunOf } from "../../helpers/view.js";

const scenario = scenarioOf(guardFleet({}, ""), "small.yaml");
const run = runOf(scenario);
const finished = variantRunOf(scenario);
const { spec } = scenario.variants[0]!;
const where = { name: scenario.name, title: scenario.title, file: "small.yaml" };
const seed = 1;

const samples = Samples.of(run);
samples.add(createSampler(run).sample(seed, 0, 40));
const estimate: EstimateFile = {
  fleetquake: version,
  kind: "estimate",
  scenario: where,
  results: [
    {
      variant: "default",
      seed,
      spec: sha256([baseText(spec)]),
      stoppedBy: "runs",
      relativeError: null,
      ...estimateOf(run, samples, seed),
      bounds: [],
      levers: [],
      luck: [],
      priors: { durations: [], share: null, error: null },
      cost: null,
    },
  ],
  command: "fleetquake estimate small.yaml",
};

const cost = { approvals: 0, approvalsPerWeek: 0, peopleMinutesPerWeek: 0, delayMs: 0 };
const ablation: AblateFile = {
  fleetquake: version,
  kind: "ablate",
  result: {
    scenario: where,
    variant: "default",
    seed,
    spec: sha256([baseText(spec)]),
    stripped: false,
    gate: { safety: ["fail-static"], progress: [] },
    changesPerWeek: 5,
    traces: [{ label: "as it is", mutations: [], violates: ["fail-static", "no-self-removal"] }],
    asItIs: true,
    method: {
      table: "full",
      sets: 4,
      asked: 4,
      plays: 4,
      exceptions: { total: 0, first: [] },
      crossCheck: "agrees",
    },
    guards: [
      {
        guard: "failStatic",
        id: "G1",
        stage: "read",
        stops: 1,
        left: [],
        progress: true,
        shapley: 1,
        ...cost,
      },
      {
        guard: "noCascade",
        id: "G2",
        stage: "set",
        stops: 0,
        left: ["no-self-removal"],
        progress: true,
        shapley: 0,
        ...cost,
      },
    ],
    sufficient: [{ guards: ["failStatic"], cheapest: true, ...cost }],
    stuck: [],
    redundant: [],
    storage: [],
    verdict: "some-set-suffices",
    command: "fleetquake ablate small.yaml",
  },
};

const check: CheckFile = {
  fleetquake: version,
  kind: "check",
  results: [
    {
      scenario: where,
      variant: "default",
      managers: [],
      seed,
      base: sha256([searchedText(spec)]),
      baseViolates: [],
      modes: [
        {
          mode: "random",
          about: "up to 3 mutations",
          generator: "coverage/2",
          cases: 300,
          distinct: 300,
          planned: 300,
          symmetric: 0,
          level: "run",
        },
      ],
      stoppedBy: "budget",
      properties: [
        {
          property: "black-start",
          about: "it can start from nothing",
          modality: "always",
          gate: true,
          verdict: "holds",
          because: "every case can",
          exercised: 300,
          violated: 0,
          hazards: 0,
          bound: { runs: 300, upper95: 0.01 },
        },
      ],
      findings: [],
      profile: [],
      risk: null,
      staging: null,
      command: "fleetquake check small.yaml",
    },
  ],
};

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = temporaryFolder();
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  return folder;
}

/** What a page says, without its tags. */
async function textOf(folder: string): Promise<string> {
  const result: ResultFile = {
    fleetquake: version,
    scenario: { ...where, about: "", sources: [], startUtcMs: 0 },
    seed,
    variants: [finished.result],
  };
  const evidence = readEvidence(folder, [finished]);
  const html = await reportHtml(reportModel(result, scenario, [finished], evidence, null), false);
  return html
    .replaceAll(/<style>.*?<\/style>|<svg.*?<\/svg>|<script.*?<\/script>/gsu, " ")
    .replaceAll(/<[^>]*>/gu, " ")
    .replaceAll(/\s+/gu, " ");
}

describe("what lies beside a report", () => {
  it("is told where it is of the same scenario and version", async () => {
    const text = await textOf(
      folderOf({ "estimate.json": estimate, "ablate.json": ablation, "check.json": check }),
    );
    expect(text).toContain("The ranges are over 40 replications of estimate.json");
    expect(text).toContain("mean of 40 replications");
    expect(text).toContain("1 minimal set is enough; the cheapest: failStatic");
    expect(text).toContain("failStatic ✓ stopped ✓ stopped");
    expect(text).toContain("noCascade ✓ stopped ✗ not stopped");
    expect(text).toContain("300 cases judged");
    expect(text).toContain("black-start holds 300 300 at most 1 in 100");
    expect(text).not.toMatch(/Not (asked|searched) yet|left out/);
  });

  it("is asked for where it is not there", async () => {
    const text = await textOf(folderOf({}));
    for (const command of ["estimate", "ablate", "check"])
      expect(text).toContain(`fleetquake ${command} small.yaml`);
    expect(text).not.toContain("left out");
  });

  it("is left out, and said so, where it is of something else", () => {
    const old = { ...estimate, fleetquake: "0.0.1" };
    const stale = { ...ablation, result: { ...ablation.result, spec: sha256(["other"]) } };
    const { leftOut, ...taken } = readEvidence(
      folderOf({ "estimate.json": old, "ablate.json": stale, "check.json": "{" }),
      [finished],
    );
    expect(taken).toEqual({ estimate: null, ablation: null, checks: [] });
    expect(leftOut).toEqual([
      "estimate.json here was written by fleetquake 0.0.1; it is left out.",
      "ablate.json here is of another version of the scenario file; it is left out.",
      "check.json here cannot be read; it is left out.",
    ]);
  });

  it("is left out where it is of another variant, or older than the key that tells", () => {
    const other = { ...check, results: [{ ...check.results[0]!, variant: "careful" }] };
    const { spec: _, ...unknown } = estimate.results[0]!;
    const { leftOut } = readEvidence(
      folderOf({ "estimate.json": { ...estimate, results: [unknown] }, "check.json": other }),
      [finished],
    );
    expect(leftOut).toEqual([
      "estimate.json here is of another version of the scenario file; it is left out.",
      "check.json here is of careful, which this report does not have; it is left out.",
    ]);
  });
});
