/** The edits of the configuration, the line that did it marked. */
import type { ToldChange } from "../../trace/told-changes.js";
import { clip } from "../check/visible.js";
import { Diff } from "../diff.js";
import type { ReportModel } from "../model.js";
import { clock, plural } from "../words.js";

const textMax = 400;
const changesMax = 12;

export function Changes({ model }: { model: ReportModel }) {
  const { changes } = model.told;
  const start = model.result.scenario.startUtcMs;
  const { why, result } = model.variants[0]!;
  const root = changes.find((change) => change.root);
  const others = changes.filter((change) => change !== root);
  return (
    <>
      {root !== undefined ? (
        <Edit change={root} start={start} />
      ) : why.length > 0 ? (
        <p>No edit: the first cause is this. {clip(why[0]!.text, textMax)}</p>
      ) : result.outage.startedAtMs !== null ? (
        <p>No edit is among the causes of the outage.</p>
      ) : changes.length === 0 ? (
        <p>The configuration was not edited.</p>
      ) : (
        <p>The edit did what was meant, and nothing else.</p>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>
            {root === undefined ? plural(others.length, "edit") : plural(others.length, "other edit")}
          </summary>
          {others.slice(0, changesMax).map((change, k) => (
            <Edit key={k} change={change} start={start} />
          ))}
          {others.length > changesMax ? <p>And {plural(others.length - changesMax, "more edit")}.</p> : null}
        </details>
      )}
    </>
  );
}

function Edit({ change, start }: { change: ToldChange; start: number }) {
  const shown = change.documents.filter(({ untouched }) => !untouched).length;
  const left = change.touched - shown;
  return (
    <>
      <p>
        {clock(change.atMs, start)}: {clip(change.text, textMax)}.{" "}
        {change.misread === null
          ? ""
          : `The marked line did it: ${clip(change.misread, textMax)}.${
              change.leftOut ? " The edit that was meant takes this line out too." : ""
            }`}
      </p>
      {change.documents.map((document, k) => (
        <Diff
          key={k}
          document={document}
          guilty={document.lines.find(({ guilty }) => guilty) ?? null}
          words={change.leftOut ? "this line was left in" : "this line"}
          {...(document.untouched ? { note: "not edited" } : {})}
        />
      ))}
      {left > 0 ? <p class="soft">And {plural(left, "more edited document")}.</p> : null}
      {change.touched === 0 ? <p class="soft">No document differs.</p> : null}
    </>
  );
}
