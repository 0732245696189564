/** Styles of "what if", inside the section alone. */
export const whatIfStyle = `
.what-if form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 12px 24px; margin: 16px 0; align-items: start; }
.what-if fieldset + fieldset { margin-top: 12px; }
.what-if fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 0; padding: 8px 14px 14px; min-width: 0; }
.what-if legend { font-weight: 700; padding: 0 6px; }
.wi-row { margin: 8px 0 12px; }
.wi-row label { display: block; font-size: 14.5px; }
.wi-row output { display: block; font-size: 14px; color: var(--soft); font-variant-numeric: tabular-nums; min-height: 1.5em; }
.what-if input[type=range] { width: 100%; margin: 4px 0 0; height: 26px; accent-color: var(--link); }
.what-if select { display: block; margin-top: 4px; font: inherit; width: 100%; min-height: 32px; padding: 3px 6px; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; }
.what-if button { font: inherit; font-size: 14.5px; min-height: 32px; padding: 3px 14px; color: var(--ink); background: var(--panel); border: 1px solid var(--soft); border-radius: 6px; cursor: pointer; }
.what-if button:disabled { color: var(--soft); border-color: var(--line); cursor: default; }
.what-if :is(input, select, button, summary, pre, .scroll):focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.what-if form details { margin: 4px 0 0; padding: 6px 10px; }
.what-if :is(th, summary, figcaption) { font-weight: 700; }
.what-if form summary { font-size: 14.5px; overflow-wrap: anywhere; }
.what-if form ul { list-style: none; margin: 8px 0 0; padding: 0; max-height: 320px; overflow-y: auto; }
.what-if form li label { display: grid; grid-template-columns: 20px 1fr; gap: 8px; padding: 4px 0; }
.what-if form li input { width: 18px; height: 18px; margin: 2px 0; accent-color: var(--link); }
.what-if form li small { display: block; font-size: 13px; }
#wi-about { font-size: 14px; margin: -6px 0 12px; overflow-wrap: anywhere; }
#wi-answer { transition: opacity .15s; }
#wi-answer[aria-busy=true] { opacity: .55; }
#wi-summary { font-size: 17px; max-width: none; min-height: 1.5em; }
#wi-summary.bad { white-space: pre-line; }
#wi-figures td.was { color: var(--soft); }
#wi-curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)); gap: 8px 24px; }
#wi-curves p { grid-column: 1 / -1; margin: 4px 0; font-size: 14px; }
#wi-curves figure { margin: 0; }
#wi-curves figcaption { color: var(--ink); font-size: 14px; margin: 4px 0 2px; overflow-wrap: anywhere; }
#wi-curves svg { width: 100%; height: auto; }
#wi-curves text { fill: var(--soft); font-size: 11px; }
#wi-curves .grid { stroke: var(--line); }
#wi-curves .axis { stroke: var(--soft); }
.wi-was { fill: none; stroke: var(--soft); stroke-width: 2; stroke-dasharray: 2 4; stroke-linecap: round; }
.wi-now { fill: none; stroke: var(--c1); stroke-width: 2.2; }
.wi-key { display: inline-block; width: 34px !important; height: 10px !important; margin: 0 4px 0 0; vertical-align: middle; }
#wi-edit h4 { font-size: 15px; margin: 20px 0 4px; }
#wi-check { font-size: 13px; overflow-wrap: anywhere; max-width: none; }
@media (prefers-reduced-motion: reduce) { #wi-answer { transition: none; } }
@media print { .what-if:has(form) { display: none; } }
`;
