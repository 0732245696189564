/** Every property: what came out, how often it was tested at all, and what is known where nothing was found. */
import { thousands } from "../../base/format-number.js";
import type { CheckResult } from "../../chaos/check-result.js";
import { defaultOutcome } from "../outcome.js";
import { Scroll } from "../parts.js";
import { boundText } from "./told.js";
import { clip } from "./visible.js";

const textMax = 400;

export function Properties({ result }: { result: CheckResult }) {
  return (
    <Scroll label="Properties">
      <table>
        <caption>
          Exercised: cases in which it was tested at all. Bound: at 95 %, of the random cases of this
          generator.
        </caption>
        <thead>
          <tr>
            <th>property</th>
            <th>gate</th>
            <th>verdict</th>
            <th class="n">exercised</th>
            <th class="n">violated</th>
            <th class="n">hazards</th>
            <th>bound</th>
            <th>because</th>
          </tr>
        </thead>
        <tbody>
          {result.properties.map((item, k) => (
            <tr key={k}>
              <td class="name">
                <code>{clip(item.property, textMax)}</code>
                <br />
                <small>
                  {item.modality}: {clip(item.about, textMax)}
                </small>
              </td>
              <td>{item.gate ? "gate" : "reports"}</td>
              <td class="t">
                <span class={`tag ${defaultOutcome[item.verdict]}`}>{item.verdict}</span>
              </td>
              <td class="n">{thousands(item.exercised)}</td>
              <td class="n">{thousands(item.violated)}</td>
              <td class="n">{thousands(item.hazards)}</td>
              <td class="t">{boundText(item.bound)}</td>
              <td>{clip(item.because, textMax)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
