/** Rules by which a job goes before another; a smaller rank first. The list of a rule keeps the order of the network. */
import type { Network } from "./network.js";
import type { Problem } from "./problem.js";
import { Reach } from "./rows.js";

/**
 * LFT: least latest finish. MTS: most jobs behind it. MINSLK: least slack. GRPW: greatest rank positional weight, its
 * duration and those right behind it. WSPT: what unlocks most weight for the work still missing.
 */
export const priorityRules = ["LFT", "MTS", "MINSLK", "GRPW", "WSPT"] as const;
export type PriorityRule = (typeof priorityRules)[number];

export function ranksOf(problem: Problem, network: Network, rule: PriorityRule): Float64Array {
  const { count, durations, after, topological } = problem;
  const { head, tail, length } = network;
  switch (rule) {
    case "LFT":
      return Float64Array.from(tail, (t) => length - t);
    case "MINSLK":
      return Float64Array.from(tail, (t, j) => length - t - head[j]! - durations[j]!);
    case "MTS": {
      const reach = new Reach(after, [...topological].reverse(), count);
      return Float64Array.from({ length: count }, (_, j) => -reach.of(j).length);
    }
    case "GRPW":
      return Float64Array.from({ length: count }, (_, j) => {
        let sum = durations[j]!;
        for (let k = after.start[j]!; k < after.start[j + 1]!; k++) sum += durations[after.values[k]!]!;
        return -sum;
      });
    case "WSPT":
      return unlockingRanks(problem);
  }
}

/**
 * Smith's rule for jobs that wait for others: again and again the job whose own and still missing earlier jobs bring
 * most weight for their work, and those jobs in the order of the network. Work is duration times the largest share of
 * any resource. On one crew without precedence it is the shortest processing time by weight, which is best.
 */
function unlockingRanks(problem: Problem): Float64Array {
  const { count, durations, weights, before, topological, uses, amounts, capacity } = problem;
  const work = Float64Array.from(durations, (duration, j) => {
    let share = 0;
    for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++)
      share = Math.max(share, amounts[k]! / capacity[uses.values[k]!]!);
    return duration * share;
  });
  const place = new Int32Array(count);
  topological.forEach((j, k) => {
    place[j] = k;
  });
  const reach = new Reach(before, topological, count);
  const missing = Array.from({ length: count }, (_, j) =>
    [...reach.of(j), j].sort((a, b) => place[a]! - place[b]!),
  );
  const rank = new Float64Array(count).fill(-1);
  let targets = Array.from({ length: count }, (_, j) => j).filter((j) => weights[j]! > 0);
  let next = 0;
  while (targets.length > 0) {
    let best = -1;
    let bestWeight = 0;
    let bestWork = 0;
    for (const j of targets) {
      let w = 0;
      let p = 0;
      const row = missing[j]!;
      let kept = 0;
      for (const i of row) {
        if (rank[i]! >= 0) continue;
        row[kept++] = i;
        w += weights[i]!;
        p += work[i]!;
      }
      row.length = kept;
      if (best < 0 || w * bestWork > bestWeight * p || (p === 0 && bestWork > 0)) {
        best = j;
        bestWeight = w;
        bestWork = p;
      }
    }
    for (const i of missing[best]!) rank[i] = next++;
    targets = targets.filter((j) => rank[j]! < 0);
  }
  for (const j of topological) if (rank[j]! < 0) rank[j] = next++;
  return rank;
}

/** Of the jobs that may come next always the one with the smallest rank; ties in the order given. */
export function listByRank(problem: Problem, rank: ArrayLike<number>): Int32Array {
  const { count, before, after } = problem;
  const open = Int32Array.from({ length: count }, (_, j) => before.start[j + 1]! - before.start[j]!);
  const eligible: number[] = [];
  for (let j = 0; j < count; j++) if (open[j] === 0) eligible.push(j);
  const list = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    let best = 0;
    for (let k = 1; k < eligible.length; k++) {
      const difference = rank[eligible[k]!]! - rank[eligible[best]!]!;
      if (difference < 0 || (difference === 0 && eligible[k]! < eligible[best]!)) best = k;
    }
    const j = eligible[best]!;
    eligible[best] = eligible[eligible.length - 1]!;
    eligible.pop();
    list[at] = j;
    for (let k = after.start[j]!; k < after.start[j + 1]!; k++) {
      const next = after.values[k]!;
      if (--open[next]! === 0) eligible.push(next);
    }
  }
  return list;
}
