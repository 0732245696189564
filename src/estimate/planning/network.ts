/** The critical path method: how early and how late every job can be if nothing but the order counts. */
import type { Problem } from "./problem.js";

export interface Network {
  /** By job: the longest way before its start, and after its end. */
  readonly head: Float64Array;
  readonly tail: Float64Array;
  readonly length: number;
}

export function networkOf(problem: Problem): Network {
  const { count, durations, before, after, topological } = problem;
  const head = new Float64Array(count);
  const tail = new Float64Array(count);
  let length = 0;
  for (const j of topological) {
    for (let k = before.start[j]!; k < before.start[j + 1]!; k++) {
      const i = before.values[k]!;
      head[j] = Math.max(head[j]!, head[i]! + durations[i]!);
    }
    length = Math.max(length, head[j]! + durations[j]!);
  }
  for (let at = count - 1; at >= 0; at--) {
    const i = topological[at]!;
    for (let k = after.start[i]!; k < after.start[i + 1]!; k++) {
      const j = after.values[k]!;
      tail[i] = Math.max(tail[i]!, tail[j]! + durations[j]!);
    }
  }
  return { head, tail, length };
}

/** Jobs of one longest way through the network, first to last; of several, the one through the jobs given first. */
export function criticalPath(problem: Problem, network: Network): readonly number[] {
  const { durations, after } = problem;
  const { head, tail, length } = network;
  const critical = (j: number): boolean => head[j]! + durations[j]! + tail[j]! === length;
  const path: number[] = [];
  let at = problem.topological.findIndex((j) => head[j] === 0 && critical(j));
  at = at < 0 ? -1 : problem.topological[at]!;
  while (at >= 0) {
    path.push(at);
    const end = head[at]! + durations[at]!;
    let next = -1;
    for (let k = after.start[at]!; k < after.start[at + 1]!; k++) {
      const j = after.values[k]!;
      if (head[j] === end && critical(j) && (next < 0 || j < next)) next = j;
    }
    at = next;
  }
  return path;
}
