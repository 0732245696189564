/** Regions across, capabilities down: a cell for each pair, with a pattern for each state and a number where it stands for several. */
import type { VariantReplay } from "../../trace/replay/replay.js";
import { clip, oneLine } from "../check/visible.js";
import type { ReplayGrid } from "./replay-data.js";

/** From so many columns on they are narrow and share the width of the page. */
const narrowFrom = 31;
/** A group with fewer narrow columns has no room for its name in one line. */
const groupLineFrom = 8;

export function GridPicture({
  grid,
  index,
  still,
}: {
  grid: ReplayGrid;
  index: number;
  still: VariantReplay["still"] | null;
}) {
  const { columns, rows } = grid;
  const narrow = columns.length >= narrowFrom;
  const groups = groupsOf(grid);
  const first = new Set(groups.map(({ at }) => at));
  const byRegion = columns.every(({ regions }) => regions === 1);
  const edge = (column: number): string | undefined => (first.has(column) ? "g" : undefined);
  return (
    <table
      class={`rp-grid${narrow ? " narrow" : ""}`}
      hidden={still === null}
      data-grid={index}
      aria-hidden="true"
    >
      <thead>
        {byRegion ? (
          <tr class="groups">
            <th class="corner">region group</th>
            {groups.map(({ name, count, at }) => (
              <th key={at} colspan={count} class="g" title={short(name, 200)}>
                <span class={narrow && count < groupLineFrom ? "upright" : "line"}>{short(name, 24)}</span>
              </th>
            ))}
            {narrow ? null : <th class="fill" />}
          </tr>
        ) : null}
        <tr class="regions">
          <th class="corner">{byRegion ? "region" : "region group"}</th>
          {columns.map(({ label, regions }, column) => (
            <th
              key={column}
              class={edge(column)}
              title={byRegion ? short(label, 200) : `${short(label, 200)}, ${regions} regions`}
            >
              <span class="upright">{short(label, 16)}</span>
            </th>
          ))}
          {narrow ? null : <th class="fill" />}
        </tr>
      </thead>
      <tbody>
        {rows.map((title, row) => (
          <tr key={row}>
            <th>
              <b>{short(title, 80)}</b>
              <small>{still?.rows[row] ?? ""}</small>
            </th>
            {columns.map((_, column) => {
              const cell = still?.cells[row]?.[column];
              return (
                <td
                  key={column}
                  class={edge(column)}
                  data-s={cell === undefined || cell.state === "works" ? undefined : cell.state}
                >
                  {byRegion || cell === undefined || cell.count === 0 ? null : cell.count}
                </td>
              );
            })}
            {narrow ? null : <td class="fill" />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Names as users write them, cut where there is no room. */
export const short = (text: string, max: number): string => clip(oneLine(text), max);

function groupsOf({ columns }: ReplayGrid): readonly { name: string; count: number; at: number }[] {
  const groups: { name: string; count: number; at: number }[] = [];
  columns.forEach(({ group }, at) => {
    const last = groups.at(-1);
    if (last !== undefined && last.name === group) last.count++;
    else groups.push({ name: group, count: 1, at });
  });
  return groups;
}
