/** `run --manager`: managers of the user's own, in modules and in processes, good ones and broken ones. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli, temporaryFolder } from "../../helpers/cli.js";
import { root } from "../../helpers/scenario.js";

const folder = temporaryFolder();
const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const small = put(
  "small.yaml",
  `fleetquake: 1
title: Small
horizon: 4h
regions: { eu: { members: [eu-1, eu-2] } }
services: { api: { manager: first }, web: { manager: first }, db: { manager: second } }
managers: { first: { model: fail-static }, second: { model: fail-static } }
changes: [{ at: 1m, author: x, approvals: [{ by: y, covers: [api] }], intend: { remove: [api] } }]
expect: { default: { holds: gate, neverExercised: [no-cascading-outage, fail-static, no-collateral-removal] } }
`,
);

const run = (...args: readonly string[]) => cli(["run", small, "--out", "out", ...args], folder);
const refuse = (args: readonly string[], pattern: RegExp): string => {
  const { code, out, err } = run(...args);
  expect([code, out, err.match(pattern) === null ? err : ""]).toEqual([2, "", ""]);
  expect(err).not.toMatch(/\n\s+at .*(\.js|node:)/);
  return err;
};
const result = () => JSON.parse(readFileSync(join(folder, "out/small/result.json"), "utf8")).variants[0];
/** A planner in JavaScript; `body` answers a step. */
const planner = (name: string, body: string, before = ""): string =>
  `exec:node ${put(
    `${name}.mjs`,
    `import { createInterface } from "node:readline";
${before}
for await (const line of createInterface({ input: process.stdin })) {
  const { ask, turn, memory } = JSON.parse(line);
  const say = (answer) => process.stdout.write(JSON.stringify({ v: 1, ...answer }) + "\\n");
  if (ask === "hello") say({ name: ${JSON.stringify(name)} });
  else { ${body} }
}`,
  )}`;
/** A process that has ended may stay in the table until somebody asks for its exit code. */
const isAlive = (pid: number): boolean => {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
};

describe("a module", () => {
  it("in TypeScript replaces the first manager, or the one that is named", () => {
    put(
      "mine.ts",
      `import { defineManager, policyStep, type Turn } from "fleetquake";
const who = (turn: Turn): string => turn.self.manager;
export default defineManager({
  name: "mine",
  about: "x",
  policy: { absence: "prune", ownership: "inventory" },
  step: (policy, memory, turn) => { console.log("I am", who(turn)); return policyStep(policy, memory, turn); },
});
`,
    );
    const first = run("--manager", "./mine.ts", "--json");
    expect(first.code).toBe(0);
    expect(first.err).toContain("I am first");
    expect(first.err).not.toContain("I am second");
    expect(JSON.parse(first.out).variants[0].removed.services).toEqual(["api"]);
    for (const args of [["./mine.ts", "--as", "second"], ["second=./mine.ts"]]) {
      const { code, err } = run("--manager", ...args);
      expect([code, err.includes("I am second"), err.includes("I am first")]).toEqual([0, true, false]);
    }
  });

  it.each([
    [
      "throws",
      "throw new Error('boom')",
      /throws\.mjs:2:\d+: error threw: manager first threw in step: Error: boom/,
    ],
    [
      "loops",
      "if (turn.nowMs > 0) while (true);",
      /loops\.mjs: error never-returns: this manager never returns: one call took more than 700 ms/,
    ],
    ["exits", "process.exit(0)", /exits\.mjs: error ended: this manager ended its thread \(exit code 0\)/],
  ])("that %s is reported as the user's mistake", (name, body, pattern) => {
    put(
      `${name}.mjs`,
      `export const manager = { name: "x",\n step(memory, turn) { ${body}; return { propose: [] }; } };\n`,
    );
    const err = refuse(["--manager", `./${name}.mjs`, "--manager-timeout", "700ms"], pattern);
    expect(err).toContain(
      `replay: fleetquake run small.yaml --variant default --seed 1 --manager ./${name}.mjs`,
    );
  });

  it("that never finishes loading is ended", () => {
    put("endless.mjs", "while (true);\n");
    refuse(
      ["--manager", "./endless.mjs"],
      /endless\.mjs: error never-returns: loading it did not end within 10000 ms/,
    );
  });

  it("that is no manager says what it should be", () => {
    put("empty.ts", "export const x: number = 1;\n");
    refuse(
      ["--manager", "./empty.ts"],
      /module: this manager exports no manager\n.*export default defineManager/,
    );
    put("half.ts", `export default { name: "", policy: { error: "panic", drif: "report" } };\n`);
    const err = refuse(["--manager", "./half.ts"], /half\.ts: error wrong-answer/);
    for (const part of ["no name", "neither `step` nor `build`", '"panic" is unknown', 'perhaps "drift"'])
      expect(err).toContain(part);
    put("syntax.ts", "export default {\n");
    refuse(["--manager", "./syntax.ts"], /error module: this manager cannot be loaded: /);
  });
});

describe("a process", () => {
  it("plays a manager", () => {
    const good = planner("good", "say({ propose: [], settled: true })");
    expect(run("--manager", good)).toMatchObject({ err: "" });
    expect(result().removed.services).toEqual([]);
  });

  it("that is killed midway is started once more; then it is a verdict", () => {
    const once = planner(
      "once",
      `if (turn.nowMs > 0 && !existsSync("died")) { writeFileSync("died", ""); process.kill(process.pid, "SIGKILL"); } else say({ propose: [] });`,
      'import { existsSync, writeFileSync } from "node:fs";',
    );
    expect(run("--manager", once).err).toBe("");
    expect(existsSync(join(folder, "died"))).toBe(true);
    const always = planner("always", `console.error("dying"); process.kill(process.pid, "SIGKILL");`);
    refuse(
      ["--manager", always],
      /error ended: manager first ended instead of answering step \(signal SIGKILL\), a second time; its last lines on stderr:\n.*\| dying/,
    );
  });

  it("that hangs is ended, with everything that it started", () => {
    const hangs = planner(
      "hangs",
      `writeFileSync("pids", [process.pid, spawn("sleep", ["100"]).pid].join(" ")); console.error("thinking");`,
      'import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";',
    );
    refuse(
      ["--manager", hangs, "--manager-timeout", "700ms"],
      /error never-returns: manager first did not answer step within 700 ms; it was ended; its last lines on stderr:\n.*\| thinking/,
    );
    const pids = readFileSync(join(folder, "pids"), "utf8").split(" ").map(Number);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it.each([
    [
      "garbage",
      `console.log("Hello!"); say({ propose: [] });`,
      /no-json: manager first wrote a line that is no JSON object: Hello!/,
    ],
    [
      "chatty",
      `say({ propose: [] }); say({ propose: [] });`,
      /unasked: manager first wrote a line that nobody asked for/,
    ],
    ["future", `process.stdout.write('{"v":2}\\n');`, /wrong-version: manager first answers in 2/],
    [
      "counting",
      `say({ propose: [], memory: { durable: n++, volatile: null } });`,
      /impure: manager first answers the same question differently: asked again after other questions, step\.memory\.durable is/,
    ],
  ])("%s", (name, body, pattern) => {
    refuse(["--manager", planner(name, body, "let n = 0;")], pattern);
  });

  it("that cannot be started", () => {
    refuse(
      ["--manager", "exec:./nowhere"],
      /ended instead of answering hello \(it cannot be started: .*ENOENT\)/,
    );
  });
});

describe("check and replay", () => {
  const args = ["check", small, "--runs", "60", "--property", "no-collateral-removal", "--out", "checked"];

  it("search what a manager of the user's own does, and repeat it", () => {
    // Takes an entry that it cannot read for one that is to be removed, which the model of this file never does.
    put(
      "careless.ts",
      `import { defineManager } from "fleetquake";
export default defineManager({ name: "careless", about: "x", policy: { absence: "prune", error: "removeEntry", ownership: "label" } });
`,
    );
    const after = cli([...args, "--json", "--manager", "./careless.ts"], folder);
    expect([after.code, after.err]).toEqual([1, ""]);
    const { findings } = JSON.parse(after.out).results[0];
    const { replay } = findings.find((item: object) =>
      JSON.stringify(item).includes("(error)"),
    ).counterexample;
    expect(replay).toMatch(/^fleetquake replay checked\/.*\.yaml --manager \.\/careless\.ts$/);
    const again = cli(replay.split(" ").slice(1), folder);
    expect([again.code, again.out.includes("The same violation of no-collateral-removal")]).toEqual([
      0,
      true,
    ]);
    // Without it the file does not name a model of the catalogue.
    expect(cli(replay.split(" ").slice(1, 3), folder).err).toContain('there is no model "./careless.ts"');
  });

  it("tell that a manager is broken", () => {
    const counting = planner(
      "counter",
      "say({ propose: [], memory: { durable: n++, volatile: null } });",
      "let n = 0;",
    );
    const { code, err } = cli([...args, "--manager", counting], folder);
    expect([code, err.includes("error impure: manager first answers the same question differently")]).toEqual(
      [2, true],
    );
    put("looping.mjs", "export const manager = { name: 'x', step() { while (true); } };\n");
    const looping = cli([...args, "--manager", "./looping.mjs", "--manager-timeout", "700ms"], folder);
    expect([looping.code, looping.err.includes("error never-returns")]).toEqual([2, true]);
  });
});

describe("the options", () => {
  it("tell every mistake at once", () => {
    const { code, err } = run(
      ...["./no.ts", "second=planner.py", "exec:", "exec:'x", "exec:a", "exec:b"].flatMap((value) => [
        "--manager",
        value,
      ]),
    );
    expect(code).toBe(2);
    for (const part of [
      "there is no file",
      "this is no module",
      "no command after exec:",
      "quote is not closed",
    ])
      expect(err).toContain(part);
    refuse(["--manager", "exec:a", "--manager", "exec:b"], /the first manager is replaced twice/);
    refuse(["--as", "first"], /--as first needs one --manager without a name; there are 0/);
    refuse(["--manager-timeout", "soon", "--manager", "exec:a"], /expected a duration like 5s/);
  });

  it("name a manager that the scenario has", () => {
    const good = planner("good", "say({ propose: [] })");
    refuse(["--manager", `secnd=${good}`], /there is no manager "secnd"[\s\S]*did you mean "second"\?/);
  });
});

describe("the examples", () => {
  const has = (program: string): boolean =>
    process.env["CI"] !== undefined || spawnSync(program, ["--version"]).status === 0;
  const at = (name: string): string => join(root, "examples", name);
  const outcome = (scenario: string, ...args: readonly string[]) => {
    const { code, out, err } = cli(["run", scenario, "--json", "--out", "examples", ...args], folder);
    expect([code, err]).toEqual([0, ""]);
    const { traceSha256: _, ...rest } = JSON.parse(out).variants[0];
    return rest;
  };

  it.skipIf(!has("python3"))("the planner in Python does what the built-in model does", () => {
    const scenario = at("python-planner/scenario.yaml");
    const python = outcome(scenario, "--manager", `exec:python3 ${at("python-planner/planner.py")}`);
    const builtIn = outcome(scenario);
    expect({ ...python, expectations: [] }).toEqual({ ...builtIn, expectations: [] });
  });

  it.skipIf(!has("bash"))("the planner in bash removes what the ticket names", () => {
    const args = ["--manager", `exec:bash ${at("bash-planner/planner.sh")}`];
    expect(outcome(at("bash-planner/scenario.yaml"), ...args).removed.services).toEqual(["old-reports"]);
  });
});
