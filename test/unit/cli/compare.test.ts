import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compareSchema } from "../../../src/estimate/replications/estimate-schema.js";
import { cli, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";
import { selfRemovalText } from "../../helpers/self-removal.js";

const folder = temporaryFolder();
const response =
  "detect: 4m, diagnose: { p50: 30m, p90: 80m }, acknowledge: 5m, decide: 10m, repairConfiguration: 15m, verify: 6m, publish: 7m";
writeFileSync(
  join(folder, "pair.yaml"),
  selfRemovalText({
    response,
    rest: `variants:
  one-crew: {}
  two-crews: { response: { crews: 2 } }
  fixed: { managers: { legacy: { version: "2" } } }
  short: { horizon: 2h }
  elsewhere: { regions: { eu: { members: [eu-1] }, asia: { members: [asia-1] } }, response: { order: null } }`,
  }),
);

const compare = (...args: readonly string[]) => cli(["compare", "pair.yaml", ...args], folder);
const written = () =>
  compareSchema.parse(JSON.parse(readFileSync(join(folder, "reports/pair/compare.json"), "utf8")));
const figure = (id: string) => written().figures.find((item) => item.id === id)!;

describe("fleetquake compare", () => {
  it("pairs the first two variants: the crew saves the same in every replication", () => {
    const { code, out, err } = compare("--runs", "40", "--cost-per-login", "2");
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("one-crew against two-crews");
    const recovery = figure("recovery");
    // After 84 minutes both networks (10), then app and web of eu (5, 8), then app of us at 99 and web of us at 102.
    expect(recovery.difference).toMatchObject({ mean: (130 - 110) * 60_000, error: 0 });
    expect(recovery.sign).toEqual({ above: 40, below: 0, ties: 0, pValue: 2 ** -39 });
    expect(recovery.variance!.paired).toBe(0);
    expect(figure("phase detect").sign).toMatchObject({ ties: 40, pValue: 1 });
    const { cost } = written();
    const logins = figure("unserved-logins");
    expect(cost!.first).toBeCloseTo(2 * logins.first.mean, 6);
    expect(out).toContain("At 2 a login");
  });

  it("McNemar: violated in every replication by one and in none by the other", () => {
    expect(compare("--variant", "one-crew", "--variant", "fixed", "--runs", "20").code).toBe(0);
    const found = written().properties.find(({ property }) => property === "no-self-removal")!;
    expect(found).toEqual({
      property: "no-self-removal",
      first: 20,
      second: 0,
      test: { onlyFirst: 20, onlySecond: 0, pValue: 2 ** -19 },
    });
    expect(figure("recovery").variance).toBeNull();
  });

  it("takes the sides in the order in which they are named", () => {
    compare("--variant", "fixed", "--variant", "one-crew", "--runs", "5");
    expect(written()).toMatchObject({ first: "fixed", second: "one-crew" });
    expect(figure("recovery").difference.mean).toBeLessThan(0);
  });

  it("two models on one variant", () => {
    expect(compare("--models", "legacy,modern", "--variant", "one-crew", "--runs", "5").code).toBe(0);
    expect(written()).toMatchObject({ first: "legacy", second: "modern" });
    expect(figure("recovery").second.mean).toBe(0);
  });

  it("ends at the earlier horizon, and says what had not come by then", () => {
    const { out } = compare("--variant", "one-crew", "--variant", "short", "--runs", "10");
    expect(out).toContain("not by then");
    expect(written().horizonMs).toBe(3_600_000 - 2_000);
    expect(figure("recovery")).toMatchObject({
      first: { censored: 10 },
      second: { censored: 10 },
      difference: { mean: 0 },
      sign: { ties: 10 },
    });
  });

  it("names figures that only one has", () => {
    const { out } = compare("--variant", "one-crew", "--variant", "elsewhere", "--runs", "5");
    expect(out).toContain("compare with nothing");
    expect(written().onlyFirst).toContain("group us");
    expect(written().onlySecond).toContain("group asia");
  });

  it("gives the same for any number of threads; --json prints the file", () => {
    const args = ["--runs", "70", "--json"];
    const first = compare(...args, "--jobs", "1");
    expect(first.err).toBe("");
    expect(first.out).toBe(readFileSync(join(folder, "reports/pair/compare.json"), "utf8"));
    expect(compare(...args, "--jobs", "3").out).toBe(first.out);
  });

  it("--wall before there is anything to compare exits with 3", () => {
    const { code, err } = compare("--runs", "100000", "--wall", "1ms");
    // Whatever was on its way is compared; the rest is not begun.
    expect(code).toBe(3);
    expect(err === "" || err.includes("Stopped before")).toBe(true);
  });

  it.each([
    [["--variant", "one-crew"], "needs two variants"],
    [["--variant", "one-crew", "--variant", "one-crew"], "needs two variants"],
    [["--variant", "one-crew", "--variant", "fixed", "--variant", "short"], "are 3"],
    [["--models", "legacy"], "two names"],
    [["--models", "legacy,moden"], 'did you mean "modern"?'],
    [["--models", "legacy,modern", "--variant", "one-crew", "--variant", "fixed"], "one variant under two"],
    [["--variant", "nothing"], 'no variant "nothing"'],
    [["--runs", "1"], "whole number from 2"],
  ])("%j is wrong input", (args, words) => {
    const { code, out, err } = compare(...args, "--out", "none");
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(words);
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});

it("schema/compare.schema.json is what the code says", () => {
  const published = readFileSync(join(root, "schema/compare.schema.json"), "utf8");
  expect(cli(["schema", "compare"]).out).toBe(published);
});
