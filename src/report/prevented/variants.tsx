/** The variants side by side, and each one's own story. */
import { thousands } from "../../base/format-number.js";
import type { VariantView } from "../../trace/variant-view.js";
import { clip } from "../check/visible.js";
import { Sentences } from "../happened/sentences.js";
import type { Chart, ReportModel } from "../model.js";
import { gateOf } from "../outcome.js";
import { Figure, Scroll } from "../parts.js";
import { outageLength, plural } from "../words.js";

export function Variants({ model }: { model: ReportModel }) {
  if (model.variants.length < 2)
    return (
      <p>The scenario has one variant. Variants with a guard or another manager would be compared here.</p>
    );
  return (
    <Scroll label="Variants side by side">
      <table>
        <caption>The same change, the same luck, side by side.</caption>
        <thead>
          <tr>
            <th>variant</th>
            <th class="n">removed</th>
            <th class="n">merely hurt</th>
            <th class="n">outage</th>
            <th class="n">logins not served</th>
            <th>gate</th>
            <th>as expected</th>
          </tr>
        </thead>
        <tbody>
          {model.variants.map(({ result }) => {
            const verdict = gateOf(result);
            const wrong = result.expectations.filter((item) => !item.met);
            return (
              <tr key={result.name}>
                <td>{clip(result.name, 120)}</td>
                <td class="n">{thousands(result.removed.instances)}</td>
                <td class="n">{thousands(result.hurt.instances)}</td>
                <td class="n">{outageLength(result)}</td>
                <td class="n">{thousands(result.outage.unservedLogins)}</td>
                <td>
                  <span class={`tag ${verdict.tone}`}>{verdict.word}</span> {verdict.detail}
                </td>
                <td>
                  {wrong.length === 0
                    ? "yes"
                    : clip(wrong.map((item) => `${item.text}: ${item.found}`).join("; "), 400)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

export function VariantDetails({
  view,
  start,
  heat,
}: {
  view: VariantView;
  start: number;
  heat: Chart | undefined;
}) {
  return (
    <details>
      <summary>
        {clip(view.result.name, 120)}:{" "}
        {outageLength(view.result) === "none" ? "no outage" : outageLength(view.result)},{" "}
        {plural(view.result.removed.instances, "instance")} removed
      </summary>
      <Sentences sentences={view.story} start={start} />
      {heat === undefined ? null : (
        <Figure chart={{ ...heat, title: `${heat.title}: ${clip(view.result.name, 120)}` }} />
      )}
    </details>
  );
}
