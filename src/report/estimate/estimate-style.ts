/** What the page of an estimate adds to the style sheet that all pages share. */
import { style } from "../style.js";
import { rowStyle } from "./row-style.js";

export const estimateStyle = `${style}
${rowStyle}
h1, h2, h3, h4, p, li, summary, figcaption { overflow-wrap: anywhere; }
td { max-width: 60ch; overflow-wrap: break-word; }
td, li, code, summary, b { unicode-bidi: isolate; }
h4 { font-size: 15px; margin: 20px 0 6px; }
.headline { font-size: 21px; line-height: 1.45; margin: 20px 0 12px; }
.headline b, .unbroken { white-space: nowrap; }
.logins { font-size: 17px; }
ul.bounds { list-style: none; margin: 12px 0; padding: 0; }
ul.bounds li { margin: 4px 0; }
td.n { white-space: nowrap; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen and (max-width: 480px) {
  .scroll td:first-child, .scroll th:first-child { position: sticky; left: 0; min-width: 110px; max-width: 120px; background: var(--paper); }
  caption { max-width: calc(100vw - 32px); }
}
@media (max-width: 480px) { main, header, footer { padding: 0 16px; } .headline { font-size: 18px; } .logins { font-size: 16px; } }
@media print { details::details-content { content-visibility: visible; display: block; } }
`;
