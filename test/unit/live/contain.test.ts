/** A manager in a module that breaks the contract is told so in words; one that keeps it does not notice anything. */
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../src/base/issue.js";
import { contain } from "../../../src/live/contain.js";
import { ManagerFault } from "../../../src/live/fault.js";
import { failStatic } from "../../../src/models/managers/careful.js";
import type { Memory, Turn } from "../../../src/models/managers/contract.js";
import { defineManager, type ManagerDefinition } from "../../../src/models/managers/define-manager.js";
import { policyStep } from "../../../src/models/managers/policy-step.js";
import { buildRun } from "../../../src/scenario/build-run.js";
import { catalogue } from "../../helpers/catalogue.js";
import { runOf, scenarioFile, sha256, traceOf } from "../../helpers/scenario.js";

const scenario = scenarioFile("fail-static.yaml");
const variant = scenario.variants.find(({ name }) => name === "keeps-what-it-knew")!;

/** Runs the scenario with a manager; what it is accused of, or the hash of the trace. */
function outcome(definition: Partial<ManagerDefinition>, verify = true): string {
  const model = defineManager({ ...failStatic, ...definition });
  const contained = contain(model, { label: "./mine.ts", twice: true });
  const managers = catalogue.managers.map((item) => (item === failStatic ? contained.model : item));
  try {
    const run = buildRun(scenario.name, variant, { ...catalogue, managers });
    if (!run.ok) throw new Error("cannot be built");
    const hash = sha256(traceOf(run.value));
    if (verify) contained.verify(model);
    return hash;
  } catch (error) {
    if (error instanceof ManagerFault) return error.issues.map(formatIssue).join("\n");
    throw error;
  }
}

let calls = 0;
const remembered: Turn[] = [];
const kept: Memory[] = [];
const later = (turn: Turn, memory: Memory, ms: number) => ({
  ...policyStep(failStatic.policy, memory, turn),
  wakeAtMs: turn.nowMs + 600_000 + ms,
});

describe("a manager that keeps the contract", () => {
  it("runs as if it were ours", () => {
    expect(outcome({})).toBe(sha256(traceOf(runOf(scenario, variant.name))));
  });
});

describe("a manager that", () => {
  it.each<[string, Partial<ManagerDefinition>, RegExp]>([
    [
      "throws",
      {
        step: () => {
          throw new Error("boom");
        },
      },
      /^\.\/mine\.ts: error threw: manager gitops threw in step: Error: boom/,
    ],
    [
      "throws no error",
      {
        step: () => {
          throw "boom";
        },
      },
      /threw in step: boom/,
    ],
    [
      "changes its turn",
      {
        step: (p, m, t) => {
          (t.seen.objects as string[]).push("x");
          return policyStep(p, m, t);
        },
      },
      /mutates-input: manager gitops changed what it was given in step/,
    ],
    [
      "changes its memory",
      {
        step: (p, m, t) => {
          (m as { durable: unknown }).durable = null;
          return policyStep(p, m, t);
        },
      },
      /mutates-input/,
    ],
    [
      "keeps a hand on its memory",
      {
        step: (p, m, t) => {
          for (const old of kept) (old as { volatile: unknown }).volatile = t.nowMs;
          const step = policyStep(p, m, t);
          const memory = { ...step.memory };
          kept.push(memory);
          return { ...step, memory };
        },
      },
      /mutates-input/,
    ],
    [
      "counts its calls",
      { step: (_, m, t) => later(t, m, calls++) },
      /impure: .*asked again at once, step\.wakeAtMs is \d+ instead of \d+[\s\S]*it was asked: \{"memory"/,
    ],
    [
      "remembers its turns outside of its memory",
      {
        // Twice in a row is not enough to notice: what it answers depends on what it was asked before.
        step: (_, m, t) => {
          if (remembered.at(-1) !== t) remembered.push(t);
          return later(t, m, Math.min(3, remembered.length));
        },
      },
      /impure: .*asked again after other questions/,
    ],
    ["answers later", { step: (async () => ({})) as never }, /an instance of Promise is no JSON at step/],
    ["answers nothing", { step: (() => undefined) as never }, /wrong-answer/],
    [
      "remembers what is no JSON",
      {
        step: (p, m, t) => ({
          ...policyStep(p, m, t),
          memory: { durable: new Map() as never, volatile: null },
        }),
      },
      /an instance of Map is no JSON at step\.memory\.durable/,
    ],
    [
      "invents a key",
      { step: (p, m, t) => ({ ...policyStep(p, m, t), proposed: [] }) },
      /there is no key "proposed" at step\n.*perhaps "propose"/,
    ],
    [
      "boots wrongly",
      { boot: (() => ({ durable: null })) as never },
      /wrong-answer: this manager gave a wrong memory/,
    ],
    [
      "boots with a clock",
      { boot: () => ({ durable: { at: calls++ }, volatile: null }) },
      /impure: this manager answers/,
    ],
    [
      "reads wrongly",
      { read: () => ({ version: 1 }) as never },
      /wrong reading: `whole` is missing at reading\.whole/,
    ],
  ])("%s", (_, definition, pattern) => {
    expect(outcome(definition)).toMatch(pattern);
  });
});
