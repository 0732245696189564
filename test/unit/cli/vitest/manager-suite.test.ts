/** Suites of managers that are good, bad and broken, run by a vitest of their own; what it reports is what users see. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../helpers/cli.js";
import { root } from "../../../helpers/scenario.js";

interface Reported {
  readonly status: string;
  readonly message: string;
}
interface Outcome {
  /** By "describe > test". */
  readonly tests: ReadonlyMap<string, Reported>;
  /** Of files that could not be loaded. */
  readonly broken: string;
  readonly printed: string;
}

const folder = join(root, "test/fixtures/suites");

function suites(
  name: string,
  env: Record<string, string> = {},
  more: readonly string[] = [],
): Promise<Outcome> {
  const report = join(temporaryFolder(), "report.json");
  const {
    VITEST: _1,
    VITEST_MODE: _2,
    VITEST_POOL_ID: _3,
    VITEST_WORKER_ID: _4,
    CI: _5,
    ...clean
  } = process.env;
  const args = ["run", "--config", join(folder, "vitest.config.mjs"), name, ...more];
  const child = spawn(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      ...args,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { cwd: root, env: { ...clean, NO_COLOR: "1", ...env } },
  );
  let printed = "";
  child.stdout.on("data", (data) => (printed += data));
  child.stderr.on("data", (data) => (printed += data));
  return new Promise((resolve) => {
    child.on("close", () => {
      const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
        testResults: {
          message: string;
          assertionResults: {
            ancestorTitles: string[];
            title: string;
            status: string;
            failureMessages: string[];
          }[];
        }[];
      };
      const tests = testResults.flatMap(({ assertionResults }) =>
        assertionResults.map(({ ancestorTitles, title, status, failureMessages }): [string, Reported] => [
          [...ancestorTitles, title].join(" > "),
          { status, message: failureMessages.join("\n") },
        ]),
      );
      const broken = testResults.map(({ message }) => message).join("\n");
      resolve({ tests: new Map(tests), broken, printed });
    });
  });
}

const statuses = ({ tests }: Outcome): Record<string, string> =>
  Object.fromEntries([...tests].map(([name, { status }]) => [name, status]));

describe("suites of managers of the catalogue", () => {
  let found: Outcome;
  beforeAll(async () => {
    found = await suites("catalogue");
  });
  const message = (name: string): string => found.tests.get(name)?.message ?? `no test ${name}`;

  it("have one test a property, each with its own verdict", () => {
    expect(statuses(found)).toEqual({
      "my-fleet · newer-manager > modern: keeps the contract": "passed",
      "my-fleet · newer-manager > modern: no-self-removal": "passed",
      "my-fleet · newer-manager > modern: no-collateral-removal": "passed",
      "my-fleet · newer-manager > modern: no-cascading-outage": "passed",
      "my-fleet · newer-manager > modern: fail-static": "passed",
      "my-fleet · newer-manager > modern: approved-removal-progresses": "passed",
      "my-fleet · as-it-is > legacy: keeps the contract": "passed",
      "my-fleet · as-it-is > legacy: no-self-removal": "passed",
      "my-fleet · as-it-is > legacy: no-cascading-outage": "failed",
      "my-fleet · as-it-is > legacy: approved-removal-progresses": "failed",
      "my-fleet · as-it-is > inert: keeps the contract": "passed",
      "my-fleet · as-it-is > inert: no-self-removal": "failed",
      "my-fleet · as-it-is > inert: no-collateral-removal": "passed",
      "my-fleet · as-it-is > inert: fail-static": "passed",
      "fail-static · reads-an-error-as-empty > pruning: keeps the contract": "passed",
      "fail-static · reads-an-error-as-empty > pruning: fail-static": "passed",
      "fail-static · keeps-what-it-knew > evicting: keeps the contract": "passed",
      "fail-static · keeps-what-it-knew > evicting: fail-static": "passed",
      "fail-static · keeps-what-it-knew > evicting: quarantine-reversible": "skipped",
      "fail-static · keeps-what-it-knew > evicting: approved-removal-progresses": "failed",
      "my-fleet · as-it-is > fail-static: keeps the contract": "passed",
      "my-fleet · as-it-is > fail-static: no-self-removal": "failed",
    });
  });

  it("tell a violation as check does, without a frame of ours", () => {
    const told = message("my-fleet · as-it-is > legacy: no-cascading-outage");
    expect(told).toContain("legacy violates it in my-fleet · as-it-is");
    expect(told).toContain("It does so without any mutation.");
    expect(told).toContain("+10m  somebody set out to remove reports");
    expect(told).toMatch(/outage {2}21 instances removed/);
    expect(told).toContain(
      'replay  npx vitest run test/fixtures/suites/catalogue.suite.mjs -t "legacy: no-cascading-outage"',
    );
    const frames = told.split("\n").filter((line) => line.startsWith("    at "));
    expect(frames).toHaveLength(1);
    expect(frames[0]).toContain("catalogue.suite.mjs:8");
  });

  it("say what is missing where there is no verdict", () => {
    expect(message("my-fleet · as-it-is > legacy: approved-removal-progresses")).toContain(
      "was expected to violate it in my-fleet · as-it-is, and does not: holds",
    );
    expect(message("my-fleet · as-it-is > inert: no-self-removal")).toMatch(
      /nothing can be said: none of \d+ cases .* `expect: \{ "no-self-removal": "never-exercised" \}`/,
    );
    expect(message("fail-static · keeps-what-it-knew > evicting: approved-removal-progresses")).toContain(
      "expected to hold in fail-static · keeps-what-it-knew, and not applicable",
    );
    expect(message("my-fleet · as-it-is > fail-static: no-self-removal")).toMatch(
      /no verdict: the time was over after \d+ cases?\. A larger `timeoutMs`/,
    );
  });

  it("report hazards and the reasons of what is skipped, and fail for neither", () => {
    expect(found.printed).toContain("pruning: fail-static holds where it is promised; beyond that:");
    expect(found.printed).toMatch(/Hazard for fail-static in \d+ cases?/);
    expect(found.printed).toMatch(/evicting: quarantine-reversible.*\[not applicable: /);
  });
});

describe("suites of managers that break the contract", () => {
  let found: Outcome;
  beforeAll(async () => {
    found = await suites("contract");
  });

  it.each([
    ["throwing", /threw in step: TypeError: Cannot read properties of undefined/],
    ["mutating", /changed what it was given in step/],
    [
      "remembering",
      /answers the same question differently: asked again at once, step\.memory\.durable\.calls/,
    ],
    ["babbling", /gave a wrong step: "explode" is unknown at step\.propose\[0\]\.do/],
  ])("say so of %s in words, once", (name, words) => {
    const mine = [...found.tests].filter(([title]) => title.includes(`${name}: `));
    const [first, ...others] = mine.map(([, test]) => test);
    expect(first).toMatchObject({ status: "failed" });
    expect(first!.message).toMatch(words);
    expect(others).toHaveLength(5);
    for (const { status } of others) expect(status).toBe("skipped");
    expect(found.printed).toContain(`[no verdict: ${name} could not be judged]`);
  });

  it("point at the line of the manager that threw, and at nothing of ours", () => {
    const { message } = found.tests.get("my-fleet · as-it-is > throwing: keeps the contract")!;
    const frames = message.split("\n").filter((line) => line.startsWith("    at "));
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatch(/managers\.mjs:7/);
  });

  it("fail in whatever test is run alone", async () => {
    const { tests } = await suites("contract", {}, ["-t", "throwing: fail-static"]);
    const failed = [...tests].filter(([, { status }]) => status === "failed");
    expect(failed.map(([name]) => name)).toEqual(["my-fleet · as-it-is > throwing: fail-static"]);
    expect(failed[0]![1].message).toContain("threw in step");
  });
});

describe("suites of managers that threads open", () => {
  it("judge modules by path, and programs", async () => {
    const found = await suites("elsewhere");
    expect(statuses(found)).toMatchObject({
      "my-fleet · as-it-is > test/fixtures/suites/planner.mjs: keeps the contract": "passed",
      "my-fleet · as-it-is > test/fixtures/suites/planner.mjs: approved-removal-progresses": "failed",
      "my-fleet · as-it-is > test/fixtures/suites/stuck.mjs: keeps the contract": "failed",
      "my-fleet · as-it-is > exec:bash examples/bash-planner/planner.sh: fail-static": "passed",
    });
    expect([...found.tests.values()].map(({ message }) => message).join("\n")).toContain("never returns");
  });
});

describe("options", () => {
  it("are all checked at once, and the call is shown", async () => {
    const { broken, printed, tests } = await suites("wrong");
    expect(tests.size).toBe(0);
    for (const words of [
      "option seed is -1",
      'expect.fresh is "maybe"',
      'there is no property "no-self-removl"',
      'did you mean "no-self-removal"?',
      'there is no mutation "T99"',
      "this is no module",
    ]) {
      expect(broken).toContain(words);
    }
    expect(printed).toContain("wrong.suite.mjs:3:1");
  });

  it("keep counterexamples, and take the seed from the environment but in CI", async () => {
    const kept = temporaryFolder();
    const name = "my-fleet · as-it-is > legacy: no-self-removal";
    const mine = await suites("saving", { SUITE_FOLDER: kept, FLEETQUAKE_SEED: "7" });
    expect(mine.tests.get(name)!.message).toContain("replay  FLEETQUAKE_SEED=7 npx vitest run");
    expect(readdirSync(kept)).toEqual(["my-fleet-as-it-is-no-self-removal-1.yaml"]);
    const file = readFileSync(join(kept, "my-fleet-as-it-is-no-self-removal-1.yaml"), "utf8");
    expect(file).toMatch(/seed: 7/);
    const theirs = await suites("saving", { SUITE_FOLDER: kept, FLEETQUAKE_SEED: "7", CI: "1" });
    expect(theirs.tests.get(name)!.message).not.toContain("FLEETQUAKE_SEED");
    expect(theirs.tests.get(name)!.message).toContain("saved   ");
    const wrong = await suites("saving", { SUITE_FOLDER: kept, FLEETQUAKE_SEED: "x" });
    expect(wrong.broken).toContain("the environment variable FLEETQUAKE_SEED is x");
  });
});
