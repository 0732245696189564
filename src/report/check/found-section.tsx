/** The verdict, then one row a cause that opens to everything that is known about it. */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import type { CheckResult, CounterexampleView, Finding } from "../../chaos/check-result.js";
import { Diff } from "../diff.js";
import { Story } from "../parts.js";
import { plural } from "../words.js";
import { type HeadingLevel, Level } from "./heading.js";
import {
  atBaseOnly,
  casesOf,
  causesOf,
  findingSentence,
  guiltyLine,
  headlineOf,
  mutationText,
  outageText,
  stoppedBecause,
  weightOf,
  weightWord,
} from "./told.js";
import { clip } from "./visible.js";

/** A summary is one row; the text follows in full inside. */
const summaryMax = 240;
const weightTone = { error: "bad", warning: "warn", note: "warn" } as const;

export function Found({ result, level }: { result: CheckResult; level: 2 | 3 }) {
  const first = result.findings.find((finding) => finding.kind === "violation");
  return (
    <>
      <Figures result={result} />
      {first === undefined ? (
        <p class="headline">
          {headlineOf(result).sentence} This says something about what was searched, and nothing about the
          rest.
        </p>
      ) : (
        <>
          <p class="headline">{clip(first.decision, 600)}.</p>
          <p class="quiet">
            It takes {plural(first.counterexample.size.mutations, "mutation")}:{" "}
            {clip(causesOf(first.counterexample).join("; ") || "none", 600)}.
          </p>
        </>
      )}
      {atBaseOnly(result).map(({ property, because }, k) => (
        <p key={k}>
          <span class="tag warn">without any mutation</span> <code>{property}</code> is violated:{" "}
          {clip(because, 600)}.
        </p>
      ))}
      {result.findings.length === 0 ? null : (
        <p class="soft">One row a cause, told by the smallest case that has it.</p>
      )}
      {result.findings.map((finding, k) => (
        <FindingRow key={k} result={result} finding={finding} number={k + 1} level={level} />
      ))}
    </>
  );
}

function Figures({ result }: { result: CheckResult }) {
  const { tone, word, sentence } = headlineOf(result);
  const weights = result.findings.map((finding) => weightOf(result, finding));
  const violations = weights.filter((weight) => weight === "error").length;
  const cases = casesOf(result);
  const outages = result.findings.map(({ counterexample }) => counterexample.outage);
  const endless = outages.some((outage) => outage.restoredAtMs === "never");
  const longest = Math.max(0, ...outages.map((outage) => outage.lastsMs ?? 0));
  const most = Math.max(0, ...outages.map((outage) => outage.removed + outage.hurt));
  return (
    <ul class="figures">
      <li>
        <strong class={tone}>{word}</strong>
        <span>{clip(sentence, 400)}</span>
      </li>
      <li>
        <strong class={violations > 0 ? "bad" : ""}>{violations}</strong>
        <span>{violations === 1 ? "cause that violates" : "causes that violate"} the gate</span>
      </li>
      <li>
        <strong>{thousands(cases)}</strong>
        <span>
          {cases === 1 ? "case" : "cases"} judged; it ended because {stoppedBecause(result)}
        </span>
      </li>
      {outages.length === 0 ? null : (
        <li>
          <strong>{endless ? "never" : longest === 0 ? "none" : formatHoursMinutes(longest)}</strong>
          <span>
            {endless
              ? "restored within the run after the worst of the findings"
              : "longest outage of the findings"}
            ; up to {plural(most, "instance")} down
          </span>
        </li>
      )}
    </ul>
  );
}

export function FindingRow({
  result,
  finding,
  number,
  level,
  open = number === 1,
}: {
  result: CheckResult;
  finding: Finding;
  number: number;
  level: 2 | 3;
  open?: boolean;
}) {
  const weight = weightOf(result, finding);
  const { counterexample } = finding;
  const inner = (level + 1) as HeadingLevel;
  return (
    <details class="finding" open={open}>
      <summary>
        <span class={`tag ${weightTone[weight]}`}>{weightWord[weight]}</span>{" "}
        <b>{clip(finding.decision, summaryMax)}</b>
        <small>
          {clip(finding.property, summaryMax)} · {plural(finding.cases, "case")} ·{" "}
          {clip(finding.operators.join(", "), summaryMax)}
        </small>
      </summary>
      <div>
        <p>{findingSentence(result, finding, (name) => name)}</p>
        <p>Verdict: {finding.because}.</p>
        <Level level={inner}>What has to come together</Level>
        <Causes counterexample={counterexample} />
        {counterexample.diff.length === 0 ? null : <Level level={inner}>The change</Level>}
        {counterexample.diff.map((document, k) => (
          <Diff key={k} document={document} guilty={guiltyLine(counterexample)} words="this line" />
        ))}
        <Level level={inner}>From the change to the violation</Level>
        <Story sentences={storyOf(counterexample)} start={0} />
        <Level level={inner}>What it makes</Level>
        <p>{outageText(counterexample)}.</p>
        <Level level={inner}>Replay it</Level>
        <pre class="command" tabIndex={0}>
          {counterexample.replay}
        </pre>
        <details class="inner">
          <summary>
            The scenario file{counterexample.savedAs === null ? "" : ", saved as "}
            {counterexample.savedAs === null ? null : <code>{counterexample.savedAs}</code>}
          </summary>
          <pre class="file" tabIndex={0}>
            {counterexample.text}
          </pre>
        </details>
      </div>
    </details>
  );
}

function Causes({ counterexample }: { counterexample: CounterexampleView }) {
  return (
    <ul class="causes">
      {counterexample.mutations.map((mutation, k) => (
        <li key={k}>
          {mutationText(mutation)}{" "}
          <span class="soft">
            at <code>{mutation.at}</code>
            {mutation.incident === "" ? "" : `; as in: ${mutation.incident}`}
          </span>
        </li>
      ))}
      {counterexample.events.map((event, k) => (
        <li key={`event ${k}`}>{event}</li>
      ))}
      {causesOf(counterexample).length === 0 ? <li>nothing but the change of the scenario itself</li> : null}
    </ul>
  );
}

/** The first step is what people did, the last one is the violation. */
const storyOf = ({ chain }: CounterexampleView) =>
  chain.map(({ at, text }, k) => ({
    atMs: at,
    text,
    kind:
      k === 0 ? ("change" as const) : k === chain.length - 1 ? ("damage" as const) : ("decision" as const),
  }));
