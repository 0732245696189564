/** Small pieces that several sections share. */
import type { ComponentChildren } from "preact";
import type { Sentence } from "../trace/story.js";
import type { Chart } from "./model.js";
import { clock, span } from "./words.js";

export function Story({ sentences, start }: { sentences: readonly Sentence[]; start: number }) {
  return (
    <ol class="story">
      {sentences.map((sentence, k) => (
        <li key={k} class={sentence.kind}>
          <time>
            {clock(sentence.atMs, start)}
            {start === 0 ? null : <small>+{span(sentence.atMs)}</small>}
          </time>
          <i />
          <span>{sentence.text}</span>
        </li>
      ))}
    </ol>
  );
}

/** What may be wider than the screen; who has no mouse reaches it by the keyboard. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** One picture, or one for each of two widths of a screen. */
const widths = ({ svg, narrow }: Chart): string =>
  narrow === undefined ? svg : `<div class="wide">${svg}</div><div class="narrow">${narrow}</div>`;

export function Figure({ chart }: { chart: Chart | null }) {
  if (chart === null) return null;
  return (
    <figure>
      <h3>{chart.title}</h3>
      <div
        class="scroll"
        tabIndex={0}
        role="region"
        aria-label={`${chart.title}, picture`}
        dangerouslySetInnerHTML={{ __html: widths(chart) }}
      />
      <figcaption>{chart.description}</figcaption>
    </figure>
  );
}
