/** Numbers and times as the report says them. */
import { formatClock, formatHoursMinutes } from "../base/clock-time.js";
import { thousands } from "../base/format-number.js";
import type { VariantResult } from "../trace/result.js";

export const clock = (atMs: number | null, startUtcMs: number): string =>
  atMs === null ? "–" : formatClock(atMs, startUtcMs);

export const span = (ms: number | null): string => (ms === null ? "–" : formatHoursMinutes(ms));

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${thousands(count)} ${count === 1 ? one : many}`;

/** How long the outage lasted, or that it did not end. */
export function outageLength({ outage, recovery }: VariantResult): string {
  if (outage.startedAtMs === null) return "none";
  return recovery.allRestoredAtMs === null
    ? "not over at the end of the run"
    : span(recovery.allRestoredAtMs - outage.startedAtMs);
}
