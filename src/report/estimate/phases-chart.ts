/** The phases of a mean outage as one bar. */
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import { drawRows, type Mark, timeAxis, type WidthsChart } from "./row-chart.js";
import { figureOf, percent, time } from "./words.js";

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
