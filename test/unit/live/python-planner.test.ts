/** The example in Python decides as the built-in model does. Skipped only where there is no Python, and never in CI. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/base/json.js";
import { completeStep } from "../../../src/live/complete-step.js";
import { helloAnswer, requestLine } from "../../../src/live/protocol.js";
import { failStatic } from "../../../src/models/managers/careful.js";
import { randomTurns } from "../../helpers/random-turns.js";
import { root } from "../../helpers/scenario.js";

const planner = join(root, "examples/python-planner/planner.py");
const python = spawnSync("python3", ["--version"]).status === 0;

/** All requests at once: it keeps nothing between them. */
function answers(lines: readonly string[]): readonly unknown[] {
  const { stdout, stderr, status } = spawnSync("python3", [planner], {
    input: lines.map((line) => `${line}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 500_000_000,
  });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

describe.skipIf(!python && process.env["CI"] === undefined)("examples/python-planner", () => {
  const cases = 1_000;

  it(`answers as fail-static in ${cases} situations`, () => {
    const turns = randomTurns("fail-static", cases);
    expect(turns).toHaveLength(cases);
    const policy = failStatic.policy;
    const manager = failStatic.build(policy, [], () => {
      throw new Error("nothing is read here");
    });
    const found = answers(
      turns.map(({ memory, turn }, k) => requestLine(k + 1, { ask: "step", policy, memory, turn })),
    );
    expect(found).toHaveLength(cases);
    let acting = 0;
    let removing = 0;
    turns.forEach(({ memory, turn }, k) => {
      const { v, id, ...answer } = found[k] as Record<string, unknown>;
      expect([v, id]).toEqual([1, k + 1]);
      const expected = manager.step(memory, turn);
      const completed = completeStep(policy, memory, turn, answer);
      if ("problems" in completed) throw new Error(JSON.stringify(completed.problems));
      if (canonicalJson(completed.step) !== canonicalJson(expected)) expect(completed.step).toEqual(expected);
      if (expected.propose.length > 0) acting++;
      if (expected.propose.some((action) => action.do === "delete")) removing++;
    });
    expect(acting).toBeGreaterThan(cases / 20);
    expect(removing).toBeGreaterThan(cases / 50);
  });

  it("boots from nothing", () => {
    const [first] = randomTurns("fail-static", 1);
    const policy = failStatic.policy;
    const memory = { durable: null, volatile: null };
    const [hello, step] = answers([
      requestLine(1, { ask: "hello", fleetquake: "test" }),
      requestLine(2, { ask: "step", policy, memory, turn: first!.turn }),
    ]);
    expect(helloAnswer.parse(hello)).toMatchObject({ policy: { error: "lastKnownGoodEntry" } });
    expect(step).toMatchObject({ propose: [], memory: { durable: { version: 1 } } });
  });
});
