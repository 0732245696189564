/** How sure we are: luck, the published points, assumptions, priors, what was searched, and the limits of the run. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import { boundText, generatorsOf, modeText } from "../check/told.js";
import { clip } from "../check/visible.js";
import { Priors } from "../estimate/sure-section.js";
import type { ReportModel } from "../model.js";
import { Scroll } from "../parts.js";
import { recoverySpread, replicationsOf } from "../spread-words.js";
import { plural, span } from "../words.js";
import { Assumptions } from "./assumptions.js";
import { publishedScore } from "./published-score.js";

export function Sure({ model }: { model: ReportModel }) {
  return (
    <>
      <Luck model={model} />
      <h3>Against what was published</h3>
      <Published model={model} />
      <Assumptions model={model} />
      <h3>Priors</h3>
      <p>
        {model.told.file === null
          ? "A saved trace does not say which durations are priors."
          : priorSentence(model)}
      </p>
      {model.told.priors.length === 0 ? null : <Priors durations={model.told.priors} />}
      <h3>What a search says</h3>
      <Bounds model={model} />
      <h3>Limits</h3>
      <Limits model={model} />
      {model.evidence.leftOut.map((sentence, k) => (
        <p key={k}>
          <span class="tag warn">left out</span> {clip(sentence, 400)}
        </p>
      ))}
    </>
  );
}

function Luck({ model }: { model: ReportModel }) {
  const replications = replicationsOf(model);
  const hurt = model.variants[0]!.result.outage.startedAtMs !== null;
  return (
    <p>
      This is a simulation: what the manager does follows from its policy exactly; how long people take
      follows from the distributions in the scenario.{" "}
      {replications !== null && hurt
        ? `Over ${replications.words} the time to recovery is: ${recoverySpread(replications)}; the times above are those of one run.`
        : replications !== null
          ? `Over ${replications.words} nothing else came out.`
          : "The times are one draw of many: run more with --runs."}
    </p>
  );
}

function Published({ model }: { model: ReportModel }) {
  const view = model.variants[0]!;
  if (model.observed.length === 0)
    return <p>The scenario has no observed timeline, so there is nothing to hold the simulation against.</p>;
  const score = publishedScore(view, model.observed, model.told.bands);
  const plain =
    "Not calibrated: nothing was fitted to the published points, and none was held out to test a fit.";
  if (score === null || score.medianMs === null || score.medianAbsoluteMs === null)
    return <p>{plain} No published point is reached by this variant, so there is no score.</p>;
  const { points, reached, medianMs, medianAbsoluteMs, covered } = score;
  const side =
    medianMs === 0 ? "as early" : `${span(Math.abs(medianMs))} ${medianMs > 0 ? "later" : "earlier"}`;
  return (
    <p>
      {plain} The plain score: at {plural(points, "published point")} the simulated status page names as many
      regions {side} in the middle, and half of the points are within {span(medianAbsoluteMs)}.
      {reached < points
        ? ` ${plural(points - reached, "point is", "points are")} never reached by the run.`
        : ""}{" "}
      {covered === null
        ? "How many lie in the band of four of five runs is told with --runs 200."
        : `${covered} of ${points} lie in the band of four of five runs; a band that is right holds about four of five of them.`}
    </p>
  );
}

function priorSentence({ told, evidence }: ReportModel): string {
  const { share } = evidence.estimate?.priors ?? { share: null };
  const owed =
    share === null || told.priors.length === 0
      ? ""
      : ` With all of them at their medians the variance of the time to recovery shrinks by ${Math.round(100 * share)} %.`;
  return told.priors.length === 0
    ? "The scenario gives every duration of the response itself."
    : `${plural(told.priors.length, "duration of the response comes", "durations of the response come")} from published figures of other incidents, not of this fleet.${owed}`;
}

function Bounds({ model }: { model: ReportModel }) {
  const { checks } = model.evidence;
  if (checks.length === 0)
    return <p>Nothing was searched, so nothing is known of other edits than this one.</p>;
  return (
    <>
      {checks.map((result, k) => (
        <div key={k}>
          <p>
            {clip(result.variant, 80)}, seed {result.seed}
            {generatorsOf(result).length > 0 ? `, generator ${generatorsOf(result).join(", ")}` : ""}:{" "}
            {result.modes.map(modeText).join("; ")}. That is no proof for what was not searched.
          </p>
          <Scroll label="Bounds">
            <table>
              <caption>
                How often a random case of this generator violates a property that no case violated, at 95 %.
              </caption>
              <thead>
                <tr>
                  <th>property</th>
                  <th>verdict</th>
                  <th class="n">cases that tested it</th>
                  <th class="n">random cases</th>
                  <th class="n">violated by</th>
                </tr>
              </thead>
              <tbody>
                {result.properties
                  .filter(({ gate, bound }) => gate || bound !== null)
                  .map(({ property, verdict, exercised, bound }) => (
                    <tr key={property}>
                      <td>
                        <code>{property}</code>
                      </td>
                      <td>{verdict}</td>
                      <td class="n">{thousands(exercised)}</td>
                      <td class="n">{bound === null ? "–" : thousands(bound.runs)}</td>
                      <td class="n">{boundText(bound)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </Scroll>
          <pre class="command" tabIndex={0}>
            {result.command}
          </pre>
        </div>
      ))}
    </>
  );
}

const ended = {
  horizon: "looked on until its horizon",
  quiet: "ended when nothing more could happen",
  "event-limit": "reached its limit of events, so nobody knows how it goes on",
  interrupted: "was interrupted, so it is not complete",
} as const;

function Limits({ model }: { model: ReportModel }) {
  const { limits } = model.told;
  const { estimate } = model.evidence;
  const over = model.variants.filter(
    ({ result }) => result.end === "event-limit" || result.end === "interrupted",
  );
  const { result } = model.variants[0]!;
  const open = result.outage.startedAtMs !== null && result.recovery.allRestoredAtMs === null;
  return (
    <ul>
      <li>
        The run {ended[result.end]}: {formatHoursMinutes(result.endedAtMs)} of at most{" "}
        {formatHoursMinutes(limits.horizonMs)}, {thousands(result.events)} of at most{" "}
        {thousands(limits.events)} events.
      </li>
      {open ? (
        <li>
          Not everything is back by then; the outage is longer than what is told here
          {result.recovery.stuck.length > 0
            ? `. Recovery waits for ${clip(result.recovery.stuck.slice(0, 8).join(", "), 300)}`
            : ""}
          .
        </li>
      ) : null}
      {over
        .filter((view) => view.result !== result)
        .map((view) => (
          <li key={view.result.name}>
            {clip(view.result.name, 80)} {ended[view.result.end]}.
          </li>
        ))}
      {estimate === null ? null : (
        <li>
          {plural(estimate.runs, "replication")} in estimate.json, seed {estimate.seed}; each outage was
          watched for {formatHoursMinutes(estimate.horizonMs)}, and {thousands(notOver(estimate))} were not
          over by then
          {estimate.cutShort === 0 ? "" : `; ${thousands(estimate.cutShort)} reached the limit of events`}. To
          repeat it: <code>{estimate.command}</code>
        </li>
      )}
    </ul>
  );
}

const notOver = ({ figures }: NonNullable<ReportModel["evidence"]["estimate"]>): number =>
  figures.find(({ id }) => id === "recovery")?.censored ?? 0;
