/** check.html, in the order in which people ask: what was found, is it all, what was searched, how much does it matter, how sure. */
import type { CheckFile, CheckResult } from "../../chaos/check-result.js";
import { htmlDocument } from "../document.js";
import { Scroll } from "../parts.js";
import { checkStyle } from "./check-style.js";
import { Searched, Sure } from "./check-sure-section.js";
import { Found } from "./found-section.js";
import { Level } from "./heading.js";
import { Properties } from "./properties-section.js";
import { Profile, RiskOfChanges, Staging } from "./resilience-section.js";
import { headlineOf } from "./told.js";
import { clip, oneLine, visibleIn } from "./visible.js";

export interface CheckModel {
  readonly file: CheckFile;
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
}

const titleMax = 160;

export function renderCheck({ file: original, sha256Base64 }: CheckModel): string {
  const file = visibleIn(original);
  const titles = [...new Set(file.results.map((result) => clip(oneLine(result.scenario.title), titleMax)))];
  const name = titles.length === 0 ? "nothing was checked" : titles.join(", ");
  return htmlDocument(
    { title: `${name} – check`, version: file.fleetquake, style: checkStyle, sha256Base64 },
    <CheckPage file={file} name={name} />,
  );
}

function CheckPage({ file, name }: { file: CheckFile; name: string }) {
  const { results } = file;
  const only = results.length === 1 ? results[0]! : null;
  return (
    <>
      <header>
        <p class="soft">fleetquake · what breaks it</p>
        <h1>{name}</h1>
        {only === null ? (
          <p>
            {results.length === 0 ? "No scenario was searched." : "Several searches; each has its own part."}
          </p>
        ) : (
          <About result={only} />
        )}
      </header>
      <main>
        {only === null ? (
          <>
            {results.length === 0 ? null : <Overview results={results} />}
            {results.map((result, k) => (
              <section key={k}>
                <h2 id={`search-${k + 1}`}>
                  {clip(result.scenario.name, titleMax)}, {clip(result.variant, titleMax)}
                </h2>
                <About result={result} />
                <Sections result={result} level={3} />
              </section>
            ))}
          </>
        ) : (
          <Sections result={only} level={2} />
        )}
      </main>
      <footer>
        <p>
          fleetquake {file.fleetquake}. This page is made of check.json alone and is the same to the byte for
          the same search.
        </p>
      </footer>
    </>
  );
}

function Sections({ result, level }: { result: CheckResult; level: 2 | 3 }) {
  return (
    <>
      <Level level={level}>What was found</Level>
      <Found result={result} level={level} />
      <Level level={level}>Properties</Level>
      <Properties result={result} />
      <Level level={level}>What was searched</Level>
      <Searched result={result} />
      <Level level={level}>What the manager makes of mistakes</Level>
      <Profile result={result} />
      {result.risk === null ? null : (
        <>
          <Level level={level}>Risk of a change</Level>
          <RiskOfChanges risk={result.risk} />
        </>
      )}
      {result.staging === null ? null : (
        <>
          <Level level={level}>What staging does not show</Level>
          <Staging staging={result.staging} />
        </>
      )}
      <Level level={level}>How sure we are</Level>
      <Sure result={result} />
    </>
  );
}

function About({ result }: { result: CheckResult }) {
  return (
    <p class="soft">
      Variant <b>{clip(result.variant, titleMax)}</b> of <code>{result.scenario.file}</code>
      {result.managers.length === 0 ? "." : "; managers: "}
      {result.managers
        .map(({ name, model, guards }) => {
          const list = guards.length === 0 ? "no guards" : `guards ${guards.join(", ")}`;
          return clip(`${name} (${model}, ${list})`, 400);
        })
        .join("; ")}
    </p>
  );
}

function Overview({ results }: { results: readonly CheckResult[] }) {
  return (
    <Scroll label="Searches side by side">
      <table>
        <caption>Side by side.</caption>
        <thead>
          <tr>
            <th>scenario</th>
            <th>variant</th>
            <th>gate</th>
            <th>in short</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result, k) => {
            const { tone, word, sentence } = headlineOf(result);
            return (
              <tr key={k}>
                <td>{clip(result.scenario.name, titleMax)}</td>
                <td>
                  <a href={`#search-${k + 1}`}>{clip(result.variant, titleMax)}</a>
                </td>
                <td class="t">
                  <span class={`tag ${tone}`}>{word}</span>
                </td>
                <td>{sentence}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
