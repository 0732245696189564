/** What the manager makes of mistakes: by level, by operator, of changes as people make them, and in staging. */
import { thousands } from "../../base/format-number.js";
import type { CheckResult, OperatorOutcome, Risk, StagingFinding } from "../../chaos/check-result.js";
import { Scroll } from "../parts.js";
import { plural } from "../words.js";
import { riskText } from "./told.js";
import { clip } from "./visible.js";

type Counts = Pick<OperatorOutcome, "sites" | "cases" | "violated" | "hazards" | "refused" | "unnoticed">;

const outcomes = [
  { key: "violated", word: "violates the gate", class: "o1" },
  { key: "hazards", word: "hazard only", class: "o2" },
  { key: "refused", word: "error met and kept out", class: "o3" },
  { key: "unnoticed", word: "nothing noticed", class: "o4" },
] as const;

export function Profile({ result }: { result: CheckResult }) {
  if (result.profile.length === 0) return <p>No mutation was tried.</p>;
  const levels = [...new Set(result.profile.map((item) => item.level))].map((level) => ({
    level,
    ...sumOf(result.profile.filter((item) => item.level === level)),
  }));
  return (
    <>
      <p>
        Cases of one mutation each. Good is an error that is met and kept out; a mistake that nobody notices
        may still be one.
      </p>
      <Scroll label="Outcomes by level">
        <table>
          <caption>By level of the mutation.</caption>
          <thead>
            <tr>
              <th>level</th>
              <CountHeads />
            </tr>
          </thead>
          <tbody>
            {levels.map((item, k) => (
              <tr key={k}>
                <td>{clip(item.level, 80)}</td>
                <CountCells counts={item} name={item.level} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <details>
        <summary>By operator ({result.profile.length})</summary>
        <Scroll label="Outcomes by operator">
          <table>
            <thead>
              <tr>
                <th>operator</th>
                <CountHeads />
              </tr>
            </thead>
            <tbody>
              {result.profile.map((item, k) => (
                <tr key={k}>
                  <td>
                    <code>{clip(item.op, 80)}</code> {clip(item.name, 200)}
                  </td>
                  <CountCells counts={item} name={item.op} />
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}

function CountHeads() {
  return (
    <>
      <th class="n">sites</th>
      <th class="n">cases</th>
      {outcomes.map((outcome) => (
        <th key={outcome.key} class="n">
          <i class={`key ${outcome.class}`} />
          {outcome.word}
        </th>
      ))}
      <th>share</th>
    </>
  );
}

function CountCells({ counts, name }: { counts: Counts; name: string }) {
  return (
    <>
      <td class="n">{thousands(counts.sites)}</td>
      <td class="n">{thousands(counts.cases)}</td>
      {outcomes.map(({ key }) => (
        <td key={key} class="n">
          {thousands(counts[key])}
        </td>
      ))}
      <td class="bar">{counts.cases === 0 ? "never tried" : <Bar counts={counts} name={name} />}</td>
    </>
  );
}

/** Widths are attributes: the page's policy forbids styles at an element. */
function Bar({ counts, name }: { counts: Counts; name: string }) {
  const share = (count: number): number => Math.round((count / counts.cases) * 1000) / 10;
  const label = outcomes.map(({ key, word }) => `${word} ${share(counts[key])} %`).join(", ");
  let x = 0;
  return (
    <svg
      viewBox="0 0 100 14"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${clip(name, 80)}: ${label}`}
    >
      {outcomes.map(({ key, class: fill }) => {
        const width = share(counts[key]);
        const rect =
          width === 0 ? null : <rect key={key} class={fill} x={x} y="0" width={width} height="14" />;
        x = Math.round((x + width) * 10) / 10;
        return rect;
      })}
    </svg>
  );
}

function sumOf(items: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => items.reduce((total, item) => total + item[key], 0);
  return {
    sites: sum("sites"),
    cases: sum("cases"),
    violated: sum("violated"),
    hazards: sum("hazards"),
    refused: sum("refused"),
    unnoticed: sum("unnoticed"),
  };
}

export function RiskOfChanges({ risk }: { risk: Risk }) {
  return <p>{riskText(risk)}</p>;
}

export function Staging({ staging }: { staging: readonly StagingFinding[] }) {
  if (staging.length === 0) return <p>No difference was found that hides a violation in staging.</p>;
  return (
    <Scroll label="Differences of staging">
      <table>
        <caption>
          {plural(staging.length, "difference")} by which staging passes what production does not survive.
        </caption>
        <thead>
          <tr>
            <th>property</th>
            <th>different in staging</th>
            <th>mutation</th>
            <th>in staging</th>
            <th>in production</th>
          </tr>
        </thead>
        <tbody>
          {staging.map((item, k) => (
            <tr key={k}>
              <td>
                <code>{clip(item.property, 200)}</code>
              </td>
              <td>{clip(item.difference, 400)}</td>
              <td>{clip(item.labels.join("; ") || "none", 400)}</td>
              <td>{clip(item.inStaging, 400)}</td>
              <td>{clip(item.inProduction, 400)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
