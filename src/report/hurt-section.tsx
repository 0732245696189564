/** Who was hurt, for how long, when it became known, and how recovery went. */
import { thousands } from "../base/format-number.js";
import type { VariantView } from "../trace/variant-view.js";
import { namedRegions } from "./charts.js";
import type { ReportModel } from "./model.js";
import { clock, span } from "./words.js";

export function CapabilityTable({
  view,
  start,
  model,
}: {
  view: VariantView;
  start: number;
  model: ReportModel;
}) {
  const published = model.observed.length > 0;
  return (
    <div class="scroll">
      <table>
        <caption>
          By capability. Times are when the last region worked again; impaired means that fewer than 95 % of
          the requests succeed.
        </caption>
        <thead>
          <tr>
            <th>capability</th>
            <th class="n">regions down</th>
            <th class="n">impaired</th>
            <th class="n">longest in one region</th>
            <th class="n">logins not served</th>
            <th>first works again</th>
            <th>all work again</th>
            <th>simulated: published</th>
            {published ? <th>published in fact</th> : null}
          </tr>
        </thead>
        <tbody>
          {view.result.outage.capabilities.map((item, k) => {
            const recovery = view.result.recovery.byCapability[k]!;
            const curve = namedRegions(model.observed, item.name, view.regions);
            const all = curve.find(([, regions]) => regions >= view.regions);
            const first = curve.find(([, regions]) => regions > 0);
            return (
              <tr key={item.name}>
                <td>{view.capabilities[k]!.title}</td>
                <td class="n">{item.regionsDown}</td>
                <td class="n">{item.regionsDegraded}</td>
                <td class="n">
                  {item.longestDownMinutes === 0 ? "–" : span(item.longestDownMinutes * 60_000)}
                </td>
                <td class="n">{thousands(item.unservedLogins)}</td>
                <td class="t">{clock(recovery.firstRestoredAtMs, start)}</td>
                <td class="t">{item.regionsDegraded === 0 ? "–" : clock(recovery.allRestoredAtMs, start)}</td>
                <td>{clock(recovery.published.at(-1)?.[0] ?? null, start)}</td>
                {published ? (
                  <td>
                    {first === undefined || all === undefined
                      ? "–"
                      : first[0] === all[0]
                        ? clock(all[0], start)
                        : `${clock(first[0], start)} to ${clock(all[0], start)}`}
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

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
  const rows = main.capabilities.map((capability, k) => ({
    title: capability.title,
    declaredMs: declared.get(capability.name) ?? declared.get("*") ?? null,
    outage: main.result.outage.capabilities[k]!,
  }));
  return (
    <>
      <h3>When the impact became known</h3>
      <div class="scroll">
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
              <tr key={row.title}>
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
      </div>
      {claims.map((row, k) => (
        <p key={k} class="soft">
          The {row.source} says “restored” for {clock(row.atMs, start)}: {row.note}
        </p>
      ))}
    </>
  );
}

export function Phases({ view, start }: { view: VariantView; start: number }) {
  if (view.phases.length === 0) return <p>Nobody was alarmed; there was nothing to recover from.</p>;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>at</th>
            {start === 0 ? null : <th class="n">after the start</th>}
            <th>phase</th>
            <th>what</th>
          </tr>
        </thead>
        <tbody>
          {view.phases.map((item, k) => (
            <tr key={k}>
              <td class="t">{clock(item.atMs, start)}</td>
              {start === 0 ? null : <td class="n">{span(item.atMs)}</td>}
              <td>{item.phase}</td>
              <td>{item.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
