/** A schedule as text: one row a service and region group, groups and services by their first start. */
import { cellWidth, table } from "../base/text-table.js";
import type { PlanOrder } from "../estimate/planning/plan-result.js";
import type { Console } from "./console.js";

type Entry = PlanOrder["typical"]["schedule"][number];

interface Row {
  readonly group: string;
  readonly what: string;
  readonly entries: Entry[];
}

const barCells = 56;
/** Hours and minutes, also after a day: times in a column are there to be compared. */
export function hours(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const rest = minutes % 60;
  if (minutes < 60) return `${minutes}m`;
  return `${(minutes - rest) / 60}h${rest === 0 ? "" : `${rest}m`.padStart(3, "0")}`;
}

const clock = (ms: number): string => `+${ms === 0 ? 0 : hours(ms)}`;

/** `#` on the critical path, `=` other work, `-` jobs waiting in between, `v` checking that it works. */
export function gantt(
  schedule: readonly Entry[],
  criticalPath: readonly string[],
  paint: Console["paint"],
): string {
  const rows = rowsOf(schedule);
  const end = Math.max(...schedule.map(({ endMs }) => endMs));
  const critical = new Set(criticalPath);
  const header = ["group", "service", "regions", "from", "to", axis(end)];
  let group = "";
  const lines = rows.map(({ group: of, what, entries }) => {
    const shown = of === group ? "" : of;
    group = of;
    const regions = entries.reduce((sum, entry) => sum + entry.instances, 0);
    const from = Math.min(...entries.map(({ startMs }) => startMs));
    const to = Math.max(...entries.map(({ endMs }) => endMs));
    const count = regions === 0 ? "" : `${regions}`;
    return [shown, what, count, clock(from), clock(to), bar(entries, end, critical)];
  });
  return table([header.map((name) => paint("bold", name)), ...lines], [2, 3, 4])
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Groups by their first start; in a group its services by theirs, and checking last. */
function rowsOf(schedule: readonly Entry[]): readonly Row[] {
  const groups = new Map<string, Map<string, Row>>();
  for (const kind of ["start", "verify"] as const) {
    for (const entry of schedule) {
      if (entry.kind !== kind) continue;
      const group = entry.group ?? "global";
      const byManager = entry.by === null || entry.by === "people" ? "" : ` (by ${entry.by})`;
      const what = entry.service === null ? "(checking)" : `${entry.service}${byManager}`;
      let rows = groups.get(group);
      if (rows === undefined) groups.set(group, (rows = new Map()));
      const row = rows.get(what);
      if (row === undefined) rows.set(what, { group, what, entries: [entry] });
      else row.entries.push(entry);
    }
  }
  return [...groups.values()].flatMap((rows) => [...rows.values()]);
}

function bar(entries: readonly Entry[], end: number, critical: ReadonlySet<string>): string {
  const cells: string[] = Array.from({ length: barCells }, () => " ");
  const at = (ms: number): number => Math.floor((ms / end) * barCells);
  const from = Math.min(...entries.map(({ startMs }) => startMs));
  const to = Math.max(...entries.map(({ endMs }) => endMs));
  for (let k = at(from); k < at(to) && k < barCells; k++) cells[k] = "-";
  for (const { id, kind, startMs, endMs } of entries) {
    const mark = kind === "verify" ? "v" : critical.has(id) ? "#" : "=";
    const last = Math.max(at(startMs) + 1, at(endMs));
    for (let k = at(startMs); k < last && k < barCells; k++) if (cells[k] !== "#") cells[k] = mark;
  }
  return cells.join("");
}

/** Marks at whole steps that leave room for their text. */
function axis(end: number): string {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 7200, 14_400].map(
    (minutes) => minutes * 60_000,
  );
  const step = steps.find((size) => (size / end) * barCells >= 9) ?? end;
  let text = "";
  for (let ms = 0; ms < end; ms += step) {
    const place = Math.floor((ms / end) * barCells);
    const label = `|${ms === 0 ? "+0" : clock(ms)}`;
    if (place + cellWidth(label) > barCells) break;
    text = text.padEnd(place) + label;
  }
  return text;
}
