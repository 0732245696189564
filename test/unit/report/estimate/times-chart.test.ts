import { describe, expect, it } from "vitest";
import { rowsMax, timeAxis } from "../../../../src/report/estimate/row-chart.js";
import { timesChart } from "../../../../src/report/estimate/times-chart.js";
import { told } from "../../../helpers/estimate-result.js";

const svgOf = (chart: Awaited<ReturnType<typeof timesChart>>, size: "wide" | "narrow"): string =>
  chart.svgs.find((item) => item.size === size)!.svg;
const count = (text: string, what: string): number => text.split(what).length - 1;

describe("the chart of times", () => {
  it("says how many rows it leaves out, and draws the others at both widths", async () => {
    const [capability] = told.figures.filter(({ of }) => of === "capability");
    const many = Array.from({ length: 60 }, (_, k) => ({
      ...capability!,
      id: `capability c${k}`,
      name: `capability-${k}`,
    }));
    const chart = await timesChart({ ...told, figures: [...told.figures, ...many] }, "x");
    const rows = told.figures.filter(
      ({ kind, of }) => kind === "time" && of !== "capability in group",
    ).length;
    expect(chart.description).toContain(
      `The ${rows + 60 - rowsMax} rows after these are in the table alone.`,
    );
    for (const size of ["wide", "narrow"] as const)
      expect(count(svgOf(chart, size), ">capability-")).toBe(rowsMax - rows);
  });

  it("has a dot for every quantile, a triangle and a line at the horizon where it lies beyond it", async () => {
    const reached = svgOf(await timesChart(told, "x"), "wide");
    const [recovery, ...others] = told.figures;
    const late = { ...recovery!, quantiles: recovery!.quantiles.map((item) => ({ ...item, value: null })) };
    const beyond = svgOf(await timesChart({ ...told, figures: [late, ...others] }, "x"), "wide");
    expect(reached).not.toContain("stroke-dasharray");
    expect(count(beyond, "stroke-dasharray")).toBe(1);
    const dots =
      4 * told.figures.filter(({ kind, of }) => kind === "time" && of !== "capability in group").length;
    const marks = (svg: string): readonly string[] => {
      const symbols = /<g class="mark-symbol[^>]*>([\s\S]*?)<\/g>/.exec(svg)![1]!;
      return [...symbols.matchAll(/ d="([^"]*)"/g)].map((match) => match[1]!);
    };
    expect(marks(reached)).toHaveLength(dots);
    expect(marks(reached).filter((path) => !path.includes("A"))).toHaveLength(0);
    expect(marks(beyond).filter((path) => !path.includes("A"))).toHaveLength(4);
  });
});

describe("the axis of times", () => {
  it.each([
    [90_000, "seconds", 90],
    [90 * 60_000, "minutes", 90],
    [8 * 3_600_000, "hours", 8],
    [5 * 86_400_000, "days", 5],
  ])("up to %i ms counts in %s", (ms, unit, value) => {
    const axis = timeAxis(ms);
    expect([axis.unit, axis.of(ms)]).toEqual([unit, value]);
  });
});
