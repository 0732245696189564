/** Who was hurt, a row a region group. */
import { thousands } from "../../base/format-number.js";
import type { VariantView } from "../../trace/variant-view.js";
import { clip } from "../check/visible.js";
import { Scroll } from "../parts.js";
import { clock, plural, span } from "../words.js";
import { groupRows } from "./group-rows.js";

const rowsMax = 60;

export function GroupTable({ view, start }: { view: VariantView; start: number }) {
  const rows = groupRows(view);
  const worst = new Set([...rows].sort((a, b) => b.logins - a.logins).slice(0, rowsMax));
  const total = rows.reduce((sum, { logins }) => sum + logins, 0);
  return (
    <Scroll label="By region group">
      <table>
        <caption>
          By region group, over all capabilities. A region is hurt while any of its requests fail.
        </caption>
        <thead>
          <tr>
            <th>region group</th>
            <th class="n">regions hurt</th>
            <th class="n">longest in one region</th>
            <th class="n">logins not served</th>
            <th class="n">share</th>
            <th>first works again</th>
            <th>all work again</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => worst.has(row))
            .map((row) => (
              <tr key={row.name}>
                <td>{clip(row.name, 120)}</td>
                <td class="n">
                  {thousands(row.hurtRegions)} of {thousands(row.regions)}
                </td>
                <td class="n">{row.longestMs === 0 ? "–" : span(row.longestMs)}</td>
                <td class="n">{thousands(row.logins)}</td>
                <td class="n">{total === 0 ? "–" : `${Math.round((100 * row.logins) / total)} %`}</td>
                <td class="t">{clock(row.firstRestoredAtMs, start)}</td>
                <td class="t">
                  {row.hurtRegions > 0 && row.allRestoredAtMs === null
                    ? "not by the end"
                    : clock(row.allRestoredAtMs, start)}
                </td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th>all</th>
            <td class="n">
              {thousands(rows.reduce((sum, row) => sum + row.hurtRegions, 0))} of {thousands(view.regions)}
            </td>
            <td class="n">{span(Math.max(0, ...rows.map(({ longestMs }) => longestMs)))}</td>
            <td class="n">{thousands(total)}</td>
            <td class="n">{total === 0 ? "–" : "100 %"}</td>
            <td class="t">{clock(view.result.recovery.firstRestoredAtMs, start)}</td>
            <td class="t">{clock(view.result.recovery.allRestoredAtMs, start)}</td>
          </tr>
        </tfoot>
      </table>
      {rows.length > rowsMax ? (
        <p>And {plural(rows.length - rowsMax, "more group")} that fewer logins missed.</p>
      ) : null}
    </Scroll>
  );
}
