/**
 * Random projects with the parameters of ProGen (Kolisch, Sprecher and Drexl 1995): jobs of 1 to 10 units of time, four
 * resources; `complexity` is arcs a job without redundant ones, `factor` the share of the resources that a job demands
 * (1 to 10 units), `strength` says how far the capacity lies between the largest single demand (0) and the peak of the
 * schedule without limits (1). Not the PSPLIB files: the same kind of problem, drawn by us.
 */
import { Sfc32 } from "./sfc32.mjs";

export const kindsOf = (jobs) => {
  const strengths = jobs >= 120 ? [0.1, 0.2, 0.3, 0.4, 0.5] : [0.2, 0.5, 0.7, 1];
  const kinds = [];
  for (const complexity of [1.5, 1.8, 2.1])
    for (const factor of [0.25, 0.5, 0.75, 1])
      for (const strength of strengths) kinds.push({ complexity, factor, strength });
  return kinds;
};

export function project(jobs, { complexity, factor, strength }, seed) {
  const random = new Sfc32(seed);
  const below = (n) => (random.next() >>> 0) % n;
  const durations = Array.from({ length: jobs }, () => 1 + below(10));
  const before = network(jobs, complexity, below);
  const demands = demandsOf(jobs, factor, below);
  const finish = [];
  const head = durations.map((duration, j) => {
    const start = Math.max(0, ...before[j].map((i) => finish[i]));
    finish[j] = start + duration;
    return start;
  });
  const capacity = [0, 1, 2, 3].map((k) => {
    const least = Math.max(1, ...demands.map((row) => row[k]));
    let peak = 0;
    for (const t of head) {
      let use = 0;
      for (let j = 0; j < jobs; j++) if (head[j] <= t && t < finish[j]) use += demands[j][k];
      peak = Math.max(peak, use);
    }
    return least + Math.round(strength * Math.max(0, peak - least));
  });
  return {
    jobs: durations.map((durationMs, j) => ({
      id: `j${j}`,
      durationMs,
      weight: 1 + below(10),
      demands: Object.fromEntries(demands[j].flatMap((amount, k) => (amount > 0 ? [[`r${k}`, amount]] : []))),
    })),
    precedence: before.flatMap((row, j) => row.map((i) => [`j${i}`, `j${j}`])),
    resources: Object.fromEntries(capacity.map((units, k) => [`r${k}`, units])),
  };
}

/** Three to four jobs without anything before them, one arc into every other, then more up to the complexity. */
function network(jobs, complexity, below) {
  const before = Array.from({ length: jobs }, () => []);
  const reaches = Array.from({ length: jobs }, () => new Set());
  const starts = 3 + below(2);
  const link = (i, j) => {
    before[j].push(i);
    reaches[j].add(i);
    for (const h of reaches[i]) reaches[j].add(h);
  };
  // From recent jobs rather than old ones, or the network would be broad and short.
  for (let j = starts; j < jobs; j++) link(Math.max(0, j - 1 - below(Math.min(j, 12))), j);
  let arcs = jobs - starts;
  for (let tries = 0; arcs < complexity * jobs && tries < 100 * jobs; tries++) {
    const j = starts + below(jobs - starts);
    const i = Math.max(0, j - 1 - below(Math.min(j, 20)));
    if (reaches[j].has(i) || before[j].length >= 3) continue;
    // An arc beside a longer way would be redundant; later ones may still make one so, which changes nothing.
    if (before[j].some((h) => reaches[i].has(h))) continue;
    rebuild(before, reaches, link, i, j);
    arcs++;
  }
  return before;
}

function rebuild(before, reaches, link, i, j) {
  link(i, j);
  for (let k = j + 1; k < before.length; k++) {
    reaches[k].clear();
    for (const h of before[k]) {
      reaches[k].add(h);
      for (const g of reaches[h]) reaches[k].add(g);
    }
  }
}

/** Exactly the share `factor` of all (job, resource) pairs, at least one resource a job. */
function demandsOf(jobs, factor, below) {
  const demands = Array.from({ length: jobs }, () => [0, 0, 0, 0]);
  let pairs = 0;
  for (const row of demands) {
    row[below(4)] = 1 + below(10);
    pairs++;
  }
  while (pairs < Math.round(factor * 4 * jobs)) {
    const row = demands[below(jobs)];
    const k = below(4);
    if (row[k] > 0) continue;
    row[k] = 1 + below(10);
    pairs++;
  }
  return demands;
}
