/**
 * The run as it went: one slider moves the graph, the grid and the list. Without script it is a still of the worst
 * moment; the script (src/viewer/replay) finds its parts by their classes and data attributes.
 */
import { formatHoursMinutes } from "../../base/clock-time.js";
import { thousands } from "../../base/format-number.js";
import { clock } from "../words.js";
import { GraphPicture, Marks } from "./graph-picture.js";
import { GridPicture, short } from "./grid-picture.js";
import type { ReplayParts } from "./replay-data.js";
import { axisLabels, speeds } from "./time-axis.js";

export function Replay({ parts }: { parts: ReplayParts | null }) {
  if (parts === null) return null;
  const { main, data } = parts;
  const { graph, grid, name } = data.variants[0]!;
  return (
    <>
      <h2 id="replay">Replay</h2>
      <section class="replay" aria-labelledby="replay">
        <Marks />
        <p class="rp-worst">
          The worst moment of {name}: {clock(main.still.atMs, data.startUtcMs)}, {main.still.fleet}.
        </p>
        <div class="rp-panel">
          <Controls parts={parts} />
          <Time parts={parts} />
        </div>
        <p class="rp-keys soft">
          Keys while the focus is in the replay: space plays and pauses, ← and → move (with Shift ten times as
          far), Home and End go to the ends, n and p to the next and previous cause.
        </p>
        <p class="rp-aggregated soft">{data.variants[0]!.aggregated}</p>
        <div class="rp-beside">
          <div class="rp-services">
            <h3>Services and what they need</h3>
            <div
              class="scroll rp-graphs"
              tabIndex={0}
              role="region"
              aria-label="Services and what they need, picture"
            >
              {parts.graphs.map((part, k) => (
                <GraphPicture key={k} part={part} index={k} still={k === graph ? main.still.nodes : null} />
              ))}
            </div>
            <ServiceLegend />
          </div>
          <div class="rp-causes">
            <h3 id="rp-events">Events</h3>
            <div>
              <ol class="rp-events" aria-labelledby="rp-events">
                {data.variants[0]!.events.map(([atMs, kind, text], k) => (
                  <li key={k} class={kind}>
                    <button type="button" disabled>
                      <time>{clock(atMs, data.startUtcMs)}</time>
                      <i />
                      <span>{text}</span>
                    </button>
                  </li>
                ))}
              </ol>
            </div>
          </div>
        </div>
        <h3>Regions and capabilities</h3>
        <div
          class="scroll rp-grids"
          tabIndex={0}
          role="region"
          aria-label="Regions and capabilities, picture"
        >
          {parts.grids.map((item, k) => (
            <GridPicture key={k} grid={item} index={k} still={k === grid ? main.still : null} />
          ))}
        </div>
        <ul class="rp-spoken">
          {parts.grids[grid]!.rows.map((title, row) => (
            <li key={row}>
              {short(title, 80)}: {main.still.rows[row]}
            </li>
          ))}
        </ul>
        <CellLegend />
      </section>
    </>
  );
}

function Controls({ parts: { data } }: { parts: ReplayParts }) {
  const choices = speeds(data.endMs);
  return (
    <div class="rp-controls" role="group" aria-label="Replay">
      {data.variants.length === 1 ? null : (
        <label>
          variant{" "}
          <select class="rp-variant" disabled>
            {data.variants.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <button type="button" class="rp-previous" disabled>
        ◂ cause
      </button>
      <button type="button" class="rp-play" disabled>
        Play
      </button>
      <button type="button" class="rp-next" disabled>
        cause ▸
      </button>
      <label>
        a second is{" "}
        <select class="rp-speed" disabled>
          {choices.map((ms, k) => (
            <option key={ms} value={ms} selected={k === 2}>
              {formatHoursMinutes(ms)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="rp-copy" disabled>
        Copy link
      </button>
      <span class="rp-copied" role="status" />
    </div>
  );
}

function Time({ parts: { main, data, grids } }: { parts: ReplayParts }) {
  const grid = grids[data.variants[0]!.grid]!;
  const seconds = data.endMs / 1000;
  return (
    <>
      <p class="rp-now">
        <strong class="rp-clock">{clock(main.still.atMs, data.startUtcMs)}</strong> <span class="rp-since" />{" "}
        <span class="rp-fleet">{main.still.fleet}</span>
      </p>
      <p class="rp-cause" />
      <p class="rp-unit">
        <b class="down" /> down <b class="hurt" /> with errors, of{" "}
        <span class="rp-cells">{thousands(grid.regions * grid.capabilities)}</span> cells of the grid below
      </p>
      <div class="rp-time">
        <svg
          class="rp-curve"
          viewBox={`0 0 ${seconds} ${grid.regions * grid.capabilities}`}
          preserveAspectRatio="none"
          role="img"
          aria-label="Cells of the grid that are down (dark) or do not work as they should (light), over time"
        >
          <path class="hurt" d={main.still.curve.hurt} />
          <path class="down" d={main.still.curve.down} />
        </svg>
        <input
          class="rp-slider"
          type="range"
          min={0}
          max={data.endMs}
          step={1}
          value={main.still.atMs}
          aria-label="Time in the run"
          disabled
        />
        <svg class="rp-ticks" viewBox={`0 0 ${data.endMs} 10`} preserveAspectRatio="none" aria-hidden="true">
          {tones.map((tone) => (
            <path key={tone} class={tone} />
          ))}
        </svg>
        <Axis endMs={data.endMs} startUtcMs={data.startUtcMs} />
      </div>
      <p class="rp-live" role="status" aria-live="polite" />
    </>
  );
}

/** Tones of the ticks: kinds of sentences that look alike. */
const tones = ["change", "damage", "decision", "people", "recovery"] as const;

function Axis({ endMs, startUtcMs }: { endMs: number; startUtcMs: number }) {
  return (
    <svg class="rp-axis" width="100%" height="34" aria-hidden="true" focusable="false">
      {axisLabels(endMs, startUtcMs).map(({ percent, clock: text, since }, k) => (
        <g key={k} class={k % 2 === 0 ? undefined : "every-other"}>
          <line x1={`${percent}%`} x2={`${percent}%`} y1="0" y2="5" />
          <text x={`${percent}%`} y="16">
            {text ?? since}
          </text>
          {text === null ? null : (
            <text x={`${percent}%`} y="30" class="since">
              {since}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

function ServiceLegend() {
  const words = [
    ["healthy", "healthy"],
    ["removed", "removed, nobody asked"],
    ["hurt", "down, not removed"],
    ["recovering", "coming back"],
    ["degraded", "serves with errors"],
    ["asked", "gone as asked"],
  ] as const;
  return (
    <p class="rp-legend">
      {words.map(([state, text]) => (
        <span key={state} class="rp-node" data-s={state}>
          <svg width="16" height="16" aria-hidden="true" focusable="false">
            <use href={`#rp-${state}`} />
          </svg>
          {text}
        </span>
      ))}
      <span>
        <svg width="22" height="16" aria-hidden="true" focusable="false" class="rp-hexagon">
          <path d="M1 8L6 1H16L21 8L16 15H6Z" />
          <path d="M4.5 8L7.7 3.5H14.3L17.5 8L14.3 12.5H7.7Z" />
        </svg>
        a manager
      </span>
      <span>
        <svg width="26" height="16" aria-hidden="true" focusable="false" class="rp-bar">
          <path class="all" d="M0 8h26" />
          <path class="serving" d="M0 8h16" />
        </svg>
        share that serves
      </span>
      <span>Lines lead to what a service needs; dashed: it is only worse without it.</span>
    </p>
  );
}

function CellLegend() {
  const words = [
    ["works", "works"],
    ["down", "down"],
    ["recovering", "down, coming back"],
    ["impaired", "fewer than 95 % of the requests succeed"],
  ] as const;
  return (
    <p class="rp-legend">
      {words.map(([state, text]) => (
        <span key={state}>
          <b class="rp-cell" data-s={state === "works" ? undefined : state} />
          {text}
        </span>
      ))}
    </p>
  );
}
