/** What the end of this run waited for, one thing after the other. */
import type { CriticalPath, PathStep } from "../../estimate/replications/critical-path.js";
import type { VariantView } from "../../trace/variant-view.js";
import { clip } from "../check/visible.js";
import { Scroll } from "../parts.js";
import { clock, plural, span } from "../words.js";

const rowsMax = 40;

const waited: Readonly<Record<PathStep["after"], string>> = {
  need: "what it needs, the step before",
  slot: "a crew or slot that the step before gave free",
  start: "nothing on this path: the decision, a manager, or what had not gone",
};

export function Path({ path, view, start }: { path: CriticalPath | null; view: VariantView; start: number }) {
  const outageMs = view.result.outage.startedAtMs ?? 0;
  if (path === null)
    return (
      <>
        <h3>The critical path</h3>
        <p>Nothing that was hurt works again by the end of the run, so there is no path to its end.</p>
      </>
    );
  const title = view.capabilities.find(({ name }) => name === path.capability)?.title ?? path.capability;
  const first = path.steps[0];
  const before = first === undefined ? null : (first.begunAtMs ?? first.runningAtMs) - outageMs;
  return (
    <>
      <h3>The critical path</h3>
      <p>
        The last to work again is {clip(title, 120)} in {clip(path.region, 80)},{" "}
        {clock(path.wholeAtMs, start)}.{" "}
        {before === null || before <= 0
          ? ""
          : `${span(before)} went by before the first step of the path was begun. `}
        A crew more helps only where a step waits for one; a faster deploy only where it is on this path.
      </p>
      <Scroll label="Critical path">
        <table>
          <caption>First to last; each begins when what it waited for is there.</caption>
          <thead>
            <tr>
              <th>service</th>
              <th>place</th>
              <th>begun</th>
              <th>runs</th>
              <th class="n">took</th>
              <th>waited for</th>
            </tr>
          </thead>
          <tbody>
            {path.steps.slice(-rowsMax).map((step, k) => (
              <tr key={k}>
                <td>{clip(step.service, 120)}</td>
                <td>{clip(step.place, 80)}</td>
                <td class="t">{clock(step.begunAtMs, start)}</td>
                <td class="t">{clock(step.runningAtMs, start)}</td>
                <td class="n">{step.begunAtMs === null ? "–" : span(step.runningAtMs - step.begunAtMs)}</td>
                <td>{waited[step.after]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {path.steps.length > rowsMax ? (
        <p>{plural(path.steps.length - rowsMax, "earlier step")} left out.</p>
      ) : null}
    </>
  );
}
