/** Who was hurt, a row a capability. */
import { thousands } from "../../base/format-number.js";
import type { VariantView } from "../../trace/variant-view.js";
import { namedRegions } from "../charts/named-regions.js";
import { clip } from "../check/visible.js";
import type { ReportModel } from "../model.js";
import { Scroll } from "../parts.js";
import { clock, plural, span } from "../words.js";

const rowsMax = 60;

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
  const all = view.result.outage.capabilities;
  const worst = new Set([...all].sort((a, b) => b.unservedLogins - a.unservedLogins).slice(0, rowsMax));
  const left = all.length - worst.size;
  return (
    <Scroll label="By capability">
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
          {all.map((item, k) => {
            if (!worst.has(item)) return null;
            const recovery = view.result.recovery.byCapability[k]!;
            const curve = namedRegions(model.observed, item.name, view.regions);
            const whole = curve.find(([, regions]) => regions >= view.regions);
            const first = curve.find(([, regions]) => regions > 0);
            return (
              <tr key={item.name}>
                <td>{clip(view.capabilities[k]!.title, 120)}</td>
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
                    {first === undefined || whole === undefined
                      ? "–"
                      : first[0] === whole[0]
                        ? clock(whole[0], start)
                        : `${clock(first[0], start)} to ${clock(whole[0], start)}`}
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
      {left > 0 ? (
        <p>And {plural(left, "more capability", "more capabilities")} that fewer logins missed.</p>
      ) : null}
    </Scroll>
  );
}
