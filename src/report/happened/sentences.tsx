/** What happened, sentence by sentence; the first of very many, and long names cut. */
import type { Sentence } from "../../trace/story.js";
import { clip } from "../check/visible.js";
import { Story } from "../parts.js";
import { plural } from "../words.js";

const textMax = 600;
const sentencesMax = 80;

export function Sentences({ sentences, start }: { sentences: readonly Sentence[]; start: number }) {
  const shown = sentences.slice(0, sentencesMax).map((item) => ({ ...item, text: clip(item.text, textMax) }));
  const left = sentences.length - shown.length;
  return (
    <>
      <Story sentences={shown} start={start} />
      {left > 0 ? <p class="soft">And {plural(left, "more sentence")}.</p> : null}
    </>
  );
}
