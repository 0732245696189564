/** The times of an estimate: quantiles with their intervals, row by row. */
import type { FigureEstimate, QuantileEstimate } from "../../estimate/replications/estimate.js";
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import { clip } from "../check/visible.js";
import { drawRows, leftOut, type Mark, nameMax, rowsMax, timeAxis, type WidthsChart } from "./row-chart.js";
import { figureName, figureOf, quantileOf, timeUntil } from "./words.js";

/** By quantile, from the top of a row to its bottom. */
export const quantileMarks = [
  { q: 0.5, colour: "var(--c1)", key: "k1", words: "half within" },
  { q: 0.9, colour: "var(--c6)", key: "k6", words: "9 of 10 within" },
  { q: 0.95, colour: "var(--c5)", key: "k5", words: "19 of 20 within" },
  { q: 0.99, colour: "var(--c2)", key: "k2", words: "99 of 100 within" },
] as const;

const timeRows: readonly FigureEstimate["of"][] = ["overall", "region", "capability", "group"];

/** What stands in the table and the chart of times, in this order. */
export const timesOf = ({ figures }: EstimateResult): readonly FigureEstimate[] =>
  figures.filter(({ kind, of }) => kind === "time" && timeRows.includes(of));

const lineStep = 8;

/** Quantiles of every time with their intervals. */
export function timesChart(result: EstimateResult, id: string): Promise<WidthsChart> {
  const { horizonMs } = result;
  const all = timesOf(result);
  const shown = all.slice(0, rowsMax);
  const ends = shown.flatMap((figure) => quantileMarks.flatMap(({ q }) => endsOf(quantileOf(figure, q))));
  const late = ends.includes(null);
  const longest = Math.max(1, ...ends.map((ms) => ms ?? horizonMs));
  const { unit, of } = timeAxis(longest);
  const at = (ms: number | null): number => of(ms ?? horizonMs);
  const marks = shown.flatMap((figure, row) =>
    quantileMarks.flatMap(({ q, colour }, k): Mark[] => {
      const y = (k + 0.5) * lineStep;
      const [low, value, high] = endsOf(quantileOf(figure, q));
      const shape = value === null ? "triangle-right" : "circle";
      return [
        { kind: "interval", row, y, from: at(low), to: at(high), colour },
        { kind: "dot", row, y, at: at(value), colour, shape },
      ];
    }),
  );
  const recovery = figureOf(result, "recovery");
  const description = `Everything is back within ${timeUntil(quantileOf(recovery, 0.5).value, horizonMs)} in half of the replications, within ${timeUntil(quantileOf(recovery, 0.9).value, horizonMs)} in 9 of 10.${lastText(all)}`;
  return drawRows(
    `${id}-times`,
    "From the start of the outage until it is back",
    description + leftOut(all.length),
    {
      rows: shown.map((figure, k) => ({
        label: figureName(figure),
        height: quantileMarks.length * lineStep,
        gap: k > 0 && shown[k - 1]!.of !== figure.of ? 12 : 0,
      })),
      axis: { title: `${unit} after the start of the outage`, domain: [0, of(longest)] },
      marks,
      ...(late ? { rules: [of(horizonMs)] } : {}),
    },
  );
}

/** Which of them people wait for. */
function lastText(figures: readonly FigureEstimate[]): string {
  const last = (of: FigureEstimate["of"], word: string): readonly string[] =>
    figures
      .filter((figure) => figure.of === of)
      .sort((a, b) => b.mean.mean - a.mean.mean)
      .slice(0, 1)
      .map(({ name }) => `the ${word} ${clip(name, nameMax)}`);
  const found = [...last("capability", "capability"), ...last("group", "region group")];
  return found.length === 0 ? "" : ` Last on average: ${found.join(" and ")}.`;
}

/** Low end, value and high end; null: beyond the horizon. An end that is not known is the value. */
function endsOf({
  value,
  interval,
}: QuantileEstimate): readonly [low: number | null, value: number | null, high: number | null] {
  if (interval === null) return [value, value, value];
  return [
    interval.sides === "upper" ? value : interval.low,
    value,
    interval.sides === "lower" ? value : interval.high,
  ];
}
