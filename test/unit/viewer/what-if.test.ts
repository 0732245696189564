/**
 * What the worker of a page does, without the page: settings become a variant in the words of the file, and the file with
 * that variant in it gives the same run, to the hash of its trace, by the way of the command line.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { Json } from "../../../src/base/json.js";
import { defaultGate, propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { managerModels } from "../../../src/models/managers/catalogue.js";
import { runVariant } from "../../../src/run/run-variant.js";
import type { Scenario } from "../../../src/scenario/scenario.js";
import { type Answered, createAnswerer } from "../../../src/viewer/what-if/answer.js";
import type { Outcome, Settings } from "../../../src/viewer/what-if/protocol.js";
import { sha256 } from "../../../src/viewer/what-if/sha256.js";
import { root, runOf, scenarioOf } from "../../helpers/scenario.js";

const platform = (pieces: Iterable<string>): string => {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
};

type Fields = { readonly [key: string]: Json };

function answererOf(text: string, file: string) {
  const scenario = scenarioOf(text, file);
  const { variants, expect: _expect, fleetquake: _format, ...document } = scenario.document as Fields;
  return createAnswerer({
    simulator: "",
    scenario: scenario.name,
    file,
    seed: 7,
    startUtcMs: 0,
    document,
    variants: scenario.variants.map(({ name, patch }) => ({ name, patch, traceSha256: "" })),
    named: Object.keys((variants ?? {}) as Fields),
  });
}

/** The file with the variant in it, run as the command line does. */
function byFile(text: string, file: string, yaml: string, variant: string) {
  const document = parse(text) as Fields;
  const added = (parse(yaml) as { variants: Fields }).variants;
  const variants = { ...(document["variants"] as Fields | undefined), ...added };
  const scenario: Scenario = scenarioOf(stringify({ ...document, variants }), file);
  const found = scenario.variants.find(({ name }) => name === variant)!;
  const options = { seed: 7, properties: propertyCatalogue, gate: defaultGate, sha256: platform };
  return runVariant(runOf(scenario, variant), { ...found, expect: null }, options).result;
}

function simulated(answered: Answered) {
  const { answer, traced } = answered;
  if (answer.kind !== "simulated") throw new Error(answer.kind);
  const hashes = traced!();
  const whole = (result: Outcome, traceSha256: string) => ({ ...result, traceSha256 });
  const { base, whatIf } = answer;
  return {
    base: { ...base, result: whole(base.result, hashes.base) },
    whatIf:
      whatIf === null
        ? null
        : {
            ...whatIf,
            simulated: { ...whatIf.simulated, result: whole(whatIf.simulated.result, hashes.whatIf!) },
          },
  };
}

const duoFile = "duo-2025-02-13.yaml";
const duo = readFileSync(join(root, "scenarios", duoFile), "utf8");
const rollout = readFileSync(join(root, "scenarios/partial-rollout.yaml"), "utf8");

const legacy = (settings: NonNullable<Settings["managers"]>[string]): Settings => ({
  managers: { legacy: settings },
});

describe("the incident's scenario", () => {
  const ask = answererOf(duo, duoFile);

  it.each<[string, string, Settings]>([
    ["crews", "legacy", { crews: 9 }],
    ["a longer diagnosis", "legacy", { diagnosis: 2.5 }],
    ["crews that take a region at a time", "legacy", { batch: "region", crews: 2 }],
    ["a guard", "legacy", legacy({ guards: { noCascade: true } })],
    ["a guard less, of the axes", "legacy-with-approval", legacy({ guards: { approvePerRemoval: false } })],
    ["a guard less, of the file", "promise-no-cascade", legacy({ guards: { noCascade: false } })],
    ["another manager", "legacy", legacy({ model: "modern" })],
    ["a preset and a slower one", "modern", legacy({ model: "kubernetes/background", parallelism: 2 })],
    ["waves of two groups", "legacy", legacy({ wave: 2, guards: { autoHalt: true } })],
    ["no waves", "modern", legacy({ wave: 5 })],
  ])("%s: the variant that is shown gives the run that is shown", (_, variant, settings) => {
    const { whatIf } = simulated(ask({ id: 1, variant, settings }));
    const { simulated: found, edit } = whatIf!;
    expect(byFile(duo, duoFile, edit.yaml, edit.variant)).toEqual(found.result);
  });

  it("says what people would write, and no more", () => {
    const settings = { crews: 9, diagnosis: 0.5, ...legacy({ wave: 3, guards: { failStatic: true } }) };
    const { whatIf } = simulated(ask({ id: 1, variant: "legacy", settings }));
    expect(whatIf!.edit).toEqual({
      variant: "what-if",
      command: `fleetquake run ${duoFile} --variant what-if --seed 7`,
      yaml: `variants:
  what-if:
    managers:
      legacy:
        rollout:
          waves:
            - - abroad-1
              - abroad-2
              - rest
            - - us-west-1
              - us-west-2
          bake: 1h
        guards:
          add:
            - failStatic
            - waves
    response:
      diagnose:
        p50: 20m
        p90: 45m
      crews: 9
`,
    });
    expect(whatIf!.simulated.state).toMatchObject({ crews: 9, diagnoseP50Ms: 1_200_000 });
    expect(whatIf!.simulated.state.managers[0]).toMatchObject({
      wave: 3,
      guards: ["changeApproved", "failStatic", "waves"],
    });
  });

  it("is not changed by settings that it has already", () => {
    const settings = { crews: 4, diagnosis: 1, ...legacy({ wave: 5, guards: { changeApproved: true } }) };
    expect(simulated(ask({ id: 3, variant: "legacy", settings })).whatIf).toBeNull();
  });

  it("is refused in words where a setting does not fit the variant", () => {
    const { answer, traced } = ask({ id: 9, variant: "staging-2", settings: legacy({ model: "modern" }) });
    expect(answer).toMatchObject({ id: 9, kind: "refused" });
    expect(answer.kind === "refused" && answer.reasons.join()).toMatch(/managers\/legacy/);
    expect(traced).toBeNull();
  });

  it("draws the regions that work: the fall, and the returns that the measures name", () => {
    const { base } = simulated(ask({ id: 4, variant: "legacy", settings: {} }));
    for (const { capability, working } of base.curves) {
      const recovery = base.result.recovery.byCapability.find(({ name }) => name === capability)!;
      const hurt = base.result.outage.capabilities.find(({ name }) => name === capability)!;
      expect(working[0]![0]).toBe(0);
      expect(81 - Math.min(...working.map(([, regions]) => regions))).toBe(hurt.regionsDegraded);
      expect(working.at(-1)![1]).toBe(81);
      if (recovery.restored.length === 0) expect(working).toEqual([[0, 81]]);
      else expect(working.at(-1)![0]).toBe(recovery.allRestoredAtMs);
    }
  });
});

describe("any settings", () => {
  const guards = ["failStatic", "noCascade", "budget", "waves", "cells", "quarantine", "approvePerRemoval"];
  const managerSettings = fc.record(
    {
      model: fc.constantFrom(...managerModels.map(({ name }) => name)),
      parallelism: fc.integer({ min: 1, max: 50 }),
      wave: fc.integer({ min: 1, max: 3 }),
      guards: fc.dictionary(fc.constantFrom(...guards), fc.boolean(), { maxKeys: 4 }),
    },
    { requiredKeys: [] },
  );
  const settings: fc.Arbitrary<Settings> = fc.record(
    {
      crews: fc.integer({ min: 1, max: 20 }),
      diagnosis: fc.constantFrom(0.1, 0.25, 0.75, 1.5, 4),
      batch: fc.constantFrom("region" as const, "group" as const),
      managers: fc.record({ deployer: managerSettings }),
    },
    { requiredKeys: [] },
  );
  const ask = answererOf(rollout, "partial-rollout.yaml");
  const variants = ["everywhere-at-once", "cell-by-cell", "with-rollback"];

  it("are a variant of the file that gives the same run", () => {
    let changed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...variants), settings, (variant, set) => {
        const { whatIf } = simulated(ask({ id: 0, variant, settings: set }));
        if (whatIf === null) return;
        changed++;
        const { edit, simulated: found } = whatIf;
        const again = byFile(rollout, "partial-rollout.yaml", edit.yaml, edit.variant);
        expect(again.traceSha256).toBe(found.result.traceSha256);
      }),
      { seed: 1, numRuns: 30 },
    );
    expect(changed).toBeGreaterThan(20);
  });
});

describe("other files", () => {
  const plain = `
fleetquake: 1
title: Plain
regions: { eu: { members: [eu-1, eu-2] } }
services: { api: { manager: m }, old: { manager: m } }
capabilities: { shop: { service: api, share: 1 } }
managers: { m: { model: legacy } }
response: population
changes: [{ at: 1m, intend: { remove: [old] } }]
`;

  it("without variants keep their default, and a short form is written out", () => {
    const ask = answererOf(`${plain}expect: { default: { holds: [] } }\n`, "plain.yaml");
    const { whatIf } = simulated(ask({ id: 0, variant: "default", settings: { crews: 2, diagnosis: 2 } }));
    const { edit, simulated: found } = whatIf!;
    expect(edit.yaml).toMatch(/^variants:\n {2}default: \{\}\n {2}what-if:\n {4}response:\n/);
    const again = byFile(`${plain}expect: { default: { holds: [] } }\n`, "plain.yaml", edit.yaml, "what-if");
    expect(again).toEqual(found.result);
  });

  it("that have a variant of that name get another", () => {
    const ask = answererOf(`${plain}variants: { what-if: {}, b: {} }\n`, "plain.yaml");
    const { whatIf } = simulated(ask({ id: 0, variant: "b", settings: { crews: 2 } }));
    expect(whatIf!.edit.variant).toBe("what-if-2");
  });

  it("whose law of diagnosis a variant replaces by another kind keep one kind", () => {
    const text = `${plain.replace("response: population", "response: { diagnose: { p50: 10m, p90: 20m } }")}variants: { b: { response: { diagnose: { p50: null, p90: null, mean: 30m } } } }\n`;
    const ask = answererOf(text, "plain.yaml");
    const { whatIf } = simulated(ask({ id: 0, variant: "b", settings: { diagnosis: 0.5 } }));
    const { edit, simulated: found } = whatIf!;
    expect(parse(edit.yaml)).toEqual({
      variants: { "what-if": { response: { diagnose: { p50: null, p90: null, mean: "15m" } } } },
    });
    expect(byFile(text, "plain.yaml", edit.yaml, "what-if")).toEqual(found.result);
  });
});

it("the hash is SHA-256, whatever the pieces", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 })), (pieces) => {
      expect(sha256(pieces)).toBe(platform(pieces));
    }),
    { seed: 1, numRuns: 200 },
  );
  for (const length of [0, 55, 56, 63, 64, 119, 120, 1000])
    expect(sha256(["x".repeat(length)])).toBe(platform(["x".repeat(length)]));
});
