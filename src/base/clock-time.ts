/** Instants as people read them, in UTC and without a calendar library: the same text on every engine. */

const dayMs = 86_400_000;
const pad = (value: number, digits = 2): string => String(value).padStart(digits, "0");

/** Year, month (1..12) and day of a number of days since 1970-01-01 (proleptic Gregorian; Hinnant's civil_from_days). */
function civilFromDays(days: number): readonly [year: number, month: number, day: number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}

/** `2025-02-13` */
export function formatDate(utcMs: number): string {
  const [year, month, day] = civilFromDays(Math.floor(utcMs / dayMs));
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** `22:10` */
export function formatTimeOfDay(utcMs: number): string {
  const minutes = Math.floor((((utcMs % dayMs) + dayMs) % dayMs) / 60_000);
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** `22:10 UTC`, `01:43 UTC +1d` on the day after that of `startUtcMs`. Start 0 means no calendar: `+4h 10m`. */
export function formatClock(atMs: number, startUtcMs: number): string {
  if (startUtcMs === 0) return `+${formatHoursMinutes(atMs)}`;
  const utcMs = startUtcMs + atMs;
  const days = Math.floor(utcMs / dayMs) - Math.floor(startUtcMs / dayMs);
  return `${formatTimeOfDay(utcMs)} UTC${days === 0 ? "" : ` ${days > 0 ? "+" : ""}${days}d`}`;
}

/** Rounded to what people say: `45s`, `12m`, `4h 10m`, `2d 3h`. */
export function formatHoursMinutes(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)}s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days}d` : `${days}d ${hours % 24}h`;
}
