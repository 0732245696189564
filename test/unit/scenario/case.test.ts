/**
 * Cases by value. The goal: what a search keeps is the case, whole: as a document and back, as a file and back, and
 * replayed it makes the same decision. Random cases over every kind of event, and counterexamples of two scenarios.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildBase } from "../../../src/chaos/base.js";
import { counterexampleText, replayed, tell } from "../../../src/chaos/counterexample.js";
import { Evaluator } from "../../../src/chaos/evaluate.js";
import { decisionKey, violationsOf } from "../../../src/chaos/outcome.js";
import { caseOf } from "../../../src/chaos/recipe.js";
import { shrink } from "../../../src/chaos/shrink/shrink.js";
import { propertyCatalogue } from "../../../src/models/judging/catalogue.js";
import { type CaseEvent, type CaseSpec, drawPurposes } from "../../../src/scenario/case.js";
import { fromCase, toCase } from "../../../src/scenario/case-document.js";
import { caseSchema } from "../../../src/scenario/case-schema.js";
import { formatDocument } from "../../../src/scenario/format.js";
import type { MutationSpec } from "../../../src/scenario/scenario.js";
import { catalogue } from "../../helpers/catalogue.js";
import { runOf, scenarioFile, scenarioOf, traceOf, verdictsOf } from "../../helpers/scenario.js";
import { luck, operators, Workbench } from "../../helpers/search.js";

const name = fc.constantFrom("a", "service-manager", "eu-1", "us-west-2");
const cells = fc.option(fc.array(name, { maxLength: 3 }));
const version = fc.integer({ min: 1, max: 9 });
const atMs = fc.oneof(fc.nat(100), fc.nat(90_000_000), fc.constantFrom(0, 1, 60_000, 86_400_000));
const signedMs = fc.tuple(atMs, fc.boolean()).map(([ms, behind]) => (behind && ms > 0 ? -ms : ms));
const text = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom("name: a", "needs:", "  - b", "", "\t- x", "# c", "<<<<<<<", "é", "\u00a0 y"), {
      maxLength: 6,
    })
    .map((lines) => lines.join("\n")),
);

/** One arbitrary a kind of event: a new kind without one does not compile. */
const eventKinds: { readonly [E in CaseEvent["e"]]: fc.Arbitrary<Extract<CaseEvent, { e: E }>> } = {
  deliver: fc.record({
    e: fc.constant("deliver" as const),
    atMs: signedMs,
    version,
    as: fc.constantFrom("old" as const, "new" as const),
    cells,
    withoutTickets: fc.boolean(),
    text,
  }),
  partial: fc.record({
    e: fc.constant("partial" as const),
    version,
    cells: fc.array(name, { maxLength: 3 }),
  }),
  swap: fc.record({ e: fc.constant("swap" as const), first: fc.nat(5), second: fc.nat(5) }),
  fault: fc.record({
    e: fc.constant("fault" as const),
    atMs: signedMs,
    forMs: atMs,
    what: fc.constantFrom("source", "list", "observation", "network", "crash", "lease"),
    of: name,
    gives: fc.constantFrom("error", "empty", "partial", "stale"),
    in: cells,
  }) as fc.Arbitrary<Extract<CaseEvent, { e: "fault" }>>,
  skew: fc.record({ e: fc.constant("skew" as const), of: name, atMs: signedMs, byMs: signedMs }),
  bypass: fc.record({ e: fc.constant("bypass" as const), of: name, guard: name }),
  "approve-all": fc.record({ e: fc.constant("approve-all" as const) }),
  staging: fc.record({ e: fc.constant("staging" as const), id: name, version, text: fc.option(text) }),
};

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const caseSpec: fc.Arbitrary<CaseSpec> = fc.record({
  base: fc.stringMatching(/^[0-9a-f]{64}$/),
  property: name,
  witness: fc.record({ rule: name, action: name, service: name, cause: name }),
  luck: fc.record({ seed: uint32, replication: uint32, pinned: fc.subarray([...drawPurposes]) }),
  documents: fc.array(
    fc.oneof(
      fc.record({ id: name, version, text: fc.option(text) }),
      fc.record({ id: name, version, text: fc.option(text), was: text }),
    ),
    { maxLength: 3 },
  ),
  events: fc.array(fc.oneof(...Object.values<fc.Arbitrary<CaseEvent>>(eventKinds)), { maxLength: 4 }),
  recipe: fc.array(fc.record({ op: name, at: name }), { maxLength: 2 }),
});

describe("a case as a document", () => {
  it("and back is the same, whatever happens in it", () => {
    fc.assert(
      fc.property(caseSpec, (item) => {
        const shape = caseSchema.parse(fromCase(item));
        expect(toCase(shape, item.recipe)).toEqual(item);
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });

  it.each(Object.keys(eventKinds))("holds every event of the kind %s", (kind) => {
    fc.assert(
      fc.property(eventKinds[kind as CaseEvent["e"]], caseSpec, (event, item) => {
        const one = { ...item, events: [event] };
        expect(toCase(caseSchema.parse(fromCase(one)), one.recipe)).toEqual(one);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

const fleet = `fleetquake: 1
title: Round trip
regions: { eu: { members: [eu-1] } }
services: { a: { manager: m } }
managers: { m: { model: legacy } }
`;

describe("a case in a scenario file", () => {
  it("comes back as it was written, texts and their damage included", () => {
    const document = {
      fleetquake: 1,
      title: "x",
      regions: { eu: { members: ["eu-1"] } },
      services: { a: { manager: "m" } },
      managers: { m: { model: "legacy" } },
    };
    fc.assert(
      fc.property(caseSpec, (item) => {
        const whole: CaseSpec = { ...item, property: "fail-static", recipe: [] };
        const written = formatDocument({ ...document, case: fromCase(whole) });
        expect(scenarioOf(written).variants[0]!.spec.case).toEqual(whole);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it("is null where there is none", () => expect(scenarioOf(fleet).variants[0]!.spec.case).toBeNull());
});

const bench = new Workbench();

/** A counterexample by name of scenario, variant and mutations, for the first property that it violates. */
function counterexample(file: string, variantName: string, recipe: readonly MutationSpec[]) {
  const scenario = scenarioFile(file);
  const base = bench.base(scenario, variantName);
  const item = caseOf(base, operators, recipe, luck)!;
  const { verdicts } = new Evaluator(base).evaluate(item, propertyCatalogue);
  const [decision] = violationsOf(verdicts);
  const property = propertyCatalogue.find(({ name }) => name === decision!.property)!;
  const shrunk = shrink(bench.trials(scenario, variantName), item, operators, {
    property,
    decision: decisionKey(decision!),
    triesMax: 3_000,
  })!;
  const told = tell(
    { base, item: shrunk.full },
    { base: shrunk.base, item: shrunk.item },
    operators,
    property,
    shrunk.violation,
  );
  const text = counterexampleText(shrunk, told, {
    property: property.name,
    base: "0".repeat(64),
    title: scenario.title,
    judgedByRun: true,
  });
  return { text, shrunk, property, told };
}

describe.each([
  ["duo-2025-02-13.yaml", "legacy-with-approval", "P16", ""],
  ["duo-2025-02-13.yaml", "legacy", "T02", "applications/push"],
  ["fail-static.yaml", "reads-an-error-as-empty", "T02", "applications/orders"],
  ["fail-static.yaml", "behind-the-guard", "S01", "orders"],
  ["partial-rollout.yaml", "cell-by-cell", "P07", ""],
])("a counterexample of %s, %s, by %s", (file, variant, op, at) => {
  const base = bench.base(scenarioFile(file), variant);
  const sites = operators
    .get(op)!
    .sites(bench.material(base))
    .filter((site) => site.includes(at));
  const site = sites.find((one) => {
    const item = caseOf(base, operators, [{ op, at: one }], luck);
    return (
      item !== null && violationsOf(new Evaluator(base).evaluate(item, propertyCatalogue).verdicts).length > 0
    );
  });

  it("replays as it was found, and meets its own expectation", () => {
    expect(site).toBeDefined();
    const { text, shrunk, property, told } = counterexample(file, variant, [{ op, at: site! }]);
    const scenario = scenarioOf(text);
    const [saved] = scenario.variants;
    const { case: recorded } = saved!.spec;
    expect(recorded).toMatchObject({
      property: property.name,
      witness: told.witness,
      luck: shrunk.item.luck,
      events: shrunk.item.events,
      recipe: shrunk.item.recipe,
    });
    expect(recorded!.documents).toEqual(shrunk.item.documents.map((doc) => ({ ...doc })));
    const rebuilt = buildBase(scenario.name, saved!, [], catalogue);
    if (!rebuilt.ok) throw new Error(rebuilt.error[0]!.message);
    const { found } = replayed(rebuilt.value, recorded!, property, recorded!.witness);
    expect(found).toContainEqual({ property: property.name, ...told.witness });
    expect(saved!.expect!.violates).toEqual([property.name]);
    expect(verdictsOf(traceOf(runOf(scenario)))[property.name]).toBe("violated");
  });
});
