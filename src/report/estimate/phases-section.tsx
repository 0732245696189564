/** Where the time goes: phases one after the other, and the services that the end waited for. */
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { HeadingLevel } from "../check/heading.js";
import { Scroll } from "../parts.js";
import { Picture } from "./parts.js";
import { phaseKey } from "./phases-chart.js";
import type { WidthsChart } from "./row-chart.js";
import { meanText, percent, shareText } from "./words.js";

/** What each phase lasts until. */
export const until: Readonly<Record<EstimateResult["phases"][number]["name"], string>> = {
  detect: "somebody is alerted",
  diagnose: "it is decided what to do",
  "manager back": "every manager that was gone is back, its configuration repaired",
  "lower layers": "the first capability that was down works in one region",
  features: "everything is back",
  verification: "the last result is checked",
  publication: "the last word to the public",
};

export function Phases({
  result,
  chart,
  level,
}: {
  result: EstimateResult;
  chart: WidthsChart;
  level: HeadingLevel;
}) {
  return (
    <>
      <Picture chart={chart} level={level} />
      <Scroll label="Phases">
        <table>
          <caption>Means; ± is the Monte Carlo error.</caption>
          <thead>
            <tr>
              <th>phase</th>
              <th class="n">lasts</th>
              <th class="n">share</th>
              <th>until</th>
            </tr>
          </thead>
          <tbody>
            {result.phases.map(({ name, mean, share, shareError }, k) => (
              <tr key={name}>
                <td class="t">
                  <i class={`key k${phaseKey(k)}`} />
                  {name}
                </td>
                <td class="n">{meanText(mean)}</td>
                <td class="n">{shareText(share, shareError)}</td>
                <td>{until[name]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

export function Critical({
  result: { critical },
  chart,
  level,
}: {
  result: EstimateResult;
  chart: WidthsChart | null;
  level: HeadingLevel;
}) {
  if (chart === null)
    return <p>No service was on a critical path: nothing came back, or it came back by itself.</p>;
  return (
    <>
      <Picture chart={chart} level={level} />
      <details>
        <summary>The same as a table ({critical.length})</summary>
        <Scroll label="Services on the critical path">
          <table>
            <thead>
              <tr>
                <th>service</th>
                <th class="n">share of the replications</th>
                <th class="n">95 % interval (Wilson)</th>
              </tr>
            </thead>
            <tbody>
              {critical.map(({ service, share, low, high }) => (
                <tr key={service}>
                  <td>{service}</td>
                  <td class="n">{percent(share)}</td>
                  <td class="n">
                    {percent(low)} to {percent(high)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}
