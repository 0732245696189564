/** What the page of a check adds to the style sheet that all pages share. */
import { findingStyle } from "../finding-style.js";
import { style } from "../style.js";

export const checkStyle = `${style}
${findingStyle}
h1, h2, h3, h4, p, li, summary, figcaption { overflow-wrap: anywhere; }
td { max-width: 60ch; overflow-wrap: break-word; }
td, li, code, span, summary, b { unicode-bidi: isolate; }
h4 { font-size: 15px; margin: 20px 0 6px; }
.headline { font-size: 19px; line-height: 1.4; margin: 16px 0 4px; }
.quiet { margin-top: 2px; color: var(--soft); font-size: 14px; }
td.name { min-width: 260px; }
td.bar { min-width: 150px; vertical-align: middle; }
td.bar svg { display: block; width: 100%; height: 14px; }
.o1 { fill: var(--bad); background: var(--bad); } .o2 { fill: var(--warn); background: var(--warn); }
.o3 { fill: var(--good); background: var(--good); } .o4 { fill: var(--line); background: var(--line); } .o5 { fill: var(--c5); background: var(--c5); }
i.key { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; }
@media print {
  details::details-content { content-visibility: visible; display: block; }
  pre, .diff code > span { white-space: pre-wrap; overflow-wrap: anywhere; }
  .diff code { width: auto; }
  pre.file { max-height: none; }
}
`;
