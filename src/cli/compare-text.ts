/** A comparison as a terminal shows it. */
import { table } from "../base/text-table.js";
import type { FigureDifference } from "../estimate/replications/compare.js";
import type { CompareFile } from "../estimate/replications/estimate-result.js";
import type { Console } from "./console.js";
import { time, whole } from "./estimate-text.js";

const pText = (p: number): string => (p < 0.0001 ? "p < 0.0001" : `p = ${p.toFixed(4)}`);

export function compareText(found: CompareFile, paint: Console["paint"]): string {
  const { first, second, runs, seed, figures, properties } = found;
  const shown = figures.filter(({ of }) => of !== "capability in group");
  const parts = [
    `${paint("bold", `${found.scenario.title} · ${first} against ${second}`)}\n${whole(runs)} replications of seed ${seed} each, on the same luck; times are means from the start of the outage`,
  ];
  const rows = shown.map((figure) => {
    const value = figure.kind === "count" ? whole : time;
    const { low, high, mean } = figure.difference;
    const interval = low === null || high === null ? "" : `(${value(low)} to ${value(high)})`;
    return [
      label(figure),
      value(figure.first),
      value(figure.second),
      value(mean),
      interval,
      figure.sign.above + figure.sign.below === 0 ? "always the same" : pText(figure.sign.pValue),
      figure.variance?.ratio == null ? "" : `${figure.variance.ratio.toFixed(1)} x`,
    ];
  });
  parts.push(
    table(
      [
        ["", first, second, `${first} - ${second}`, "95 % interval", "sign test", "same luck is worth"],
        ...rows,
      ],
      [1, 2, 3, 6],
    ),
  );
  parts.push(
    "Same luck is worth: so many times the replications would be needed if the two had luck of their own; empty where one of them never varies.",
  );
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

function label({ of, name }: FigureDifference): string {
  if (of === "phase") return `  ${name}`;
  if (of === "group") return `in ${name}`;
  if (of === "logins") return name === "all" ? "logins that fail" : `  ${name}`;
  return name;
}
