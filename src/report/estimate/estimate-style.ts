/** What the page of an estimate adds to the style sheet that all pages share. */
import { style } from "../style.js";

export const estimateStyle = `${style}
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
td small { display: block; }
ul.keys { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0; padding: 0; list-style: none; font-size: 14px; }
i.key { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; }
i.k1 { background: var(--c1); } i.k2 { background: var(--c2); } i.k3 { background: var(--c3); } i.k4 { background: var(--c4); }
i.k5 { background: var(--c5); } i.k6 { background: var(--c6); } i.k7 { background: var(--c7); } i.k8 { background: var(--c8); }
figure .narrow { display: none; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen and (max-width: 860px) {
  figure .wide { display: none; } figure .narrow { display: block; }
  figure .narrow svg { width: 100%; max-width: 340px; }
}
@media screen and (max-width: 480px) {
  .scroll td:first-child, .scroll th:first-child { position: sticky; left: 0; min-width: 110px; max-width: 120px; background: var(--paper); }
  caption { max-width: calc(100vw - 32px); }
}
@media (max-width: 480px) { main, header, footer { padding: 0 16px; } .headline { font-size: 18px; } .logins { font-size: 16px; } }
@media print { details::details-content { content-visibility: visible; display: block; } }
`;
