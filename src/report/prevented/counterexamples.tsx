/** What else breaks it: one row a cause, with the edit, the chain and the command that replays it. */
import type { CheckResult } from "../../chaos/check-result.js";
import { FindingRow } from "../check/found-section.js";
import { headlineOf, searchedSentence } from "../check/told.js";
import { clip } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { commandFor } from "../reproduce.js";
import { plural } from "../words.js";

/** Of one search; check.html has all of them. */
const findingsMax = 12;

export function Counterexamples({ model }: { model: ReportModel }) {
  const { checks } = model.evidence;
  return (
    <>
      <h3>Other edits that break it</h3>
      {checks.length === 0 ? (
        <p>
          Not searched yet. <code>{commandFor("check", model)}</code> edits the configuration in every way it
          knows; run this report again afterwards.
        </p>
      ) : (
        checks.map((result, k) => <Search key={k} result={result} named={checks.length > 1} />)
      )}
    </>
  );
}

function Search({ result, named }: { result: CheckResult; named: boolean }) {
  const left = result.findings.length - findingsMax;
  return (
    <>
      <p>
        {named || result.variant !== "default" ? <b>{clip(result.variant, 80)}: </b> : null}
        {headlineOf(result).sentence} {searchedSentence(result)}
      </p>
      {result.findings.slice(0, findingsMax).map((finding, k) => (
        <FindingRow key={k} result={result} finding={finding} number={k + 1} level={3} open={false} />
      ))}
      {left > 0 ? <p>And {plural(left, "more cause")}; check.html has all of them.</p> : null}
    </>
  );
}
