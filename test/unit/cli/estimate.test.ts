import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { estimateSchema } from "../../../src/estimate/replications/estimate-schema.js";
import { cli, cliInterrupted, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";
import { type SelfRemoval, selfRemovalText } from "../../helpers/self-removal.js";

const folder = temporaryFolder();
const rest = "acknowledge: 5m, decide: 10m, repairConfiguration: 15m, verify: 6m, publish: 7m, approve: 1m";
const varied = `detect: 4m, diagnose: { p50: 30m, p90: 80m }, ${rest}`;

function scenario(name: string, options: SelfRemoval = {}): string {
  writeFileSync(join(folder, `${name}.yaml`), selfRemovalText({ response: varied, ...options }));
  return `${name}.yaml`;
}

const estimate = (...args: readonly string[]) => cli(["estimate", ...args], folder);
const resultOf = (name: string, index = 0) =>
  estimateSchema.parse(JSON.parse(readFileSync(join(folder, `reports/${name}/estimate.json`), "utf8")))
    .results[index]!;
const bytes = (name: string): string => readFileSync(join(folder, `reports/${name}/estimate.json`), "utf8");

describe("fleetquake estimate", () => {
  it("prints how long, where the time goes, whom it hurts, what would help and where the spread comes from", () => {
    const { code, out, err } = estimate(scenario("told"), "--runs", "40", "--cost-per-login", "0.5");
    expect(err).toBe("");
    expect(code).toBe(0);
    for (const words of [
      "How long",
      "Where the time goes",
      "What the end waits for",
      "Whom it hurts",
      "What would help most",
      "Where the spread comes from",
      "At 0.5 each",
    ])
      expect(out).toContain(words);
    const { cost, figures } = resultOf("told");
    const logins = figures.find(({ id }) => id === "unserved-logins")!;
    expect(cost!.mean.mean).toBeCloseTo(logins.mean.mean / 2, 6);
  });

  it("all spread comes from the one duration that varies, and halving it saves half of it", () => {
    const { luck, levers, priors } = resultOf("told");
    expect(luck).toEqual([expect.objectContaining({ id: "diagnose", share: 1, prior: null })]);
    expect(priors).toEqual({ durations: [], share: 0, error: 0 });
    const { figures } = resultOf("told");
    const recovery = figures.find(({ id }) => id === "recovery")!.mean.mean;
    // 100 minutes of the 130 are the same every time.
    const varies = recovery - 100 * 60_000;
    const half = levers.find(({ id }) => id === "diagnose")!;
    expect(half.savedMs.mean / varies).toBeCloseTo(0.5, 3);
    expect(levers.find(({ id }) => id === "detect")!.savedMs).toMatchObject({ mean: 120_000, error: 0 });
    // Guards that stop the removal save all of it.
    expect(levers[0]).toMatchObject({ id: expect.stringMatching(/^guard /), savedMs: { mean: recovery } });
  });

  it("a preset is named beside what comes from it, with its share of the spread", () => {
    const file = scenario("preset", { response: "like: population" });
    const { code, out } = estimate(file, "--runs", "60");
    expect(code).toBe(0);
    expect(out).toContain("prior: population: detect, acknowledge, diagnose");
    const { luck, priors } = resultOf("preset");
    expect(luck.find(({ id }) => id === "diagnose")).toMatchObject({ prior: "population" });
    expect(priors.durations).toContainEqual({ duration: "decide", prior: "built-in" });
    // Deploys are constant here, so all of it is theirs.
    expect(priors.share).toBe(1);
    expect(luck.every(({ id, share }) => id === "approve" || share !== 0)).toBe(true);
  });

  it("gives the same bytes for any number of threads, and other ones for another seed", () => {
    const file = scenario("jobs");
    const written = ["1", "2", "3"].map((jobs) => {
      expect(estimate(file, "--runs", "70", "--jobs", jobs, "--no-levers").code).toBe(0);
      return bytes("jobs");
    });
    expect(new Set(written).size).toBe(1);
    estimate(file, "--runs", "70", "--seed", "2", "--no-levers");
    expect(bytes("jobs")).not.toBe(written[0]);
  });

  it("--json prints the same as the file and nothing else", () => {
    const { out, err } = estimate(scenario("json"), "--runs", "20", "--json", "--no-levers");
    expect(err).toBe("");
    expect(out).toBe(bytes("json"));
  });

  it("stops when the mean is known well enough, and says how well", () => {
    const { code } = estimate(scenario("precise"), "--precision", "5%", "--no-levers", "--json");
    expect(code).toBe(0);
    const { stoppedBy, runs, relativeError } = resultOf("precise");
    expect(stoppedBy).toBe("precision");
    expect([480, 960, 1920]).toContain(runs);
    expect(relativeError!).toBeLessThanOrEqual(0.05);
  });
});

describe("the page", () => {
  it("stands beside the figures, and is written again from them, as they are by their command", () => {
    const file = scenario("it's mine", { rest: "variants: { a: {}, b: { response: { crews: 2 } } }" });
    const args = [
      "--runs",
      "12",
      "--seed",
      "5",
      "--cost-per-login",
      "0.25",
      "--no-levers",
      "--variant",
      "all",
    ];
    const { code, out } = estimate(file, ...args, "--jobs", "1");
    expect(code).toBe(0);
    expect(out).toContain(
      "Figures: reports/it's mine/estimate.json\nReport: reports/it's mine/estimate.html\n",
    );
    const first = bytes("it's mine");
    const page = readFileSync(join(folder, "reports/it's mine/estimate.html"), "utf8");
    const written = cli(["report", "reports/it's mine/estimate.json", "--out", "again.html"], folder);
    expect(written).toMatchObject({ code: 0, err: "", out: "Report: again.html\n" });
    expect(readFileSync(join(folder, "again.html"), "utf8")).toBe(page);
    const { command } = JSON.parse(first);
    expect(command).toBe(
      `fleetquake estimate 'it'\\''s mine.yaml' --variant a --variant b --seed 5 --runs 12 --cost-per-login 0.25 --no-levers`,
    );
    const program = `"${process.execPath}" "${join(root, "dist/cli/main.js")}"`;
    execFileSync("sh", ["-c", `${command.replace("fleetquake", program)} --out again`], { cwd: folder });
    expect(readFileSync(join(folder, "again/it's mine/estimate.json"), "utf8")).toBe(first);
    expect(readFileSync(join(folder, "again/it's mine/estimate.html"), "utf8")).toBe(page);
  });

  it("is not made of files of two kinds, nor of a damaged one", () => {
    const file = "reports/it's mine/estimate.json";
    writeFileSync(join(folder, "trace.jsonl"), "{}\n");
    const mixed = cli(["report", file, "trace.jsonl", "--out", "no.html"], folder);
    expect(mixed.code).toBe(2);
    expect(mixed.err).toMatch(
      /trace\.jsonl: error mixed-files: this is a trace, but the first file is an estimate/,
    );
    writeFileSync(
      join(folder, "cut.json"),
      readFileSync(join(folder, file), "utf8").replaceAll('"id": "recovery"', '"id": "other"'),
    );
    const cut = cli(["report", "cut.json", "--out", "no.html"], folder);
    expect(cut.code).toBe(2);
    expect(cut.err).toMatch(/cut\.json: error estimate-file: the figure recovery is missing at results\.0/);
    expect(existsSync(join(folder, "no.html"))).toBe(false);
  });
});

describe("resuming", () => {
  const args = ["--runs", "1000000", "--no-levers", "--variant", "all"];
  const rest = "variants: { a: {}, b: { response: { crews: 2 } } }";

  it("gives the same bytes as an estimate that nobody stopped", async () => {
    const file = scenario("kept", { rest });
    const all = ["estimate", file, "--runs", "100", "--variant", "all"];
    expect(cli(all, folder).code).toBe(0);
    const whole = bytes("kept");
    let stopped = cli([...all, "--wall", "1ms"], folder);
    expect(stopped.code).toBe(3);
    expect(stopped.err).toContain(`resume: fleetquake ${all.join(" ")} --resume`);
    const kept = join(folder, "reports/kept/estimate-samples.a.json");
    expect(JSON.parse(readFileSync(kept, "utf8")).runs).toBeLessThan(101);
    stopped = cli([...all, "--resume"], folder);
    expect(stopped.err).toBe("");
    expect(stopped.code).toBe(0);
    expect(bytes("kept")).toBe(whole);
    expect(existsSync(kept)).toBe(false);
  });

  it("Ctrl-C keeps what there is, exits with 130 and says how to go on", async () => {
    const file = scenario("ctrlc", { rest });
    const { code, err } = await cliInterrupted(["estimate", file, ...args], 4_000, folder);
    expect(code).toBe(130);
    expect(err).toContain(`resume: fleetquake estimate ${file} ${args.join(" ")} --resume`);
    expect(existsSync(join(folder, "reports/ctrlc/estimate-samples.a.json"))).toBe(true);
  });

  it("takes nothing that is not of the same scenario and seed, or is damaged", () => {
    const file = scenario("other");
    estimate(file, "--runs", "300", "--wall", "1ms");
    expect(estimate(file, "--runs", "300", "--resume", "--seed", "2")).toMatchObject({
      code: 2,
      err: expect.stringContaining("another scenario"),
    });
    const kept = join(folder, "reports/other/estimate-samples.default.json");
    writeFileSync(kept, readFileSync(kept, "utf8").replace(/"values":\[[^,]*,/, '"values":['));
    expect(estimate(file, "--runs", "300", "--resume")).toMatchObject({
      code: 2,
      err: expect.stringContaining("are missing"),
    });
    writeFileSync(kept, "{");
    expect(estimate(file, "--resume").err).toContain("no file of replications");
    expect(estimate(scenario("fresh"), "--resume")).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing to resume"),
    });
  });
});

describe("what is never reached", () => {
  it("is counted and bounded by the horizon, never dropped", () => {
    const { code, out } = estimate(scenario("never", { horizon: "2h" }), "--runs", "40");
    expect(code).toBe(0);
    expect(out).toContain("40 of them were not over");
    const { figures, horizonMs, critical } = resultOf("never");
    const recovery = figures.find(({ id }) => id === "recovery")!;
    expect(recovery).toMatchObject({ censored: 40, mean: { mean: horizonMs } });
    expect(recovery.quantiles.every(({ value }) => value === null)).toBe(true);
    expect(horizonMs).toBe(3_600_000 - 2_000);
    expect(critical).toEqual([]);
  });

  it("nothing was hurt: it says so, and looks for nothing that would help", () => {
    const file = scenario("unharmed", {
      rest: 'variants: { x: { managers: { legacy: { version: "2" } } } }',
    });
    const { code, out } = estimate(file, "--runs", "20");
    expect(code).toBe(0);
    expect(out).toContain("Nothing was hurt in any of them.");
    expect(resultOf("unharmed")).toMatchObject({ unharmed: 20, levers: [], luck: [] });
  });

  it("the event limit ends in no verdict", () => {
    const { code, out } = estimate(
      scenario("limited", { rest: "limits: { events: 60 }" }),
      "--runs",
      "20",
      "--no-levers",
    );
    expect(code).toBe(3);
    expect(out).toContain("event limit");
  });
});

describe("bounds of the scenario", () => {
  it.each([
    ["p50: '<= 5h'", 0, "holds"],
    ["p50: '<= 1h'", 1, "violated"],
    ["p90: '<= 2h50m'", 3, "undecided"],
  ])("%s: exit code %i, %s", (bound, code, verdict) => {
    const file = scenario(`bound${code}`, { rest: `expect: { default: { recovered: { ${bound} } } }` });
    const found = estimate(file, "--runs", "30", "--no-levers");
    expect(found.out).toContain("bounded-recovery");
    expect(resultOf(`bound${code}`).bounds.map((item) => item.verdict)).toEqual([verdict]);
    expect(found.code).toBe(code);
  });

  it("is listed with the properties as one that estimates judge", () => {
    expect(cli(["properties"]).out).toMatch(/bounded-recovery +estimate/);
  });
});

describe("wrong input", () => {
  let file: string;
  beforeAll(() => {
    file = scenario("wrong");
  });

  it.each([
    [["--runs", "1"], "whole number from 2"],
    [["--runs", "0"], "whole number from 2"],
    [["--precision", "0%"], "percentage"],
    [["--variant", "legaci"], 'no variant "legaci"'],
    [["--guard", "noCascad"], 'did you mean "noCascade"?'],
    [["--cost-per-login", "-1"], "amount"],
    [["--cost-per-login", ""], "amount"],
    [["--wall", "0"], "duration"],
    [["--jobs", "0"], "whole number"],
  ])("%j: exit code 2, nothing written", (args, words) => {
    const { code, out, err } = estimate(file, ...args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(words);
    expect(existsSync(join(folder, "reports/wrong"))).toBe(false);
  });

  it("a file that is not there, and a folder that cannot be written", () => {
    expect(estimate("nowhere.yaml").code).toBe(2);
    writeFileSync(join(folder, "occupied"), "");
    expect(estimate(file, "--runs", "2", "--no-levers", "--out", "occupied").code).toBe(2);
  });
});

it("schema/estimate.schema.json is what the code says", () => {
  const published = readFileSync(join(root, "schema/estimate.schema.json"), "utf8");
  expect(cli(["schema", "estimate"]).out).toBe(published);
});
