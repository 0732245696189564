/** Replications of one run, each a row of figures: a pure function of the run, the seed and the number. */
import type { PropertyRule } from "../../models/judging/rule.js";
import { createSimulator, type SimulateOptions } from "../../run/simulate.js";
import type { Run } from "../../scenario/run.js";
import { judgeRun } from "../../trace/judge.js";
import { JudgeFold } from "../../trace/judge-fold.js";
import { MeasureFold } from "../../trace/measure-fold.js";
import { CriticalPathFold } from "./critical-path.js";
import { type FigureSpec, figuresOf, rowOf } from "./figures.js";
import { RestorationFold } from "./restoration-fold.js";

/** Rows of replications `from`, `from + 1`, ..., one after the other in `values`; as long as nobody interrupts. */
export interface Batch {
  readonly from: number;
  readonly count: number;
  /** count x figures. */
  readonly values: Float64Array;
  /** How many of these replications the event limit of the scenario ended before the horizon. */
  readonly cutShort: number;
  /** The latest start of an outage, in ms after the start of the scenario; 0 without one. */
  readonly latestStartMs: number;
  /** By service index: in how many of these replications the end waited for it. */
  readonly critical: Uint32Array;
  /** count x properties: 1 where it is violated. */
  readonly violated: Uint8Array;
}

export interface Sampler {
  readonly figures: readonly FigureSpec[];
  /** Names of the properties that every replication is judged for. */
  readonly judged: readonly string[];
  /** `pinned`: what draws are for whose luck comes out at the median. */
  sample(seed: number, from: number, count: number, pinned?: readonly string[]): Batch;
}

/** `properties`: those to judge, from the run alone. */
export function createSampler(
  run: Run,
  properties: readonly PropertyRule[] = [],
  options: SimulateOptions = {},
): Sampler {
  const figures = figuresOf(run.fleet);
  const simulator = createSimulator(run, options);
  const measures = new MeasureFold(run.fleet, run.spec);
  const restoration = new RestorationFold(run);
  const path = new CriticalPathFold(run.fleet);
  const judge = properties.length === 0 ? null : new JudgeFold(run.fleet, run.spec);
  const sinks = [measures, restoration, path, ...(judge === null ? [] : [judge])];
  return {
    figures,
    judged: properties.map(({ name }) => name),
    sample(seed, from, count, pinned = []) {
      const script = pinned.length === 0 ? run : { ...run, pinned: [...run.pinned, ...pinned] };
      const values = new Float64Array(count * figures.length);
      const critical = new Uint32Array(run.fleet.services.length);
      const violated = new Uint8Array(count * properties.length);
      let done = 0;
      let cutShort = 0;
      let latestStartMs = 0;
      while (done < count && options.interrupt?.() !== true) {
        measures.reset();
        restoration.reset();
        path.reset();
        judge?.reset(run.changes.map((change) => change.ticket));
        const end = simulator.play(script, seed, from + done, sinks);
        if (end === "interrupted") break;
        if (end === "event-limit") cutShort++;
        const measured = measures.result();
        latestStartMs = Math.max(latestStartMs, measured.outage.startedAtMs ?? 0);
        values.set(rowOf(run.fleet, measured, restoration.result()), done * figures.length);
        path.count(critical);
        if (judge !== null) {
          judgeRun(properties, judge.result(), {}).forEach((verdict, p) => {
            if (verdict.verdict === "violated") violated[done * properties.length + p] = 1;
          });
        }
        done++;
      }
      return {
        from,
        count: done,
        values: values.subarray(0, done * figures.length),
        cutShort,
        latestStartMs,
        critical,
        violated: violated.subarray(0, done * properties.length),
      };
    },
  };
}
