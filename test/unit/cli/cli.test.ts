/** The program as people and scripts meet it: what it writes, what it says, and with which code it ends. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFileOf, clean, violated } from "../../helpers/check-result.js";
import { cli, cliInterrupted, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";

const duo = join(root, "scenarios/duo-2025-02-13.yaml");
const everyFormat = "html,html-static,json,trace,perfetto,markdown,png,vega-lite";
const noStack = (text: string): void => expect(text).not.toMatch(/\n\s+at .*(\.js|node:)/);

describe("run", () => {
  it("writes the report and the result, and prints a table", () => {
    const folder = temporaryFolder();
    const { code, out, err } = cli([
      "run",
      duo,
      "--variant",
      "legacy",
      "--variant",
      "modern",
      "--out",
      folder,
    ]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("legacy");
    expect(out).toContain("as expected");
    const written = readdirSync(join(folder, "duo-2025-02-13")).sort();
    expect(written).toEqual(["charts", "index.html", "result.json"]);
  });

  it("gives the same bytes in two processes, and whatever the number of jobs", () => {
    const folders = [temporaryFolder(), temporaryFolder()] as const;
    const args = (folder: string, jobs: string) => [
      "run",
      duo,
      ...["legacy", "modern", "staging-1"].flatMap((name) => ["--variant", name]),
      ...["--format", everyFormat, "--out", folder, "--jobs", jobs, "--runs", "4"],
    ];
    expect(cli(args(folders[0], "1")).code).toBe(0);
    expect(cli(args(folders[1], "3")).code).toBe(0);
    const files = readdirSync(folders[0], { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => relative(folders[0], join(item.parentPath, item.name)));
    // Eight of the traces, the result and the page; three more pages, four charts, and the list of reports.
    expect(files).toHaveLength(16);
    for (const file of files) {
      const [a, b] = folders.map((folder) => readFileSync(join(folder, file)));
      expect(a!.equals(b!), file).toBe(true);
    }
  });

  it("speaks JSON and nothing else on stdout with --json", () => {
    const { code, out } = cli(["run", duo, "--variant", "staging-1", "--json", "--out", temporaryFolder()]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ seed: 1, variants: [{ name: "staging-1" }] });
  });

  it("is silent with --quiet", () => {
    const result = cli(["run", duo, "--variant", "staging-1", "--quiet", "--out", temporaryFolder()]);
    expect(result).toEqual({ code: 0, out: "", err: "" });
  });

  it("ends with 1 when an expectation is not met, and says which", () => {
    const folder = temporaryFolder();
    const file = join(folder, "wrong.yaml");
    const text = readFileSync(join(root, "scenarios/fail-static.yaml"), "utf8");
    writeFileSync(file, text.replace("noOutage: false", "noOutage: true"));
    const { code, out } = cli(["run", file, "--out", folder]);
    expect(code).toBe(1);
    expect(out).toContain('expected "no outage", but down: buying, browsing');
  });

  it("ends with 3 when a property was never exercised, or a limit was reached", () => {
    const folder = temporaryFolder();
    const text = `fleetquake: 1
title: Quiet
regions: { eu: { members: [eu-1] } }
services: { api: { manager: m } }
managers: { m: { model: legacy } }
`;
    writeFileSync(join(folder, "quiet.yaml"), text);
    expect(cli(["run", "quiet.yaml"], folder).code).toBe(3);
    writeFileSync(
      join(folder, "limited.yaml"),
      `${text}changes: [{ at: 1m, intend: { remove: [api] } }]\nlimits: { events: 2 }\nexpect: { default: { holds: gate } }\n`,
    );
    expect(cli(["run", "limited.yaml"], folder).code).toBe(3);
  });

  it("loads a manager of the user's own", () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "mine.mjs"),
      `import { defineManager } from ${JSON.stringify(join(root, "dist/index.js"))};
export const managers = [defineManager({ name: "mine", about: "my own", policy: { absence: "prune" } })];
`,
    );
    writeFileSync(
      join(folder, "own.yaml"),
      `fleetquake: 1
title: Own
regions: { eu: { members: [eu-1] } }
services: { api: { manager: m }, web: { manager: m } }
managers: { m: { model: mine } }
changes: [{ at: 1m, author: x, approvals: [{ by: y, covers: [api] }], intend: { remove: [api] } }]
expect: { default: { removed: [api] } }
`,
    );
    expect(cli(["run", "own.yaml", "--load", "mine.mjs"], folder)).toMatchObject({ code: 0, err: "" });
    const without = cli(["run", "own.yaml"], folder);
    expect([without.code, without.err.includes('there is no model "mine"')]).toEqual([2, true]);
  });

  it("re-renders saved traces", () => {
    const folder = temporaryFolder();
    cli(["run", duo, "--variant", "modern", "--format", "trace", "--out", folder]);
    const trace = join(folder, "duo-2025-02-13/trace.jsonl");
    const { code } = cli(["report", trace, "--out", join(folder, "again.html")]);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "again.html"), "utf8")).toContain("deprecated-app");
    writeFileSync(trace, readFileSync(trace, "utf8").slice(0, 5_000));
    expect(cli(["report", trace, "--out", join(folder, "no.html")])).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, "no.html"))).toBe(false);
  });

  it("report makes the page of a saved check again, the same to the byte", () => {
    const folder = temporaryFolder();
    const saved = join(folder, "check.json");
    writeFileSync(saved, JSON.stringify(checkFileOf(violated, clean)));
    const page = (name: string): string => {
      expect(cli(["report", saved, "--out", join(folder, name)])).toMatchObject({ code: 0, err: "" });
      return readFileSync(join(folder, name), "utf8");
    };
    expect(page("one.html")).toBe(page("two.html"));
    expect(page("one.html")).toContain("legacy deletes service-manager because of an error");
    expect(cli(["report", saved], folder).out).toBe("Report: check.html\n");
    writeFileSync(
      join(folder, "wrong.json"),
      '{"fleetquake":"0.1.0","kind":"check","results":[{"seed":"x"}]}',
    );
    const wrong = cli(["report", "wrong.json", "--out", "no.html"], folder);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/wrong\.json: error check-file: .* at results\.0\.seed/);
    const mixed = cli(["report", saved, join(root, "package.json"), "--out", "no.html"], folder);
    expect(mixed.err).toMatch(/package\.json: error mixed-files/);
    expect(existsSync(join(folder, "no.html"))).toBe(false);
  });
});

describe("validate", () => {
  const herd = join(root, "scenarios/herd-at-restoration.yaml");

  it("shows what services with a capacity can bear", () => {
    const { code, out } = cli(["validate", herd]);
    expect(code).toBe(0);
    expect(out).toMatch(/user-db +1,000 +600 +250 +250 to 1,000 +vulnerable +530,110 +22m6s/);
    expect(out).toMatch(/admission-control, bounded-queue:[\s\S]*user-db +1,000 +600 +250 +never +safe/);
  });

  it("has them as figures, and nothing where there is no capacity", () => {
    const [first, second] = JSON.parse(cli(["validate", herd, duo, "--json"]).out);
    expect(first.loads[0].services[1]).toMatchObject({
      service: "user-db",
      hidden: 250,
      state: "vulnerable",
    });
    expect(second).not.toHaveProperty("loads");
  });
});

describe("bad input", () => {
  const folder = temporaryFolder();
  const refuse = (args: readonly string[], pattern: RegExp, cwd = folder) => {
    const { code, out, err } = cli(args, cwd);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(pattern);
    noStack(err);
  };

  it("a missing file", () =>
    refuse(["run", "nowhere.yaml"], /nowhere\.yaml: error no-file: there is no such file/));
  it("a directory", () => refuse(["run", "."], /error directory: this is a directory/));
  it("an empty file", () => {
    writeFileSync(join(folder, "empty.yaml"), "");
    refuse(["validate", "empty.yaml"], /empty\.yaml:1:1: error empty/);
  });
  it("100 MB", () => {
    writeFileSync(join(folder, "huge.yaml"), "");
    truncateSync(join(folder, "huge.yaml"), 100_000_000);
    refuse(["run", "huge.yaml"], /error too-large: this file has 100 MB; at most 4 MB are read/);
    rmSync(join(folder, "huge.yaml"));
  });
  it("bytes that are no text", () => {
    writeFileSync(join(folder, "bytes.yaml"), Buffer.from([0, 1, 2, 255, 254, 0]));
    refuse(["run", "bytes.yaml"], /error not-text/);
  });
  it("one wrong file among good ones: nothing is written", () => {
    writeFileSync(join(folder, "wrong.yaml"), "fleetquake: 2\n");
    refuse(["run", duo, "wrong.yaml", "--out", "out"], /wrong\.yaml:1:13: error wrong-version/);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });
  it("a module that exports something else", () => {
    writeFileSync(join(folder, "module.mjs"), 'export const managers = [{ name: "x" }];\n');
    refuse(
      ["run", duo, "--load", "module.mjs"],
      /its manager x has no policy, build \(make it with defineManager\)/,
    );
    writeFileSync(join(folder, "broken.mjs"), "export const managers = [\n");
    refuse(["run", duo, "--load", "broken.mjs"], /error module: it cannot be loaded/);
  });
  it("a manager that throws: the user's mistake, with the command that shows it again", () => {
    const index = JSON.stringify(join(root, "dist/index.js"));
    writeFileSync(
      join(folder, "throws.mjs"),
      `import { defineManager } from ${index};\nexport const managers = [defineManager({ name: "x", about: "x", step: () => { throw new Error("boom"); } })];\n`,
    );
    writeFileSync(
      join(folder, "throws.yaml"),
      "fleetquake: 1\ntitle: x\nregions: { a: { members: [a-1] } }\nservices: { s: { manager: m } }\nmanagers: { m: { model: x } }\n",
    );
    const { code, err } = cli(["run", "throws.yaml", "--load", "throws.mjs"], folder);
    expect(code).toBe(2);
    expect(err).toMatch(/throws\.mjs:2:\d+: error threw: manager m threw in step: Error: boom/);
    expect(err).toContain("replay: fleetquake run throws.yaml --variant default --seed 1 --load throws.mjs");
    noStack(err);
  });
  it("an unknown variant", () => refuse(["run", duo, "--variant", "legasy"], /did you mean "legacy"\?/));
  it("an unknown command", () => refuse(["rum"], /unknown command 'rum'[\s\S]*Did you mean run/));
  it("an unknown option", () => refuse(["run", duo, "--sede", "3"], /unknown option '--sede'/));
  it("a seed that is no number", () => refuse(["run", duo, "--seed", "-1"], /whole number from 0/));
  it("an output folder that is a file", () => {
    writeFileSync(join(folder, "file"), "");
    refuse(
      ["run", duo, "--variant", "staging-1", "--out", "file"],
      /error not-writable: a part of this path is a file/,
    );
  });
  it.skipIf(!existsSync("/proc/self"))("an output folder where the system makes none", () => {
    refuse(
      ["run", duo, "--variant", "staging-1", "--out", "/proc/x"],
      /error not-writable: this folder cannot be made/,
    );
  });
  it.skipIf(process.getuid?.() === 0)("an output folder that may not be written to", () => {
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o555);
    refuse(["run", duo, "--variant", "staging-1", "--out", "locked"], /error not-writable/);
  });
  it.skipIf(!existsSync("/dev/full"))("a full disk", async () => {
    // Files of this size do not fit: the limit is set on the process, which meets it as a failed write.
    const { spawnSync } = await import("node:child_process");
    const out = join(folder, "full");
    const { status, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `ulimit -f 8; trap '' XFSZ; exec "${process.execPath}" "${join(root, "dist/cli/main.js")}" run "${duo}" --variant legacy --out "${out}"`,
      ],
      { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
    );
    expect(stderr).toMatch(/error not-writable/);
    expect(status).toBe(2);
    noStack(stderr);
    expect(existsSync(out)).toBe(false);
  });
  it("init does not overwrite", () => {
    expect(cli(["init", "mine.yaml"], folder).code).toBe(0);
    const before = readFileSync(join(folder, "mine.yaml"), "utf8");
    refuse(["init", "mine.yaml"], /error exists/);
    expect(readFileSync(join(folder, "mine.yaml"), "utf8")).toBe(before);
  });
  it("what init writes runs as it says", () => {
    expect(cli(["run", "mine.yaml", "--out", "mine"], folder)).toMatchObject({ code: 0, err: "" });
  });
});

describe("Ctrl-C", () => {
  it("ends with 130, keeps what is finished, says how to go on, and leaves nothing half-written", async () => {
    const folder = temporaryFolder();
    const text = readFileSync(duo, "utf8").replace("runs: 100", "runs: 100000");
    writeFileSync(join(folder, "long.yaml"), text.replace(/^observed:.*$/m, ""));
    const args = [
      "run",
      "long.yaml",
      "--variant",
      "staging-1",
      "--variant",
      "legacy",
      "--jobs",
      "1",
      "--out",
      "out",
    ];
    const { code, err } = await cliInterrupted(args, 4_000, folder);
    expect(code).toBe(130);
    expect(err).toContain("Interrupted");
    expect(err).toMatch(/resume: fleetquake run long\.yaml --seed 1 .*--variant legacy/);
    noStack(err);
    const files = existsSync(join(folder, "out/long")) ? readdirSync(join(folder, "out/long")) : [];
    expect(files.filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});

describe("help", () => {
  it.each(["run", "plan", "validate", "init", "schema", "report", "managers", "guards", "properties"])(
    "of %s shows two examples",
    (name) => {
      const { code, out } = cli([name, "--help"]);
      expect(code).toBe(0);
      expect(out.match(/^ {2}\$ fleetquake /gm)).toHaveLength(2);
    },
  );

  it.each(["managers", "guards", "properties"])("%s lists the catalogue", (name) => {
    const { code, out } = cli([name]);
    expect(code).toBe(0);
    expect(out.split("\n").length).toBeGreaterThan(5);
    expect(Array.isArray(JSON.parse(cli([name, "--json"]).out))).toBe(true);
  });

  it("a closed pipe ends quietly", async () => {
    const { spawnSync } = await import("node:child_process");
    const { status, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `set -o pipefail; "${process.execPath}" "${join(root, "dist/cli/main.js")}" schema | head -c 10`,
      ],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([0, ""]);
  });
});
