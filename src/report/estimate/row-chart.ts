/** Charts of rows with names: every mark at its pixel vertically, on a true scale horizontally, at every width of a screen. */
import type { TopLevelSpec } from "vega-lite";
import { drawn } from "../draw.js";
import { fontSize, type Layout, layOut, type Row, type Size, sizes } from "./row-layout.js";

/** One picture in words and at two widths; style sheets show the one that fits. */
export interface WidthsChart {
  readonly title: string;
  /** What can be read from it. */
  readonly description: string;
  readonly svgs: readonly { readonly size: Size["id"]; readonly svg: string }[];
  /** What the first of them was drawn from. */
  readonly spec: TopLevelSpec;
}

export interface Axis {
  readonly title: string;
  readonly domain: readonly [number, number];
  /** d3-format of its numbers. */
  readonly format?: string;
}

/** Marks of a row: pixels from its top, values on the axis. Colours are those of the style sheet. */
export type Mark =
  | {
      readonly kind: "bar";
      readonly row: number;
      readonly y: number;
      readonly height: number;
      readonly from: number;
      readonly to: number;
      readonly colour: string;
    }
  | {
      readonly kind: "interval";
      readonly row: number;
      readonly y: number;
      readonly from: number;
      readonly to: number;
      readonly colour: string;
      /** Lies on a bar, so that it needs an edge to be seen. */
      readonly onBar?: boolean;
    }
  | {
      readonly kind: "dot";
      readonly row: number;
      readonly y: number;
      readonly at: number;
      readonly colour: string;
      readonly shape: "circle" | "triangle-right";
    }
  | {
      readonly kind: "text";
      readonly row: number;
      readonly y: number;
      readonly at: number;
      readonly text: string;
      readonly align: "left" | "right";
      /** Wide: only where there is room beside the marks. */
      readonly only?: Size["id"];
    };

export interface RowChart {
  readonly rows: readonly Row[];
  readonly axis: Axis;
  readonly marks: readonly Mark[];
  /** Vertical lines through all rows. */
  readonly rules?: readonly number[];
}

export async function drawRows(
  id: string,
  title: string,
  description: string,
  chart: RowChart,
): Promise<WidthsChart> {
  const svgs: { size: Size["id"]; svg: string }[] = [];
  let spec: TopLevelSpec | undefined;
  for (const size of sizes) {
    const picture = await drawn(`${id}-${size.id}`, specOf(chart, size) as unknown as TopLevelSpec);
    svgs.push({ size: size.id, svg: picture.svg });
    spec ??= picture.spec;
  }
  return { title, description, svgs, spec: spec! };
}

/** Charts with more rows say so; the tables have all of them. */
export const rowsMax = 40;

/** Of a name within a sentence; labels and tables have it in full or wrapped. */
export const nameMax = 80;

export const leftOut = (all: number): string =>
  all <= rowsMax ? "" : ` The ${all - rowsMax} rows after these are in the table alone.`;

const axisHeight = 44;

function specOf({ rows, axis, marks, rules = [] }: RowChart, size: Size) {
  const layout = layOut(rows, size);
  const { height, left } = layout;
  const x = (field: string) => ({
    field,
    type: "quantitative",
    scale: { domain: axis.domain, nice: false, zero: false },
    axis: {
      title: axis.title,
      tickCount: size.ticks,
      labelFlush: false,
      labelOverlap: true,
      ...(axis.format === undefined ? {} : { format: axis.format }),
    },
  });
  const y = (field: string) => ({
    field,
    type: "quantitative",
    scale: { domain: [0, height], range: [0, height], nice: false, zero: false },
    axis: null,
  });
  const colour = { field: "colour", type: "nominal", scale: null };
  const placed = marks.map((mark) => ({ ...mark, y: layout.rows[mark.row]!.top + mark.y }));
  const of = <Kind extends Mark["kind"]>(kind: Kind) =>
    placed.filter((mark): mark is Extract<Mark, { kind: Kind }> => mark.kind === kind);
  const layers = [
    {
      data: { values: rules.map((at) => ({ at })) },
      mark: { type: "rule", strokeDash: [3, 3], color: "var(--soft)" },
      encoding: { x: x("at") },
    },
    {
      data: { values: of("bar").map((mark) => ({ ...mark, bottom: mark.y + mark.height })) },
      mark: { type: "rect", stroke: "var(--paper)", strokeWidth: 1 },
      encoding: { x: x("from"), x2: { field: "to" }, y: y("y"), y2: { field: "bottom" }, color: colour },
    },
    {
      data: { values: of("interval").filter(({ onBar }) => onBar) },
      mark: { type: "rule", strokeWidth: 5, strokeCap: "round", color: "var(--paper)" },
      encoding: { x: x("from"), x2: { field: "to" }, y: y("y") },
    },
    {
      data: { values: of("interval") },
      mark: { type: "rule", strokeWidth: 2, strokeCap: "round" },
      encoding: { x: x("from"), x2: { field: "to" }, y: y("y"), color: colour },
    },
    {
      data: { values: of("dot") },
      mark: { type: "point", filled: true, size: 42, opacity: 1 },
      encoding: {
        x: x("at"),
        y: y("y"),
        color: colour,
        shape: { field: "shape", type: "nominal", scale: null },
      },
    },
    ...(["left", "right"] as const).map((align) => ({
      data: {
        values: of("text").filter(
          (mark) => mark.align === align && (mark.only === undefined || mark.only === size.id),
        ),
      },
      mark: { type: "text", align, dx: align === "left" ? 6 : -6, fontSize, baseline: "middle" },
      encoding: { x: x("at"), y: y("y"), text: { field: "text", type: "nominal" } },
    })),
    labels(layout, size, y),
  ];
  return {
    width: size.width - left - size.right,
    height,
    autosize: "none",
    padding: { left, top: 4, right: size.right, bottom: axisHeight },
    view: { stroke: null },
    layer: layers.filter(({ data }) => data.values.length > 0),
  };
}

const labels = ({ lines }: Layout, { labelsAbove }: Size, y: (field: string) => object) => ({
  data: { values: lines },
  mark: { type: "text", align: labelsAbove ? "left" : "right", fontSize, baseline: "middle", limit: 0 },
  encoding: { x: { value: labelsAbove ? 0 : -12 }, y: y("y"), text: { field: "text", type: "nominal" } },
});

/** What a time axis counts in, by the longest time on it. */
export function timeAxis(longestMs: number): { readonly unit: string; readonly of: (ms: number) => number } {
  const [unit, unitMs] =
    longestMs <= 3 * 60_000
      ? ["seconds", 1_000]
      : longestMs <= 3 * 3_600_000
        ? ["minutes", 60_000]
        : longestMs <= 72 * 3_600_000
          ? ["hours", 3_600_000]
          : ["days", 86_400_000];
  return { unit: unit as string, of: (ms) => ms / (unitMs as number) };
}
