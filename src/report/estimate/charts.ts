/** The charts of an estimate. */
import type { FigureEstimate, QuantileEstimate } from "../../estimate/replications/estimate.js";
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { MeanInterval } from "../../estimate/statistics/bootstrap.js";
import { clip } from "../check/visible.js";
import { drawRows, type Mark, timeAxis, type WidthsChart } from "./row-chart.js";
import {
  figureName,
  figureOf,
  helpOf,
  percent,
  priorText,
  quantileOf,
  shareText,
  time,
  timeUntil,
} from "./words.js";

/** Charts with more rows say so; the tables have all of them. */
export const rowsMax = 40;

/** Of a name within a sentence; labels and tables have it in full or wrapped. */
const nameMax = 80;

const leftOut = (all: number): string =>
  all <= rowsMax ? "" : ` The ${all - rowsMax} rows after these are in the table alone.`;

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

/** Colours of the phases, in their order. */
export const phaseKey = (k: number): number => (k % 8) + 1;

/** The phases of a mean outage, one after the other. */
export function phasesChart(result: EstimateResult, id: string): Promise<WidthsChart> {
  const { phases } = result;
  const open = figureOf(result, "recovery").censored > 0;
  const ends = phases.map((_, k) => phases.slice(0, k + 1).reduce((sum, { mean }) => sum + mean.mean, 0));
  const total = ends.at(-1)!;
  const { unit, of } = timeAxis(Math.max(1, total));
  const whole = ends[phases.findIndex(({ name }) => name === "features")]!;
  const marks = phases.map(
    ({ mean }, k): Mark => ({
      kind: "bar",
      row: 1,
      y: 0,
      height: 34,
      from: of(ends[k]! - mean.mean),
      to: of(ends[k]!),
      colour: `var(--c${phaseKey(k)})`,
    }),
  );
  const longest = [...phases].sort((a, b) => b.mean.mean - a.mean.mean)[0]!;
  return drawRows(
    `${id}-phases`,
    "The phases of an outage, means",
    `The longest phase is ${longest.name}, ${time(longest.mean.mean)} or ${percent(longest.share)} of the time to the last word to the public. The dotted line is when everything is back.${open ? " Where it was not by the horizon, this counts as the horizon." : ""}`,
    {
      rows: [
        { label: "", height: 12 },
        { label: "mean outage", height: 34 },
      ],
      axis: { title: `${unit} after the start of the outage, mean`, domain: [0, of(Math.max(1, total))] },
      marks: [
        ...marks,
        {
          kind: "text",
          row: 0,
          y: 8,
          at: of(whole),
          text: `everything is back, ${time(whole)}`,
          align: whole > total / 2 ? "right" : "left",
        },
      ],
      rules: [of(whole)],
    },
  );
}

interface BarRow {
  readonly label: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  readonly colour: string;
}

const barHeight = 18;

/** Bars from 0 with their intervals, and the value in words beyond the end. */
function barMarks(rows: readonly BarRow[]): readonly Mark[] {
  return rows.flatMap(({ value, low, high, text, colour }, row): Mark[] => [
    { kind: "bar", row, y: 0, height: barHeight, from: Math.min(0, value), to: Math.max(0, value), colour },
    ...(low === null || high === null
      ? []
      : [
          {
            kind: "interval",
            row,
            y: barHeight / 2,
            from: low,
            to: high,
            colour: "var(--ink)",
            onBar: true,
          } as const,
        ]),
    {
      kind: "text",
      row,
      y: barHeight / 2,
      at: Math.max(0, value, high ?? 0),
      text,
      align: "left",
      only: "wide",
    },
  ]);
}

const rowsOf = (rows: readonly BarRow[]) =>
  rows.map(({ label, text }) => ({ label, value: text, height: barHeight }));

const domainOf = (rows: readonly BarRow[], least: number): readonly [number, number] => [
  Math.min(0, ...rows.map(({ value, low }) => Math.min(value, low ?? value))),
  Math.max(least, ...rows.map(({ value, high }) => Math.max(value, high ?? value))),
];

/** How often the end waited for a service. */
export function criticalChart({ critical }: EstimateResult, id: string): Promise<WidthsChart> {
  const rows = critical.slice(0, rowsMax).map(
    ({ service, share, low, high }): BarRow => ({
      label: service,
      value: share,
      low,
      high,
      text: percent(share),
      colour: "var(--c1)",
    }),
  );
  const { service, share } = critical[0]!;
  return drawRows(
    `${id}-critical`,
    "What the end waits for",
    `Share of the replications with the service on the critical path; ${clip(service, nameMax)} most often, in ${percent(share)}. Lines are 95 % intervals (Wilson).${leftOut(critical.length)}`,
    {
      rows: rowsOf(rows),
      axis: { title: "share of the replications", domain: [0, 1], format: ".0%" },
      marks: barMarks(rows),
    },
  );
}

/** A tornado: what was changed, by what it saves. Null: nothing saves anything. */
export async function leversChart({ levers }: EstimateResult, id: string): Promise<WidthsChart | null> {
  const { helps } = helpOf(levers);
  if (helps.length === 0) return null;
  const shown = helps.slice(0, rowsMax);
  const ends = shown.flatMap(({ savedMs }) => [savedMs.mean, savedMs.low, savedMs.high]);
  const { unit, of } = timeAxis(Math.max(...ends.map((ms) => Math.abs(ms ?? 0))));
  const side = (ms: number | null): number | null => (ms === null ? null : of(ms));
  const rows = shown.map(
    ({ about, savedMs }: { about: string; savedMs: MeanInterval }): BarRow => ({
      label: about,
      value: of(savedMs.mean),
      low: side(savedMs.low),
      high: side(savedMs.high),
      text: time(savedMs.mean),
      colour: "var(--c3)",
    }),
  );
  const first = shown[0]!;
  return drawRows(
    `${id}-levers`,
    "Time saved by one change, on the same luck",
    `Most is saved by ${clip(first.about, 2 * nameMax)}: ${time(first.savedMs.mean)} on average. Lines are 95 % intervals.${leftOut(helps.length)}`,
    {
      rows: rowsOf(rows),
      axis: { title: `${unit} that everything is back earlier, mean`, domain: domainOf(rows, of(1)) },
      marks: barMarks(rows),
    },
  );
}

/** How much of the variance goes with each kind of luck. */
export function luckChart({ luck }: EstimateResult, id: string): Promise<WidthsChart> {
  const shown = luck.slice(0, rowsMax);
  const rows = shown.map(
    ({ about, share, error, prior }): BarRow => ({
      label: prior === null ? about : `${about} (${priorText(prior)})`,
      value: share,
      low: error === null ? null : share - error,
      high: error === null ? null : share + error,
      text: percent(share),
      colour: prior === null ? "var(--c1)" : "var(--c4)",
    }),
  );
  const { about, share, error } = luck[0]!;
  return drawRows(
    `${id}-luck`,
    "Variance of the time to recovery that goes when this is always the median",
    `Most goes with ${clip(about, 2 * nameMax)}: ${shareText(share, error)}. Lines are the Monte Carlo error to both sides.${leftOut(luck.length)}`,
    {
      rows: rowsOf(rows),
      axis: { title: "share of the variance", domain: domainOf(rows, 0.1), format: ".0%" },
      marks: barMarks(rows),
    },
  );
}
