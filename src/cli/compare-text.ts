/** A comparison as a terminal shows it. */
import { formatHoursMinutes } from "../base/clock-time.js";
import { thousands as whole } from "../base/format-number.js";
import { table } from "../base/text-table.js";
import type { FigureDifference, SideFigure } from "../estimate/replications/compare.js";
import type { CompareFile } from "../estimate/replications/estimate-result.js";
import { time } from "../report/estimate/words.js";
import type { Console } from "./console.js";

const pText = (p: number): string => (p < 0.0001 ? "p < 0.0001" : `p = ${p.toFixed(4)}`);

export function compareText(found: CompareFile, paint: Console["paint"]): string {
  const { first, second, runs, seed, figures, properties, horizonMs } = found;
  const shown = figures.filter(({ of }) => of !== "capability in group");
  const parts = [
    `${paint("bold", `${found.scenario.title} · ${first} against ${second}`)}\n${whole(runs)} replications of seed ${seed} each, on the same luck; times are means from the start of the outage, ± the Monte Carlo error`,
  ];
  const missed = figures.some((figure) => figure.first.censored + figure.second.censored > 0);
  const rows = shown.map((figure) => {
    const value = figure.kind === "count" ? whole : time;
    const { low, high, mean } = figure.difference;
    const interval = low === null || high === null ? "" : `(${value(low)} to ${value(high)})`;
    const side = ({ mean: of, error, censored }: SideFigure): string =>
      `${value(of)} ± ${value(error)}${censored === 0 ? "" : ` (${whole(censored)} not by then)`}`;
    return [
      label(figure),
      side(figure.first),
      side(figure.second),
      value(mean),
      interval,
      figure.sign.above + figure.sign.below === 0 ? "always the same" : pText(figure.sign.pValue),
      figure.difference.pValue === null ? "" : pText(figure.difference.pValue),
      figure.variance?.ratio == null ? "" : `${figure.variance.ratio.toFixed(1)} x`,
    ];
  });
  parts.push(
    table(
      [
        [
          "",
          first,
          second,
          `${first} - ${second}`,
          "95 % interval",
          "sign test",
          "bootstrap",
          "same luck is worth",
        ],
        ...rows,
      ],
      [1, 2, 3, 7],
    ),
  );
  parts.push(
    "Same luck is worth: so many times the replications would be needed if the two had luck of their own; empty where one of them never varies.",
  );
  if (missed)
    parts.push(
      `Not by then: replications in which it had not come within ${formatHoursMinutes(horizonMs)}; they count as that long, so the difference is that of restricted means.`,
    );
  parts.push(...asides(found));
  parts.push(
    `${paint("bold", "Violated in")}\n${table(
      properties.map(({ property, first: a, second: b, test }) => [
        property,
        `${whole(a)} of ${whole(runs)}`,
        `${whole(b)} of ${whole(runs)}`,
        test.onlyFirst + test.onlySecond === 0
          ? "always the same"
          : `only ${first} ${whole(test.onlyFirst)}, only ${second} ${whole(test.onlySecond)}; exact McNemar ${pText(test.pValue)}`,
      ]),
      [1, 2],
    )}`,
  );
  return parts.join("\n\n");
}

function asides({ first, second, onlyFirst, onlySecond, cutShort, cost }: CompareFile): readonly string[] {
  const lines: string[] = [];
  for (const [name, ids] of [
    [first, onlyFirst],
    [second, onlySecond],
  ] as const)
    if (ids.length > 0)
      lines.push(`Only ${name} has ${ids.length} figures more, which compare with nothing.`);
  const cut = cutShort.first + cutShort.second;
  if (cut > 0) lines.push(`${whole(cut)} replications ended early at the event limit of the scenario.`);
  if (cost !== null) {
    const { low, high, mean } = cost.difference;
    const range = low === null || high === null ? "" : ` (${whole(low)} to ${whole(high)})`;
    lines.push(
      `At ${cost.perLogin} a login: ${first} ${whole(cost.first)}, ${second} ${whole(cost.second)}, difference ${whole(mean)}${range}`,
    );
  }
  return lines;
}

function label({ of, name }: FigureDifference): string {
  if (of === "phase") return `  ${name}`;
  if (of === "group") return `in ${name}`;
  if (of === "logins") return name === "all" ? "logins that fail" : `  ${name}`;
  return name;
}
