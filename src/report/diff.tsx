/** A difference between two versions of a document, the guilty line marked in words as well as in colour. */
import type { DocumentDiff } from "../chaos/check-result.js";
import { diffSign } from "./check/told.js";
import { clip, documentLine } from "./check/visible.js";

/** A line that is longer says no more to anybody. */
const lineMax = 400;

export function Diff({
  document,
  guilty,
  words,
  note,
}: {
  document: DocumentDiff;
  guilty: DocumentDiff["lines"][number] | null;
  /** Beside the guilty line. */
  words: string;
  /** Beside the name of the document. */
  note?: string;
}) {
  return (
    <pre class="diff" tabIndex={0}>
      <code>
        <span class="file">
          {documentLine(clip(document.id, lineMax))}
          {note === undefined ? "" : `  (${note})`}
        </span>
        {document.lines.map((line, k) => (
          <span key={k} class={line === guilty ? `${line.kind} guilty` : line.kind}>
            <i>{line.line}</i>
            {`${diffSign[line.kind]} ${documentLine(clip(line.text, lineMax))}`}
            {line === guilty ? <em>← {words}</em> : null}
          </span>
        ))}
      </code>
    </pre>
  );
}
