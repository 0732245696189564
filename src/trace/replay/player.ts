/** Stands at one instant of a replay and says how everything is: for the still in the page and for the script that moves it. */
import { StepCursor } from "../../base/packed-steps.js";
import {
  type CellStateNow,
  cellStates,
  fleetFigures,
  type ServiceStateNow,
  serviceStates,
} from "./states.js";

/** The changes of one run, packed (src/base/packed-steps.ts). */
export interface ReplayTrack {
  /** Instances of each node. */
  readonly totals: readonly number[];
  /** Channels: node by state of `serviceStates`. */
  readonly nodes: string;
  /** Channels: state of `cellStates` by row by column, then `fleetFigures`. */
  readonly cells: string;
}

/** How large the grid is. */
export interface ReplayGridSize {
  readonly rows: number;
  /** Regions of each column. */
  readonly columns: readonly number[];
}

/** One state that shows, and how many are in it. */
export interface Shown<State extends string> {
  readonly state: State;
  readonly count: number;
}

export interface FleetFigures {
  /** Regions where at least one capability is down. */
  readonly regionsDown: number;
  /** Pairs of a capability and a region. */
  readonly cellsDown: number;
  readonly cellsImpaired: number;
}

export class ReplayPlayer {
  private readonly nodes: StepCursor;
  private readonly cells: StepCursor;
  private readonly places: number;

  constructor(
    private readonly track: ReplayTrack,
    private readonly grid: ReplayGridSize,
  ) {
    this.places = grid.rows * grid.columns.length;
    this.nodes = new StepCursor(track.nodes, track.totals.length * serviceStates.length);
    this.cells = new StepCursor(track.cells, this.places * cellStates.length + fleetFigures.length);
  }

  /** Instants at which a cell or a figure of the fleet changes. */
  get times(): Float64Array {
    return this.cells.times;
  }

  get nodeTimes(): Float64Array {
    return this.nodes.times;
  }

  seek(atMs: number): void {
    this.nodes.seek(atMs);
    this.cells.seek(atMs);
  }

  /** What instances of a node are in, the state that shows first; without those that are healthy. */
  node(index: number): readonly Shown<Exclude<ServiceStateNow, "healthy">>[] {
    const first = index * serviceStates.length;
    return present(serviceStates, (k) => this.nodes.values[first + k]!);
  }

  /** Instances of a node that serve. */
  serving(index: number): number {
    let out = 0;
    for (const { state, count } of this.node(index)) if (state !== "degraded") out += count;
    return this.track.totals[index]! - out;
  }

  /** What a capability is in at a column, the worst first; without the regions where it works. */
  cell(row: number, column: number): readonly Shown<Exclude<CellStateNow, "works">>[] {
    const place = row * this.grid.columns.length + column;
    return present(cellStates, (k) => this.cells.values[k * this.places + place]!);
  }

  /** Regions of a row by state. */
  row(row: number): Readonly<Record<(typeof cellStates)[number], number>> {
    const width = this.grid.columns.length;
    const sum = (k: number): number => {
      const first = k * this.places + row * width;
      return this.cells.values.subarray(first, first + width).reduce((all, count) => all + count, 0);
    };
    return { down: sum(0), recovering: sum(1), impaired: sum(2) };
  }

  figures(): FleetFigures {
    const first = this.places * cellStates.length;
    const [regionsDown, cellsDown, cellsImpaired] = this.cells.values.subarray(first);
    return { regionsDown: regionsDown!, cellsDown: cellsDown!, cellsImpaired: cellsImpaired! };
  }
}

function present<State extends string>(
  states: readonly State[],
  countOf: (index: number) => number,
): readonly Shown<State>[] {
  return states.flatMap((state, k) => (countOf(k) > 0 ? [{ state, count: countOf(k) }] : []));
}
