/**
 * The composition law: within one step, what a set of admit and set guards lets through is the intersection of what
 * each lets through alone. The reference is written with sets, without a look at the guards.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardCatalogue } from "../../../../src/models/guards/catalogue.js";
import type { Guard, GuardContext } from "../../../../src/models/guards/guard.js";
import { type Action, causes, type Ticket } from "../../../../src/models/managers/contract.js";
import { judgePlan } from "../../../../src/run/judge-plan.js";
import type { ActiveGuard } from "../../../../src/scenario/run.js";
import {
  entrySpec,
  guardContext,
  observation,
  reading,
  removal,
  seenService,
} from "../../../helpers/guard-context.js";

const hourMs = 3_600_000;
const options: Readonly<Record<string, ActiveGuard["options"]>> = {
  budget: { max: 3, perMs: hourMs },
  fraction: { max: 0.5 },
  tokenBucket: { max: 4, perMs: hourMs },
  protectExternal: { services: ["s2", "gone"] },
};

const names = ["mgr", "s1", "s2", "s3", "s4", "s5"];
const subset = (values: readonly string[]) => fc.subarray([...values]);

const plan = fc.uniqueArray(
  fc.record({
    service: fc.constantFrom(...names),
    cause: fc.constantFrom(...causes),
    what: fc.constantFrom("delete" as const, "delete" as const, "stop" as const),
    owner: fc.option(fc.constantFrom("mgr", "s1"), { nil: null }),
    fromError: fc.boolean(),
  }),
  { selector: (item) => item.service, minLength: 1, maxLength: 5 },
);

const ticket: Ticket = { id: "t", removes: [], author: "x", scope: null, approvals: [] };

const situation = fc
  .record({
    plan,
    ticketed: subset(names),
    present: subset(names),
    protectedOnes: subset(names),
    foreign: subset(names),
    adopted: subset(names),
    inventory: fc.option(subset(names), { nil: null }),
    scope: fc.option(subset(names), { nil: null }),
    change: fc.boolean(),
    needs: subset(["s3", "s4"]),
    dependants: fc.dictionary(fc.constantFrom(...names), subset(names)),
    intents: fc.dictionary(
      fc.constantFrom(...names, "past1", "past2"),
      fc.integer({ min: 0, max: 3 * hourMs }),
    ),
  })
  .map((drawn) => ({ ...drawn, nowMs: 3 * hourMs }));
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const actionsOf = ({ plan }: Situation): readonly Action[] =>
  plan.map(({ service, cause, what, owner, fromError }) =>
    removal(service, cause, {
      do: what,
      because: [
        ...(fromError ? [{ code: "error", about: "x", text: "broken" }] : []),
        ...(owner === null ? [] : [{ code: "owner-removed", about: owner, text: "" }]),
      ],
    }),
  );

function contextOf(s: Situation): GuardContext {
  const raw = actionsOf(s);
  const intents = new Map(Object.entries(s.intents));
  // The harness writes new intents down before it asks.
  for (const { target } of raw) if (!intents.has(target.service)) intents.set(target.service, s.nowMs);
  return guardContext({
    nowMs: s.nowMs,
    raw,
    intents,
    tickets: new Map(s.ticketed.map((name) => [name, ticket])),
    change: s.change ? { author: "x", scope: s.scope, approvals: [] } : null,
    managerNeeds: new Set(s.needs),
    inventory: s.inventory === null ? null : Object.fromEntries(s.inventory.map((name) => [name, ""])),
    reading: reading(
      Object.fromEntries(
        s.present.map((name) => [
          name,
          { is: "present" as const, spec: entrySpec(name, { protect: s.protectedOnes.includes(name) }) },
        ]),
      ),
    ),
    seen: observation(
      Object.fromEntries(
        names.map((name) => [
          name,
          seenService({
            label: s.foreign.includes(name) ? "other" : "m",
            owner: s.adopted.includes(name) ? "other" : "m",
            dependants: s.dependants[name] ?? [],
          }),
        ]),
      ),
    ),
  });
}

/** Services that a guard lets through when it stands alone; the whole plan or nothing for set guards. */
function reference(guard: string, s: Situation): ReadonlySet<string> {
  const all = new Set(s.plan.map((item) => item.service));
  const none = new Set<string>();
  const only = (keep: (item: Situation["plan"][number]) => boolean) =>
    new Set(s.plan.filter(keep).map((item) => item.service));
  const involved = (item: Situation["plan"][number]) => new Set([item.service, item.owner ?? item.service]);
  const first = (service: string) => s.intents[service] ?? (all.has(service) ? s.nowMs : Number.NaN);
  const known = new Set([...Object.keys(s.intents), ...all]);
  switch (guard) {
    case "failStatic":
      return only((item) => item.cause !== "error" && !item.fromError);
    case "tombstoneOnly":
      return only((item) => item.cause === "explicit" && s.ticketed.includes(item.service));
    case "selfProtect":
      return only((item) => !involved(item).has("mgr"));
    case "bootstrapProtect":
      return only((item) => ["mgr", ...s.needs].every((name) => !involved(item).has(name)));
    case "noCascade":
      return only((item) => !["cascade", "garbage"].includes(item.cause));
    case "dependantsCheck":
      return only((item) => (s.dependants[item.service] ?? []).every((name) => s.ticketed.includes(name)));
    case "scope": {
      if (!s.change) return none;
      const mine = names.filter((name) => !s.foreign.includes(name));
      return only((item) => mine.includes(item.service) && (s.scope ?? names).includes(item.service));
    }
    case "uniqueOwner": {
      const elsewhere = new Set([...s.foreign, ...s.adopted]);
      return only((item) => !elsewhere.has(item.service) && (s.inventory ?? names).includes(item.service));
    }
    case "protect": {
      const kept = new Set(s.protectedOnes.filter((name) => s.present.includes(name)));
      return only((item) => !kept.has(item.service));
    }
    case "protectExternal":
      return only((item) => item.service !== "s2");
    case "nonEmpty": {
      const left = names.filter((name) => !all.has(name));
      return s.present.length > 0 && left.length > 0 ? all : none;
    }
    case "budget": {
      const recent = [...known].filter((name) => first(name) > s.nowMs - hourMs);
      return all.size <= 3 && new Set([...recent, ...all]).size <= 3 ? all : none;
    }
    case "fraction":
      return all.size <= 3 ? all : none;
    case "tokenBucket": {
      // Minute by minute would be an approximation: tokens drip in between spendings, never above four.
      const spent = [...known].filter((name) => !all.has(name)).map(first);
      let tokens = 4;
      let last = 0;
      for (const atMs of [...spent.sort((a, b) => a - b), s.nowMs]) {
        tokens = Math.min(4, tokens + (4 * (atMs - last)) / hourMs) - 1;
        last = atMs;
      }
      return all.size <= tokens + 1 ? all : none;
    }
    default:
      throw new Error(`no reference for ${guard}`);
  }
}

const letThrough = (guards: readonly ActiveGuard[], context: GuardContext): string =>
  judgePlan(context.raw, guards, context)
    .filter((item) => item.objections.length === 0)
    .map((item) => item.action.target.service)
    .join(",");

const judged: readonly Guard[] = guardCatalogue.filter(
  (guard) => guard.stage === "admit" || guard.stage === "set",
);

describe("admit and set guards together", () => {
  it("let through what each of them lets through, in every subset and in any order", () => {
    const active = judged.map((guard): ActiveGuard => ({ guard, options: options[guard.name] ?? {} }));
    fc.assert(
      fc.property(situation, fc.shuffledSubarray(active, { minLength: active.length }), (drawn, order) => {
        const context = contextOf(drawn);
        const alone = order.map(({ guard }) => reference(guard.name, drawn));
        for (let subset = 0; subset < 1 << order.length; subset++) {
          const guards = order.filter((_, k) => (subset >> k) & 1);
          const expected = drawn.plan
            .map((item) => item.service)
            .filter((service) => alone.every((set, k) => ((subset >> k) & 1) === 0 || set.has(service)));
          if (letThrough(guards, context) !== expected.join(",")) {
            expect({
              guards: guards.map(({ guard }) => guard.name),
              through: letThrough(guards, context),
            }).toEqual({
              guards: guards.map(({ guard }) => guard.name),
              through: expected.join(","),
            });
          }
        }
      }),
      { seed: 20250213, numRuns: 25 },
    );
  }, 60_000);

  it("let through what each of them lets through, on many more plans", () => {
    const active = judged.map((guard): ActiveGuard => ({ guard, options: options[guard.name] ?? {} }));
    fc.assert(
      fc.property(situation, fc.shuffledSubarray(active), (drawn, guards) => {
        const sets = guards.map(({ guard }) => reference(guard.name, drawn));
        const expected = drawn.plan
          .map((item) => item.service)
          .filter((service) => sets.every((set) => set.has(service)));
        expect(letThrough(guards, contextOf(drawn))).toBe(expected.join(","));
      }),
      { seed: 20250213, numRuns: 3000 },
    );
  });
});

describe("a budget that judged what other guards left (g-nonmonotone)", () => {
  const raw = ["d1", "d2", "o1", "o2", "mgr"].map((service) => removal(service));
  const context = guardContext({ raw, nowMs: hourMs });
  const budget: ActiveGuard = {
    guard: judged.find((guard) => guard.name === "budget")!,
    options: { max: 3, perMs: hourMs },
  };
  const extra: ActiveGuard = {
    guard: {
      name: "extra",
      id: "X99",
      stage: "admit",
      about: "blocks d1 and d2",
      stops: "d1 and d2",
      cost: "none",
      liveness: "none",
      judgeAction: ({ target }) =>
        target.service.startsWith("d") ? { verdict: "reject", text: "no" } : { verdict: "admit" },
    },
    options: {},
  };

  /** The order of things that this project avoids: first the predicates, then the budget over what is left. */
  const filtered = (guards: readonly ActiveGuard[]): string => {
    const left = letThrough(guards, context)
      .split(",")
      .filter((name) => name !== "");
    return left.length > 3 ? "" : left.join(",");
  };

  it("would delete the manager once another guard is added", () => {
    expect(filtered([])).toBe("");
    expect(filtered([extra])).toBe("o1,o2,mgr");
  });

  it("deletes nothing here, with that guard and without it", () => {
    expect(letThrough([budget], context)).toBe("");
    expect(letThrough([budget, extra], context)).toBe("");
    expect(letThrough([extra, budget], context)).toBe("");
  });
});
