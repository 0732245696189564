/** An estimate as a terminal shows it: how long, where the time goes, what would help most, how sure that is. */
import { formatHoursMinutes } from "../base/clock-time.js";
import { thousands as whole } from "../base/format-number.js";
import { table } from "../base/text-table.js";
import type { FigureEstimate } from "../estimate/replications/estimate.js";
import type { EstimateResult } from "../estimate/replications/estimate-result.js";
import {
  figureName,
  figureOf,
  helpOf,
  meanText,
  percent,
  points,
  priorText,
  quantileOf,
  quantileText,
  rangeText,
  shareText,
  stopped,
  time,
} from "../report/estimate/words.js";
import type { Console } from "./console.js";

type Paint = Console["paint"];

export function estimateText(result: EstimateResult, title: string, paint: Paint): string {
  const { runs, unharmed, cutShort, seed, stoppedBy, relativeError } = result;
  const precise = relativeError === null ? "" : `; mean known to ${percent(relativeError)}`;
  const parts = [
    `${paint("bold", `${title} · ${result.variant}`)}\n${whole(runs)} replications of seed ${seed} (${stopped[stoppedBy]}${precise})`,
  ];
  if (unharmed === runs) {
    if (cutShort > 0)
      parts.push(`${whole(cutShort)} of them ended early at the event limit of the scenario.`);
    parts.push("Nothing was hurt in any of them.");
    if (result.bounds.length > 0) parts.push(boundsText(result, paint));
    return parts.join("\n\n");
  }
  if (cutShort > 0)
    parts.push(
      `${whole(cutShort)} of them ended at the event limit of the scenario before the horizon: no verdict, raise \`limits: { events }\`.`,
    );
  if (unharmed > 0)
    parts.push(`Nothing was hurt in ${whole(unharmed)} of them; these count as recovered at once.`);
  parts.push(timesText(result, paint), phasesText(result, paint));
  if (result.critical.length > 0) parts.push(criticalText(result, paint));
  parts.push(loginsText(result, paint));
  if (result.levers.length > 0) parts.push(leversText(result, paint));
  if (result.luck.length > 0) parts.push(luckText(result, paint));
  if (result.priors.durations.length > 0)
    parts.push(`Not of this fleet, from docs/estimates.md: ${priorsText(result)}`);
  if (result.bounds.length > 0) parts.push(boundsText(result, paint));
  return parts.join("\n\n");
}

function timesText(result: EstimateResult, paint: Paint): string {
  const { figures, horizonMs } = result;
  const shown: readonly FigureEstimate["of"][] = ["overall", "region", "capability", "group"];
  const rows = figures.filter(({ kind, of }) => kind === "time" && shown.includes(of));
  const { censored } = figureOf(result, "recovery");
  const head = ["back again", "half within", "9 of 10 within", "19 of 20 within", "99 of 100 within", "mean"];
  const text = table(
    [
      head,
      ...rows.map((figure) => [
        figureName(figure),
        ...figure.quantiles.map((item) => quantileText(item, horizonMs)),
        meanText(figure.mean),
      ]),
    ],
    [1, 2, 3, 4, 5],
  );
  const note =
    censored === 0
      ? ""
      : `\n${whole(censored)} of them were not over within ${formatHoursMinutes(horizonMs)}; they count as that long in the means.`;
  return `${paint("bold", "How long")} (from the start of the outage; in brackets the 95 % interval, ± the Monte Carlo error)\n${text}${note}`;
}

const barCells = 30;
const bar = (share: number): string => "█".repeat(Math.round(barCells * Math.max(0, Math.min(1, share))));

function phasesText({ phases }: EstimateResult, paint: Paint): string {
  const rows = phases.map(({ name, mean, share, shareError }) => [
    name,
    meanText(mean),
    `${percent(share)} ± ${points(shareError)}`,
    bar(share),
  ]);
  return `${paint("bold", "Where the time goes")}\n${table(rows, [1, 2])}`;
}

const listed = 8;

function criticalText({ critical }: EstimateResult, paint: Paint): string {
  const rows = critical
    .slice(0, listed)
    .map(({ service, share, low, high }) => [
      service,
      percent(share),
      `(${percent(low)} to ${percent(high)})`,
      bar(share),
    ]);
  const more = critical.length > listed ? `\nand ${critical.length - listed} more` : "";
  return `${paint("bold", "What the end waits for")} (share of the replications with the service on the critical path)\n${table(rows, [1])}${more}`;
}

function loginsText({ figures, cost }: EstimateResult, paint: Paint): string {
  const logins = figures.filter(({ of }) => of === "logins");
  const rows = logins.map((figure) => [
    figure.id === "unserved-logins" ? "logins that fail" : `  ${figure.name}`,
    whole(figure.mean.mean),
    `(${rangeText(figure.mean, whole)})`,
    `9 of 10 below ${whole(quantileOf(figure, 0.9).value!)}`,
  ]);
  const price =
    cost === null
      ? ""
      : `\nAt ${cost.perLogin} each: ${whole(cost.mean.mean)} (${rangeText(cost.mean, whole)})`;
  return `${paint("bold", "Whom it hurts")} (means)\n${table(rows, [1])}${price}`;
}

function leversText({ levers }: EstimateResult, paint: Paint): string {
  const { helps, others } = helpOf(levers);
  const rows = helps.map(({ about, savedMs, savedLogins }) => [
    about,
    time(savedMs.mean),
    savedMs.low === null || savedMs.high === null ? "" : `(${time(savedMs.low)} to ${time(savedMs.high)})`,
    `${whole(savedLogins.mean)} logins`,
  ]);
  return `${paint("bold", "What would help most")} (saved on the same luck, mean of ${levers[0]!.runs} replications)\n${rows.length === 0 ? "nothing of what was tried" : table(rows, [1, 3])}${others.length === 0 ? "" : `\nNo help: ${others.map(({ about }) => about).join("; ")}`}`;
}

function luckText({ luck, priors }: EstimateResult, paint: Paint): string {
  const rows = luck.map(({ about, share, error, prior }) => [
    about,
    shareText(share, error),
    bar(share),
    prior === null ? "" : priorText(prior),
  ]);
  const together =
    priors.share === null
      ? ""
      : `\nOf it from priors, not from this fleet, all of them together: ${shareText(priors.share, priors.error)}`;
  return `${paint("bold", "Where the spread comes from")} (the variance of the time to recovery that goes when this is always the median)\n${table(rows, [1])}${together}`;
}

/** Durations that the scenario leaves to priors, by prior. */
function priorsText({ priors }: EstimateResult): string {
  const names = [...new Set(priors.durations.map(({ prior }) => prior))];
  return names
    .map((name) => {
      const list = priors.durations.filter(({ prior }) => prior === name).map(({ duration }) => duration);
      return `${priorText(name)}: ${list.join(", ")}`;
    })
    .join("; ");
}

function boundsText({ bounds }: EstimateResult, paint: Paint): string {
  const colour = { holds: "green", violated: "red", undecided: "yellow" } as const;
  const rows = bounds.map(({ text, verdict, because }) => [paint(colour[verdict], verdict), text, because]);
  return `${paint("bold", "bounded-recovery")}\n${table(rows)}`;
}
