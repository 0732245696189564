/** The charts of why it took so long: phases of this run in one bar, and the work of the crews. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { RunTimes } from "../../estimate/replications/run-times.js";
import { clip } from "../check/visible.js";
import { phaseKey } from "../estimate/phases-chart.js";
import { drawRows, type Mark, timeAxis, type WidthsChart } from "../estimate/row-chart.js";
import { percent } from "../estimate/words.js";
import { clock, plural } from "../words.js";
import type { CrewJob } from "./crew-lanes.js";

/** One bar from the start of the outage to the last word to the public. Null: nobody had to do anything. */
export async function phasesChart(
  { phases }: RunTimes,
  startedAtMs: number,
  startUtcMs: number,
): Promise<WidthsChart | null> {
  const total = phases.reduce((sum, { ms }) => sum + ms, 0);
  if (total === 0) return null;
  const { unit, of } = timeAxis(total);
  const ends = phases.map((_, k) => phases.slice(0, k + 1).reduce((sum, { ms }) => sum + ms, 0));
  const marks = phases.flatMap(({ name, ms }, k): Mark[] => {
    if (ms === 0) return [];
    const from = ends[k]! - ms;
    // A name of 8 letters needs about a tenth of the picture.
    const fits = ms / total > 0.013 * name.length;
    return [
      {
        kind: "bar",
        row: 0,
        y: 18,
        height: 30,
        from: of(from),
        to: of(ends[k]!),
        colour: `var(--c${phaseKey(k)})`,
      },
      ...(fits
        ? [{ kind: "text", row: 0, y: 8, at: of(from), text: name, align: "left", only: "wide" } as const]
        : []),
    ];
  });
  const longest = [...phases].sort((a, b) => b.ms - a.ms)[0]!;
  return drawRows(
    "phases",
    "From the start of the outage to the last word to the public",
    `The longest phase is ${longest.name}: ${formatHoursMinutes(longest.ms)}, ${percent(longest.ms / total)} of the time.`,
    {
      rows: [{ label: "this run", height: 48 }],
      axis: { title: `${unit} after ${clock(startedAtMs, startUtcMs)}`, domain: [0, of(total)] },
      marks,
    },
  );
}

const lanesMax = 24;
/** Pixels of the picture beside the names, and of a letter. */
const plotWidth = 790;
const letterWidth = 6.4;

/** One row a crew. `crews`: as many as there are. */
export async function crewChart(
  jobs: readonly CrewJob[],
  crews: number,
  startedAtMs: number,
  startUtcMs: number,
): Promise<WidthsChart | null> {
  if (jobs.length === 0) return null;
  const lanes = 1 + Math.max(...jobs.map(({ crew }) => crew));
  const shown = jobs.filter(({ crew }) => crew < lanesMax);
  const total = Math.max(...shown.map(({ toMs }) => toMs)) - startedAtMs;
  const { unit, of } = timeAxis(Math.max(1, total));
  const keys = groupKeys(jobs);
  const marks = shown.flatMap((job, k): Mark[] => {
    const next = shown.find((other, n) => n > k && other.crew === job.crew);
    const room = ((next?.fromMs ?? startedAtMs + total) - job.fromMs) / Math.max(1, total);
    const text = labelFor(job, room * plotWidth);
    return [
      {
        kind: "bar",
        row: job.crew,
        y: 16,
        height: 14,
        from: of(job.fromMs - startedAtMs),
        to: of(job.toMs - startedAtMs),
        colour: `var(--c${keys.get(job.group) ?? 8})`,
      },
      ...(text === null
        ? []
        : [
            {
              kind: "text",
              row: job.crew,
              y: 8,
              at: of(job.fromMs - startedAtMs),
              text,
              align: "left",
              only: "wide",
            } as const,
          ]),
    ];
  });
  const idle = crews > lanes ? ` ${plural(crews - lanes, "more crew")} had nothing to do.` : "";
  const cut = lanes > lanesMax ? ` ${thousands(lanes - lanesMax)} more crews are in the table alone.` : "";
  return drawRows(
    "crews",
    "What each crew worked on",
    `One row a crew, one bar a job: from its start to the last instance that runs. Names stand where there is room; each job goes to the first crew that is free.${idle}${cut}`,
    {
      rows: Array.from({ length: Math.min(lanes, lanesMax) }, (_, k) => ({
        label: `crew ${k + 1}`,
        height: 30,
      })),
      axis: { title: `${unit} after ${clock(startedAtMs, startUtcMs)}`, domain: [0, of(Math.max(1, total))] },
      marks,
    },
  );
}

function labelFor({ service, group }: CrewJob, width: number): string | null {
  const fits = (text: string): boolean => (text.length + 2) * letterWidth < width;
  const both = `${clip(service, 40)}, ${clip(group, 30)}`;
  return fits(both) ? both : fits(clip(service, 40)) ? clip(service, 40) : null;
}

/** Colours by region group: 1 to 7 for the first ones, 8 for all others. */
export function groupKeys(jobs: readonly CrewJob[]): ReadonlyMap<string, number> {
  const groups = [...new Set(jobs.map(({ group }) => group))];
  return new Map(groups.map((group, k) => [group, groups.length > 8 && k >= 7 ? 8 : k + 1]));
}
