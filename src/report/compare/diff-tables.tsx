/** The tables of one variant on both sides: figures, capabilities and groups, verdicts. */
import type { VerdictDiff } from "../../trace/result-diff.js";
import type { FigureDiff } from "../../trace/result-diff-figures.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";
import { changeOf, changeOrder, changeTone, differs, valueText } from "./diff-words.js";
import { shown } from "./sides.js";

export function Figures({
  figures,
  title,
  name,
}: {
  figures: readonly FigureDiff[];
  title: string;
  name: string;
}) {
  return (
    <Scroll label={`${title}: ${shown(name)}`}>
      <table>
        <caption>{title}.</caption>
        <thead>
          <tr>
            <th>figure</th>
            <th class="n">before</th>
            <th class="n">after</th>
            <th class="n">difference</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((diff) => (
            <tr key={diff.figure}>
              <td class="name">{diff.figure}</td>
              <Values diff={diff} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Values({ diff }: { diff: FigureDiff }) {
  const { tone, text } = changeOf(diff);
  return (
    <>
      <td class="n">{valueText(diff.before, diff.unit)}</td>
      <td class="n">{valueText(diff.after, diff.unit)}</td>
      <td class={`n ${tone}`}>{text}</td>
    </>
  );
}

/** Only what differs: a fleet has many capabilities and groups, and most stay as they were. */
export function Parts({ figures, of, name }: { figures: readonly FigureDiff[]; of: string; name: string }) {
  const different = figures.filter(differs);
  const same = figures.length - different.length;
  if (figures.length === 0) return null;
  const rest = same === 0 ? "" : ` ${plural(same, "figure is", "figures are")} the same on both sides.`;
  if (different.length === 0)
    return (
      <p>
        By {of}:{rest}
      </p>
    );
  return (
    <Scroll label={`By ${of}: ${shown(name)}`}>
      <table>
        <caption>
          By {of}, what differs.{rest}
        </caption>
        <thead>
          <tr>
            <th>{of}</th>
            <th>figure</th>
            <th class="n">before</th>
            <th class="n">after</th>
            <th class="n">difference</th>
          </tr>
        </thead>
        <tbody>
          {different.map((diff, k) => (
            <tr key={k}>
              <td class="name">{different[k - 1]?.name === diff.name ? "" : shown(diff.name)}</td>
              <td>{diff.figure}</td>
              <Values diff={diff} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function Verdicts({ verdicts, name }: { verdicts: readonly VerdictDiff[]; name: string }) {
  const changed = changeOrder.flatMap((change) =>
    change === "same" ? [] : verdicts.filter((item) => item.change === change),
  );
  const same = verdicts.length - changed.length;
  const left = verdicts.filter((item) => item.change === "same" && item.after === "violated");
  const rest = [
    ...(same === 0 ? [] : [`${plural(same, "verdict")} as before`]),
    ...(left.length === 0 ? [] : [`still violated: ${left.map(({ property }) => property).join(", ")}`]),
  ].join("; ");
  if (changed.length === 0) return <p>Verdicts: {rest === "" ? "none" : shown(rest)}.</p>;
  return (
    <Scroll label={`Verdicts that changed: ${shown(name)}`}>
      <table>
        <caption>Verdicts that changed.{rest === "" ? "" : ` ${shown(rest)}.`}</caption>
        <thead>
          <tr>
            <th>property</th>
            <th>gate</th>
            <th>before</th>
            <th>after</th>
            <th>change</th>
            <th>because</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((item) => (
            <tr key={item.property}>
              <td>
                <code>{shown(item.property)}</code>
              </td>
              <td>{item.gate ? "gate" : "reports"}</td>
              <td>{item.before ?? "–"}</td>
              <td>{item.after ?? "–"}</td>
              <td class="t">
                <span class={`tag ${changeTone[item.change]}`}>{item.change}</span>
              </td>
              <td>{shown(item.because)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
