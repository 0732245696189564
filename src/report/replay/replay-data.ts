/**
 * What the replay of a page is made of, laid out once: pictures that several variants share are drawn once. The same
 * numbers go to the script (src/viewer/replay) as JSON.
 */
import type { ElkNode } from "elkjs/lib/elk.bundled.js";
import type { VariantReplay } from "../../trace/replay/replay.js";
import type { ReplayColumn, ReplayEdge, ReplayNode } from "../../trace/replay/stage.js";
import { clip, oneLine } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { layOutGraph } from "./graph-layout.js";

export interface ReplayGraph {
  readonly nodes: readonly ReplayNode[];
  readonly edges: readonly ReplayEdge[];
}

export interface ReplayGrid {
  readonly rows: readonly string[];
  readonly columns: readonly ReplayColumn[];
  /** Of the fleet, shown or not. */
  readonly regions: number;
  readonly capabilities: number;
}

/** JSON for the script; lists are in the order of the page. */
export interface ReplayData {
  readonly startUtcMs: number;
  /** Of the slider, for all variants the same. */
  readonly endMs: number;
  /** Milliseconds that an arrow key moves. */
  readonly stepMs: number;
  readonly grids: readonly {
    readonly rows: number;
    /** Regions of each column. */
    readonly columns: readonly number[];
    readonly regions: number;
    readonly cells: number;
  }[];
  readonly variants: readonly {
    readonly name: string;
    /** Indices of its pictures. */
    readonly graph: number;
    readonly grid: number;
    readonly totals: readonly number[];
    readonly nodes: string;
    readonly cells: string;
    readonly worstMs: number;
    readonly events: readonly (readonly [atMs: number, kind: string, text: string])[];
    readonly aggregated: string;
  }[];
}

export interface ReplayParts {
  readonly graphs: readonly { readonly graph: ReplayGraph; readonly layout: ElkNode }[];
  readonly grids: readonly ReplayGrid[];
  /** The first variant, which the page shows as written. */
  readonly main: VariantReplay;
  readonly data: ReplayData;
}

/** Longer texts are told in full elsewhere on the page. */
const textMax = 400;

/** Null for a page without script: it has nothing to move. */
export async function replayParts(model: ReportModel): Promise<ReplayParts | null> {
  if (model.viewer === null) return null;
  const replays = model.variants.map((view) => view.replay);
  const graphs = distinct(replays.map(({ stage: { nodes, edges } }): ReplayGraph => ({ nodes, edges })));
  const grids = distinct(
    replays.map(
      ({ stage: { rows, columns, regions, capabilities } }): ReplayGrid => ({
        rows,
        columns,
        regions,
        capabilities,
      }),
    ),
  );
  const laidOut: ReplayParts["graphs"][number][] = [];
  for (const [k, graph] of graphs.values.entries()) {
    const totals = replays.flatMap(({ track }, n) => (graphs.indexOf[n] === k ? track.totals : []));
    laidOut.push({ graph, layout: await layOutGraph(graph, Math.max(...totals)) });
  }
  const endMs = endOf(Math.max(...replays.map(({ lastMs }) => lastMs)));
  return {
    graphs: laidOut,
    grids: grids.values,
    main: replays[0]!,
    data: {
      startUtcMs: model.result.scenario.startUtcMs,
      endMs,
      stepMs: Math.max(1_000, Math.round(endMs / 300 / 60_000) * 60_000),
      grids: grids.values.map(({ rows, columns, regions, capabilities }) => ({
        rows: rows.length,
        columns: columns.map((column) => column.regions),
        regions,
        cells: regions * capabilities,
      })),
      variants: replays.map(({ track, events, aggregated, worstMs }, k) => ({
        name: model.variants[k]!.result.name,
        graph: graphs.indexOf[k]!,
        grid: grids.indexOf[k]!,
        ...track,
        worstMs,
        events: events.map(({ atMs, kind, text }) => [atMs, kind, clip(oneLine(text), textMax)] as const),
        aggregated: aggregated.join(" "),
      })),
    },
  };
}

/** A little after the last change, at a full minute: the slider ends where all is as it stays. */
const endOf = (lastMs: number): number => Math.ceil((lastMs * 1.02) / 60_000 + 1) * 60_000;

function distinct<T>(items: readonly T[]): {
  readonly values: readonly T[];
  readonly indexOf: readonly number[];
} {
  const known = new Map<string, number>();
  const values: T[] = [];
  const indexOf = items.map((item) => {
    const key = JSON.stringify(item);
    let index = known.get(key);
    if (index === undefined) {
      known.set(key, (index = values.length));
      values.push(item);
    }
    return index;
  });
  return { values, indexOf };
}
