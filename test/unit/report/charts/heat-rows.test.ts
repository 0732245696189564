/** Regions as rows, and groups of them where there are too many. */
import { expect, it } from "vitest";
import { heatRows } from "../../../../src/report/charts/heat-rows.js";

const region = (k: number, group: string, fromMs: number, toMs: number, success: number) => ({
  region: `r${k}`,
  group,
  intervals: fromMs === toMs ? [] : [{ fromMs, toMs, success }],
});

it("keeps a row a region as long as they fit", () => {
  const rows = heatRows([region(1, "a", 0, 5, 0), region(2, "b", 1, 1, 1)]);
  expect(rows).toMatchObject({ aggregated: false, left: 0 });
  expect(rows.rows.map(({ name }) => name)).toEqual(["r1", "r2"]);
});

it("takes the mean of a group beyond that", () => {
  const many = Array.from({ length: 200 }, (_, k) =>
    k < 100 ? region(k, "a", 0, k < 50 ? 10 : 20, 0) : region(k, "b", 5, 10, 0.5),
  );
  const { rows, aggregated } = heatRows(many);
  expect(aggregated).toBe(true);
  expect(rows).toEqual([
    {
      name: "a",
      group: "a",
      intervals: [
        { fromMs: 0, toMs: 10, success: 0 },
        { fromMs: 10, toMs: 20, success: 0.5 },
      ],
    },
    { name: "b", group: "b", intervals: [{ fromMs: 5, toMs: 10, success: 0.5 }] },
  ]);
});
