/**
 * A genetic algorithm over lists of jobs with a gene that says how a list becomes a schedule (Hartmann 2002), every
 * child improved forwards and backwards where the makespan counts (Valls, Ballestin and Quintanilla 2005, 2008). The
 * first population: the priority rules, and lists drawn with a bias for the best of them.
 */
import { Luck, nameKey, purpose } from "../../base/keyed-random.js";
import type { Decoded, Decoder, Generation, Objective } from "./decoder.js";
import { compareScores } from "./decoder.js";
import type { Problem } from "./problem.js";

const drawKey = nameKey("recovery plan");
const drawPurpose = purpose("genetic");
/** A job and the one after it change places. */
const mutation = 0.05;

export interface GeneticOptions {
  readonly objective: Objective;
  readonly seed: number;
  /** Schedules in all, those made before included. */
  readonly schedules: number;
  /** Ranks that the drawn lists lean on. */
  readonly bias: ArrayLike<number>;
  readonly done: (best: Decoded) => boolean;
  readonly shouldStop: () => boolean;
}

export interface GeneticResult {
  /** The last population, best first. */
  readonly population: readonly Decoded[];
  readonly stoppedBy: "done" | "budget" | "wall";
}

export function evolve(
  problem: Problem,
  decoder: Decoder,
  first: readonly Decoded[],
  options: GeneticOptions,
): GeneticResult {
  return new Genetic(problem, decoder, options).run(first);
}

class Genetic {
  private readonly luck: Luck;
  private drawn = 0;
  private readonly taken: Uint8Array;

  constructor(
    private readonly problem: Problem,
    private readonly decoder: Decoder,
    private readonly options: GeneticOptions,
  ) {
    this.luck = new Luck(options.seed, 0);
    this.taken = new Uint8Array(problem.count);
  }

  run(first: readonly Decoded[]): GeneticResult {
    const { schedules, done, shouldStop } = this.options;
    const size = Math.max(8, Math.min(80, 2 * Math.round(Math.sqrt(schedules) / 2)));
    let population = this.select([...first], size);
    const over = (): GeneticResult["stoppedBy"] | null =>
      done(population[0]!)
        ? "done"
        : this.decoder.made >= schedules
          ? "budget"
          : shouldStop()
            ? "wall"
            : null;
    for (let reason = over(); ; reason = over()) {
      if (reason !== null) return { population, stoppedBy: reason };
      if (population.length >= size) break;
      population = this.select([...population, this.improved(this.sampledList(), this.coin())], size);
      // Drawn twice the same is no reason to draw for ever.
      if (this.drawn > 40 * size * this.problem.count) break;
    }
    for (;;) {
      const children: Decoded[] = [];
      const parents = this.shuffled(population);
      for (let k = 0; k + 1 < parents.length; k += 2) {
        for (const [mother, father] of [
          [parents[k]!, parents[k + 1]!],
          [parents[k + 1]!, parents[k]!],
        ] as const) {
          children.push(this.child(mother, father));
          if (this.decoder.made >= schedules || shouldStop()) break;
        }
        if (this.decoder.made >= schedules || shouldStop()) break;
      }
      // Nobody to pair with: all schedules so far are worth the same.
      if (children.length === 0) children.push(this.improved(this.sampledList(), this.coin()));
      population = this.select([...population, ...children], size);
      const reason = over();
      if (reason !== null) return { population, stoppedBy: reason };
    }
  }

  private improved(list: Int32Array, by: Generation): Decoded {
    const decoded = this.decoder.decode(list, by);
    if (this.options.objective === "harm") return decoded;
    const justified = this.decoder.justify(decoded);
    return this.decoder.better(decoded, justified) ? decoded : { ...justified, by };
  }

  /** Two cuts: the middle comes from the father, in his order; everything else keeps the order of the mother. */
  private child(mother: Decoded, father: Decoded): Decoded {
    const { count } = this.problem;
    const a = this.below(count);
    const b = this.below(count);
    const from = Math.min(a, b);
    const to = Math.max(a, b) + 1;
    const list = new Int32Array(count);
    const { taken } = this;
    taken.fill(0);
    for (let at = 0; at < from; at++) taken[(list[at] = mother.list[at]!)] = 1;
    let at = from;
    for (let k = 0; at < to; k++) {
      const j = father.list[k]!;
      if (taken[j] === 1) continue;
      taken[j] = 1;
      list[at++] = j;
    }
    for (let k = 0; at < count; k++) {
      const j = mother.list[k]!;
      if (taken[j] === 0) list[at++] = j;
    }
    this.mutate(list);
    const by = this.draw() < mutation ? this.coin() : mother.by;
    return this.improved(list, by);
  }

  private mutate(list: Int32Array): void {
    const { after } = this.problem;
    for (let at = 0; at + 1 < list.length; at++) {
      if (this.draw() >= mutation) continue;
      const a = list[at]!;
      const b = list[at + 1]!;
      let ordered = false;
      for (let k = after.start[a]!; k < after.start[a + 1]! && !ordered; k++) ordered = after.values[k] === b;
      if (ordered) continue;
      list[at] = b;
      list[at + 1] = a;
    }
  }

  /** A list drawn with the regret of a rule as weight (Drexl 1991): what is worst never, what is best most often. */
  private sampledList(): Int32Array {
    const { count, before, after } = this.problem;
    const { bias } = this.options;
    const open = Int32Array.from({ length: count }, (_, j) => before.start[j + 1]! - before.start[j]!);
    const eligible: number[] = [];
    for (let j = 0; j < count; j++) if (open[j] === 0) eligible.push(j);
    const list = new Int32Array(count);
    let span = 0;
    for (let j = 0; j < count; j++) span = Math.max(span, Math.abs(bias[j]!));
    // One part of a hundred of the range keeps the worst one possible.
    const least = span / 100 + 1e-9;
    for (let at = 0; at < count; at++) {
      let worst = Number.NEGATIVE_INFINITY;
      for (const j of eligible) worst = Math.max(worst, bias[j]!);
      let total = 0;
      for (const j of eligible) total += worst - bias[j]! + least;
      let mark = this.draw() * total;
      let chosen = eligible.length - 1;
      for (let k = 0; k < eligible.length; k++) {
        mark -= worst - bias[eligible[k]!]! + least;
        if (mark < 0) {
          chosen = k;
          break;
        }
      }
      const j = eligible[chosen]!;
      eligible[chosen] = eligible[eligible.length - 1]!;
      eligible.pop();
      list[at] = j;
      for (let k = after.start[j]!; k < after.start[j + 1]!; k++) {
        const next = after.values[k]!;
        if (--open[next]! === 0) eligible.push(next);
      }
    }
    return list;
  }

  /** The best ones, each worth only once: equal ones would soon be all there is. */
  private select(all: Decoded[], size: number): Decoded[] {
    const { objective } = this.options;
    const sorted = all
      .map((item, index) => ({ item, index }))
      .sort((a, b) => compareScores(objective, a.item.score, b.item.score) || a.index - b.index);
    const kept: Decoded[] = [];
    for (const { item } of sorted) {
      const last = kept[kept.length - 1];
      if (last !== undefined && compareScores(objective, last.score, item.score) === 0) continue;
      kept.push(item);
      if (kept.length === size) break;
    }
    return kept;
  }

  private shuffled(items: readonly Decoded[]): Decoded[] {
    const copy = [...items];
    for (let k = copy.length - 1; k > 0; k--) {
      const other = this.below(k + 1);
      const item = copy[k]!;
      copy[k] = copy[other]!;
      copy[other] = item;
    }
    return copy;
  }

  private draw(): number {
    return this.luck.uniform(drawKey.hi, drawKey.lo, drawPurpose, this.drawn++);
  }

  private below(count: number): number {
    return Math.min(count - 1, Math.floor(this.draw() * count));
  }

  private coin(): Generation {
    return this.draw() < 0.5 ? "serial" : "parallel";
  }
}
