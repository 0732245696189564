/** What the answer rests on: contradictions between the sources, assumptions, sources. */
import type { Assumption } from "../../scenario/scenario.js";
import { clip } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";

const textMax = 600;
const rowsMax = 60;
/** Longer lists are opened by whoever wants them. */
const foldAbove = 12;

export function Assumptions({ model }: { model: ReportModel }) {
  return (
    <>
      {model.choices.length > 0 ? (
        <>
          <h3>Where the sources contradict each other</h3>
          <Scroll label="Contradictions">
            <table>
              <thead>
                <tr>
                  <th>question</th>
                  <th>taken</th>
                  <th>instead</th>
                  <th>why</th>
                </tr>
              </thead>
              <tbody>
                {model.choices.slice(0, rowsMax).map((choice) => (
                  <tr key={choice.name}>
                    <td>{clip(choice.about, textMax)}</td>
                    <td>{clip(choice.taken, textMax)}</td>
                    <td>{clip(choice.instead.join("; "), textMax)}</td>
                    <td>{clip(choice.why, textMax)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {model.choices.length > rowsMax ? (
              <p>And {plural(model.choices.length - rowsMax, "more question")}.</p>
            ) : null}
          </Scroll>
        </>
      ) : null}
      <h3>Assumptions</h3>
      {model.assumptions.length === 0 ? (
        <p>The scenario marks no value as assumed.</p>
      ) : model.assumptions.length <= foldAbove ? (
        <AssumptionTable assumptions={model.assumptions} />
      ) : (
        <details>
          <summary>{plural(model.assumptions.length, "value")} that the sources do not say</summary>
          <AssumptionTable assumptions={model.assumptions} />
        </details>
      )}
      {model.result.scenario.sources.length > 0 ? (
        <p>
          Sources:{" "}
          {model.result.scenario.sources.slice(0, rowsMax).map((source, k) => (
            <span key={source}>
              {k > 0 ? ", " : ""}
              {/^https?:\/\//.test(source) ? (
                <a href={source} rel="noreferrer">
                  {clip(source, 300)}
                </a>
              ) : (
                clip(source, 300)
              )}
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}

function AssumptionTable({ assumptions }: { assumptions: readonly Assumption[] }) {
  return (
    <Scroll label="Assumptions">
      <table>
        <caption>What the sources do not say, as the scenario marks it.</caption>
        <thead>
          <tr>
            <th>where</th>
            <th>assumed</th>
          </tr>
        </thead>
        <tbody>
          {assumptions.slice(0, rowsMax).map((item) => (
            <tr key={item.path}>
              <td>
                <code>{clip(item.path, 160)}</code>
              </td>
              <td>{clip(item.text, textMax)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {assumptions.length > rowsMax ? (
        <p>And {plural(assumptions.length - rowsMax, "more assumption")}.</p>
      ) : null}
    </Scroll>
  );
}
