/** All replications of one run together: a matrix with a row a replication, a column a figure. */
import { assert } from "../../base/assert.js";
import type { Run } from "../../scenario/run.js";
import type { TimeMs } from "../statistics/censored.js";
import { type FigureSpec, figuresOf } from "./figures.js";
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

  /** ms after the start of the scenario; 0 without an outage. */
  private latestStartMs = 0;

  constructor(
    readonly figures: readonly FigureSpec[],
    private readonly services: number,
    /** ms after the start of the scenario. */
    private readonly horizonMs: number,
    /** Names of the properties that every replication is judged for. */
    readonly judged: readonly string[] = [],
  ) {
    this.rows = new Float64Array(1024 * figures.length);
    this.critical = new Uint32Array(services);
  }

  static of({ fleet, spec }: Run, judged: readonly string[] = []): Samples {
    return new Samples(figuresOf(fleet), fleet.services.length, spec.horizonMs, judged);
  }

  /**
   * For how long every outage was watched, in ms after its start: the horizon less the latest start. Times beyond it are
   * censored in every replication alike, since whether another one would have been that late nobody knows.
   */
  get followedMs(): number {
    return this.horizonMs - this.latestStartMs;
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
    this.latestStartMs = Math.max(this.latestStartMs, batch.latestStartMs);
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

  /** Values as statistics take them: null where a time is later than `untilMs`, from the start of the outage. */
  times(id: string, untilMs = this.followedMs): TimeMs[] {
    const isTime = this.figures.find((figure) => figure.id === id)?.kind === "time";
    return Array.from(this.column(id), (value) => (isTime && value > untilMs ? null : value));
  }

  /** The same with every time that is later as `untilMs`. */
  restricted(id: string, untilMs = this.followedMs): number[] {
    return this.times(id, untilMs).map((value) => value ?? untilMs);
  }

  /** By replication: is the property violated? */
  violated(property: string): boolean[] {
    const at = this.judged.indexOf(property);
    assert(at >= 0, `${property} was judged`);
    return Array.from({ length: this.runs }, (_, run) => this.verdicts[run * this.judged.length + at] === 1);
  }

  /** The first so many replications, without what is only known of all of them together (`critical`, `cutShort`). */
  firstRuns(runs: number): Samples {
    const part = new Samples(this.figures, this.services, this.horizonMs, this.judged);
    const { values, violated } = this.batch();
    part.add({
      from: 0,
      count: runs,
      values: values.subarray(0, runs * this.figures.length),
      cutShort: 0,
      latestStartMs: this.latestStartMs,
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
      latestStartMs: this.latestStartMs,
      critical: this.critical,
      violated: Uint8Array.from(this.verdicts),
    };
  }
}
