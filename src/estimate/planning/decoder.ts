/** From a list of jobs to a schedule and what it is worth; counts the schedules it makes, which is what a budget is in. */
import { ParallelScheduler } from "./parallel-schedule.js";
import type { Problem } from "./problem.js";
import { SerialScheduler } from "./serial-schedule.js";

export type Objective = "makespan" | "harm";
/** How a list becomes a schedule. */
export type Generation = "serial" | "parallel";

export interface Score {
  readonly makespan: number;
  /** Sum of weight times end. */
  readonly harm: number;
  /** Sum of the ends: between schedules of equal worth, the one whose jobs end earlier. */
  readonly ends: number;
}

export interface Decoded {
  readonly list: Int32Array;
  readonly start: Float64Array;
  readonly score: Score;
  readonly by: Generation;
}

/** Below 0: a is better. The other objective breaks ties, then the ends. */
export function compareScores(objective: Objective, a: Score, b: Score): number {
  const main = objective === "makespan" ? a.makespan - b.makespan : a.harm - b.harm;
  const other = objective === "makespan" ? a.harm - b.harm : a.makespan - b.makespan;
  return main || other || a.ends - b.ends;
}

export class Decoder {
  made = 0;
  private readonly forward: SerialScheduler;
  private readonly backward: SerialScheduler;
  private readonly parallel: ParallelScheduler;
  private readonly rank: Float64Array;
  private readonly late: Float64Array;

  constructor(
    private readonly problem: Problem,
    private readonly objective: Objective,
  ) {
    this.forward = new SerialScheduler(problem);
    this.backward = new SerialScheduler(problem, true);
    this.parallel = new ParallelScheduler(problem);
    this.rank = new Float64Array(problem.count);
    this.late = new Float64Array(problem.count);
  }

  decode(list: Int32Array, by: Generation): Decoded {
    const start = new Float64Array(this.problem.count);
    this.made++;
    if (by === "serial") this.forward.schedule(list, start);
    else {
      for (let at = 0; at < list.length; at++) this.rank[list[at]!] = at;
      this.parallel.schedule(this.rank, start, this.problem.durations);
    }
    return { list, start, score: this.scoreOf(start), by };
  }

  /**
   * Forward-backward improvement (Li and Willis 1992; Valls, Ballestin and Quintanilla 2005): all jobs as late as they
   * can, last ends first, then all as early as they can, in the order they have then. Two schedules; the makespan never
   * grows.
   */
  justify(from: Decoded): Decoded {
    const { count, durations } = this.problem;
    const end = Float64Array.from(from.start, (start, j) => start + durations[j]!);
    const backwards = this.sorted((a, b) => end[b]! - end[a]!, true);
    this.backward.schedule(backwards, this.late);
    // Counted from the end: what starts last backwards is first now.
    const startLate = Float64Array.from({ length: count }, (_, j) => -(this.late[j]! + durations[j]!));
    const list = this.sorted((a, b) => startLate[a]! - startLate[b]!, false);
    this.made++;
    return this.decode(list, "serial");
  }

  /** The list of a schedule: by start, and where starts are equal in the order of the network. */
  listOf(start: Float64Array): Int32Array {
    return this.sorted((a, b) => start[a]! - start[b]!, false);
  }

  private sorted(compare: (a: number, b: number) => number, backwards: boolean): Int32Array {
    const { place } = this;
    const sign = backwards ? -1 : 1;
    return Int32Array.from(place.keys()).sort((a, b) => compare(a, b) || sign * (place[a]! - place[b]!));
  }

  private placeCache: Int32Array | null = null;

  private get place(): Int32Array {
    if (this.placeCache !== null) return this.placeCache;
    const place = new Int32Array(this.problem.count);
    this.problem.topological.forEach((j, at) => {
      place[j] = at;
    });
    this.placeCache = place;
    return place;
  }

  scoreOf(start: Float64Array): Score {
    const { durations, weights } = this.problem;
    let makespan = 0;
    let harm = 0;
    let ends = 0;
    for (let j = 0; j < start.length; j++) {
      const end = start[j]! + durations[j]!;
      if (end > makespan) makespan = end;
      harm += weights[j]! * end;
      ends += end;
    }
    return { makespan, harm, ends };
  }

  better(a: Decoded, b: Decoded): boolean {
    return compareScores(this.objective, a.score, b.score) < 0;
  }
}
