/** What the overview of a folder of reports adds to the style sheet that all pages share. */
import { style } from "../style.js";

export const overviewStyle = `${style}
h2, li, code { unicode-bidi: isolate; }
ul.reports { list-style: none; margin: 24px 0; padding: 0; }
ul.reports > li { display: grid; grid-template-columns: 200px 1fr; gap: 4px 24px; padding: 20px 0; border-top: 1px solid var(--line); }
ul.reports h2 { margin: 0; padding: 0; border: 0; font-size: 19px; }
ul.reports p { margin: 2px 0 8px; font-size: 14px; }
.thumbnail { margin: 4px 0 0; }
.thumbnail svg { width: 100%; height: 64px; }
.thumbnail .area { fill: var(--bad-soft); }
.thumbnail .curve { fill: none; stroke: var(--bad); stroke-width: 2; vector-effect: non-scaling-stroke; }
.thumbnail .frame { fill: none; stroke: var(--line); vector-effect: non-scaling-stroke; }
.thumbnail figcaption { margin-top: 4px; font-size: 12.5px; line-height: 1.35; overflow-wrap: anywhere; }
.calm { display: grid; place-items: center; height: 64px; margin-top: 4px; border: 1px dashed var(--line); border-radius: 4px; color: var(--soft); font-size: 13px; }
ul.lines { list-style: none; margin: 0 0 10px; padding: 0; font-size: 14.5px; }
ul.lines li { margin: 3px 0; }
ul.lines b { display: inline-block; min-width: 74px; font-weight: 400; color: var(--soft); }
ul.pages { display: flex; flex-wrap: wrap; gap: 6px 18px; list-style: none; margin: 0; padding: 0; font-size: 15px; }
ul.pages a { display: inline-block; min-height: 24px; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
@media (max-width: 640px) {
  main, header, footer { padding-left: 16px; padding-right: 16px; }
  ul.reports > li { grid-template-columns: 1fr; }
}
`;
