/** Styles of the replay. Every state differs by shape or pattern as well as by colour. */
const states = `
.rp-node { color: var(--good); } .rp-node[data-s="removed"] { color: var(--bad); } .rp-node[data-s="hurt"], .rp-node[data-s="degraded"] { color: var(--warn); }
.rp-node[data-s="recovering"] { color: var(--c1); } .rp-node[data-s="asked"] { color: var(--soft); }
.rp-node .box { fill: var(--paper); stroke: currentColor; stroke-width: 1.3; }
.rp-node .inner { fill: none; stroke: currentColor; stroke-width: 1; }
.rp-node[data-s="removed"] .box { fill: var(--bad-soft); stroke-width: 2.6; }
.rp-node[data-s="hurt"] .box { fill: var(--warn-soft); stroke-width: 2; stroke-dasharray: 7 4; }
.rp-node[data-s="recovering"] .box { fill: var(--panel); stroke-width: 2; stroke-dasharray: 12 3 2 3; }
.rp-node[data-s="degraded"] .box { fill: var(--paper); stroke-width: 2; stroke-dasharray: 2 3; }
.rp-node[data-s="asked"] .box { fill: var(--paper); stroke-dasharray: 3 4; }
.rp-cell, .rp-grid td { background: var(--good-soft); forced-color-adjust: none; }
[data-s="down"].rp-cell, .rp-grid td[data-s="down"] { background: var(--bad); color: var(--paper); }
[data-s="recovering"].rp-cell, .rp-grid td[data-s="recovering"] { background: linear-gradient(var(--paper) 50%, var(--c1) 50%); box-shadow: inset 0 0 0 1px var(--c1); }
[data-s="impaired"].rp-cell, .rp-grid td[data-s="impaired"] { background: repeating-linear-gradient(135deg, var(--warn) 0 2px, var(--warn-soft) 2px 5px); }
`;

const panel = `
.rp-panel { background: var(--paper); padding: 8px 0 4px; border-bottom: 1px solid var(--line); }
.rp-controls { display: flex; flex-wrap: wrap; gap: 8px 10px; align-items: center; font-size: 14.5px; }
.rp-controls button, .rp-controls select { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--soft); border-radius: 6px; padding: 4px 12px; min-height: 32px; max-width: 100%; }
.rp-controls select { padding: 4px 8px; max-width: min(100%, 16em); }
.rp-controls button:hover:enabled { border-color: var(--ink); }
.rp-controls .rp-play { min-width: 5.6em; font-weight: 700; }
.rp-controls label { max-width: 100%; }
.rp-copied { color: var(--soft); }
.rp-copied input { font: inherit; width: 100%; max-width: 24em; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); }
.replay :is(button, select, input, .scroll):focus-visible { outline: 3px solid var(--c1); outline-offset: 2px; }
.rp-now { font-variant-numeric: tabular-nums; max-width: none; min-height: 3em; margin: 10px 0 0; }
.rp-clock { font-size: 22px; margin-right: 6px; } .rp-since { color: var(--soft); margin-right: 10px; }
.rp-cause { max-width: none; height: 3em; margin: 0 0 6px; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; }
.rp-time { position: relative; }
.rp-time svg { display: block; width: calc(100% - 18px); margin: 0 9px; overflow: hidden; }
.rp-curve { height: 44px; border-bottom: 1px solid var(--line); }
.rp-curve .hurt { fill: var(--warn-soft); stroke: var(--warn); stroke-width: 1.5; vector-effect: non-scaling-stroke; } .rp-curve .down { fill: var(--bad); }
.rp-slider { appearance: none; width: 100%; height: 24px; margin: 0; background: none; display: block; cursor: pointer; }
.rp-slider::-webkit-slider-runnable-track { height: 6px; border-radius: 3px; background: var(--c8); }
.rp-slider::-moz-range-track { height: 6px; border-radius: 3px; background: var(--c8); }
.rp-slider::-webkit-slider-thumb { appearance: none; width: 18px; height: 18px; margin-top: -6px; border-radius: 50%; background: var(--c1); border: 2px solid var(--paper); }
.rp-slider::-moz-range-thumb { width: 14px; height: 14px; border-radius: 50%; background: var(--c1); border: 2px solid var(--paper); }
.rp-ticks { height: 10px; }
.rp-ticks path { fill: none; stroke: var(--c8); stroke-width: 2; vector-effect: non-scaling-stroke; }
.rp-ticks .damage { stroke: var(--bad); } .rp-ticks .recovery { stroke: var(--good); } .rp-ticks .decision { stroke: var(--warn); } .rp-ticks .change { stroke: var(--c1); }
.rp-time .rp-axis { overflow: visible; }
.rp-axis line { stroke: var(--soft); } .rp-axis text { font-size: 11.5px; fill: var(--ink); text-anchor: middle; } .rp-axis .since { fill: var(--soft); }
.rp-keys, .rp-aggregated { font-size: 13.5px; max-width: none; } .rp-aggregated:empty { margin: 0; }
.rp-live, .rp-spoken { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

const pictures = `
.replay { position: relative; }
.rp-marks { position: absolute; }
.rp-graphs { margin: 8px 0; }
.rp-graph { display: block; font-family: inherit; }
.rp-graph .label { font-size: 13px; font-weight: 700; fill: var(--ink); } .rp-graph .state { font-size: 11px; fill: var(--ink); }
.rp-graph .all, .rp-bar .all { fill: none; stroke: var(--line); stroke-width: 3; } .rp-graph .serving, .rp-bar .serving { fill: none; stroke: var(--soft); stroke-width: 3; }
.rp-edge { fill: none; stroke: var(--soft); stroke-width: 1.1; } .rp-edge.soft-need { stroke-dasharray: 3 4; }
.rp-legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13.5px; max-width: none; color: var(--ink); }
.rp-services .rp-legend { width: 0; min-width: 100%; }
.rp-legend span { display: inline-flex; align-items: center; gap: 6px; } .rp-legend .rp-node { color: var(--ink); }
.rp-legend .rp-node svg { color: var(--good); } .rp-legend [data-s="removed"] svg { color: var(--bad); } .rp-legend [data-s="hurt"] svg, .rp-legend [data-s="degraded"] svg { color: var(--warn); }
.rp-legend [data-s="recovering"] svg { color: var(--c1); } .rp-legend [data-s="asked"] svg { color: var(--soft); }
.rp-hexagon path { fill: none; stroke: var(--ink); }
.rp-legend .rp-cell { display: inline-block; width: 14px; height: 18px; outline: 1px solid var(--soft); outline-offset: 0; }
.rp-unit { font-size: 12.5px; color: var(--soft); margin: 0; max-width: none; text-align: right; } .rp-unit b { display: inline-block; width: 10px; height: 10px; margin-left: 8px; } .rp-unit .down { background: var(--bad); } .rp-unit .hurt { background: var(--warn-soft); box-shadow: inset 0 0 0 1.5px var(--warn); }
.rp-grid { width: 100%; margin: 4px 0; border-collapse: separate; border-spacing: 1px; font-size: 12px; }
.rp-grid th, .rp-grid td { border: 0; padding: 0; }
.rp-grid tbody th, .rp-grid .corner { width: 220px; min-width: 220px; padding: 2px 8px 2px 0; position: sticky; left: 0; background: var(--paper); text-align: left; vertical-align: middle; }
.rp-grid .corner { vertical-align: bottom; color: var(--soft); font-weight: normal; }
.rp-grid b { display: block; font-size: 12.5px; line-height: 1.25; overflow-wrap: anywhere; } .rp-grid small { display: block; font-weight: normal; font-size: 11.5px; line-height: 1.3; min-height: 1.3em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 214px; }
.rp-grid td { min-width: 34px; height: 34px; text-align: center; vertical-align: middle; font-size: 12px; font-weight: 700; }
.rp-grid.narrow td { min-width: 8.5px; font-size: 10px; } .rp-grid.narrow td.g { min-width: 12px; }
.rp-grid td[data-s="recovering"], .rp-grid td[data-s="impaired"] { text-shadow: 0 0 3px var(--paper), 0 0 3px var(--paper), 0 0 2px var(--paper); }
.rp-grid .g { border-left: 3px solid var(--paper); }
.rp-grid td.fill { width: 100%; background: none; } .rp-grid th.fill { width: 100%; }
.rp-grid thead th { vertical-align: bottom; font-weight: normal; max-width: 0; }
.rp-grid thead .corner { max-width: none; }
.rp-grid .groups .g { padding-bottom: 2px; background: linear-gradient(var(--soft), var(--soft)) bottom / 100% 2px no-repeat padding-box; }
.rp-grid .line { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 12px; font-weight: 700; }
.rp-grid .upright { display: block; width: min-content; writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; font-size: 9.5px; line-height: 9.5px; max-height: 9em; overflow: hidden; text-overflow: ellipsis; margin: 2px auto; max-width: none; }
.rp-grid:not(.narrow) .upright { font-size: 12px; line-height: 14px; } .rp-grid .groups .upright { font-size: 10.5px; line-height: 10.5px; margin-left: -1px; font-weight: 700; }
.rp-grid .regions th:not(.corner) { text-align: center; }
.rp-beside { display: flex; flex-wrap: wrap; gap: 0 18px; }
.rp-services { flex: 0 1 auto; min-width: 0; max-width: 100%; } .rp-causes { flex: 1 1 230px; min-width: 0; display: flex; flex-direction: column; min-height: 380px; container-type: inline-size; }
.rp-causes > div { position: relative; flex: 1; margin-bottom: 8px; }
ol.rp-events { list-style: none; margin: 0; padding: 0; position: absolute; inset: 0; overflow-y: auto; border: 1px solid var(--line); border-radius: 8px; }
.rp-events button { display: grid; grid-template-columns: 128px 10px 1fr; gap: 10px; width: 100%; text-align: left; font: inherit; font-size: 14.5px; color: var(--ink); background: none; border: 0; border-left: 4px solid transparent; padding: 5px 12px 5px 8px; cursor: pointer; overflow-wrap: anywhere; }
.rp-events button:focus-visible { outline-offset: -3px; }
.rp-events button:hover:enabled { background: var(--panel); }
.rp-events time { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.rp-events i { width: 10px; height: 10px; border-radius: 50%; margin-top: 7px; background: var(--c8); }
.rp-events .error i, .rp-events .damage i { background: var(--bad); border-radius: 0; } .rp-events .decision i { background: var(--warn); transform: rotate(45deg); border-radius: 0; }
.rp-events .guard i, .rp-events .recovery i, .rp-events .calm i { background: var(--good); } .rp-events .change i { background: var(--c1); }
.rp-events button[aria-current] { background: var(--panel); border-left-color: var(--c1); font-weight: 700; }
@container (max-width: 520px) { .rp-events button { grid-template-columns: 10px 1fr; gap: 2px 8px; font-size: 13.5px; } .rp-events time { grid-column: 2; text-align: left; } .rp-events i { grid-column: 1; grid-row: 1 / 3; margin-top: 5px; } }
.rp-events .ahead button { color: var(--soft); }
`;

const circumstances = `
.replay [hidden] { display: none; }
@media (scripting: none) { .rp-controls, .rp-slider, .rp-keys, .rp-now, .rp-cause, .rp-causes { display: none; } }
@media (scripting: enabled) { .rp-worst { display: none; } }
@media (min-width: 900px) { .rp-now { min-height: 2em; } }
@media (min-width: 900px) and (min-height: 820px) { .rp-panel { position: sticky; top: 0; z-index: 1; } .replay :is(button, .scroll) { scroll-margin-top: 270px; } }
@media (max-width: 640px) {
  .rp-now { min-height: 7.6em; }
  .rp-axis .every-other { display: none; }
  .rp-grid tbody th, .rp-grid .corner { width: 104px; min-width: 104px; } .rp-grid small { max-width: 100px; white-space: normal; height: 3.9em; } .rp-grid b { font-size: 11.5px; }
}
@media print { .rp-controls, .rp-slider, .rp-keys, .rp-causes { display: none; } .rp-panel { position: static; } .rp-cell, .rp-grid td, .rp-curve { print-color-adjust: exact; } .rp-graph { max-width: 100%; height: auto; } }
`;

export const replayStyle = states + panel + pictures + circumstances;
