/**
 * A lower bound of the sum of weight times end. One resource, shared without loss and interrupted at will, processing
 * what has the highest weight a unit of work among the jobs that are due, gives the least sum of mean busy times
 * (Goemans 1997); a job ends at least half its duration after its mean busy time. The order counts through multipliers:
 * from j after i follows end(j) >= end(i) + duration(j), so weight may be moved from j to i at the price of that much
 * duration. The best multipliers are looked for by subgradient steps; every step gives a valid bound.
 */
import type { Network } from "./network.js";
import type { Problem } from "./problem.js";

const steps = 150;

export function harmBound(problem: Problem, network: Network): number {
  const { count, durations, weights } = problem;
  let best = 0;
  for (let j = 0; j < count; j++) best += weights[j]! * (network.head[j]! + durations[j]!);
  for (let k = 0; k < problem.capacity.length; k++) best = Math.max(best, boundOf(problem, network, k));
  return best;
}

function boundOf(problem: Problem, network: Network, resource: number): number {
  const relaxed = new SharedResource(problem, network, resource);
  if (!relaxed.used) return 0;
  const { count, durations, before } = problem;
  const edges = before.values.length;
  const multiplier = new Float64Array(edges);
  const weight = new Float64Array(count);
  const slope = new Float64Array(edges);
  let best = 0;
  let scale = 1;
  let since = 0;
  for (let step = 0; step < steps; step++) {
    weight.set(problem.weights);
    let constant = 0;
    for (let j = 0; j < count; j++) {
      for (let e = before.start[j]!; e < before.start[j + 1]!; e++) {
        weight[j]! -= multiplier[e]!;
        weight[before.values[e]!]! += multiplier[e]!;
        constant += multiplier[e]! * durations[j]!;
      }
    }
    const value = constant + relaxed.solve(weight);
    if (value > best) {
      best = value;
      since = 0;
    } else if (++since >= 8) {
      scale /= 2;
      since = 0;
    }
    let norm = 0;
    for (let j = 0; j < count; j++) {
      for (let e = before.start[j]!; e < before.start[j + 1]!; e++) {
        slope[e] = relaxed.end[before.values[e]!]! + durations[j]! - relaxed.end[j]!;
        if (multiplier[e]! > 0 || slope[e]! > 0) norm += slope[e]! * slope[e]!;
      }
    }
    if (norm === 0) break;
    // The usual step towards a value that is somewhat better than the best one known (Polyak).
    move(problem, multiplier, slope, (scale * (0.05 * best + 1e-9)) / norm);
  }
  return best;
}

/** Along the slopes, and back to multipliers that are not negative and leave no job with a negative weight. */
function move(problem: Problem, multiplier: Float64Array, slope: Float64Array, by: number): void {
  const { count, weights, before, topological } = problem;
  for (let e = 0; e < multiplier.length; e++) multiplier[e] = Math.max(0, multiplier[e]! + by * slope[e]!);
  const given = new Float64Array(count);
  // Last jobs first: what a job may pass on is its own weight and what those after it passed to it.
  for (let at = count - 1; at >= 0; at--) {
    const j = topological[at]!;
    const may = weights[j]! + given[j]!;
    let wants = 0;
    for (let e = before.start[j]!; e < before.start[j + 1]!; e++) wants += multiplier[e]!;
    const share = wants > may ? may / wants : 1;
    for (let e = before.start[j]!; e < before.start[j + 1]!; e++) {
      multiplier[e]! *= share;
      given[before.values[e]!]! += multiplier[e]!;
    }
  }
}

/** The relaxation for one resource: jobs that do not use it end as early as the network allows. */
class SharedResource {
  readonly end: Float64Array;
  readonly used: boolean;
  /** Time that a job would take if it had all units to itself. */
  private readonly work: Float64Array;
  private readonly byHead: Int32Array;
  private readonly left: Float64Array;
  private readonly busy: Float64Array;
  private readonly heap: Int32Array;

  constructor(
    private readonly problem: Problem,
    private readonly network: Network,
    resource: number,
  ) {
    const { count, uses, amounts, durations, capacity } = problem;
    this.work = new Float64Array(count);
    const jobs: number[] = [];
    for (let j = 0; j < count; j++) {
      for (let k = uses.start[j]!; k < uses.start[j + 1]!; k++) {
        if (uses.values[k] !== resource || durations[j] === 0) continue;
        this.work[j] = (durations[j]! * amounts[k]!) / capacity[resource]!;
        jobs.push(j);
      }
    }
    this.used = jobs.length > 0;
    this.byHead = Int32Array.from(jobs.sort((a, b) => network.head[a]! - network.head[b]! || a - b));
    this.end = new Float64Array(count);
    this.left = new Float64Array(count);
    this.busy = new Float64Array(count);
    this.heap = new Int32Array(count);
  }

  /** The sum of weight times end, and the ends, in the best interruptible schedule. */
  solve(weight: Float64Array): number {
    const { problem, network, work, byHead, left, busy, heap, end } = this;
    const { count, durations } = problem;
    left.set(work);
    busy.fill(0);
    const before = (a: number, b: number): boolean => {
      const difference = weight[a]! * work[b]! - weight[b]! * work[a]!;
      return difference > 0 || (difference === 0 && a < b);
    };
    let size = 0;
    let next = 0;
    let now = 0;
    while (size > 0 || next < byHead.length) {
      if (size === 0) now = Math.max(now, network.head[byHead[next]!]!);
      while (next < byHead.length && network.head[byHead[next]!]! <= now)
        size = push(heap, size, byHead[next++]!, before);
      const j = heap[0]!;
      const until = next < byHead.length ? network.head[byHead[next]!]! : Number.POSITIVE_INFINITY;
      const slice = Math.min(left[j]!, until - now);
      busy[j]! += slice * (now + slice / 2);
      if (slice === left[j]) size = pop(heap, size, before);
      else left[j]! -= slice;
      now += slice;
    }
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const earliest = network.head[j]! + durations[j]!;
      end[j] = work[j] === 0 ? earliest : busy[j]! / work[j]! + durations[j]! / 2;
      sum += weight[j]! * end[j]!;
    }
    return sum;
  }
}

type Before = (a: number, b: number) => boolean;

function push(heap: Int32Array, size: number, item: number, before: Before): number {
  let at = size;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (!before(item, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
  return size + 1;
}

function pop(heap: Int32Array, size: number, before: Before): number {
  const last = heap[size - 1]!;
  const left = size - 1;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= left) break;
    if (child + 1 < left && before(heap[child + 1]!, heap[child]!)) child++;
    if (!before(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return left;
}
