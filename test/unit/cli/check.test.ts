/**
 * `check` and `replay` as people and scripts meet them: the same bytes whatever the threads, exit codes that mean
 * something, and files that repeat what was found. The compiled program on the smallest scenario, with few cases.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CheckFile, CheckResult } from "../../../src/chaos/check-result.js";
import { type CliResult, cli, cliInterruptedAt, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";

const text = readFileSync(join(root, "scenarios/fail-static.yaml"), "utf8");

/** A folder with the scenario in it: paths in what is written are then the same everywhere. */
function folderWith(scenario = text): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "fleet.yaml"), scenario);
  return folder;
}

const check = (folder: string, args: readonly string[]): CliResult =>
  cli(["check", "fleet.yaml", "--format", "json", "--out", "out", ...args], folder);

const bytesOf = (folder: string): string => readFileSync(join(folder, "out/fleet/check.json"), "utf8");
const resultOf = (folder: string): CheckResult => (JSON.parse(bytesOf(folder)) as CheckFile).results[0]!;
const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
const noStack = (output: string): void => expect(output).not.toMatch(/\n\s+at .*(\.js|node:)/);

describe("the number of threads", () => {
  it("changes no byte, whatever they take and in which order they answer", () => {
    const few = [
      "--only",
      "T02,S01",
      "--runs",
      "150",
      "--shrink-tries",
      "150",
      "--property",
      "fail-static,no-collateral-removal",
    ];
    const folders = (
      [
        ["1", []],
        ["2", ["--delay", "0,40,5"]],
        ["7", ["--delay", "30,0,10,1"]],
      ] as const
    ).map(([jobs, delays]) => {
      const folder = folderWith();
      expect(check(folder, [...few, "--jobs", jobs, ...delays]).code).toBe(1);
      return folder;
    });
    const [one, two, seven] = folders.map(bytesOf);
    expect(two).toBe(one);
    expect(seven).toBe(one);
    const kept = folders.map((folder) =>
      filesIn(join(folder, "out/fleet/counterexamples")).map((name) =>
        readFileSync(join(folder, "out/fleet/counterexamples", name), "utf8"),
      ),
    );
    expect(kept[0]!.length).toBeGreaterThan(0);
    expect(kept[1]).toEqual(kept[0]);
    expect(kept[2]).toEqual(kept[0]);
  });
});

describe("a wrong name", () => {
  it.each([
    [
      "property",
      ["--property", "no-self-removl"],
      /no property "no-self-removl"[\s\S]*did you mean "no-self-removal"/,
    ],
    ["operator", ["--only", "roolback"], /no mutation "roolback"[\s\S]*did you mean "rollback"/],
    ["left out operator", ["--except", "S99"], /no mutation "S99"[\s\S]*hint: did you mean/],
    ["variant", ["--variant", "behind-the-gard"], /did you mean "behind-the-guard"/],
  ])("of a %s ends with 2 and a hint, and nothing is written", (_what, args, pattern) => {
    const folder = folderWith();
    const { code, out, err } = check(folder, args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(pattern);
    noStack(err);
    expect(filesIn(join(folder, "out"))).toEqual([]);
  });
});

describe("an operator that has no site", () => {
  it("is named, and the scenario as it is is judged all the same", () => {
    const folder = folderWith();
    const { code, err } = check(folder, ["--only", "S21", "--variant", "behind-the-guard", "--runs", "20"]);
    expect(err).toMatch(/nothing to mutate for S21/);
    noStack(err);
    expect([0, 3]).toContain(code);
    expect(resultOf(folder)).toMatchObject({
      modes: [{ mode: "examples", cases: 1 }],
      profile: [],
      findings: [],
    });
  });
});

describe("a scenario that violates as it is", () => {
  it("says so before anything is mutated, once a property, and stops there with --fail-fast", () => {
    const folder = folderWith();
    expect(
      check(folder, ["--fail-fast", "--runs", "50", "--property", "fail-static,no-collateral-removal"]).code,
    ).toBe(1);
    const { baseViolates, modes, stoppedBy, findings } = resultOf(folder);
    const names = baseViolates.map(({ property }) => property);
    expect([...names].sort()).toEqual(["fail-static", "no-collateral-removal"]);
    for (const { because } of baseViolates) expect(because).not.toBe("");
    expect(modes.map(({ mode, cases }) => [mode, cases])).toEqual([["examples", 1]]);
    expect(stoppedBy).toBe("first-violation");
    expect(findings.every(({ counterexample }) => counterexample.mutations.length === 0)).toBe(true);
  });
});

describe("an early end", () => {
  it("for want of time is no verdict where nothing was violated", () => {
    const folder = folderWith();
    const args = ["--variant", "behind-the-guard", "--only", "T02", "--wall", "0.001", "--runs", "500"];
    expect(check(folder, args).code).toBe(3);
    expect(resultOf(folder).stoppedBy).toBe("wall");
  });

  it("comes when enough is known, and that is a verdict", () => {
    const folder = folderWith();
    const args = ["--variant", "behind-the-guard", "--only", "T02", "--exhaustive", "0", "--runs", "3000"];
    const { code } = check(folder, [...args, "--until-confidence", "0.01"]);
    const { stoppedBy, modes, properties } = resultOf(folder);
    expect([stoppedBy, properties.some(({ verdict }) => verdict === "violated")]).toEqual([
      "confidence",
      false,
    ]);
    expect([0, 3]).toContain(code);
    expect(modes.at(-1)!.cases).toBeLessThan(modes.at(-1)!.planned);
  });

  it("by Ctrl-C keeps what was found, and counts no case that it has cut short", async () => {
    const folder = folderWith();
    // The first answer is on its way before a timer of the worker gets its turn.
    writeFileSync(
      join(folder, "tells.mjs"),
      `import { workerData } from "node:worker_threads";
import { defineManager } from ${JSON.stringify(join(root, "dist/index.js"))};
if (workerData?.delaysMs !== undefined) setTimeout(() => process.stderr.write("at work\\n"), 300);
export const managers = [defineManager({ name: "other", about: "x" })];
`,
    );
    const { code, err } = await cliInterruptedAt(
      [
        ...["check", "fleet.yaml", "--format", "json", "--out", "out", "--jobs", "1", "--delay", "100"],
        ...["--load", "tells.mjs", "--runs", "30000", "--only", "T02,S01"],
        ...["--property", "fail-static,no-collateral-removal"],
      ],
      "at work",
      folder,
    );
    expect(code).toBe(130);
    expect(err).toContain("Interrupted");
    noStack(err);
    const { stoppedBy, properties, findings } = resultOf(folder);
    expect(stoppedBy).toBe("interrupt");
    expect(findings.length).toBeGreaterThan(0);
    expect(properties.map(({ verdict }) => verdict)).not.toContain("out-of-budget");
    const kept = filesIn(join(folder, "out/fleet/counterexamples"));
    expect(kept).toHaveLength(findings.length);
    expect(kept.filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});

describe("what was kept", () => {
  const folder = folderWith();
  check(folder, [
    "--variant",
    "keeps-what-it-knew",
    "--runs",
    "60",
    "--only",
    "S01",
    "--save",
    "--regressions",
    "kept",
  ]);
  const name = filesIn(join(folder, "kept")).find((one) => one.includes("no-collateral-removal"));
  const file = join("kept", name ?? "nothing was kept");

  it("replays as the same violation, and its run meets its expectation", () => {
    const replayed = cli(["replay", file], folder);
    expect([replayed.code, replayed.err]).toEqual([0, ""]);
    expect(replayed.out).toContain("The same violation of");
    expect(cli(["run", file, "--out", "run"], folder)).toMatchObject({ code: 0, err: "" });
  });

  it("says that it is gone once the manager is repaired, and which property that was", () => {
    const saved = readFileSync(join(folder, file), "utf8");
    writeFileSync(join(folder, "fixed.yaml"), saved.replace(/model: [\w-]+/, "model: inert"));
    const { code, out } = cli(["replay", "fixed.yaml"], folder);
    expect(out).toMatch(/no-collateral-removal is no longer violated/);
    expect(code).toBe(1);
  });

  it("comes first in the next search", () => {
    check(folder, [
      "--variant",
      "keeps-what-it-knew",
      "--runs",
      "2",
      "--exhaustive",
      "0",
      "--only",
      "S01",
      "--regressions",
      "kept",
    ]);
    const recipes = filesIn(join(folder, "kept")).map(
      (one) => /^mutations:\n([\s\S]*?)^case:/m.exec(readFileSync(join(folder, "kept", one), "utf8"))?.[1],
    );
    expect(recipes.length).toBeGreaterThan(0);
    expect(resultOf(folder).modes[0]).toMatchObject({ mode: "examples", planned: 1 + new Set(recipes).size });
  });

  it("replays as a trace as well", () => {
    cli(
      ["run", "fleet.yaml", "--variant", "behind-the-guard", "--format", "trace", "--out", "traces"],
      folder,
    );
    const trace = "traces/fleet/trace.jsonl";
    expect(cli(["replay", trace], folder)).toMatchObject({ code: 0, err: "" });
    const lines = readFileSync(join(folder, trace), "utf8").split("\n");
    writeFileSync(
      join(folder, "other.jsonl"),
      lines.map((line, k) => (k === 2 ? line.replace(/"t":\d+/, '"t":1') : line)).join("\n"),
    );
    const other = cli(["replay", "other.jsonl"], folder);
    expect([other.code, other.out.includes("different from line 3 on")]).toEqual([1, true]);
  });

  it("is no case where the file is a plain scenario", () => {
    const { code, err } = cli(["replay", "fleet.yaml"], folder);
    expect([code, err.includes("holds no case to replay")]).toEqual([2, true]);
  });
});

describe("a manager of the user's own that throws", () => {
  it("ends with 2 and the command that shows it again", () => {
    const folder = folderWith(text.replace("model: pruning", "model: throws"));
    const index = JSON.stringify(join(root, "dist/index.js"));
    const definition =
      'defineManager({ name: "throws", about: "x", step: () => { throw new Error("boom"); } })';
    writeFileSync(
      join(folder, "throws.mjs"),
      `import { defineManager } from ${index};\nexport const managers = [${definition}];\n`,
    );
    const { code, err } = check(folder, ["--load", "throws.mjs", "--runs", "20"]);
    expect(code).toBe(2);
    expect(err).toMatch(/throws\.mjs:\d+:\d+: error threw: .*boom/);
    expect(err).toMatch(/replay: fleetquake check fleet\.yaml .*--load throws\.mjs/);
    noStack(err);
  });
});
