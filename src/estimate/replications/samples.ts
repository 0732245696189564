/** All replications of one run together: a matrix with a row a replication, a column a figure. */
import { assert } from "../../base/assert.js";
import type { TimeMs } from "../statistics/censored.js";
import type { FigureSpec } from "./figures.js";
import type { Batch } from "./sampler.js";

export class Samples {
  private rows: Float64Array;
  /** By service index: replications in which the end waited for it. */
  readonly critical: Uint32Array;
  runs = 0;
  /** Replications that the event limit of the scenario ended before the horizon. */
  cutShort = 0;
  /** Rows of the properties in `judged`. */
  private readonly verdicts: number[] = [];

  constructor(
    readonly figures: readonly FigureSpec[],
    services: number,
    /** Names of the properties that every replication is judged for. */
    readonly judged: readonly string[] = [],
  ) {
    this.rows = new Float64Array(1024 * figures.length);
    this.critical = new Uint32Array(services);
  }

  /** Batches come in order, each where the last one ended. */
  add(batch: Batch): void {
    assert(batch.from === this.runs, "batches come in the order of the replications");
    const width = this.figures.length;
    const needed = (this.runs + batch.count) * width;
    if (needed > this.rows.length) {
      const larger = new Float64Array(Math.max(needed, 2 * this.rows.length));
      larger.set(this.rows);
      this.rows = larger;
    }
    this.rows.set(batch.values, this.runs * width);
    this.runs += batch.count;
    this.cutShort += batch.cutShort;
    for (let k = 0; k < batch.count * this.judged.length; k++) this.verdicts.push(batch.violated[k]!);
    batch.critical.forEach((count, service) => {
      this.critical[service]! += count;
    });
  }

  column(id: string): Float64Array {
    const at = this.figures.findIndex((figure) => figure.id === id);
    assert(at >= 0, `there is no figure ${id}`);
    const width = this.figures.length;
    const values = new Float64Array(this.runs);
    for (let run = 0; run < this.runs; run++) values[run] = this.rows[run * width + at]!;
    return values;
  }

  /** Times as statistics take them: null where the horizon came first. */
  times(id: string): TimeMs[] {
    return Array.from(this.column(id), (value) => (Number.isFinite(value) ? value : null));
  }

  /** By replication: is the property violated? */
  violated(property: string): boolean[] {
    const at = this.judged.indexOf(property);
    assert(at >= 0, `${property} was judged`);
    return Array.from({ length: this.runs }, (_, run) => this.verdicts[run * this.judged.length + at] === 1);
  }

  /** The first so many replications, without what is only known of all of them together (`critical`, `cutShort`). */
  firstRuns(runs: number): Samples {
    const part = new Samples(this.figures, this.critical.length, this.judged);
    const { values, violated } = this.batch();
    part.add({
      from: 0,
      count: runs,
      values: values.subarray(0, runs * this.figures.length),
      cutShort: 0,
      critical: new Uint32Array(this.critical.length),
      violated,
    });
    return part;
  }

  /** All of it, as one batch. */
  batch(): Batch {
    const values = this.rows.slice(0, this.runs * this.figures.length);
    return {
      from: 0,
      count: this.runs,
      values,
      cutShort: this.cutShort,
      critical: this.critical,
      violated: Uint8Array.from(this.verdicts),
    };
  }
}
