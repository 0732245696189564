/**
 * The replay of a run says what the run says: its counts at any instant are those that come from the events one by one,
 * and its totals are the measures of the result.
 */
import { describe, expect, it } from "vitest";
import { measure } from "../../../src/trace/measure.js";
import { impairedBelow } from "../../../src/trace/measures.js";
import { ReplayPlayer } from "../../../src/trace/replay/player.js";
import { replayOf, type VariantReplay } from "../../../src/trace/replay/replay.js";
import { spokenInstant } from "../../../src/trace/replay/words.js";
import { storyOf } from "../../../src/trace/story.js";
import type { Trace } from "../../../src/trace/trace.js";
import { largeFleet } from "../../helpers/large-fleet.js";
import { runOf, scenarioFile, scenarioOf, traceOf } from "../../helpers/scenario.js";

function replayed(trace: Trace) {
  const measures = measure(trace);
  const replay = replayOf(trace, measures, storyOf(trace, measures));
  return { trace, measures, replay, player: playerOf(replay) };
}

const playerOf = ({ stage, track }: VariantReplay): ReplayPlayer =>
  new ReplayPlayer(track, {
    rows: stage.rows.length,
    columns: stage.columns.map(({ regions }) => regions),
  });

/** Success by capability and region after all events up to an instant, the plain way. */
function successAt(trace: Trace, atMs: number): ReadonlyMap<string, number> {
  const now = new Map<string, number>();
  for (const event of trace.events)
    if (event.e === "quality" && event.t <= atMs)
      now.set(`${event.capability} ${event.region}`, event.success);
  return now;
}

const duo = scenarioFile("duo-2025-02-13.yaml");
const legacy = replayed(traceOf(runOf(duo, "legacy")));

/** Every 20 minutes, and every event of the story with the millisecond before it. */
const instants = [
  ...Array.from({ length: 30 }, (_, k) => k * 1_200_000),
  ...legacy.replay.events.flatMap(({ atMs }) => [atMs, Math.max(0, atMs - 1)]),
];

describe("the incident, replayed", () => {
  it("has as many regions down and impaired as the events say, at any instant", () => {
    const { trace, player } = legacy;
    for (const atMs of instants) {
      player.seek(atMs);
      const success = successAt(trace, atMs);
      const downRegions = new Set<string>();
      trace.header.spec.fleet.capabilities.forEach(({ name }, row) => {
        const levels = [...success].filter(([key]) => key.startsWith(`${name} `));
        const down = levels.filter(([, level]) => level === 0);
        for (const [key] of down) downRegions.add(key.slice(name.length + 1));
        const now = player.row(row);
        expect(now.down + now.recovering).toBe(down.length);
        expect(now.impaired).toBe(levels.filter(([, level]) => level > 0 && level < impairedBelow).length);
      });
      expect(player.figures().regionsDown).toBe(downRegions.size);
    }
  });

  it("adds up to the measures: regions ever down, region-minutes without service, when all works again", () => {
    const { measures, player, replay } = legacy;
    const { rows, columns } = replay.stage;
    const times = [...player.times, measures.endedAtMs];
    const ever = rows.map(() => new Set<number>());
    const minutes = rows.map(() => 0);
    const last = rows.map(() => 0);
    for (let k = 0; k + 1 < times.length; k++) {
      player.seek(times[k]!);
      rows.forEach((_, row) => {
        columns.forEach((_, column) => {
          const state = player.cell(row, column)[0]?.state;
          if (state !== undefined) last[row] = times[k + 1]!;
          if (state !== "down" && state !== "recovering") return;
          ever[row]!.add(column);
          minutes[row]! += (times[k + 1]! - times[k]!) / 60_000;
        });
      });
    }
    measures.outage.capabilities.forEach((item, row) => {
      expect(ever[row]!.size).toBe(item.regionsDown);
      expect(minutes[row]!).toBeCloseTo(item.downtimeMinutes, 1);
      expect(last[row]).toBe(measures.recovery.byCapability[row]!.allRestoredAtMs);
    });
  });

  it("knows which instances are gone, which are being deployed and which serve", () => {
    const { trace, player, replay } = legacy;
    const nodeOf = new Map(replay.stage.nodes.map(({ label }, n) => [label, n]));
    for (const atMs of instants) {
      player.seek(atMs);
      const phase = new Map<string, string>();
      const serving = new Map<string, boolean>();
      for (const event of trace.events) {
        if (!("place" in event) || event.t > atMs) continue;
        const key = `${event.service} ${event.place}`;
        if (event.e === "up" || event.e === "down") serving.set(key, event.e === "up");
        else phase.set(key, event.e);
      }
      for (const [name, n] of nodeOf) {
        const of = [...phase].filter(([key]) => key.startsWith(`${name} `));
        const shown = new Map<string, number>(player.node(n).map(({ state, count }) => [state, count]));
        const gone = of.filter(([, last]) => last === "removed").length;
        expect(shown.get(name === "deprecated-app" ? "asked" : "removed") ?? 0).toBe(gone);
        expect(shown.get("recovering") ?? 0).toBe(of.filter(([, last]) => last === "deploying").length);
        const out = [...serving].filter(([key, up]) => key.startsWith(`${name} `) && !up).length;
        expect(player.serving(n)).toBe(replay.track.totals[n]! - out);
      }
    }
  });

  it("stands still at the worst moment, and says so as a slider does", () => {
    const { replay, player } = legacy;
    player.seek(replay.worstMs);
    expect(replay.still.rows.filter((words) => words === "81 down")).toHaveLength(6);
    expect(replay.still.nodes.filter(({ state }) => state === "removed")).toHaveLength(9);
    expect(replay.stage.nodes.filter(({ manager }) => manager).map(({ label }) => label)).toEqual([
      "service-manager",
      "service-manager-next",
    ]);
    expect(spokenInstant(720_000, Date.UTC(2025, 1, 13, 18), player, 81)).toBe(
      "18:12 UTC, 12 minutes after the start; 81 of 81 regions have a capability down; cells: 486 down, 162 with errors",
    );
  });

  it("is small: all variants together fit the page", () => {
    const all = duo.variants.map(({ name }) => replayed(traceOf(runOf(duo, name))).replay);
    expect(JSON.stringify(all.map(({ track, events }) => [track, events])).length).toBeLessThan(120_000);
  });
});

describe("services that a change adds, and those that merely fall", () => {
  it("are not there until they are; are down, not removed; are degraded while they serve with errors", () => {
    const text = `
fleetquake: 1
title: t
regions: { eu: { members: [eu-1, eu-2] } }
services:
  api: { manager: m, needs: [db, { service: extra, kind: soft, weight: 0.5 }] }
  web: { manager: m, needs: [db] }
  db: { manager: m }
  extra: { manager: m, deploy: 5m }
capabilities: { shop: { service: api, share: 1 } }
managers: { m: { model: modern } }
changes:
  - { at: 1m, approvals: [{ by: x, covers: [db] }], intend: { add: [extra] } }
  - { at: 1h, approvals: [{ by: x, covers: [db] }], intend: { remove: [db] } }
`;
    const { replay, player } = replayed(traceOf(runOf(scenarioOf(text))));
    const words = (atMs: number): Record<string, string> => {
      player.seek(atMs);
      return Object.fromEntries(
        replay.stage.nodes.map(({ label }, n) => [
          label,
          player
            .node(n)
            .map(({ state, count }) => `${count} ${state}`)
            .join(),
        ]),
      );
    };
    expect(words(0)).toMatchObject({ extra: "2 asked", db: "" });
    expect(words(1_800_000)).toMatchObject({ extra: "", api: "", db: "" });
    expect(words(replay.worstMs)).toMatchObject({ db: "2 asked", api: "2 hurt", web: "2 hurt" });
    player.seek(replay.worstMs);
    expect(player.row(0)).toEqual({ down: 2, recovering: 0, impaired: 0 });
  });
});

describe("a fleet that is too large to be read", () => {
  it("is aggregated, and says how; instants of events stay exact", () => {
    const trace = traceOf(runOf(scenarioOf(largeFleet(62, 104))));
    const { replay, player, measures } = replayed(trace);
    expect(replay.stage.nodes.length).toBeLessThan(10);
    expect(replay.stage.columns.map(({ regions }) => regions)).toEqual([...new Array(9).fill(11), 5]);
    expect(replay.aggregated.join(" ")).toMatch(
      /^The 63 services are drawn as 6 boxes, one for each layer and manager.*The 104 regions are shown by region group.*changes are shown every \d+ min/,
    );
    expect(replay.track.totals.reduce((sum, count) => sum + count, 0)).toBe(62 * 104 + 1);
    for (const { atMs } of replay.events) {
      player.seek(atMs);
      const down = [...successAt(trace, atMs).values()].filter((level) => level === 0).length;
      const now = player.row(0);
      expect(now.down + now.recovering).toBe(down);
    }
    player.seek(measures.endedAtMs);
    expect(player.figures()).toEqual({ regionsDown: 0, cellsDown: 0, cellsImpaired: 0 });
  });
});
