/**
 * The example as a user has it: installed from the packed package in a folder of its own. Skipped where packages cannot be
 * had, and never in CI.
 */
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, type TestContext } from "vitest";
import { temporaryFolder } from "../helpers/cli.js";
import { root } from "../helpers/scenario.js";

const example = join(root, "examples/vitest-project");
const folder = join(temporaryFolder(), "project");
const limitMs = 300_000;
/** What npm says when it cannot reach packages. */
const unreachable =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/;

interface Result {
  readonly code: number | null;
  readonly text: string;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Result {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|CI$|FORCE_COLOR$|npm_|NODE_ENV$)/.test(name),
  );
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...Object.fromEntries(clean), NO_COLOR: "1", ...env },
    timeout: limitMs,
    maxBuffer: 50_000_000,
  });
  return { code: status, text: `${stdout}${stderr}` };
}

describe("examples/vitest-project, from the packed package", () => {
  let missing: string | null = null;
  let packed: readonly string[] = [];

  beforeAll(() => {
    const into = temporaryFolder();
    const pack = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", into], root);
    if (pack.code !== 0) throw new Error(pack.text);
    const tarball = join(into, readdirSync(into)[0]!);
    packed = run("tar", ["tzf", tarball], into).text.trimEnd().split("\n");
    cpSync(example, folder, {
      recursive: true,
      filter: (path) => !/node_modules|counterexamples/.test(path),
    });
    const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball];
    const install = run("npm", args, folder);
    if (install.code === 0) return;
    if (process.env["CI"] !== undefined || !unreachable.test(install.text)) throw new Error(install.text);
    missing = `packages cannot be installed here: ${unreachable.exec(install.text)![0]}`;
  }, limitMs);

  const needsPackages = (context: TestContext): void => {
    if (missing !== null) context.skip(missing);
  };
  const vitest = (...args: readonly string[]): Result => run("npx", ["vitest", "run", ...args], folder);

  it("ships what the documents promise, and no packages of others", () => {
    for (const file of [
      "docs/own-tests.md",
      "dist/cli/vitest/index.d.ts",
      "dist/testing/fast-check.js",
      "examples/vitest-project/test/planner.test.ts",
    ]) {
      expect(packed).toContain(`package/${file}`);
    }
    expect(packed.filter((file) => /node_modules|counterexamples\//.test(file))).toEqual([]);
  });

  it("has the types that it needs", (context) => {
    needsPackages(context);
    expect(run("npx", ["tsc", "--noEmit"], folder)).toEqual({ code: 0, text: "" });
  });

  it("passes with the good manager", (context) => {
    needsPackages(context);
    const { code, text } = vitest();
    expect(text).toMatch(/Tests {2}7 passed/);
    expect(code).toBe(0);
  });

  it("fails with the careless one, in the test of the property, and shows how", (context) => {
    needsPackages(context);
    const { code, text } = vitest("--config", "vitest.careless.config.ts");
    expect(code).toBe(1);
    expect(text).toMatch(/Tests {2}3 failed \| 4 passed/);
    expect(text).toMatch(/FAIL .* > careless-planner: no-collateral-removal\n/);
    for (const words of [
      "no-collateral-removal: careless-planner violates it in my-fleet · as-it-is",
      "change  applications/",
      "  <-- this line",
      "+10m  somebody set out to remove reports",
      "saved   counterexamples/my-fleet-as-it-is-no-collateral-removal-1.yaml",
      'replay  npx vitest run careless/planner.test.ts -t "careless-planner: no-collateral-removal"',
      // The commands.
      "Counterexample: [",
      "what was done:",
    ]) {
      expect(text).toContain(words);
    }
    // The document quotes it.
    const quoted = /```\nFAIL {2}careless[\s\S]*?```/.exec(
      readFileSync(join(root, "docs/own-tests.md"), "utf8"),
    )![0];
    for (const line of quoted.split("\n").slice(2, -1)) if (line !== "   ...") expect(text).toContain(line);
    const frames = text
      .split("\n")
      .filter((line) => line.includes("❯") && line.includes("node_modules/fleetquake"));
    expect(frames).toEqual([]);
    expect(readdirSync(join(folder, "counterexamples")).length).toBeGreaterThan(0);
  });

  it("is what the document shows", () => {
    const document = readFileSync(join(root, "docs/own-tests.md"), "utf8");
    for (const file of ["src/planner.ts", "test/planner.test.ts", "test/planner-commands.test.ts"])
      expect(document).toContain(`\`\`\`ts\n${readFileSync(join(example, file), "utf8")}\`\`\``);
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(
      'import { managerSuite } from "fleetquake/vitest";',
    );
  });
});
