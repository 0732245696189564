/** Two variants on the same luck, replication by replication: what differs, by how much, and what the pairing was worth. */
import type { TestedMean } from "../statistics/bootstrap.js";
import type { TimeMs } from "../statistics/censored.js";
import { monteCarloError, sampleMean } from "../statistics/moments.js";
import {
  type McNemar,
  mcnemar,
  type SignTest,
  signTest,
  type VarianceRatio,
  varianceRatio,
} from "../statistics/paired-tests.js";
import { level, testedMeanOf } from "./estimate.js";
import type { FigureSpec } from "./figures.js";
import type { Samples } from "./samples.js";

export interface SideFigure {
  /** Times restricted at the horizon. */
  readonly mean: number;
  /** Monte Carlo error of the mean. */
  readonly error: number;
  /** Replications that had not reached it by the horizon; they count as the horizon in the mean. */
  readonly censored: number;
}

export interface FigureDifference extends FigureSpec {
  readonly first: SideFigure;
  readonly second: SideFigure;
  /** First minus second, in the unit of the figure, with the bootstrap test that it is 0. */
  readonly difference: TestedMean;
  /** Is the median of the differences 0? */
  readonly sign: SignTest;
  /** Null: one of them never varies, so that pairing has nothing to work on. */
  readonly variance: VarianceRatio | null;
}

export interface PropertyDifference {
  readonly property: string;
  /** Replications in which it was violated. */
  readonly first: number;
  readonly second: number;
  readonly test: McNemar;
}

/**
 * Figures that both have, in the order of the first. `runs` of both are the same replications. Beyond
 * the earlier of both horizons, `untilMs` after the start of an outage, nothing is compared: it is unknown of the other.
 */
export function differences(first: Samples, second: Samples, seed: number): readonly FigureDifference[] {
  const theirs = new Set(second.figures.map(({ id }) => id));
  const untilMs = commonHorizon(first, second);
  return first.figures
    .filter(({ id }) => theirs.has(id))
    .map((figure) => {
      const [left, right] = [first.times(figure.id, untilMs), second.times(figure.id, untilMs)];
      const [a, b] = [first.restricted(figure.id, untilMs), second.restricted(figure.id, untilMs)];
      const apart = a.map((value, k) => value - b[k]!);
      return {
        ...figure,
        first: sideOf(left, a),
        second: sideOf(right, b),
        difference: testedMeanOf(apart, { seed, level }),
        sign: signTest(left, right),
        variance: isConstant(a) || isConstant(b) ? null : varianceRatio(a, b),
      };
    });
}

/** ms after the start of an outage. */
export const commonHorizon = (first: Samples, second: Samples): number =>
  Math.min(first.followedMs, second.followedMs);

const sideOf = (times: readonly TimeMs[], values: readonly number[]): SideFigure => ({
  mean: sampleMean(values),
  error: monteCarloError(values),
  censored: times.filter((time) => time === null).length,
});

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Names of figures that one has and the other has not. */
export function figuresOnlyIn(one: Samples, other: Samples): readonly string[] {
  const theirs = new Set(other.figures.map(({ id }) => id));
  return one.figures.filter(({ id }) => !theirs.has(id)).map(({ id }) => id);
}

/** Both judged for the same properties. */
export function propertyDifferences(first: Samples, second: Samples): readonly PropertyDifference[] {
  return first.judged.map((property) => {
    const [a, b] = [first.violated(property), second.violated(property)];
    const count = (list: readonly boolean[]): number => list.filter(Boolean).length;
    return { property, first: count(a), second: count(b), test: mcnemar(a, b) };
  });
}
