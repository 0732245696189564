/** What guards, reviews and staging are worth (g-*), and what goes down with what in the golden fleet of ten. */
import { describe, expect, it } from "vitest";
import { Luck, nameKey, purpose } from "../../../src/base/keyed-random.js";
import { expm1, log1p } from "../../../src/base/math.js";
import { hardClosure } from "../../../src/models/fleet/hard-closure.js";
import { measure } from "../../../src/trace/measure.js";
import { exactly } from "../../helpers/exactly.js";
import { expectMean } from "../../helpers/interval.js";
import { runOf, scenarioOf, traceOf } from "../../helpers/scenario.js";

const key = nameKey("guard");
const draw = purpose("draw");

describe("g-budget: 3 removals in 60 minutes, noticed after 150", () => {
  /** Removals by somebody who removes as fast as allowed from `start` on; windows begin at whole multiples of 60. */
  const tumbling = (start: number): number => {
    let [removed, window, used] = [0, -1, 0];
    for (let minute = start; minute <= start + 150; minute++) {
      if (Math.floor(minute / 60) !== window) [window, used] = [Math.floor(minute / 60), 0];
      while (used < 3) [removed, used] = [removed + 1, used + 1];
    }
    return removed;
  };
  it("windows that begin by the clock would let twelve through, just before one ends; so budgets here slide", () => {
    const worst = Math.max(...Array.from({ length: 60 }, (_, start) => tumbling(start)));
    expect(worst).toBe(12);
    expect(worst).toBe(3 * (Math.floor(150 / 60) + 2));
    expect(tumbling(0)).toBe(9);
  });
});

describe("g-review: two reviewers who each miss a fifth", () => {
  const missBoth = (m: number, rho: number): number => m * m + rho * m * (1 - m);
  it("miss far more together when they think alike", () => {
    exactly(missBoth(0.2, 0), 0.04);
    exactly(missBoth(0.2, 0.4), 0.10400000000000002);
  });
  it("simulated: with probability rho the second sees just what the first saw", () => {
    const missed = Array.from({ length: 80_000 }, (_, k) => {
      const luck = new Luck(1, k);
      const misses = (index: number): boolean => luck.uniform(key.hi, key.lo, draw, index) < 0.2;
      const alike = luck.uniform(key.hi, key.lo, draw, 2) < 0.4;
      return misses(0) && misses(alike ? 0 : 1) ? 1 : 0;
    });
    expectMean(missed, 0.104);
  });
});

describe("g-staging: clean runs in a staging that shows three tenths of what production does", () => {
  const runs = [1, 3, 10, 59];
  const expected = [0.15000000000000002, 0.3858750000000001, 0.8031255956592774, 0.9999314958917724];
  it("catch a trigger of probability a half", () => {
    runs.forEach((k, i) => {
      exactly(-expm1(k * log1p(-0.3 * 0.5)), expected[i]!);
    });
  });
  it("simulated", () => {
    [1, 3, 10].forEach((k, i) => {
      const caught = Array.from({ length: 10_000 }, (_, replication) => {
        const luck = new Luck(2, replication);
        const seen = (index: number): boolean =>
          luck.uniform(key.hi, key.lo, draw, 2 * index) < 0.3 &&
          luck.uniform(key.hi, key.lo, draw, 2 * index + 1) < 0.5;
        return Array.from({ length: k }, (_, index) => seen(index)).some(Boolean) ? 1 : 0;
      });
      expectMean(caught, expected[i]!, 0.2);
    });
  });
});

describe("g-G10-cascade: the golden fleet of ten", () => {
  const needs: Readonly<Record<string, readonly string[]>> = {
    mgr: [],
    net: ["mgr"],
    dns: ["net"],
    db: ["net"],
    auth: ["dns", "db"],
    tel: ["net"],
    sms: ["tel", "dns"],
    risk: ["db"],
    dmp: ["auth"],
    admin: ["auth", "risk"],
  };
  const names = Object.keys(needs).sort();
  const down: Readonly<Record<string, readonly string[]>> = {
    mgr: names,
    net: ["admin", "auth", "db", "dmp", "dns", "net", "risk", "sms", "tel"],
    dns: ["admin", "auth", "dmp", "dns", "sms"],
    db: ["admin", "auth", "db", "dmp", "risk"],
    auth: ["admin", "auth", "dmp"],
    tel: ["sms", "tel"],
    sms: ["sms"],
    risk: ["admin", "risk"],
    dmp: ["dmp"],
    admin: ["admin"],
  };
  const fleet = (more: string): string => `
fleetquake: 1
title: Golden fleet of ten
horizon: 4h
regions: { a: { members: [r] } }
services:
  old: { manager: m, deploy: 1m }
${names.map((name) => `  ${name}: { manager: m, deploy: 5m, needs: [${needs[name]!.join(", ")}] }`).join("\n")}
capabilities: { site: { service: admin, share: 1 } }
managers:
  m:
    model: legacy
    service: mgr
    deployedBy: people
    policy: { removal: 0 }
    defects: [{ id: d, after: removal, does: leave-reference-in-own-entry }]
${more}
`;

  it("what each service takes down, from its hard needs alone", () => {
    const { spec } = scenarioOf(fleet("")).variants[0]!;
    const found = Object.fromEntries(
      names.map((name) => [
        name,
        names.filter((other) => other === name || hardClosure(spec.fleet, other).has(name)),
      ]),
    );
    expect(found).toEqual(down);
  });

  it.each(names)("a crash of %s, simulated", (name) => {
    const { events } = traceOf(runOf(scenarioOf(fleet(`faults: [{ at: 1h, what: crash, of: ${name} }]`))));
    const fell = events.flatMap((event) =>
      event.e === "down" && event.t === 3_600_000 ? [event.service] : [],
    );
    expect(fell.sort()).toEqual(down[name]);
  });

  it("the legacy manager that reads an error as its own removal removes all ten", () => {
    const text = fleet(
      "changes: [{ at: 10m, author: x, approvals: [{ by: y, covers: [old] }], intend: { remove: [old] } }]",
    );
    const { services } = measure(traceOf(runOf(scenarioOf(text)))).removed;
    expect([...services].filter((name) => name !== "old").sort()).toEqual(names);
  });
});
