/** Numbers and times as the report says them. */
import { formatClock, formatHoursMinutes } from "../base/clock-time.js";
import type { VariantResult } from "../trace/result.js";

export const clock = (atMs: number | null, startUtcMs: number): string =>
  atMs === null ? "–" : formatClock(atMs, startUtcMs);

export const span = (ms: number | null): string => (ms === null ? "–" : formatHoursMinutes(ms));

/** 7464203 as 7,464,203. */
export const thousands = (value: number): string =>
  String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ",");

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${thousands(count)} ${count === 1 ? one : many}`;

/** How long the outage lasted, or that it did not end. */
export function outageLength({ outage, recovery }: VariantResult): string {
  if (outage.startedAtMs === null) return "none";
  return recovery.allRestoredAtMs === null
    ? "not over at the end of the run"
    : span(recovery.allRestoredAtMs - outage.startedAtMs);
}
