/** summary.md: the report for the page of a job ($GITHUB_STEP_SUMMARY), in GitHub's Markdown. */
import { formatDate } from "../base/clock-time.js";
import { thousands } from "../base/format-number.js";
import type { Verdict } from "../models/judging/property.js";
import type { Sentence } from "../trace/story.js";
import type { VariantView } from "../trace/variant-view.js";
import { oneLine } from "./check/visible.js";
import { headlineFigures, verdictLine } from "./headline.js";
import { type Column, code, escaped, fenced, markdownTable } from "./markdown.js";
import type { ReportModel } from "./model.js";
import { gateOf } from "./outcome.js";
import { clock, outageLength, plural, span } from "./words.js";

const mark = { good: "✅", warn: "⚠️", bad: "❌" } as const;
/** Cells are read across; what is longer stands in the report. */
const cellMax = 300;
const sentencesMax = 40;

/** `pages`: names of the files beside it that tell more. */
export function summaryMarkdown(model: ReportModel, pages: readonly string[] = []): string {
  const { result } = model;
  const main = model.variants[0]!;
  const start = result.scenario.startUtcMs;
  const { tone, text } = verdictLine(main.result);
  const lines = [
    `## ${mark[tone]} ${escaped(result.scenario.title, cellMax)}: ${text}`,
    "",
    ...(result.scenario.about === "" ? [] : [escaped(result.scenario.about), ""]),
    `Told in full: variant ${code(main.result.name)}. ${start === 0 ? "Times count from the start." : `It begins on ${formatDate(start)}; times are UTC.`}`,
    "",
    ...headlineFigures(main, start).map(({ value, label }) => `- **${value}** ${escaped(label)}`),
    "",
    "### Properties",
    "",
    ...properties(main, start),
    ...variants(model),
    "### Who was hurt",
    "",
    ...capabilities(main, start),
    "### What happened",
    "",
    ...story(main.story, start),
    "",
    ...(main.why.length === 0
      ? []
      : [
          "<details><summary>Why, cause by cause</summary>",
          "",
          ...story(main.why, start),
          "",
          "</details>",
          "",
        ]),
    `fleetquake ${escaped(result.fleetquake)}, seed ${result.seed}.${pages.length === 0 ? "" : ` More: ${pages.map((page) => code(page)).join(", ")}.`} To repeat it:`,
    "",
    ...fenced("sh", [oneLine(model.command)]),
  ];
  return `${lines.join("\n")}\n`;
}

const propertyColumns: readonly Column[] = [
  { title: "property" },
  { title: "gate" },
  { title: "verdict" },
  { title: "first at" },
  { title: "because" },
];

/** Those that fail a run and those that broke are read first; the rest is folded. */
function properties({ result }: VariantView, start: number): readonly string[] {
  const first = (item: Verdict): boolean =>
    result.gate.includes(item.property) || item.verdict === "violated";
  const row = (item: Verdict): readonly string[] => {
    const gate = result.gate.includes(item.property);
    return [
      code(item.property, cellMax),
      gate ? "yes" : "reports",
      gate && item.verdict === "violated" ? `**${item.verdict}**` : item.verdict,
      clock(item.at, start),
      escaped(item.because, cellMax),
    ];
  };
  const shown = result.verdicts.filter(first);
  const rest = result.verdicts.filter((item) => !first(item));
  return [
    ...(shown.length === 0 ? ["No property was judged."] : markdownTable(propertyColumns, shown.map(row))),
    "",
    ...(rest.length === 0
      ? []
      : [
          `<details><summary>${plural(rest.length, "property", "properties")} more, none violated</summary>`,
          "",
          ...markdownTable(propertyColumns, rest.map(row)),
          "",
          "</details>",
          "",
        ]),
  ];
}

function variants({ variants: views }: ReportModel): readonly string[] {
  if (views.length < 2) return [];
  const columns: readonly Column[] = [
    { title: "variant" },
    { title: "removed", number: true },
    { title: "merely hurt", number: true },
    { title: "outage", number: true },
    { title: "logins not served", number: true },
    { title: "gate" },
    { title: "as expected" },
  ];
  const rows = views.map(({ result }) => {
    const { tone, word, detail } = gateOf(result);
    const wrong = result.expectations.filter((item) => !item.met);
    return [
      code(result.name, cellMax),
      thousands(result.removed.instances),
      thousands(result.hurt.instances),
      outageLength(result),
      thousands(result.outage.unservedLogins),
      `${mark[tone]} ${tone === "bad" ? `**${word}**: ${escaped(detail, cellMax)}` : word}`,
      wrong.length === 0
        ? "yes"
        : `**no**: ${escaped(wrong.map((item) => `${item.text}: ${item.found}`).join("; "), cellMax)}`,
    ];
  });
  return ["### The same change, the same luck, side by side", "", ...markdownTable(columns, rows), ""];
}

function capabilities(view: VariantView, start: number): readonly string[] {
  const { outage, recovery } = view.result;
  const hurt = outage.capabilities.flatMap((item, k) => (item.regionsDegraded > 0 ? [{ item, k }] : []));
  if (hurt.length === 0) return ["No capability was impaired.", ""];
  const unhurt = outage.capabilities.length - hurt.length;
  const columns: readonly Column[] = [
    { title: "capability" },
    { title: "regions down", number: true },
    { title: "impaired", number: true },
    { title: "longest in one region", number: true },
    { title: "logins not served", number: true },
    { title: "all work again" },
    { title: "published" },
  ];
  const rows = hurt.map(({ item, k }) => {
    const back = recovery.byCapability[k]!;
    return [
      escaped(view.capabilities[k]!.title, cellMax),
      thousands(item.regionsDown),
      thousands(item.regionsDegraded),
      item.longestDownMinutes === 0 ? "–" : span(item.longestDownMinutes * 60_000),
      thousands(item.unservedLogins),
      back.allRestoredAtMs === null ? "not within the run" : clock(back.allRestoredAtMs, start),
      clock(back.published.at(-1)?.[0] ?? null, start),
    ];
  });
  return [
    ...markdownTable(columns, rows),
    "",
    ...(unhurt === 0
      ? []
      : [`${plural(unhurt, "other capability was", "other capabilities were")} not impaired.`, ""]),
  ];
}

function story(sentences: readonly Sentence[], start: number): readonly string[] {
  const left = sentences.length - sentencesMax;
  return [
    ...sentences
      .slice(0, sentencesMax)
      .map(({ atMs, text }, k) => `${k + 1}. ${clock(atMs, start)}: ${escaped(text)}`),
    ...(left > 0 ? ["", `${plural(left, "sentence")} more in the report.`] : []),
  ];
}
