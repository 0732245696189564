/** How long, for whom: every time with its quantiles, and the logins that fail. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { FigureEstimate } from "../../estimate/replications/estimate.js";
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { MeanInterval } from "../../estimate/statistics/bootstrap.js";
import { type HeadingLevel, Level } from "../check/heading.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";
import { Cell, Keys, Picture } from "./parts.js";
import type { WidthsChart } from "./row-chart.js";
import { quantileMarks, timesOf } from "./times-chart.js";
import {
  amount,
  figureName,
  intervalText,
  meanText,
  quantileOf,
  rangeText,
  scaled,
  timeUntil,
} from "./words.js";

export function Times({
  result,
  chart,
  level,
}: {
  result: EstimateResult;
  chart: WidthsChart;
  level: HeadingLevel;
}) {
  const cells = result.figures.filter(({ of }) => of === "capability in group");
  return (
    <>
      <Picture chart={chart} level={level}>
        <Keys keys={quantileMarks} />
      </Picture>
      <p class="soft">
        Dots are quantiles, lines their 95 % intervals; a line to one side only is a bound to that side, and a
        triangle at the dotted line is later than the horizon. First and last region: the earliest and the
        latest in which every capability is whole.
      </p>
      <TimesTable figures={timesOf(result)} result={result} label="Times" />
      {cells.length === 0 ? null : (
        <details>
          <summary>Every capability in every region group ({cells.length})</summary>
          <TimesTable figures={cells} result={result} label="Times by capability and region group" />
        </details>
      )}
      <Level level={level}>Logins that fail</Level>
      <Logins result={result} />
    </>
  );
}

function TimesTable({
  figures,
  result: { horizonMs },
  label,
}: {
  figures: readonly FigureEstimate[];
  result: EstimateResult;
  label: string;
}) {
  const censored = figures.some((figure) => figure.censored > 0);
  return (
    <Scroll label={label}>
      <table>
        <caption>
          From the start of the outage; below each quantile its 95 % interval, ± is the Monte Carlo error.
        </caption>
        <thead>
          <tr>
            <th>back again</th>
            {quantileMarks.map(({ q, words }) => (
              <th key={q} class="n">
                {words}
              </th>
            ))}
            <th class="n">mean</th>
            {censored ? <th class="n">not within {formatHoursMinutes(horizonMs)}</th> : null}
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.id}>
              <td>{figureName(figure)}</td>
              {quantileMarks.map(({ q }) => {
                const quantile = quantileOf(figure, q);
                return (
                  <Cell
                    key={q}
                    value={timeUntil(quantile.value, horizonMs)}
                    interval={intervalText(quantile, horizonMs)}
                  />
                );
              })}
              <td class="n">{meanText(figure.mean)}</td>
              {censored ? <td class="n">{plural(figure.censored, "replication")}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Logins({ result: { figures, cost } }: { result: EstimateResult }) {
  const logins = figures.filter(({ of }) => of === "logins");
  /** That of all has an interval of its own in the estimate. */
  const priced = ({ id, mean }: FigureEstimate): MeanInterval =>
    id === "unserved-logins" ? cost!.mean : scaled(mean, cost!.perLogin);
  return (
    <Scroll label="Logins that fail">
      <table>
        <caption>Until the horizon, after fallbacks; below each mean its 95 % interval.</caption>
        <thead>
          <tr>
            <th>of</th>
            <th class="n">mean</th>
            <th class="n">at most, in 9 of 10</th>
            {cost === null ? null : <th class="n">price of the mean, at {cost.perLogin} each</th>}
          </tr>
        </thead>
        <tbody>
          {logins.map((figure) => (
            <tr key={figure.id}>
              <td>{figure.id === "unserved-logins" ? "all capabilities" : figure.name}</td>
              <Cell value={thousands(figure.mean.mean)} interval={rangeText(figure.mean, thousands)} />
              <td class="n">{thousands(quantileOf(figure, 0.9).value!)}</td>
              {cost === null ? null : (
                <Cell value={amount(priced(figure).mean)} interval={rangeText(priced(figure), amount)} />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
