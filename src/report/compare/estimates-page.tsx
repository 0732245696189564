/** Two estimates side by side, quantiles with their intervals; and that laying intervals beside each other is no test. */

import { thousands } from "../../base/format-number.js";
import type { FigureEstimate } from "../../estimate/replications/estimate.js";
import type { EstimateDiff, EstimatePair } from "../../estimate/replications/estimate-diff.js";
import type { EstimateFile } from "../../estimate/replications/estimate-result.js";
import { htmlDocument } from "../document.js";
import { meanText, quantileOf, quantileText, rangeText, shareText } from "../estimate/words.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";
import { compareStyle } from "./compare-style.js";
import { Notes, OneSided, type Side, Sides, shown } from "./sides.js";

export interface CompareEstimatesModel {
  readonly version: string;
  readonly before: { readonly file: string; readonly estimate: EstimateFile };
  readonly after: { readonly file: string; readonly estimate: EstimateFile };
  readonly diff: EstimateDiff;
  readonly sha256Base64: (text: string) => string;
}

/** The page and the terminal say it. */
export const noTest =
  "Overlap is no test: intervals that overlap do not show that nothing changed, and two that do not overlap do not show by how much, since each side has luck of its own. For two variants of one scenario fleetquake compare pairs both on the same luck and gives the difference with its interval.";

export function renderCompareEstimates({
  version,
  before,
  after,
  diff,
  sha256Base64,
}: CompareEstimatesModel): string {
  const title = shown(after.estimate.scenario.title);
  return htmlDocument(
    { title: `${title} – estimates before and after`, version, style: compareStyle, sha256Base64 },
    <>
      <header>
        <p class="soft">fleetquake · estimates before and after</p>
        <h1>{title}</h1>
        <Sides before={sideOf(before)} after={sideOf(after)} />
      </header>
      <main>
        <p class="note">{noTest}</p>
        <Notes notes={diff.notes} />
        {diff.variants.length === 0 ? <p>No variant of the one has a name that the other knows.</p> : null}
        <OneSided before={diff.onlyBefore} after={diff.onlyAfter} />
        {diff.variants.map((pair) => (
          <Pair key={pair.name} pair={pair} />
        ))}
      </main>
      <footer>
        <p>fleetquake {version}. In brackets are 95 % intervals; ± is the Monte Carlo error of a mean.</p>
      </footer>
    </>,
  );
}

const sideOf = ({ file, estimate }: CompareEstimatesModel["before"]): Side => ({
  file,
  title: estimate.scenario.title,
  about: `${estimate.results.map(({ variant, runs, seed }) => `${shown(variant)}: ${plural(runs, "replication")} of seed ${seed}`).join("; ")}; fleetquake ${shown(estimate.fleetquake)}`,
});

const asked = [
  { q: 0.5, words: "half within" },
  { q: 0.9, words: "9 of 10 within" },
] as const;

function Pair({ pair }: { pair: EstimatePair }) {
  const times = pair.figures.filter(
    ({ before }) => before.kind === "time" && before.of !== "capability in group",
  );
  const counts = pair.figures.filter(({ before }) => before.kind === "count");
  const left = pair.figures.length - times.length - counts.length;
  return (
    <>
      <h2>{shown(pair.name)}</h2>
      <Scroll label={`How long: ${shown(pair.name)}`}>
        <table>
          <caption>
            Until it works again.
            {left === 0 ? "" : ` ${left} times of capabilities in single groups are left out.`}
          </caption>
          <Heads first="what" />
          <tbody>
            {times.map(({ before, after }) => (
              <tr key={before.id}>
                <td class="name">{nameOf(before)}</td>
                {asked.flatMap(({ q }) => [
                  <td key={`b${q}`} class="n">
                    {quantileText(quantileOf(before, q), pair.before.horizonMs)}
                  </td>,
                  <td key={`a${q}`} class="n">
                    {quantileText(quantileOf(after, q), pair.after.horizonMs)}
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Scroll label={`Logins that fail: ${shown(pair.name)}`}>
        <table>
          <caption>Logins that fail, on average, with the interval of the mean.</caption>
          <TwoHeads first="capability" />
          <tbody>
            {counts.map(({ before, after }) => (
              <tr key={before.id}>
                <td class="name">{shown(before.name)}</td>
                <td class="n">{loginsText(before)}</td>
                <td class="n">{loginsText(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Scroll label={`Where the time goes: ${shown(pair.name)}`}>
        <table>
          <caption>Where the time goes, on average, with its share of the whole.</caption>
          <TwoHeads first="phase" />
          <tbody>
            {pair.phases.map(({ before, after }) => (
              <tr key={before.name}>
                <td class="name">{before.name}</td>
                {[before, after].map((phase, k) => (
                  <td key={k} class="n">
                    {meanText(phase.mean)}, {shareText(phase.share, phase.shareError)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <OneSided before={pair.onlyBefore} after={pair.onlyAfter} />
    </>
  );
}

const nameOf = ({ of, name }: FigureEstimate): string => shown(of === "group" ? `in ${name}` : name);
const loginsText = ({ mean }: FigureEstimate): string =>
  `${thousands(mean.mean)} (${rangeText(mean, thousands)})`;

function Heads({ first }: { first: string }) {
  return (
    <thead>
      <tr>
        <th>{first}</th>
        {asked.flatMap(({ q, words }) => [
          <th key={`b${q}`} class="n">
            {words}: before
          </th>,
          <th key={`a${q}`} class="n">
            after
          </th>,
        ])}
      </tr>
    </thead>
  );
}

function TwoHeads({ first }: { first: string }) {
  return (
    <thead>
      <tr>
        <th>{first}</th>
        <th class="n">before</th>
        <th class="n">after</th>
      </tr>
    </thead>
  );
}
