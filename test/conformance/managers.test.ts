/** One suite for every manager of the catalogue; what it asks is recorded from runs of random scenarios. */
import { describe, expect, it } from "vitest";
import { checkConformance, conformanceRules } from "../../src/live/conformance.js";
import { managerModels } from "../../src/models/managers/catalogue.js";
import type { Manager } from "../../src/models/managers/contract.js";
import { defineManager, type ManagerModel } from "../../src/models/managers/define-manager.js";
import { policyStep } from "../../src/models/managers/policy-step.js";
import { randomTurns } from "../helpers/random-turns.js";

const built = (model: ManagerModel): Manager =>
  model.build(model.policy, model.guards, () => {
    throw new Error("nothing is read here");
  });

/** What a manager breaks by what it is for. */
const onPurpose: Readonly<Record<string, readonly string[]>> = {
  restless: ["still-when-converged"],
};

/** Presets share their steps, so a sample of what is asked will do. */
const asked = (model: ManagerModel): number => (model.source === undefined ? 400 : 40);

describe.each(managerModels.map((model) => ({ ...model, asked: asked(model) })))("$name", (model) => {
  it(`keeps the contract in ${model.asked} turns`, () => {
    const { findings, tested } = checkConformance(built(model), randomTurns(model.name, model.asked));
    const broken = [...new Set(findings.map((finding) => finding.rule))];
    const unexpected = findings.filter(({ rule }) => !(onPurpose[model.name] ?? []).includes(rule));
    expect(unexpected.slice(0, 3)).toEqual([]);
    expect(broken).toEqual(onPurpose[model.name] ?? []);
    const untested = Object.keys(conformanceRules).filter(
      (rule) => tested[rule as keyof typeof tested] === 0,
    );
    expect(untested).toEqual(model.name === "inert" ? ["known-targets"] : []);
  });
});

describe("the suite notices", () => {
  const turns = randomTurns("fail-static", 60);
  let hidden = 0;
  const broken: Readonly<Record<string, Parameters<typeof defineManager>[0]["step"]>> = {
    "same-answer": (policy, memory, turn) => ({
      ...policyStep(policy, memory, turn),
      wakeAtMs: turn.nowMs + hidden++,
    }),
    "input-untouched": (policy, memory, turn) => {
      (turn.seen.objects as string[]).push("mine");
      return policyStep(policy, memory, turn);
    },
    "plain-answer": (policy, memory, turn) => ({
      ...policyStep(policy, memory, turn),
      memory: { durable: memory.durable, volatile: Number.NaN },
    }),
    "known-targets": (policy, memory, turn) => ({
      ...policyStep(policy, memory, turn),
      propose: [
        {
          do: "delete",
          target: { service: "nobody's", places: [] },
          cause: "drift",
          because: [],
          basedOn: { version: 0, seenRevision: 0, epoch: 0 },
        },
      ],
    }),
  };

  it.each(Object.keys(broken))("%s", (rule) => {
    const model = defineManager({ ...managerModels[2]!, step: broken[rule]! });
    const { findings } = checkConformance(built(model), turns);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  it("durable-memory", () => {
    // A boot that tells an object that it made from one that was read again.
    const own = new WeakSet<object>();
    const model = defineManager({
      ...managerModels[2]!,
      boot: (durable) => {
        const known = durable !== null && own.has(durable as object);
        return { durable: known ? durable : null, volatile: null };
      },
      step: (_, memory, turn) => {
        const durable = { seen: turn.seen.revision };
        own.add(durable);
        return {
          memory: { durable, volatile: memory.durable },
          propose: [],
          policy: managerModels[2]!.policy,
          wakeAtMs: null,
          waitingOn: [],
        };
      },
    });
    const { findings } = checkConformance(built(model), turns);
    expect(findings.map((finding) => finding.rule)).toContain("durable-memory");
  });
});
