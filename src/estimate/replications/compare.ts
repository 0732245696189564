/** Two variants on the same luck, replication by replication: what differs, by how much, and what the pairing was worth. */
import type { MeanInterval } from "../statistics/bootstrap.js";
import { sampleMean } from "../statistics/moments.js";
import {
  type McNemar,
  mcnemar,
  type SignTest,
  signTest,
  type VarianceRatio,
  varianceRatio,
} from "../statistics/paired-tests.js";
import { level, meanOf } from "./estimate.js";
import type { FigureSpec } from "./figures.js";
import type { Samples } from "./samples.js";

export interface FigureDifference extends FigureSpec {
  readonly first: number;
  readonly second: number;
  /** First minus second, in the unit of the figure; times restricted at the horizon. */
  readonly difference: MeanInterval;
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

/** Figures that both have, in the order of the first. `runs` of both are the same replications. */
export function differences(
  first: Samples,
  second: Samples,
  { horizonMs, seed }: { readonly horizonMs: number; readonly seed: number },
): readonly FigureDifference[] {
  const theirs = new Set(second.figures.map(({ id }) => id));
  return first.figures
    .filter(({ id }) => theirs.has(id))
    .map((figure) => {
      const values = (samples: Samples): number[] =>
        Array.from(samples.column(figure.id), (value) =>
          figure.kind === "count" ? value : Math.min(value, horizonMs),
        );
      const [a, b] = [values(first), values(second)];
      const apart = a.map((value, k) => value - b[k]!);
      return {
        ...figure,
        first: sampleMean(a),
        second: sampleMean(b),
        difference: meanOf(apart, { seed, name: `difference ${figure.id}`, level }),
        sign: signTest(first.times(figure.id), second.times(figure.id)),
        variance: isConstant(a) || isConstant(b) ? null : varianceRatio(a, b),
      };
    });
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** Both judged for the same properties. */
export function propertyDifferences(first: Samples, second: Samples): readonly PropertyDifference[] {
  return first.judged.map((property) => {
    const [a, b] = [first.violated(property), second.violated(property)];
    const count = (list: readonly boolean[]): number => list.filter(Boolean).length;
    return { property, first: count(a), second: count(b), test: mcnemar(a, b) };
  });
}
