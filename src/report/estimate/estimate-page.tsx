/** estimate.html, in the order in which people ask: how long, where the time goes, what would help, why so wide, how sure. */
import type { EstimateFile, EstimateResult } from "../../estimate/replications/estimate-result.js";
import { type HeadingLevel, Level } from "../check/heading.js";
import { clip, oneLine, visibleIn } from "../check/visible.js";
import { htmlDocument } from "../document.js";
import { Scroll } from "../parts.js";
import { criticalChart, leversChart, luckChart } from "./bar-charts.js";
import { estimateStyle } from "./estimate-style.js";
import { Headline } from "./headline-section.js";
import { Levers } from "./levers-section.js";
import { phasesChart } from "./phases-chart.js";
import { Critical, Phases } from "./phases-section.js";
import type { WidthsChart } from "./row-chart.js";
import { Spread } from "./spread-section.js";
import { Sure } from "./sure-section.js";
import { timesChart } from "./times-chart.js";
import { Times } from "./times-section.js";
import { figureOf, quantileOf, quantileText } from "./words.js";

export interface EstimateModel {
  /** One or more, of one scenario or of several; every result becomes a part of the page. */
  readonly files: readonly EstimateFile[];
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
}

interface Part {
  readonly file: EstimateFile;
  readonly result: EstimateResult;
  /** Null: nothing was hurt, so there is nothing to draw. */
  readonly charts: Charts | null;
}

interface Charts {
  readonly times: WidthsChart;
  readonly phases: WidthsChart;
  readonly critical: WidthsChart | null;
  readonly levers: WidthsChart | null;
  readonly luck: WidthsChart | null;
}

const nameMax = 160;

export async function renderEstimate({ files: original, sha256Base64 }: EstimateModel): Promise<string> {
  const files = visibleIn(original);
  const parts: Part[] = [];
  for (const file of files)
    for (const result of file.results)
      parts.push({ file, result, charts: await drawCharts(result, `e${parts.length + 1}`) });
  const name = [...new Set(files.map(({ scenario }) => clip(oneLine(scenario.title), nameMax)))].join(", ");
  const version = files[0]!.fleetquake;
  return htmlDocument(
    { title: `${name} – estimate`, version, style: estimateStyle, sha256Base64 },
    <EstimatePage name={name} parts={parts} />,
  );
}

/** One after the other: drawing is synchronous work, and the order then is the same every time. */
async function drawCharts(result: EstimateResult, id: string): Promise<Charts | null> {
  if (result.unharmed === result.runs) return null;
  return {
    times: await timesChart(result, id),
    phases: await phasesChart(result, id),
    critical: result.critical.length === 0 ? null : await criticalChart(result, id),
    levers: await leversChart(result, id),
    luck: result.luck.length === 0 ? null : await luckChart(result, id),
  };
}

function EstimatePage({ name, parts }: { name: string; parts: readonly Part[] }) {
  const only = parts.length === 1 ? parts[0]! : null;
  return (
    <>
      <header>
        <p class="soft">fleetquake · how long recovery takes</p>
        <h1>{name}</h1>
        {only === null ? (
          <p class="soft">Several estimates; each has its own part.</p>
        ) : (
          <About part={only} />
        )}
      </header>
      <main>
        {only === null ? (
          <>
            <Overview parts={parts} />
            {parts.map((part, k) => (
              <section key={k}>
                <h2 id={`estimate-${k + 1}`}>
                  {clip(part.file.scenario.name, nameMax)}, {clip(part.result.variant, nameMax)}
                </h2>
                <About part={part} />
                <Sections part={part} level={3} />
              </section>
            ))}
          </>
        ) : (
          <Sections part={only} level={2} />
        )}
      </main>
      <footer>
        <p>
          This page is made of estimate.json alone and is the same to the byte for the same estimate. The
          method and what the intervals do not say: docs/estimates.md.
        </p>
      </footer>
    </>
  );
}

const About = ({ part: { file, result } }: { part: Part }) => (
  <p class="soft">
    Variant <b>{clip(result.variant, nameMax)}</b> of <code>{file.scenario.file}</code>
  </p>
);

function Sections({ part: { file, result, charts }, level }: { part: Part; level: 2 | 3 }) {
  const below = (level + 1) as HeadingLevel;
  return (
    <>
      <Headline result={result} />
      {charts === null ? null : (
        <>
          <Level level={level}>How long</Level>
          <Times result={result} chart={charts.times} level={below} />
          <Level level={level}>Where the time goes</Level>
          <Phases result={result} chart={charts.phases} level={below} />
          <Critical result={result} chart={charts.critical} level={below} />
          <Level level={level}>What would help most</Level>
          <Levers result={result} chart={charts.levers} level={below} />
          <Level level={level}>Where the spread comes from</Level>
          <Spread result={result} chart={charts.luck} level={below} />
        </>
      )}
      <Level level={level}>How sure we are</Level>
      <Sure result={result} version={file.fleetquake} command={file.command} level={below} />
    </>
  );
}

function Overview({ parts }: { parts: readonly Part[] }) {
  return (
    <Scroll label="Estimates side by side">
      <table>
        <caption>Until everything is back, with 95 % intervals.</caption>
        <thead>
          <tr>
            <th>scenario</th>
            <th>variant</th>
            <th class="n">half within</th>
            <th class="n">9 of 10 within</th>
            <th class="n">19 of 20 within</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ file, result }, k) => {
            const recovery = figureOf(result, "recovery");
            return (
              <tr key={k}>
                <td>{clip(file.scenario.name, nameMax)}</td>
                <td>
                  <a href={`#estimate-${k + 1}`}>{clip(result.variant, nameMax)}</a>
                </td>
                {result.unharmed === result.runs ? (
                  <td colSpan={3}>nothing was hurt</td>
                ) : (
                  [0.5, 0.9, 0.95].map((q) => (
                    <td key={q} class="n">
                      {quantileText(quantileOf(recovery, q), result.horizonMs)}
                    </td>
                  ))
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
