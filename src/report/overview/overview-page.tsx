/** index.html of a folder of reports: what was run, checked and estimated there, with the verdicts and the way in. */
import { clip, oneLine, visible } from "../check/visible.js";
import { htmlDocument } from "../document.js";
import { plural } from "../words.js";
import { type Entry, entryOf, type ReportFolder, type Thumbnail } from "./entry.js";
import { overviewStyle } from "./overview-style.js";

export interface OverviewModel {
  /** Version that writes it. */
  readonly version: string;
  /** In the order in which they are listed. */
  readonly folders: readonly ReportFolder[];
  /** What could not be read, one line each. */
  readonly leftOut: readonly string[];
  /** Folders that hold no report at all. */
  readonly others: number;
  /** Base64 SHA-256 of a text: the content security policy names the one style sheet by it. */
  readonly sha256Base64: (text: string) => string;
}

/** Only this program writes a page of this name: what has another may be somebody's own, and is not written over. */
export const overviewTitle = "Reports of fleetquake";

const textMax = 200;
const shown = (text: string): string => clip(oneLine(visible(text)), textMax);

export function renderOverview({ version, folders, leftOut, others, sha256Base64 }: OverviewModel): string {
  return htmlDocument(
    { title: overviewTitle, version, style: overviewStyle, sha256Base64 },
    <>
      <header>
        <p class="soft">fleetquake</p>
        <h1>Reports</h1>
        <p class="soft">
          {plural(folders.length, "folder")} with reports, by name. The small curve is the capability that was
          hurt worst: the share of its hurt regions that work, from the start of the outage until all do.
        </p>
      </header>
      <main>
        <ul class="reports">
          {folders.map(entryOf).map((entry) => (
            <Report key={entry.folder} entry={entry} />
          ))}
        </ul>
        {leftOut.length + others === 0 ? null : <LeftOut leftOut={leftOut} others={others} />}
      </main>
      <footer>
        <p>
          fleetquake {version}. This page is written again after every run, check and estimate, of what is in
          the folder and of nothing else.
        </p>
      </footer>
    </>,
  );
}

function Report({ entry: { folder, title, date, lines, wasRun, thumbnail, pages } }: { entry: Entry }) {
  const main = pages[0];
  const name = shown(title);
  return (
    <li>
      {thumbnail === null ? (
        <p class="calm">{wasRun ? "no outage" : "not run"}</p>
      ) : (
        <Small thumbnail={thumbnail} />
      )}
      <div>
        <h2>{main === undefined ? name : <a href={linkTo(folder, main.file)}>{name}</a>}</h2>
        <p class="soft">
          <code>{shown(folder)}</code>
          {date === null ? "" : `, begins on ${date}`}
        </p>
        <ul class="lines">
          {lines.map(({ of, tone, word, text }, k) => (
            <li key={k}>
              <b>{of}</b> <span class={`tag ${tone}`}>{word}</span> {shown(text)}
            </li>
          ))}
        </ul>
        <ul class="pages" aria-label={`Files of ${name}`}>
          {pages.map(({ file, words }) => (
            <li key={file}>
              <a href={linkTo(folder, file)}>{words}</a>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

/** Names of folders are letters, digits, dots, dashes and underscores where we made them, and anything elsewhere. */
const linkTo = (folder: string, file: string): string =>
  `./${encodeURIComponent(folder.replaceAll(/\p{Surrogate}/gu, "\ufffd"))}/${file}`;

function Small({ thumbnail: { steps, about } }: { thumbnail: Thumbnail }) {
  const x = (at: number): number => Math.round(at * 2000) / 10;
  const y = (share: number): number => Math.round((58 - 52 * share) * 10) / 10;
  const path = steps
    .map(([at, share], k) => (k === 0 ? `M${x(at)} ${y(share)}` : `H${x(at)}V${y(share)}`))
    .join("");
  return (
    <figure class="thumbnail">
      <svg viewBox="0 0 200 64" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path class="area" d={`${path}H200V${y(1)}H0z`} />
        <path class="frame" d={`M0 ${y(0)}H200M0 ${y(1)}H200`} />
        <path class="curve" d={`${path}H200`} />
      </svg>
      <figcaption>{shown(about)}</figcaption>
    </figure>
  );
}

function LeftOut({ leftOut, others }: { leftOut: readonly string[]; others: number }) {
  return (
    <>
      <h2>Left out</h2>
      <ul>
        {leftOut.map((line, k) => (
          <li key={k}>{clip(visible(line), 400)}</li>
        ))}
        {others === 0 ? null : <li>{plural(others, "other folder")} without a report.</li>}
      </ul>
    </>
  );
}
