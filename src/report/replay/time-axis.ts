/** Round times along a slider. */
import { formatHoursMinutes, formatTimeOfDay } from "../../base/clock-time.js";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [1, 2, 5, 10, 20, 30]
  .map((n) => n * minute)
  .concat(
    [1, 2, 3, 6, 12].map((n) => n * hour),
    [1, 2, 5, 10, 20, 50, 100].map((n) => n * day),
  );

const labelsMax = 9;

export interface AxisLabel {
  /** Place along the axis, in percent. */
  readonly percent: number;
  /** `19:00`, or the day where a step is one or more; null without a calendar. */
  readonly clock: string | null;
  /** `+1h` after the start. */
  readonly since: string;
}

/** At full times of the day where there is a calendar, else of the run. */
export function axisLabels(endMs: number, startUtcMs: number): readonly AxisLabel[] {
  const step = steps.find((item) => endMs / item <= labelsMax) ?? endMs / labelsMax;
  const firstMs = (step - (startUtcMs % step)) % step;
  const labels: AxisLabel[] = [];
  for (let atMs = firstMs; atMs <= endMs; atMs += step) {
    const days = Math.floor((startUtcMs + atMs) / day) - Math.floor(startUtcMs / day);
    labels.push({
      percent: Math.round((atMs / endMs) * 10_000) / 100,
      clock:
        startUtcMs === 0 ? null : `${formatTimeOfDay(startUtcMs + atMs)}${days === 0 ? "" : ` +${days}d`}`,
      since: `+${formatHoursMinutes(atMs)}`,
    });
  }
  return labels;
}

/** Simulated time that passes in a second of playing: five to choose from, the middle one plays all in about half a minute. */
export function speeds(endMs: number): readonly number[] {
  const all = [1, 2, 5, 10, 20, 30].map((n) => n * 1_000).concat(steps);
  const middle = Math.max(
    2,
    all.findIndex((item) => item >= endMs / 30),
  );
  return all.slice(middle - 2, middle + 3);
}
