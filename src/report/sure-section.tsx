/** What the answer rests on: contradictions between the sources, assumptions, sources. */
import type { ReportModel } from "./model.js";
import { span } from "./words.js";

/** What other luck would have made of it: the spread over the replications that were run. */
function Luck({ times }: { times: readonly (number | "never" | null)[] }) {
  if (times.length < 2) return <>The times are one draw of many: run more with --runs.</>;
  const sorted = times
    .map((time) => (time === "never" ? Number.POSITIVE_INFINITY : (time ?? 0)))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const at = (q: number): string => {
    const value = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
    return Number.isFinite(value) ? span(value) : "longer than the run";
  };
  return (
    <>
      Over {times.length} runs with other luck the outage lasted {at(0.5)} in the middle, {at(0.1)} to{" "}
      {at(0.9)} in four of five; the times above are those of the first.
    </>
  );
}

export function Sure({ model }: { model: ReportModel }) {
  const main = model.variants[0]!.result;
  return (
    <>
      <p>
        This is a simulation: what the manager does follows from its policy exactly; how long people take
        follows from the distributions in the scenario. <Luck times={main.recoveryTimes} />
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
