/** Arbitraries of `fleetquake/fast-check`: what is drawn is what it says, and managers are told apart by it. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Evaluator } from "../../../src/chaos/evaluate.js";
import { mutationCatalogue, operatorsFor } from "../../../src/chaos/mutations/catalogue.js";
import { modern } from "../../../src/models/managers/modern.js";
import { starter } from "../../../src/scenario/starter.js";
import {
  type CommandName,
  commandBase,
  commandNames,
  type ManagerInTest,
  managerCommands,
  managerSetup,
  managerTurn,
  mutationCase,
  mutationRecipe,
} from "../../../src/testing/fast-check.js";
import { propertyOf, Workbench } from "../../helpers/search.js";

const seed = 20250213;

function failure(
  manager: ManagerInTest,
  numRuns: number,
  only: readonly CommandName[] = commandNames,
  base = commandBase(),
): string | null {
  const setup = managerSetup(manager, base);
  const property = fc.property(managerCommands(base, { only }), (commands) => {
    fc.modelRun(setup, commands);
  });
  const { failed, errorInstance, counterexample } = fc.check(property, { seed, numRuns });
  if (failed) expect([...counterexample![0]].length).toBeGreaterThan(0);
  return failed ? (errorInstance as Error).message : null;
}

describe("commands", () => {
  it("do not shake modern", () => {
    expect(failure("modern", 150)).toBeNull();
  });

  it("do not shake fail-static while nobody edits the list that it takes for the truth", () => {
    const only = commandNames.filter((name) => name !== "corrupt" && name !== "mistake");
    expect(failure("fail-static", 150, only)).toBeNull();
  });

  it("catch the manager of the incident, and tell how", () => {
    const told = failure("legacy", 100);
    expect(told).toMatch(/^no-(self|collateral)-removal: deployer took away /);
    expect(told).toContain("what was done:\n  +0s ");
    expect(told).toMatch(/how it came to that:\n[\s\S]*is removed by deployer/);
  });

  it.each([
    ["inert", ["remove", "settle"], /^progress: reports was to be removed and still runs 5 times/],
    ["exiting", ["source-unavailable"], /^manager alive: deployer is gone: /],
    ["forgetful", ["restart", "source-unavailable", "wait"], /^no-collateral-removal: /],
    ["last-wins", ["update", "mistake"], /^no-collateral-removal: /],
    ["pruning", ["corrupt", "repair"], /^no-collateral-removal: /],
  ] as const)("find the weakness of %s with %j", (manager, only, words) => {
    expect(failure(manager, 300, only)).toMatch(words);
  });

  it("each do something that a manager gets to know", () => {
    const base = commandBase();
    for (const name of commandNames) {
      const { model, real } = managerSetup("modern", base)();
      real.intend({ kind: "update", services: ["api"] }, "first");
      model.changes = 1;
      const before = real.log.length;
      const only: CommandName[] = name === "repair" ? ["corrupt", "repair"] : [name];
      for (const commands of fc.sample(managerCommands(base, { only }), { seed, numRuns: 3 })) {
        for (const command of commands) if (command.check(model)) command.run(model, real);
      }
      if (name === "wait") expect(real.nowMs).toBeGreaterThan(3_600_000);
      else expect(real.log.length, name).toBeGreaterThan(before);
    }
  });

  it("come out the same when they are run again, and when time stops early", () => {
    const setup = managerSetup("modern");
    const ends = [1, 2].map(() => {
      const { real } = setup();
      real.intend({ kind: "remove", services: ["reports"] }, "remove reports");
      return [real.pass(30 * 60_000), real.pass(24 * 3_600_000)].map(({ effects }) => effects);
    });
    expect(ends[0]).toEqual(ends[1]);
    const [early, late] = ends[0]!;
    expect(late!.slice(0, early!.length)).toEqual(early);
    expect(early!.length).toBeGreaterThan(0);
  });

  it("remove nothing that a manager, a customer or another service cannot do without", () => {
    expect(commandBase().removable).toEqual(["reports"]);
    const base = commandBase({
      scenario: starter.replace(
        "capabilities:\n  shop: { title: The shop, service: website, share: 0.9 }\n",
        "",
      ),
    });
    expect(base.removable).toEqual(["api", "database", "reports", "website"]);
    const { model } = managerSetup("modern", base)();
    const removals = fc
      .sample(managerCommands(base, { only: ["remove"] }), { seed, numRuns: 50 })
      .flatMap((commands) => [...commands]);
    const allowed = removals.filter((command) => command.check(model)).map(String);
    expect(new Set(allowed.map((text) => text.split(/[ ,]/)[1]))).toEqual(new Set(["website", "reports"]));
  });

  it("hold managers of users to the contract", () => {
    let calls = 0;
    const step = (): { propose: []; memory: { durable: number; volatile: null } } => ({
      propose: [],
      memory: { durable: calls++, volatile: null },
    });
    const words = failure({ name: "remembering", step }, 5);
    expect(words).toContain("answers the same question differently");
    expect(failure({ name: "talking", step: () => ({ propose: 3 }) as never }, 5)).toContain(
      "gave a wrong step",
    );
    const throws = (): never => {
      throw new Error("not today");
    };
    expect(failure({ name: "throwing", step: throws }, 5)).toContain("threw in step: Error: not today");
  });

  it("say what is wrong with what they are given", () => {
    expect(() => managerSetup("modrn")).toThrow(
      'there is no manager "modrn"; expected one of legacy, modern',
    );
    expect(() => managerSetup("modern", undefined, { properties: ["no-self-removl"] })).toThrow(
      'did you mean "no-self-removal"?',
    );
    expect(() => managerSetup("modern", undefined, { properties: ["idempotent"] })).toThrow(
      "idempotent compares whole runs",
    );
    expect(() => managerCommands(undefined, { only: ["explode" as never] })).toThrow('no command "explode"');
    expect(() => commandBase({ variant: "other" })).toThrow("expected one of as-it-is, with-guards");
    expect(() => commandBase({ as: "other" })).toThrow(
      'there is no manager "other"; expected one of deployer',
    );
    expect(() => commandBase({ scenario: "fleetquake: 1\nregion: 3\n" })).toThrow("scenario.yaml:2:1");
  });
});

describe("mutations", () => {
  const bench = new Workbench();
  const scenario = bench.scenario(starter, "my-fleet.yaml");

  it("are recipes of operators that fit, and make cases that break legacy and not modern", () => {
    const rules = [propertyOf("no-collateral-removal")];
    const violates = (variant: string): boolean => {
      const base = bench.base(scenario, variant);
      const evaluator = new Evaluator(base);
      return fc.check(
        fc.property(mutationCase(base, { maxMutations: 2 }), (item) => {
          expect(item.recipe.length).toBeGreaterThan(0);
          expect(item.recipe.length).toBeLessThanOrEqual(2);
          return evaluator.evaluate(item, rules).verdicts[0]!.verdict !== "violated";
        }),
        { seed, numRuns: 100 },
      ).failed;
    };
    expect([violates("as-it-is"), violates("newer-manager")]).toEqual([true, false]);
  });

  it("keep to the operators asked for, and need one that fits", () => {
    const base = bench.base(scenario);
    const text = operatorsFor({ only: ["text"] });
    if (!text.ok) throw new Error("there are no text operators");
    for (const recipe of fc.sample(mutationRecipe(base, { operators: text.value }), { seed, numRuns: 50 }))
      for (const { op } of recipe) expect(op).toMatch(/^T/);
    expect(() => mutationRecipe(base, { operators: [] })).toThrow("none of the operators has a place");
    expect(mutationCatalogue.length).toBeGreaterThan(text.value.length);
  });
});

describe("turns", () => {
  it("are what the manager was asked in a run, and answered", () => {
    const manager = modern.build(modern.policy, modern.guards, () => {
      throw new Error("nothing is read here");
    });
    let proposing = 0;
    fc.assert(
      fc.property(managerTurn({ manager: "modern", services: 4, managers: 1 }), ({ memory, turn, step }) => {
        if (step.propose.length > 0) proposing++;
        expect(manager.step(memory, turn).propose).toEqual(step.propose);
      }),
      { seed, numRuns: 60 },
    );
    expect(proposing).toBeGreaterThan(0);
  });

  it("shrink to a small fleet", () => {
    const { failed, counterexample } = fc.check(
      fc.property(managerTurn(), ({ turn }) => Object.keys(turn.seen.services).length === 0),
      { seed, numRuns: 20 },
    );
    expect(failed).toBe(true);
    expect(Object.keys(counterexample![0].turn.seen.services)).toHaveLength(1);
  });

  it("can be those of a manager of the user's own", () => {
    const own = { name: "own", step: () => ({ propose: [], memory: { durable: "mine", volatile: null } }) };
    const [asked] = fc.sample(managerTurn({ manager: own }), { seed, numRuns: 1 });
    expect(asked!.step.memory.durable).toBe("mine");
    const broken = { name: "broken", step: () => ({}) as { propose: [] } };
    expect(() => fc.sample(managerTurn({ manager: broken }), { seed, numRuns: 1 })).toThrow(
      "`propose` is missing",
    );
  });
});
