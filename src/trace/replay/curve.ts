/** How many cells were down, and how many did not work as they should, over the whole run: the shape of the outage. */
import type { ReplayPlayer } from "./player.js";

/** Points of a curve: more cannot be told apart where it is drawn. */
const pointsMax = 600;

/** Beyond the end of any run: the picture cuts the curve off. */
const farSeconds = 1e8;

export interface ReplayCurve {
  /** SVG paths; x in seconds after the start, y in cells from the top of `height`. */
  readonly down: string;
  readonly hurt: string;
}

/** Leaves the player at the last instant. */
export function curveOf(player: ReplayPlayer, height: number): ReplayCurve {
  const times = player.times;
  const lastMs = times.at(-1) ?? 0;
  const stepMs = lastMs / pointsMax;
  const begin = `M0 ${height}`;
  let [down, hurt] = [begin, begin];
  let [downWas, hurtWas] = [0, 0];
  times.forEach((atMs, k) => {
    // Several changes within a point: the last of them.
    if (k + 1 < times.length && times[k + 1]! - atMs < stepMs && atMs > 0) return;
    player.seek(atMs);
    const { cellsDown, cellsImpaired } = player.figures();
    const x = Math.round(atMs / 1000);
    if (cellsDown !== downWas) down += `H${x}V${height - cellsDown}`;
    const both = cellsDown + cellsImpaired;
    if (both !== hurtWas) hurt += `H${x}V${height - both}`;
    [downWas, hurtWas] = [cellsDown, both];
  });
  const end = `H${farSeconds}V${height}Z`;
  return { down: down + end, hurt: hurt + end };
}
