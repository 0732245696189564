/**
 * How far the simulated status page is from the real one: for each published point, when the simulation had named as many
 * regions. Nothing is fitted here, so nothing is held out either.
 */
import type { Observed } from "../../scenario/scenario.js";
import type { Bands } from "../../trace/bands.js";
import type { VariantView } from "../../trace/variant-view.js";
import { namedRegions } from "../charts/named-regions.js";

export interface PublishedScore {
  /** A point: a capability, a time, and so many regions named by then. */
  readonly points: number;
  /** Points that the simulation reaches by its end; the others are in no median. */
  readonly reached: number;
  /** ms, simulated less published; above 0: the simulation is later. Null: no point is reached. */
  readonly medianMs: number | null;
  readonly medianAbsoluteMs: number | null;
  /** Points inside the band of four of five replications; null: there was one run. */
  readonly covered: number | null;
}

/** Null: nothing was published about a capability that was hurt. */
export function publishedScore(
  view: VariantView,
  observed: readonly Observed[],
  bands: Bands | null,
): PublishedScore | null {
  const errors: number[] = [];
  let points = 0;
  let covered = 0;
  for (const [c, { name }] of view.capabilities.entries()) {
    const simulated = view.working[c]!.published;
    if (simulated.length === 0) continue;
    const band = bands?.published.find((item) => item.capability === name)?.points ?? [];
    for (const [atMs, regions] of newest(namedRegions(observed, name, view.regions))) {
      points++;
      const reached = simulated.find(([, working]) => working >= regions);
      if (reached !== undefined) errors.push(reached[0] - atMs);
      const there = band.findLast((point) => point.atMs <= atMs);
      if (there !== undefined && there.low <= regions && regions <= there.high) covered++;
    }
  }
  if (points === 0) return null;
  return {
    points,
    reached: errors.length,
    medianMs: median(errors),
    medianAbsoluteMs: median(errors.map((error) => Math.abs(error))),
    covered: bands === null ? null : covered,
  };
}

/** Points at which more regions are named than before; several rows of one time are one point. */
function newest(curve: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const last = new Map<number, number>();
  for (const [atMs, regions] of curve) last.set(atMs, regions);
  let before = 0;
  return [...last].filter(([, regions]) => {
    const more = regions > before;
    before = Math.max(before, regions);
    return more;
  });
}

/** The lower one of two in the middle: a value that was seen. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length / 2) - 1)] ?? null;
}
