/** Budgets: the published bounds, distinct intents instead of re-proposals, and what is carried out late. */
import { describe, expect, it } from "vitest";
import type { Guard } from "../../../../src/models/guards/guard.js";
import { budget, tokenBucket } from "../../../../src/models/guards/set-guards.js";
import { measure } from "../../../../src/trace/measure.js";
import { guardContext, removal } from "../../../helpers/guard-context.js";
import { runOf, scenarioOf, traceOf } from "../../../helpers/scenario.js";

const minuteMs = 60_000;

/** Somebody who removes one new service after the other, as fast as the guard lets them, until it is noticed. */
function removedUntil(tauMin: number, guard: Guard, options: Record<string, number>): number {
  const intents = new Map<string, number>();
  let removed = 0;
  // An hour of quiet first: a bucket is full, a window is empty.
  for (let minute = 60; minute <= 60 + tauMin; minute++) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const nowMs = minute * minuteMs;
      const service = `s${removed}`;
      intents.set(service, nowMs);
      const context = guardContext({ nowMs, raw: [removal(service)], intents });
      if (guard.judgeSet!(context, options).verdict !== "admit") {
        // Who is held gives this one up, so that the next attempt is not one more intent.
        intents.delete(service);
        break;
      }
      removed++;
    }
  }
  return removed;
}

describe("worst case until somebody notices (g-budget: 3 an hour, noticed after 150 minutes)", () => {
  it("a sliding window lets nine through", () => {
    expect(removedUntil(150, budget, { max: 3, perMs: 60 * minuteMs })).toBe(9);
  });

  it("a token bucket lets ten through", () => {
    expect(removedUntil(150, tokenBucket, { max: 3, perMs: 60 * minuteMs })).toBe(10);
  });
});

const fleet = (guards: string, changes: string): string => `
fleetquake: 1
title: Budgets
horizon: 12h
regions: { a: { members: [a-1] } }
services:
  ${["s1", "s2", "s3", "s4", "s5", "s6"].map((name) => `${name}: { manager: m, deploy: 4m }`).join("\n  ")}
capabilities: { site: { service: s6, share: 1 } }
managers:
  m: { model: fail-static, policy: { resync: 1m }, guards: { add: [${guards}] } }
response: { approve: 90m }
changes: ${changes}
`;

const removedAt = (text: string): Readonly<Record<string, number>> => {
  const { events } = traceOf(runOf(scenarioOf(text)));
  return Object.fromEntries(
    events.flatMap((event) =>
      event.e === "removed" ? [[event.service, Math.floor(event.t / minuteMs)]] : [],
    ),
  );
};

describe("budgets in a run", () => {
  it("do not count a removal anew that waits for approval and is proposed again every minute", () => {
    const times = removedAt(
      fleet(
        "approvePerRemoval, { budget: { max: 1, per: 30m } }",
        "[{ at: 10m, author: x, intend: { remove: [s1] } }]",
      ),
    );
    expect(times).toEqual({ s1: 101 });
  });

  it("count a removal when it was carried out, though it was first proposed long before", () => {
    const times = removedAt(
      fleet(
        "approvePerRemoval, { budget: { max: 2, per: 1h } }",
        `[{ at: 10m, author: x, intend: { remove: [s1, s2] } },
          { at: 105m, author: x, approvals: [{ by: y, covers: [s3, s4] }], intend: { remove: [s3, s4] } }]`,
      ),
    );
    expect(times).toMatchObject({ s1: 101, s2: 101 });
    expect(times["s3"]).toBeGreaterThanOrEqual(161);
    expect(times["s4"]).toBe(times["s3"]);
  });

  it("hold a plan over the budget as a whole, and the removal comes through once the plan is smaller", () => {
    const change = (removes: string) => `[{ at: 10m, author: x, intend: { remove: [${removes}] } }]`;
    const guard = "{ budget: { max: 2, per: 1h } }";
    expect(measure(traceOf(runOf(scenarioOf(fleet(guard, change("s1, s2, s3")))))).removed.services).toEqual(
      [],
    );
    expect(removedAt(fleet(guard, change("s1, s2")))).toEqual({ s1: 10, s2: 10 });
  });
});
