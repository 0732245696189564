/** What the answer rests on: what was searched, how far a silence reaches, and how to repeat it. */
import { thousands } from "../../base/format-number.js";
import type { CheckResult } from "../../chaos/check-result.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";
import { boundText, generatorsOf, searchedSentence } from "./told.js";
import { clip } from "./visible.js";

const levels = {
  plan: "on what managers propose and guards admit",
  run: "on the whole simulated run",
} as const;

export function Searched({ result }: { result: CheckResult }) {
  if (result.modes.length === 0) return <p>Nothing. {searchedSentence(result)}</p>;
  return (
    <>
      <p>{searchedSentence(result)}</p>
      <Scroll label="What was searched">
        <table>
          <thead>
            <tr>
              <th>mode</th>
              <th>what it covers</th>
              <th class="n">cases</th>
              <th class="n">of</th>
              <th class="n">really different</th>
              <th class="n">left out, the same up to names</th>
              <th>judged</th>
            </tr>
          </thead>
          <tbody>
            {result.modes.map((mode, k) => (
              <tr key={k}>
                <td>{mode.mode}</td>
                <td>
                  {clip(mode.about, 400)}
                  {mode.generator === null ? "" : ` (generator ${clip(mode.generator, 100)})`}
                  {mode.cases < mode.planned ? " – not finished" : ""}
                </td>
                <td class="n">{thousands(mode.cases)}</td>
                <td class="n">{thousands(mode.planned)}</td>
                <td class="n">{thousands(mode.distinct)}</td>
                <td class="n">{thousands(mode.symmetric)}</td>
                <td>{levels[mode.level]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

export function Sure({ result }: { result: CheckResult }) {
  const bounds = result.properties.filter((item) => item.bound !== null);
  const generators = generatorsOf(result);
  return (
    <>
      <p>
        A violation is a fact about the simulated manager: replaying its file shows it again. That nothing was
        found only says that these cases do not show it.
      </p>
      {bounds.length === 0 ? null : (
        <>
          <p>
            At 95 %, a random case violates a property at most this often
            {generators.length === 0
              ? ""
              : ` (generator ${clip(generators.join(", "), 200)}, seed ${result.seed})`}
            ; about cases that this generator does not draw it says nothing:
          </p>
          <ul>
            {bounds.map((item, k) => (
              <li key={k}>
                <code>{clip(item.property, 200)}</code>: {boundText(item.bound)}, after{" "}
                {plural(item.bound!.runs, "random case")} without a violation
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="soft">
        Seed {result.seed}. The scenario that was mutated has the SHA-256 <code>{result.base}</code>.
      </p>
      <p>To repeat the search:</p>
      <pre class="command" tabIndex={0}>
        {result.command}
      </pre>
    </>
  );
}
