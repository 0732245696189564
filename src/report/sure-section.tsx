/** What the answer rests on: contradictions between the sources, assumptions, sources. */
import type { ReportModel } from "./model.js";

export function Sure({ model }: { model: ReportModel }) {
  const main = model.variants[0]!.result;
  const times = main.recoveryTimes.filter((time) => time !== null);
  return (
    <>
      <p>
        This is a simulation: what the manager does follows from its policy exactly; how long people take
        follows from the distributions in the scenario.{" "}
        {times.length > 1 ? `${times.length} replications were run.` : "The times are one draw of many."}
      </p>
      {model.choices.length > 0 ? (
        <>
          <h3>Where the sources contradict each other</h3>
          <div class="scroll">
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
                {model.choices.map((choice) => (
                  <tr key={choice.name}>
                    <td>{choice.about}</td>
                    <td>{choice.taken}</td>
                    <td>{choice.instead.join("; ")}</td>
                    <td>{choice.why}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      <h3>Assumptions</h3>
      {model.assumptions.length === 0 ? (
        <p>The scenario marks no value as assumed.</p>
      ) : (
        <div class="scroll">
          <table>
            <caption>What the sources do not say, as the scenario marks it.</caption>
            <thead>
              <tr>
                <th>where</th>
                <th>assumed</th>
              </tr>
            </thead>
            <tbody>
              {model.assumptions.map((item) => (
                <tr key={item.path}>
                  <td>
                    <code>{item.path}</code>
                  </td>
                  <td>{item.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {model.result.scenario.sources.length > 0 ? (
        <p>
          Sources:{" "}
          {model.result.scenario.sources.map((source, k) => (
            <span key={source}>
              {k > 0 ? ", " : ""}
              {/^https?:\/\//.test(source) ? (
                <a href={source} rel="noreferrer">
                  {source}
                </a>
              ) : (
                source
              )}
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}
