/** A run as it is replayed in a page: who is on the stage, what changes when, and how it looks at the worst moment. */
import { coarser, packSteps, type StepFrame } from "../../base/packed-steps.js";
import type { CompiledFleet } from "../../models/fleet/compile-fleet.js";
import { feedTrace } from "../feed.js";
import type { Measures } from "../measures.js";
import type { Sentence } from "../story.js";
import type { Trace } from "../trace.js";
import { curveOf, type ReplayCurve } from "./curve.js";
import { ReplayPlayer, type ReplayTrack } from "./player.js";
import { replayEvents } from "./replay-events.js";
import { ReplayFold } from "./replay-fold.js";
import { type ReplayStage, type Staged, stageOf } from "./stage.js";
import type { CellStateNow, ServiceStateNow } from "./states.js";
import { fleetWords, nodeNow, rowWords } from "./words.js";

/** More instants than these are put together: a slider has fewer positions. */
const framesMax = 2_000;

/** How everything is at one instant, ready to be drawn. */
export interface ReplayStill {
  readonly atMs: number;
  readonly fleet: string;
  /** `serving`: share of the instances that serve, 0..1. */
  readonly nodes: readonly {
    readonly state: ServiceStateNow;
    readonly text: string;
    readonly serving: number;
  }[];
  /** By row, then by column. `count`: regions where it does not work as it should. */
  readonly cells: readonly (readonly { readonly state: CellStateNow; readonly count: number }[])[];
  readonly rows: readonly string[];
  readonly curve: ReplayCurve;
}

export interface VariantReplay {
  readonly stage: ReplayStage;
  readonly track: ReplayTrack;
  readonly events: readonly Sentence[];
  /** What the stage, the events and the times leave out, a sentence each. */
  readonly aggregated: readonly string[];
  /** The first instant at which most is down; 0 where nothing ever is. */
  readonly worstMs: number;
  /** Of the last change or event. */
  readonly lastMs: number;
  readonly still: ReplayStill;
}

export function replayOf(trace: Trace, measures: Measures, story: readonly Sentence[]): VariantReplay {
  const { events, aggregated } = replayEvents(story, trace.header, measures);
  const hurt = new Set(
    measures.outage.capabilities.flatMap((item, c) => (item.regionsDegraded > 0 ? [c] : [])),
  );
  let staged: Staged | undefined;
  const fold = feedTrace(trace, (fleet) => {
    staged = stageOf(fleet, trace.header, hurt);
    return foldFor(trace, fleet, staged);
  });
  const { stage, nodeOf } = staged!;
  const { nodes, cells } = fold.finish();
  const packed = keepReadable([nodes, cells], events);
  const totals = new Array<number>(stage.nodes.length).fill(0);
  const { firstInstance } = fold.fleet;
  nodeOf.forEach((node, s) => {
    totals[node]! += firstInstance[s + 1]! - firstInstance[s]!;
  });
  const [packedNodes = [], packedCells = []] = packed.frames;
  const track = { totals, nodes: packSteps(packedNodes), cells: packSteps(packedCells) };
  const player = new ReplayPlayer(track, {
    rows: stage.rows.length,
    columns: stage.columns.map(({ regions }) => regions),
  });
  const worstMs = worstOf(player, stage);
  return {
    stage,
    track,
    events,
    aggregated: [...stage.aggregated, ...aggregated, ...packed.aggregated],
    worstMs,
    lastMs: Math.max(events.at(-1)?.atMs ?? 0, player.times.at(-1) ?? 0, player.nodeTimes.at(-1) ?? 0),
    still: stillOf(player, stage, totals, worstMs),
  };
}

function foldFor(trace: Trace, fleet: CompiledFleet, staged: Staged): ReplayFold {
  const asked = new Set(
    trace.header.tickets.flatMap((ticket) => ticket.removes).map((name) => fleet.serviceIndex.get(name)),
  );
  return new ReplayFold(fleet, staged, (service) => asked.has(service), absentAtStart(trace, fleet));
}

/** Instances of services that a change adds later: the first that is heard of them is a deployment, and it took nothing down. */
function absentAtStart(trace: Trace, fleet: CompiledFleet): ReadonlySet<number> {
  const heard = new Map<number, string>();
  const absent = new Set<number>();
  for (const event of trace.events) {
    if (!("place" in event)) continue;
    const service = fleet.serviceIndex.get(event.service)!;
    const instance = fleet.firstInstance[service]! + fleet.placeIndex(service, event.place);
    const before = heard.get(instance);
    if (before === undefined) heard.set(instance, event.e);
    else if (before === "deploying") {
      if (event.e !== "down") absent.add(instance);
      heard.set(instance, event.e);
    }
  }
  return absent;
}

/** Instants of events stay as they are; between them there are only so many. */
function keepReadable(all: readonly (readonly StepFrame[])[], events: readonly Sentence[]) {
  const longest = Math.max(...all.map((frames) => frames.length));
  if (longest <= framesMax) return { frames: all, aggregated: [] };
  const lastMs = Math.max(...all.map((frames) => frames.at(-1)?.atMs ?? 0));
  const stepMs = Math.ceil(lastMs / (framesMax / 2) / 60_000) * 60_000;
  const instants = new Set(events.map((event) => event.atMs));
  for (let atMs = 0; atMs < lastMs + stepMs; atMs += stepMs) instants.add(atMs);
  const sorted = [...instants].sort((a, b) => a - b);
  return {
    frames: all.map((frames) => coarser(frames, sorted)),
    aggregated: [
      `Between events, changes are shown every ${stepMs / 60_000} min: there are ${longest} instants in all.`,
    ],
  };
}

/** Most cells down, then most cells impaired, then most instances that do not serve. */
function worstOf(player: ReplayPlayer, stage: ReplayStage): number {
  let worst = { atMs: 0, score: [0, 0, 0] };
  for (const atMs of [...new Set([...player.times, ...player.nodeTimes])].sort((a, b) => a - b)) {
    player.seek(atMs);
    const { cellsDown, cellsImpaired } = player.figures();
    const out = stage.nodes.reduce(
      (sum, _, n) => sum + player.node(n).reduce((all, { count }) => all + count, 0),
      0,
    );
    const score = [cellsDown, cellsImpaired, out];
    const first = score.findIndex((value, k) => value !== worst.score[k]);
    if (first >= 0 && score[first]! > worst.score[first]!) worst = { atMs, score };
  }
  return worst.atMs;
}

function stillOf(
  player: ReplayPlayer,
  stage: ReplayStage,
  totals: readonly number[],
  atMs: number,
): ReplayStill {
  const curve = curveOf(player, stage.regions * stage.capabilities);
  player.seek(atMs);
  return {
    atMs,
    fleet: fleetWords(player, stage.regions),
    nodes: totals.map((total, n) => {
      const { state, text } = nodeNow(player.node(n), total);
      return { state, text, serving: total === 0 ? 1 : player.serving(n) / total };
    }),
    cells: stage.rows.map((_, row) =>
      stage.columns.map((_, column) => {
        const shown = player.cell(row, column);
        return {
          state: shown[0]?.state ?? "works",
          count: shown.reduce((sum, { count }) => sum + count, 0),
        };
      }),
    ),
    rows: stage.rows.map((_, row) => rowWords(player, row)),
    curve,
  };
}
