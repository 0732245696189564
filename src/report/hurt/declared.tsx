/** When the impact became known: as declared in public, and in the simulation. */
import { clip } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { Scroll } from "../parts.js";
import { clock, span } from "../words.js";

const rowsMax = 60;

/** How the impact grew: as declared in public, and in the simulation. */
export function Declared({ model }: { model: ReportModel }) {
  const main = model.variants[0]!;
  const start = model.result.scenario.startUtcMs;
  const declared = new Map<string, number>();
  for (const row of model.observed) {
    if (row.event !== "impact_declared" && row.event !== "identified") continue;
    if (!declared.has(row.capability)) declared.set(row.capability, row.atMs);
  }
  if (declared.size === 0) return null;
  const claims = model.observed.filter((row) => row.event === "claimed_restored");
  const rows = main.capabilities.slice(0, rowsMax).map((capability, k) => ({
    name: capability.name,
    title: clip(capability.title, 120),
    declaredMs: declared.get(capability.name) ?? declared.get("*") ?? null,
    outage: main.result.outage.capabilities[k]!,
  }));
  return (
    <>
      <h3>When the impact became known</h3>
      <Scroll label="When the impact became known">
        <table>
          <caption>
            The declared impact grew step by step; in the simulation everything goes at once, so the steps are
            the time it took to notice.
          </caption>
          <thead>
            <tr>
              <th>capability</th>
              <th>declared in public</th>
              <th class="n">after the start</th>
              <th>simulated: first region down</th>
              <th class="n">regions down or impaired</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <td>{row.title}</td>
                <td>{row.declaredMs === null ? "never by name" : clock(row.declaredMs, start)}</td>
                <td class="n">{span(row.declaredMs)}</td>
                <td>
                  {row.outage.firstDownAtMs === null
                    ? row.outage.regionsDegraded > 0
                      ? "up, with errors"
                      : "not hurt"
                    : clock(row.outage.firstDownAtMs, start)}
                </td>
                <td class="n">{row.outage.regionsDegraded}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {claims.map((row, k) => (
        <p key={k} class="soft">
          The {clip(row.source, 120)} says “restored” for {clock(row.atMs, start)}: {clip(row.note, 400)}
        </p>
      ))}
    </>
  );
}
