/** Two results against each other: what changed in short, then every variant with its curves, figures and verdicts. */
import type { ResultFile } from "../../trace/result.js";
import type { ResultDiff, VariantDiff } from "../../trace/result-diff.js";
import type { FigureDiff } from "../../trace/result-diff-figures.js";
import { htmlDocument } from "../document.js";
import type { Chart } from "../model.js";
import { Figure, Scroll } from "../parts.js";
import { plural } from "../words.js";
import { compareStyle } from "./compare-style.js";
import { Figures, Parts, Verdicts } from "./diff-tables.js";
import { bothText, changeOf, differs, figureCalled, verdictsInShort } from "./diff-words.js";
import { restorationDiffChart } from "./restoration-diff-chart.js";
import { Notes, OneSided, type Side, Sides, shown } from "./sides.js";

export interface CompareModel {
  readonly version: string;
  readonly before: { readonly file: string; readonly result: ResultFile };
  readonly after: { readonly file: string; readonly result: ResultFile };
  readonly diff: ResultDiff;
  readonly sha256Base64: (text: string) => string;
}

export async function renderCompare(model: CompareModel): Promise<string> {
  const { version, before, after, diff, sha256Base64 } = model;
  const charts = new Map<string, Chart>();
  const find = ({ result }: CompareModel["before"], name: string) =>
    result.variants.find((variant) => variant.name === name)!;
  for (const [k, { name, sameTrace }] of diff.variants.entries()) {
    if (sameTrace) continue;
    const chart = await restorationDiffChart(find(before, name), find(after, name), `diff-${k}`);
    if (chart !== null) charts.set(name, chart);
  }
  const title = shown(after.result.scenario.title);
  return htmlDocument(
    { title: `${title} – before and after`, version, style: compareStyle, sha256Base64 },
    <>
      <header>
        <p class="soft">fleetquake · before and after</p>
        <h1>{title}</h1>
        <Sides before={sideOf(before)} after={sideOf(after)} />
      </header>
      <main>
        <Notes notes={diff.notes} />
        <h2>What changed</h2>
        <InShort diff={diff} />
        <OneSided before={diff.onlyBefore} after={diff.onlyAfter} />
        {diff.variants.map((variant) => (
          <Variant key={variant.name} variant={variant} chart={charts.get(variant.name) ?? null} />
        ))}
      </main>
      <footer>
        <p>
          fleetquake {version}. Each side is one run. How much of a difference is luck,{" "}
          <code>fleetquake compare</code> says, which pairs two variants replication by replication.
        </p>
      </footer>
    </>,
  );
}

const sideOf = ({ file, result }: CompareModel["before"]): Side => ({
  file,
  title: result.scenario.title,
  about: `seed ${result.seed}, ${plural(result.variants.length, "variant")}, fleetquake ${shown(result.fleetquake)}`,
});

const shortFigures = ["instances removed", "capabilities down", "outage", "logins not served"] as const;

function InShort({ diff: { variants } }: { diff: ResultDiff }) {
  if (variants.length === 0) return <p>No variant of the one has a name that the other knows.</p>;
  return (
    <Scroll label="What changed, by variant">
      <table>
        <caption>Before → after, and by how much. Less is better everywhere.</caption>
        <thead>
          <tr>
            <th>variant</th>
            {shortFigures.map((figure) => (
              <th key={figure} class="n">
                {figure}
              </th>
            ))}
            <th>verdicts</th>
          </tr>
        </thead>
        <tbody>
          {variants.map((variant) => {
            const verdicts = verdictsInShort(variant);
            return (
              <tr key={variant.name}>
                <td>{shown(variant.name)}</td>
                {shortFigures.map((figure) => (
                  <Both key={figure} diff={figureCalled(variant, figure)} />
                ))}
                <td>
                  <span class={`tag ${verdicts.tone}`}>{verdicts.text}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Both({ diff }: { diff: FigureDiff }) {
  const { tone, text } = changeOf(diff);
  return (
    <td class="n">
      {bothText(diff)}
      {text === "same" ? null : (
        <>
          <br />
          <span class={tone}>{text}</span>
        </>
      )}
    </td>
  );
}

function Variant({ variant, chart }: { variant: VariantDiff; chart: Chart | null }) {
  const { name, sameTrace, figures, verdicts, expectations } = variant;
  const short = verdictsInShort(variant);
  if (
    !figures.some(differs) &&
    expectations.length === 0 &&
    verdicts.every(({ change }) => change === "same")
  )
    return (
      <>
        <h2>{shown(name)}</h2>
        <p>
          {sameTrace ? "The same events to the byte." : "Every figure and every verdict is the same."}{" "}
          {short.text === "same" ? "" : `Verdicts: ${short.text}.`}
        </p>
      </>
    );
  const whole = figures.filter(({ of }) => of === "whole" || of === "step");
  return (
    <>
      <h2>{shown(name)}</h2>
      <Figure chart={chart === null ? null : { ...chart, title: `${chart.title}: ${shown(name)}` }} />
      <Figures figures={whole} title="The whole; steps count from the start of the outage" name={name} />
      <Parts figures={figures.filter(({ of }) => of === "capability")} of="capability" name={name} />
      <Parts figures={figures.filter(({ of }) => of === "group")} of="region group" name={name} />
      <Verdicts verdicts={verdicts} name={name} />
      {expectations.length === 0 ? null : (
        <ul>
          {expectations.map(({ text, before, after }) => (
            <li key={text}>
              Expected: {shown(text)}. {metText(before)} before, {metText(after)} after.
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const metText = (met: boolean | null): string => (met === null ? "not asked" : met ? "met" : "not met");
