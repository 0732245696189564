/** The answer first: how long, whom it hurts, what that costs, and why the simulation stopped where it did. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { BoundVerdict, EstimateResult } from "../../estimate/replications/estimate-result.js";
import { clip } from "../check/visible.js";
import type { Tone } from "../outcome.js";
import { plural } from "../words.js";
import { amount, figureOf, intervalText, percent, quantileOf, rangeText, stopped, time } from "./words.js";

const asked = [
  { q: 0.5, words: "in half of the outages" },
  { q: 0.9, words: "in 9 of 10" },
  { q: 0.95, words: "in 19 of 20" },
] as const;

export function Headline({ result }: { result: EstimateResult }) {
  const { runs, unharmed, seed, stoppedBy, relativeError } = result;
  const open = stoppedBy === "limit" || stoppedBy === "wall" || stoppedBy === "interrupt";
  return (
    <>
      {unharmed === runs ? (
        <p class="headline">Nothing was hurt in any of {thousands(runs)} replications.</p>
      ) : (
        <>
          <HowLong result={result} />
          <Logins result={result} />
        </>
      )}
      <Bounds bounds={result.bounds} />
      <p class="soft">
        {plural(runs, "replication")} of seed {seed}
        {open ? ": " : ", "}
        {open ? <span class="tag warn">{stopped[stoppedBy]}</span> : stopped[stoppedBy]}
        {relativeError === null ? "" : `; the mean time to recovery is known to ${percent(relativeError)}`}.
        {unharmed === runs ? "" : " In brackets are 95 % intervals."}
      </p>
    </>
  );
}

function HowLong({ result }: { result: EstimateResult }) {
  const { horizonMs, unharmed } = result;
  const recovery = figureOf(result, "recovery");
  return (
    <>
      <p class="headline">
        Everything is back{" "}
        {asked.map(({ q, words }, k) => {
          const quantile = quantileOf(recovery, q);
          const { value } = quantile;
          const interval = intervalText(quantile, horizonMs);
          return (
            <span key={q}>
              {k === 0 ? "" : ", "}within{" "}
              <b>{value === null ? `more than ${formatHoursMinutes(horizonMs)}` : time(value)}</b>{" "}
              {interval === null ? (
                "(too few replications for an interval)"
              ) : (
                <span class="unbroken">({interval})</span>
              )}{" "}
              {words}
            </span>
          );
        })}
        .
      </p>
      {recovery.censored === 0 ? null : (
        <p>
          <span class="tag warn">{plural(recovery.censored, "replication")}</span> did not recover within the{" "}
          {formatHoursMinutes(horizonMs)} for which each outage is watched.
        </p>
      )}
      {unharmed === 0 ? null : (
        <p>Nothing was hurt in {thousands(unharmed)} replications; these count as recovered at once.</p>
      )}
    </>
  );
}

function Logins({ result }: { result: EstimateResult }) {
  const logins = figureOf(result, "unserved-logins");
  const { cost } = result;
  return (
    <p class="logins">
      <b>{thousands(logins.mean.mean)}</b> logins fail on average ({rangeText(logins.mean, thousands)}), at
      most {thousands(quantileOf(logins, 0.9).value!)} in 9 of 10 outages
      {cost === null ? (
        "."
      ) : (
        <>
          . At {cost.perLogin} a login that is <b>{amount(cost.mean.mean)}</b> ({rangeText(cost.mean, amount)}
          ).
        </>
      )}
    </p>
  );
}

const tones: Readonly<Record<BoundVerdict["verdict"], Tone>> = {
  holds: "good",
  violated: "bad",
  undecided: "warn",
};

function Bounds({ bounds }: { bounds: readonly BoundVerdict[] }) {
  if (bounds.length === 0) return null;
  return (
    <ul class="bounds">
      {bounds.map(({ text, verdict, because }, k) => (
        <li key={k}>
          <span class={`tag ${tones[verdict]}`}>{verdict}</span> <code>bounded-recovery</code>:{" "}
          {clip(text, 200)}; {clip(because, 400)}
        </li>
      ))}
    </ul>
  );
}
