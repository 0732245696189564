/** Which guards would have stopped it, alone or together: the matrix of guards and violations, and the minimal sets. */
import type { Ablation as AblationResult, GuardSetView } from "../../chaos/ablate/ablate-result.js";
import { clip } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { Scroll } from "../parts.js";
import { commandFor } from "../reproduce.js";
import { plural } from "../words.js";
import { costText, listed, methodLine } from "./ablation-words.js";

const rowsMax = 20;

export function Ablation({ model }: { model: ReportModel }) {
  const { ablation } = model.evidence;
  return (
    <>
      <h3>Guards</h3>
      {ablation === null ? (
        <p>
          Not asked yet. <code>{commandFor("ablate", model)}</code> tries every set of guards; run this report
          again afterwards.
        </p>
      ) : ablation.verdict === "nothing-to-stop" ? (
        <p>Nothing violates the gate in {ablation.variant}, so there is nothing for guards to stop.</p>
      ) : (
        <Found ablation={ablation} />
      )}
    </>
  );
}

function Found({ ablation }: { ablation: AblationResult }) {
  const { sufficient, stuck, redundant, traces } = ablation;
  return (
    <>
      <p>
        Variant {clip(ablation.variant, 80)}, {plural(traces.length, "trace")}
        {ablation.asItIs ? ": what happened" : ""}
        {ablation.asItIs && traces.length > 1 ? `, and ${plural(traces.length - 1, "mutation")} of it` : ""}.{" "}
        {sufficient.length === 0
          ? "No set of these guards keeps every property of the gate."
          : `${plural(sufficient.length, "minimal set is", "minimal sets are")} enough; the cheapest: ${clip(listed(cheapestOf(sufficient).guards), 200)}.`}
      </p>
      <Matrix ablation={ablation} />
      <Sets caption="Minimal sets that are enough, cheapest first." sets={sufficient} />
      <Sets caption="Still enough when any one of them is bypassed." sets={redundant} />
      {stuck.length === 0 ? null : (
        <p>
          Safe, but an approved removal is never done: {stuck.slice(0, rowsMax).map(listed).join("; ")}
          {stuck.length > rowsMax ? `; and ${stuck.length - rowsMax} more` : ""}.
        </p>
      )}
      <p class="soft">{methodLine(ablation)}</p>
      <pre class="command" tabIndex={0}>
        {ablation.command}
      </pre>
    </>
  );
}

const cheapestOf = (sets: readonly GuardSetView[]): GuardSetView =>
  sets.find(({ cheapest }) => cheapest) ?? sets[0]!;

/** A row a guard, alone; a column a property that was violated without guards. */
function Matrix({ ablation: { guards, traces } }: { ablation: AblationResult }) {
  const violated = [...new Set(traces.flatMap(({ violates }) => violates))];
  const rows = [...guards].sort((a, b) => b.stops - a.stops || b.shapley - a.shapley);
  return (
    <Scroll label="Guards and violations">
      <table>
        <caption>Each guard alone: does it stop the violation?</caption>
        <thead>
          <tr>
            <th>guard</th>
            {violated.map((property) => (
              <th key={property}>{property}</th>
            ))}
            <th>removal asked for</th>
            <th>costs</th>
            <th class="n">weight</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, rowsMax).map((row) => (
            <tr key={row.guard}>
              <td>{row.guard}</td>
              {violated.map((property) => (
                <td key={property}>
                  {row.left.includes(property) ? (
                    <span class="tag bad">✗ not stopped</span>
                  ) : (
                    <span class="tag good">✓ stopped</span>
                  )}
                </td>
              ))}
              <td>{row.progress ? "done" : "never done"}</td>
              <td>{costText(row)}</td>
              <td class="n">{row.shapley.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > rowsMax ? <p>And {plural(rows.length - rowsMax, "more guard")}.</p> : null}
    </Scroll>
  );
}

function Sets({ caption, sets }: { caption: string; sets: readonly GuardSetView[] }) {
  if (sets.length === 0) return null;
  return (
    <Scroll label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th>guards</th>
            <th>costs</th>
            <th>cheapest</th>
          </tr>
        </thead>
        <tbody>
          {sets.slice(0, rowsMax).map((set, k) => (
            <tr key={k}>
              <td>{listed(set.guards)}</td>
              <td>{costText(set)}</td>
              <td>{set.cheapest ? "yes" : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sets.length > rowsMax ? <p>And {plural(sets.length - rowsMax, "more set")}.</p> : null}
    </Scroll>
  );
}
