/** What a replay says in words, the same in the page as written and in the page as moved. */
import { formatTimeOfDay } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { ReplayPlayer, Shown } from "./player.js";
import type { CellStateNow, ServiceStateNow } from "./states.js";

const dayMs = 86_400_000;
const pad = (value: number): string => String(value).padStart(2, "0");

/** `18:12:07 UTC`, `01:58:56 UTC +1d`; null without a calendar (start 0). */
export function clockText(atMs: number, startUtcMs: number): string | null {
  if (startUtcMs === 0) return null;
  const utcMs = startUtcMs + atMs;
  const days = Math.floor(utcMs / dayMs) - Math.floor(startUtcMs / dayMs);
  return `${formatTimeOfDay(utcMs)}:${pad(Math.floor(utcMs / 1000) % 60)} UTC${days === 0 ? "" : ` +${days}d`}`;
}

/** `0:12:07`, from a day on `2d 03:12:07`. */
export function sinceText(atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return days === 0 ? `${hours}:${rest}` : `${days}d ${pad(hours)}:${rest}`;
}

/** `7 hours 12 minutes`, for those who listen: two units at most, rounded down. */
export function spokenSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const units = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return "0 seconds";
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`)
    .join(" ");
}

const serviceWords: Readonly<Record<ServiceStateNow, string>> = {
  recovering: "coming back",
  removed: "removed",
  hurt: "down",
  degraded: "with errors",
  asked: "gone as asked",
  healthy: "healthy",
};

/**
 * The state that a node shows, and `33 coming back, 48 removed`; of one instance alone `removed`. Two states at most:
 * there is one line for them. Services that are gone as asked do not speak for those that are there.
 */
export function nodeNow(
  shown: readonly Shown<ServiceStateNow>[],
  total: number,
): { readonly state: ServiceStateNow; readonly text: string } {
  const out = shown.reduce((sum, { count }) => sum + count, 0);
  const first = shown[0];
  const healthy = first === undefined || (first.state === "asked" && out < total);
  const states = healthy ? [{ state: "healthy" as const, count: total - out }, ...shown] : shown;
  const text = states
    .slice(0, 2)
    .map(({ state, count }) =>
      total > 1 ? `${thousands(count)} ${serviceWords[state]}` : serviceWords[state],
    )
    .join(", ");
  return { state: states[0]!.state, text };
}

const cellWords: Readonly<Record<CellStateNow, string>> = {
  down: "down",
  recovering: "coming back",
  impaired: "with errors",
  works: "works",
};

export function cellText(shown: readonly Shown<CellStateNow>[], total: number): string {
  if (shown.length === 0) return cellWords.works;
  if (total === 1) return cellWords[shown[0]!.state];
  const parts = shown.map(({ state, count }) => `${thousands(count)} ${cellWords[state]}`);
  return `${parts.join(", ")} of ${thousands(total)} regions`;
}

/** How a capability is in all regions: `48 down, 24 coming back`. */
export function rowWords(player: ReplayPlayer, row: number): string {
  const { down, recovering, impaired } = player.row(row);
  const parts = [
    down > 0 ? `${thousands(down)} down` : "",
    recovering > 0 ? `${thousands(recovering)} coming back` : "",
    impaired > 0 ? `${thousands(impaired)} with errors` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "works in all" : parts.join(", ");
}

/** The fleet in one line. A cell is one capability in one region. */
export function fleetWords(player: ReplayPlayer, regions: number): string {
  const { regionsDown, cellsDown, cellsImpaired } = player.figures();
  const cells = [
    cellsDown > 0 ? `${thousands(cellsDown)} down` : "",
    cellsImpaired > 0 ? `${thousands(cellsImpaired)} with errors` : "",
  ].filter((part) => part !== "");
  const where =
    regionsDown === 0
      ? "no region has a capability down"
      : `${thousands(regionsDown)} of ${thousands(regions)} regions have a capability down`;
  return cells.length === 0 ? where : `${where}; cells: ${cells.join(", ")}`;
}

/** `18:12 UTC, 12 minutes after the start; 34 of 81 regions ..`: what a slider says of its value. */
export function spokenInstant(
  atMs: number,
  startUtcMs: number,
  player: ReplayPlayer,
  regions: number,
): string {
  const clock = startUtcMs === 0 ? "" : `${formatTimeOfDay(startUtcMs + atMs)} UTC, `;
  return `${clock}${spokenSpan(atMs)} after the start; ${fleetWords(player, regions)}`;
}
