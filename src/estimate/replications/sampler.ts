/** Replications of one run, each a row of figures: a pure function of the run, the seed and the number. */
import { createSimulator, type SimulateOptions } from "../../run/simulate.js";
import type { Run } from "../../scenario/run.js";
import { MeasureFold } from "../../trace/measure-fold.js";
import { type FigureSpec, figuresOf, rowOf } from "./figures.js";
import { RestorationFold } from "./restoration-fold.js";

/** Rows of replications `from`, `from + 1`, ..., one after the other in `values`; as long as nobody interrupts. */
export interface Batch {
  readonly from: number;
  readonly count: number;
  /** count x figures. */
  readonly values: Float64Array;
  /** By service index: in how many of these replications the end waited for it. */
  readonly critical: Uint32Array;
}

export interface Sampler {
  readonly figures: readonly FigureSpec[];
  /** `pinned`: what draws are for whose luck comes out at the median. */
  sample(seed: number, from: number, count: number, pinned?: readonly string[]): Batch;
}

export function createSampler(run: Run, options: SimulateOptions = {}): Sampler {
  const figures = figuresOf(run.fleet);
  const simulator = createSimulator(run, options);
  const measures = new MeasureFold(run.fleet, run.spec);
  const restoration = new RestorationFold(run.fleet);
  return {
    figures,
    sample(seed, from, count, pinned = []) {
      const script = pinned.length === 0 ? run : { ...run, pinned: [...run.pinned, ...pinned] };
      const values = new Float64Array(count * figures.length);
      const critical = new Uint32Array(run.fleet.services.length);
      let done = 0;
      while (done < count && options.interrupt?.() !== true) {
        measures.reset();
        restoration.reset();
        const end = simulator.play(script, seed, from + done, [measures, restoration]);
        if (end === "interrupted") break;
        values.set(rowOf(run.fleet, measures.result(), restoration.result()), done * figures.length);
        restoration.countCritical(critical);
        done++;
      }
      return { from, count: done, values: values.subarray(0, done * figures.length), critical };
    },
  };
}
