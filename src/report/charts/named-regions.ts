/** What the public was told, as a curve. */
import type { Observed } from "../../scenario/scenario.js";

/** Regions named as restored so far: a lower bound on what was restored. */
export function namedRegions(
  observed: readonly Observed[],
  capability: string,
  regions: number,
): readonly (readonly [atMs: number, regions: number])[] {
  const rows = observed.filter(
    (row) => row.event === "restored" && (row.capability === capability || row.capability === "*"),
  );
  if (rows.length === 0) return [];
  const named = new Set<string>();
  const curve: [number, number][] = [[0, 0]];
  for (const row of [...rows].sort((a, b) => a.atMs - b.atMs)) {
    for (const region of row.regions ?? []) named.add(region);
    curve.push([row.atMs, row.regions === null ? regions : named.size]);
  }
  return curve;
}

/** What the times of the published points are. */
export function meaningOf(observed: readonly Observed[]): string {
  const restored = observed.filter(({ event }) => event === "restored");
  const published = restored.filter(({ meaning }) => meaning === "published").length;
  if (restored.length === 0) return "";
  if (published === restored.length)
    return "Points are when the public was told in fact. A region may have worked before it was named, so they are no restorations.";
  if (published === 0) return "Points are when regions worked again in fact, by the published account.";
  return `Points are published facts: ${published} of ${restored.length} say when the public was told, the others when it worked again.`;
}
