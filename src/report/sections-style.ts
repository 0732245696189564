/** What the sections of the outage report add to the style sheet that all pages share. */
import { rowStyle } from "./estimate/row-style.js";
import { findingStyle } from "./finding-style.js";

export const sectionsStyle = `
${rowStyle}${findingStyle}
h1, h2, h3, h4, p, li, summary, figcaption, span { overflow-wrap: anywhere; }
td, th { overflow-wrap: break-word; }
td { max-width: 60ch; }
td.n { white-space: nowrap; }
td, li, code, span, summary, b { unicode-bidi: isolate; }
h4 { font-size: 15px; margin: 20px 0 6px; }
.lead ol.story { font-size: 18px; margin: 4px 0 16px; }
.lead ol.story li { padding: 7px 0; }
.lead ol.story i { margin-top: 9px; }
.lead ol.story time { font-size: 16px; }
ul.verdicts { list-style: none; margin: 8px 0; padding: 0; }
ul.verdicts li { margin: 6px 0; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
@media (min-width: 641px) { .lead ol.story li { grid-template-columns: 130px 12px 1fr; } }
@media screen and (max-width: 860px) {
  .scroll > svg { min-width: 680px; } .scroll table { min-width: 620px; }
  caption { max-width: calc(100vw - 48px); } .diff em { display: block; margin-left: 7ch; }
}
@media screen and (max-width: 480px) { main, header, footer { padding: 0 16px; } }
@media print {
  details::details-content { content-visibility: visible; display: block; }
  pre, .diff code > span { white-space: pre-wrap; overflow-wrap: anywhere; }
  .diff code { width: auto; }
}
`;
