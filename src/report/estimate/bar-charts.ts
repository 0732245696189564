/** Bars with intervals: what the end waits for, what would help, where the spread comes from. */
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { MeanInterval } from "../../estimate/statistics/bootstrap.js";
import { clip } from "../check/visible.js";
import { drawRows, leftOut, type Mark, nameMax, rowsMax, timeAxis, type WidthsChart } from "./row-chart.js";
import { helpOf, percent, priorText, shareText, time } from "./words.js";

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
