/** What the answer rests on: luck in the simulation, what it did not see the end of, priors, limits, and how to repeat it. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { EstimateResult } from "../../estimate/replications/estimate-result.js";
import type { PriorName } from "../../models/people/priors.js";
import { type HeadingLevel, Level } from "../check/heading.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";
import { figureOf, priorText } from "./words.js";

/** docs/estimates.md has the figures. */
const sources: Readonly<Record<PriorName, string>> = {
  population:
    "355 published post-mortems of cloud outages of every kind, as IntelligentDDS coded them; the coding is not uniform",
  "control-plane-removal":
    "published outages in which a control plane removed or stopped what it should have kept; long and well documented ones are over-represented",
  "built-in": "assumed, of the size of published figures; belongs to no incident",
};

export function Sure({
  result,
  version,
  command,
  level,
}: {
  result: EstimateResult;
  version: string;
  command: string;
  level: HeadingLevel;
}) {
  const { seed, runs } = result;
  return (
    <>
      <p>
        ± and the intervals say how far luck in the simulation could have moved a number: more replications
        make them smaller, and about durations that are wrong they know nothing.
      </p>
      <Watched result={result} />
      <Level level={level}>Priors</Level>
      <Priors durations={result.priors.durations} />
      <Level level={level}>What replications cannot know</Level>
      <ul>
        <li>Whether the durations, needs and shares in the scenario are right.</li>
        <li>
          Whether who is slow at one thing is slow at the next: the durations of one outage are drawn
          independently.
        </li>
        <li>Whether people learn, tire or change their order while it lasts: here they do not.</li>
      </ul>
      <Level level={level}>To repeat it</Level>
      <p>
        fleetquake {version}, seed {seed}, {plural(runs, "replication")}; the number of threads changes
        nothing.
      </p>
      <pre class="command" tabIndex={0}>
        {command}
      </pre>
    </>
  );
}

/** What was not seen to the end is counted, also where it is nothing. */
function Watched({ result }: { result: EstimateResult }) {
  const { runs, horizonMs, cutShort, unharmed } = result;
  if (unharmed === runs && cutShort === 0) return null;
  const { censored } = figureOf(result, "recovery");
  return (
    <>
      <p>
        Every outage is watched for {formatHoursMinutes(horizonMs)} after its start.{" "}
        {censored === 0 ? (
          `All ${thousands(runs)} were over by then.`
        ) : (
          <>
            <b>{thousands(censored)}</b> of {thousands(runs)} were not over by then. None is left out: they
            count as that long in means, which are therefore too small, and as later in quantiles.
          </>
        )}
      </p>
      {cutShort === 0 ? null : (
        <p>
          <span class="tag warn">no verdict</span> The event limit of the scenario ended {thousands(cutShort)}{" "}
          of them before; nobody knows how they go on. Raise <code>limits: {"{ events }"}</code>.
        </p>
      )}
    </>
  );
}

export function Priors({ durations }: Pick<EstimateResult["priors"], "durations">) {
  if (durations.length === 0) return <p>None: the scenario gives every duration itself.</p>;
  const names = [...new Set(durations.map(({ prior }) => prior))];
  return (
    <Scroll label="Priors">
      <table>
        <caption>
          Durations that the scenario leaves to published figures; docs/estimates.md has these.
        </caption>
        <thead>
          <tr>
            <th>prior</th>
            <th>durations</th>
            <th>source</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <td>{priorText(name)}</td>
              <td>
                {durations
                  .filter(({ prior }) => prior === name)
                  .map(({ duration }) => duration)
                  .join(", ")}
              </td>
              <td>{sources[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
