/** Where the spread comes from: shares of the variance, and what of it published figures put in. */
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { HeadingLevel } from "../check/heading.js";
import { Scroll } from "../parts.js";
import { Untried } from "./levers-section.js";
import { Keys, Picture } from "./parts.js";
import type { WidthsChart } from "./row-chart.js";
import { priorText, shareText } from "./words.js";

export function Spread({
  result: { luck, priors, levers, stoppedBy },
  chart,
  level,
}: {
  result: EstimateResult;
  chart: WidthsChart | null;
  level: HeadingLevel;
}) {
  if (chart === null) {
    const simulated = levers.length > 0 && stoppedBy !== "wall" && stoppedBy !== "interrupt";
    return simulated ? (
      <p>Nothing varies: every duration is the same in every replication.</p>
    ) : (
      <Untried stoppedBy={stoppedBy} />
    );
  }
  return (
    <>
      <Priors priors={priors} />
      <Picture chart={chart} level={level}>
        <Keys
          keys={[
            { key: "k1", words: "durations that the scenario gives" },
            { key: "k4", words: "durations from priors, not from this fleet" },
          ]}
        />
      </Picture>
      <p class="soft">
        A screening, no decomposition: each is set to its median alone, so the shares need not add up to 100
        %, and a small one can come out below 0.
      </p>
      <Scroll label="Shares of the variance">
        <table>
          <thead>
            <tr>
              <th>luck</th>
              <th>from</th>
              <th class="n">share of the variance, ± Monte Carlo error</th>
            </tr>
          </thead>
          <tbody>
            {luck.map(({ id, about, share, error, prior }) => (
              <tr key={id}>
                <td>{about}</td>
                <td>{prior === null ? "the scenario" : <span class="tag warn">{priorText(prior)}</span>}</td>
                <td class="n">{shareText(share, error)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Priors({ priors: { durations, share, error } }: { priors: EstimateResult["priors"] }) {
  if (durations.length === 0)
    return <p>The scenario gives every duration itself; nothing comes from priors.</p>;
  if (share === null) return <p>How much of the width comes from priors was not simulated.</p>;
  return (
    <p>
      Of the variance, <b>{shareText(share, error)}</b> comes from priors, published figures that are not of
      this fleet, all of them together.
      {share >= 0.5
        ? " So most of the width of this estimate is what others published: measure these durations first."
        : ""}{" "}
      Whether the medians of priors are right, it does not say.
    </p>
  );
}
