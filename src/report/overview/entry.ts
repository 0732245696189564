/** What the overview tells of one folder of reports: a few words of each result, nothing that has to be worked out. */
import { formatDate, formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { CheckFile } from "../../chaos/check-result.js";
import type { EstimateFile } from "../../estimate/replications/estimate-result.js";
import type { ResultFile, VariantResult } from "../../trace/result.js";
import { casesOf, headlineOf } from "../check/told.js";
import { figureOf, quantileOf, quantileText } from "../estimate/words.js";
import { verdictLine } from "../headline.js";
import type { Tone } from "../outcome.js";
import { clock, outageLength, plural } from "../words.js";

/** What one folder holds; null: no such file. */
export interface ReportFolder {
  readonly name: string;
  readonly result: ResultFile | null;
  readonly check: CheckFile | null;
  readonly estimate: EstimateFile | null;
  /** Names of the files in it that people open, in the order in which they are offered. */
  readonly pages: readonly string[];
}

export interface Line {
  /** What it is of: "run", "check", "estimate". */
  readonly of: string;
  readonly tone: Tone | "";
  readonly word: string;
  readonly text: string;
}

export interface Thumbnail {
  /** Share of the regions that work, by share of the shown time: steps, both from 0 to 1. */
  readonly steps: readonly (readonly [at: number, share: number])[];
  /** The same in words. */
  readonly about: string;
  readonly capability: string;
}

export interface Entry {
  readonly folder: string;
  readonly title: string;
  /** Day on which the scenario begins; null: it has no calendar. */
  readonly date: string | null;
  readonly lines: readonly Line[];
  readonly wasRun: boolean;
  /** Null: nothing was hurt, or nothing was run. */
  readonly thumbnail: Thumbnail | null;
  readonly pages: readonly { readonly file: string; readonly words: string }[];
}

const pageWords: Readonly<Record<string, string>> = {
  "index.html": "report",
  "static.html": "report without script",
  "check.html": "check",
  "estimate.html": "estimate",
  "summary.md": "summary",
  "summary.png": "picture",
};
export const pageNames: readonly string[] = Object.keys(pageWords);

export function entryOf({ name, result, check, estimate, pages }: ReportFolder): Entry {
  const main = result?.variants[0];
  const start = result?.scenario.startUtcMs ?? 0;
  const title =
    result?.scenario.title ?? estimate?.scenario.title ?? check?.results[0]?.scenario.title ?? name;
  return {
    folder: name,
    title,
    date: start === 0 ? null : formatDate(start),
    lines: [
      ...(result === null ? [] : runLines(result)),
      ...(check === null ? [] : checkLines(check)),
      ...(estimate === null ? [] : estimateLines(estimate)),
    ],
    wasRun: main !== undefined,
    thumbnail: main === undefined ? null : thumbnailOf(main, start),
    pages: pages.map((file) => ({ file, words: pageWords[file] ?? file })),
  };
}

function runLines({ variants }: ResultFile): readonly Line[] {
  const main = variants[0];
  if (main === undefined) return [];
  const { tone, text } = verdictLine(main);
  const length = outageLength(main);
  const outage =
    main.outage.startedAtMs === null
      ? "no outage"
      : `${length === outageNever ? `outage ${length}` : `outage of ${length}`}, ${plural(Math.round(main.outage.unservedLogins), "login")} not served`;
  const others = variants.length - 1;
  const unmet = variants.filter(({ expectations }) => expectations.some(({ met }) => !met)).length;
  return [
    { of: "run", tone, word: text, text: `${main.name}: ${outage}` },
    ...(others > 0
      ? [
          {
            of: "variants",
            tone: unmet === 0 ? ("" as const) : ("bad" as const),
            word: unmet === 0 ? "as expected" : `${unmet} not as expected`,
            text: `${plural(others, "other variant")}, ${thousands(variants.slice(1).filter(isBroken).length)} of them violated`,
          },
        ]
      : []),
  ];
}

const outageNever = "not over at the end of the run";
const isBroken = (result: VariantResult): boolean => verdictLine(result).tone === "bad";

const resultsMax = 3;

function checkLines({ results }: CheckFile): readonly Line[] {
  return [
    ...results.slice(0, resultsMax).map((result): Line => {
      const { tone, word, sentence } = headlineOf(result);
      return {
        of: "check",
        tone,
        word,
        text: `${result.variant}: ${sentence} ${plural(casesOf(result), "case")} judged.`,
      };
    }),
    ...more("check", results.length),
  ];
}

function estimateLines({ results }: EstimateFile): readonly Line[] {
  return [
    ...results.slice(0, resultsMax).map((result): Line => {
      const broken = result.bounds.filter(({ verdict }) => verdict === "violated").length;
      const open = result.bounds.filter(({ verdict }) => verdict === "undecided").length;
      const bounds =
        result.bounds.length === 0
          ? ({ tone: "", word: plural(result.runs, "replication") } as const)
          : broken > 0
            ? ({ tone: "bad", word: `${plural(broken, "bound")} violated` } as const)
            : open > 0
              ? ({ tone: "warn", word: `${plural(open, "bound")} undecided` } as const)
              : ({ tone: "good", word: "bounds hold" } as const);
      const half = quantileOf(figureOf(result, "recovery"), 0.5);
      const text =
        result.unharmed === result.runs
          ? "nothing was hurt"
          : half.value === null
            ? `more than half of the outages last longer than ${formatHoursMinutes(result.horizonMs)}`
            : `half of the outages are over within ${quantileText(half, result.horizonMs)}`;
      return { of: "estimate", ...bounds, text: `${result.variant}: ${text}` };
    }),
    ...more("estimate", results.length),
  ];
}

const more = (of: string, count: number): readonly Line[] =>
  count > resultsMax ? [{ of, tone: "", word: `${count - resultsMax} more`, text: "in the page" }] : [];

/** The capability that was down longest: how many of its regions worked, from the start of the outage until all did. */
function thumbnailOf({ outage, recovery, endedAtMs }: VariantResult, start: number): Thumbnail | null {
  const worst = [...outage.capabilities]
    .filter(({ regionsDegraded }) => regionsDegraded > 0)
    .sort((a, b) => b.downtimeMinutes - a.downtimeMinutes || b.unservedLogins - a.unservedLogins)[0];
  const curve = recovery.byCapability.find(({ name }) => name === worst?.name);
  if (worst === undefined || curve === undefined || outage.startedAtMs === null) return null;
  const from = worst.firstDownAtMs ?? outage.startedAtMs;
  const restored = curve.restored.filter(([ms]) => ms >= from);
  const until = curve.allRestoredAtMs ?? endedAtMs;
  // Some time before and after, so that the fall and the return are seen.
  const edge = 0.06;
  const x = (ms: number): number => edge + ((1 - 2 * edge) * (ms - from)) / Math.max(1, until - from);
  const steps = restored.map(([ms, regions]): readonly [number, number] => [
    x(ms),
    Math.min(1, regions / Math.max(1, worst.regionsDegraded)),
  ]);
  const end =
    curve.allRestoredAtMs === null
      ? "not all again within the run"
      : `all again by ${clock(curve.allRestoredAtMs, start)}`;
  return {
    steps: [[0, 1], [edge, 0], ...steps],
    capability: worst.name,
    about: `${worst.name}: impaired in ${plural(worst.regionsDegraded, "region")} from ${clock(from, start)}, ${end}`,
  };
}
