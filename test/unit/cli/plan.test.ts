import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planSchema } from "../../../src/estimate/planning/plan-result.js";
import { cli, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";

const duo = "scenarios/duo-2025-02-13.yaml";

describe("fleetquake plan", () => {
  it("prints the order, the critical path, the bound, the spread, people's own order and the black start", () => {
    const { code, out, err } = cli(["plan", duo, "--budget", "300", "--runs", "20"]);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("Lost: 649 instances of 9 services in 5 region groups");
    expect(out).toMatch(/us-west-1 +network-management +29/);
    expect(out).toMatch(/Critical path.*service-manager > network-management in/);
    expect(out).toMatch(/people's own order +\d+h\d\dm/);
    expect(out).toContain("above the bound by");
    expect(out).toContain("Startable by hand must be at least 1 service: service-manager.");
    for (const line of out.split("\n")) expect(line.length).toBeLessThan(125);
  });

  it("--json prints what the schema says, twice the same", () => {
    const args = [
      "plan",
      duo,
      "--variant",
      "promise-smaller-mapping",
      "--budget",
      "200",
      "--runs",
      "10",
      "--json",
    ];
    const { code, out } = cli(args);
    expect(code).toBe(0);
    const plan = planSchema.parse(JSON.parse(out));
    expect(plan).toMatchObject({ variant: "promise-smaller-mapping", verdict: "planned", replications: 10 });
    expect(cli(args).out).toBe(out);
  });

  it("takes the first variant that loses something, and says so when none does", () => {
    expect(cli(["plan", duo, "--budget", "100", "--runs", "5", "--json"]).out).toContain(
      '"variant": "legacy"',
    );
    const { code, out } = cli(["plan", duo, "--variant", "modern"]);
    expect(code).toBe(0);
    expect(out).toContain("Nothing to bring back");
  });

  it("exits with 1 where no order brings everything back", () => {
    const { code, out } = cli(["plan", "scenarios/bootstrap-loop.yaml", "--variant", "nobody-knows-how"]);
    expect(code).toBe(1);
    expect(out).toContain("No order brings everything back");
    expect(out).toContain("Missing: git, manager; people can start only database.");
  });

  it("stops at the wall limit of the scenario with 3", () => {
    const folder = temporaryFolder();
    const text = readFileSync(join(root, "scenarios/level-triggered-relapse.yaml"), "utf8");
    writeFileSync(join(folder, "wall.yaml"), `${text}\nlimits: { wall: 1ms }\n`);
    const { code, out } = cli(["plan", "wall.yaml"], folder);
    expect(code).toBe(3);
    expect(out).toMatch(/stopped by the wall limit|a limit of the scenario ended the run/);
  });

  it("crews of some skill, a lock and a manager's workers are resources", () => {
    const skill = ["--skill", "phones=1:telephony-sms,telephony-voice"];
    const { code, out } = cli([
      "plan",
      duo,
      "--budget",
      "100",
      "--runs",
      "5",
      "--lock",
      "1",
      "--workers",
      "3",
      "--crews",
      "6",
      ...skill,
    ]);
    expect(code).toBe(0);
    expect(out).toContain("crews 6, skill phones 1, workers of legacy 3, lock of abroad-1 1");
  });

  it.each([
    [["--objective", "kindness"], "makespan, harm, both"],
    [["--variant", "legaci"], 'did you mean "legacy"?'],
    [["--skill", "phones"], "name=people:service,service"],
    [["--skill", "phones=1:fax"], 'there is no service "fax"'],
    [["--budget", "0"], "whole number"],
    [["--crews", "0"], "whole number"],
  ])("says what is wrong with %j and exits with 2", (args, words) => {
    const { code, out, err } = cli(["plan", duo, ...args]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(words);
  });

  it("a file that is not there is wrong input", () => {
    expect(cli(["plan", "nowhere.yaml"]).code).toBe(2);
  });

  it("schema/plan.schema.json is what the code says", () => {
    const published = readFileSync(join(root, "schema/plan.schema.json"), "utf8");
    expect(cli(["schema", "plan"]).out).toBe(published);
  });
});
