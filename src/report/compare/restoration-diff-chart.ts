/** The regions that are back, before and after a change, by the time since the start of the outage. */
import type { TopLevelSpec } from "vega-lite";
import type { VariantResult } from "../../trace/result.js";
import { clip, oneLine, visible } from "../check/visible.js";
import { drawn } from "../draw.js";
import type { Chart } from "../model.js";

const panelsMax = 9;
const sides = ["before", "after"] as const;
const hourMs = 3_600_000;

/** Null: nothing was hurt on either side. */
export async function restorationDiffChart(
  before: VariantResult,
  after: VariantResult,
  id: string,
): Promise<Chart | null> {
  const both = [before, after] as const;
  const startOf = (result: VariantResult): number => result.outage.startedAtMs ?? 0;
  const hurtIn = (result: VariantResult, name: string): number =>
    result.outage.capabilities.find((item) => item.name === name)?.regionsDegraded ?? 0;
  const names = [...new Set(both.flatMap(({ outage }) => outage.capabilities.map(({ name }) => name)))];
  const hurt = names.filter((name) => both.some((result) => hurtIn(result, name) > 0));
  if (hurt.length === 0) return null;
  const shown = hurt.slice(0, panelsMax);
  const ends = both.map((result) => (result.recovery.allRestoredAtMs ?? result.endedAtMs) - startOf(result));
  const endMs = Math.max(
    ...both.map((result, k) => (result.outage.startedAtMs === null ? 0 : ends[k]!)),
    hourMs,
  );
  const values = shown.flatMap((name) =>
    both.flatMap((result, k) => {
      const regions = hurtIn(result, name);
      if (regions === 0) return [];
      const curve = result.recovery.byCapability.find((item) => item.name === name)?.restored ?? [];
      const point = (ms: number, missing: number) => ({
        capability: clip(oneLine(visible(name)), 60),
        side: sides[k]!,
        hours: ms / hourMs,
        regions: missing,
      });
      const steps = curve.map(([ms, back]) => point(ms - startOf(result), regions - back));
      return [point(0, regions), ...steps, point(endMs, steps.at(-1)?.regions ?? regions)];
    }),
  );
  const spec = {
    data: { values },
    facet: { field: "capability", type: "nominal", title: null, columns: 3, sort: null },
    columns: 3,
    spec: {
      width: 270,
      height: 110,
      mark: { type: "line", interpolate: "step-after", strokeWidth: 2 },
      encoding: {
        x: {
          field: "hours",
          type: "quantitative",
          scale: { nice: false, domain: [0, endMs / hourMs] },
          axis: { title: "hours since the start", tickCount: 6 },
        },
        y: { field: "regions", type: "quantitative", axis: { title: "regions hurt", tickCount: 4 } },
        color: {
          field: "side",
          type: "nominal",
          scale: { domain: sides, range: ["var(--c8)", "var(--c1)"] },
          legend: { title: null, orient: "top" },
        },
        strokeDash: {
          field: "side",
          type: "nominal",
          scale: {
            domain: sides,
            range: [
              [5, 3],
              [1, 0],
            ],
          },
          legend: { title: null, orient: "top" },
        },
      },
    },
  };
  const left = hurt.length - shown.length;
  return {
    ...(await drawn(id, spec as unknown as TopLevelSpec)),
    title: "Regions that are hurt",
    description: `One panel a capability: in how many regions it does not work as it should, before the change (dashed) and after it. A side without a line was not hurt.${
      left > 0 ? ` ${left} more capabilities are left out.` : ""
    }`,
  };
}
