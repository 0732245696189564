/** Who was hurt by region group: sums over its regions and capabilities. */
import type { VariantView } from "../../trace/variant-view.js";

export interface GroupRow {
  readonly name: string;
  readonly regions: number;
  /** Regions in which requests failed at some time, and the longest that one of them was not whole, in ms. */
  readonly hurtRegions: number;
  readonly longestMs: number;
  /** Not served, over all capabilities. */
  readonly logins: number;
  readonly firstRestoredAtMs: number | null;
  readonly allRestoredAtMs: number | null;
}

/** In the order of the file. */
export function groupRows({ result, availability }: VariantView): readonly GroupRow[] {
  const regions = new Map<string, { all: number; hurt: number; longestMs: number }>();
  for (const { group, intervals } of availability) {
    const of = regions.get(group) ?? { all: 0, hurt: 0, longestMs: 0 };
    const lastedMs = intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    regions.set(group, {
      all: of.all + 1,
      hurt: of.hurt + (intervals.length > 0 ? 1 : 0),
      longestMs: Math.max(of.longestMs, lastedMs),
    });
  }
  return result.recovery.byRegionGroup.map(({ name, firstRestoredAtMs, allRestoredAtMs }, g) => {
    const of = regions.get(name);
    return {
      name,
      regions: of?.all ?? 0,
      hurtRegions: of?.hurt ?? 0,
      longestMs: of?.longestMs ?? 0,
      logins: result.outage.capabilities.reduce((sum, item) => sum + item.unservedByGroup[g]!.logins, 0),
      firstRestoredAtMs,
      allRestoredAtMs,
    };
  });
}
