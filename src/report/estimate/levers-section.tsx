/** What would help most: one change at a time, in minutes, logins and money; and what does not help. */
import { thousands } from "../../base/format-number.js";
import type { EstimateResult, LeverEffect } from "../../estimate/replications/estimate-result.js";
import type { HeadingLevel } from "../check/heading.js";
import { Scroll } from "../parts.js";
import { Cell, Picture } from "./parts.js";
import type { WidthsChart } from "./row-chart.js";
import { amount, helpOf, rangeText, scaled, time } from "./words.js";

/** Why something that is simulated after the replications is not there. */
export function Untried({ stoppedBy }: { stoppedBy: EstimateResult["stoppedBy"] }) {
  return stoppedBy === "wall" || stoppedBy === "interrupt" ? (
    <p>The estimate was stopped before this was simulated.</p>
  ) : (
    <p>Not simulated, because of --no-levers.</p>
  );
}

export function Levers({
  result: { levers, cost, stoppedBy },
  chart,
  level,
}: {
  result: EstimateResult;
  chart: WidthsChart | null;
  level: HeadingLevel;
}) {
  if (levers.length === 0) return <Untried stoppedBy={stoppedBy} />;
  const { helps, others } = helpOf(levers);
  return (
    <>
      <p>
        The first {levers[0]!.runs} replications again with one thing changed, on the same luck. Savings do
        not add up, and nothing here says what a change costs.
        {stoppedBy === "wall" || stoppedBy === "interrupt"
          ? " The estimate was stopped; some changes may be missing."
          : ""}
      </p>
      {helps.length === 0 ? <p>Nothing of what was tried saves anything.</p> : null}
      <Picture chart={chart} level={level} />
      {helps.length === 0 ? null : (
        <LeversTable levers={helps} cost={cost} caption="Saved on average, with 95 % intervals." />
      )}
      {others.length === 0 ? null : (
        <LeversTable
          levers={others}
          cost={cost}
          caption="No help; below 0 it takes longer or more logins fail."
        />
      )}
    </>
  );
}

function LeversTable({
  levers,
  cost,
  caption,
}: {
  levers: readonly LeverEffect[];
  cost: EstimateResult["cost"];
  caption: string;
}) {
  return (
    <Scroll label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th>change</th>
            <th class="n">time saved</th>
            <th class="n">logins saved</th>
            {cost === null ? null : <th class="n">price of these, at {cost.perLogin} each</th>}
          </tr>
        </thead>
        <tbody>
          {levers.map(({ id, about, savedMs, savedLogins }) => (
            <tr key={id}>
              <td>{about}</td>
              <Cell value={time(savedMs.mean)} interval={rangeText(savedMs, time)} />
              <Cell value={thousands(savedLogins.mean)} interval={rangeText(savedLogins, thousands)} />
              {cost === null ? null : (
                <Cell
                  value={amount(savedLogins.mean * cost.perLogin)}
                  interval={rangeText(scaled(savedLogins, cost.perLogin), amount)}
                />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
