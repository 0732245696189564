/** What happened: three sentences, the figures, a verdict a property, the change that did it; all else is folded. */

import type { Verdict } from "../../models/judging/property.js";
import { clip } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { defaultOutcome } from "../outcome.js";
import { Scroll } from "../parts.js";
import { clock, plural } from "../words.js";
import { Changes } from "./change-diff.js";
import { Figures } from "./headline-figures.js";
import { Sentences } from "./sentences.js";

const textMax = 600;

export function Happened({ model }: { model: ReportModel }) {
  const view = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  const verdicts = view.result.verdicts;
  const gate = verdicts.filter(({ property }) => view.result.gate.includes(property));
  const others = verdicts.filter(({ property }) => !view.result.gate.includes(property));
  return (
    <>
      <div class="lead">
        <Sentences sentences={model.told.summary} start={start} />
      </div>
      <Figures model={model} />
      <h3>Verdicts</h3>
      <ul class="verdicts">
        {gate.map((item) => (
          <li key={item.property}>
            <span class={`tag ${defaultOutcome[item.verdict]}`}>{item.verdict}</span>{" "}
            <code>{item.property}</code> {clip(item.because, textMax)}
            {item.at === null ? "" : `, first at ${clock(item.at, start)}`}
          </li>
        ))}
      </ul>
      {others.length === 0 ? null : (
        <details>
          <summary>
            {plural(others.length, "more property", "more properties")}, reported only:{" "}
            {others.filter(({ verdict }) => verdict === "violated").length} violated
          </summary>
          <VerdictTable verdicts={others} start={start} />
        </details>
      )}
      <h3>The change that did it</h3>
      <Changes model={model} />
      <h3>Why</h3>
      {view.why.length > 0 ? (
        <details>
          <summary>
            From the change to the last thing it took down, cause by cause ({view.why.length})
          </summary>
          <Sentences sentences={view.why} start={start} />
        </details>
      ) : (
        <p>Nothing went that nobody had asked for.</p>
      )}
      <details>
        <summary>The whole run in the order of time ({view.story.length})</summary>
        <Sentences sentences={view.story} start={start} />
      </details>
    </>
  );
}

function VerdictTable({ verdicts, start }: { verdicts: readonly Verdict[]; start: number }) {
  return (
    <Scroll label="Properties that are reported only">
      <table>
        <thead>
          <tr>
            <th>property</th>
            <th>verdict</th>
            <th>because</th>
            <th>first at</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((item) => (
            <tr key={item.property}>
              <td>
                <code>{item.property}</code>
              </td>
              <td>
                <span class={`tag ${defaultOutcome[item.verdict]}`}>{item.verdict}</span>
              </td>
              <td>{clip(item.because, textMax)}</td>
              <td class="t">{clock(item.at, start)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
