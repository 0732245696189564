/** The style sheet of the report: one for screen (light and dark) and paper. */
import { printStyle } from "./print-style.js";
import { whatIfStyle } from "./what-if/what-if-style.js";

export const style = `
:root {
  color-scheme: light dark;
  --ink: #1c2024; --soft: #545b63; --line: #d9dde1; --paper: #ffffff; --panel: #f5f6f8;
  --bad: #b3261e; --bad-soft: #f6d5d2; --warn: #8a5a00; --warn-soft: #fbe7c3; --good: #1a6b3c; --good-soft: #d5edde; --link: #0b57a4;
  --c1: #0b62b0; --c2: #b3261e; --c3: #1a6b3c; --c4: #8a5a00; --c5: #6d3fa8; --c6: #00707a; --c7: #a13670; --c8: #50606f;
  --h1: #fbe3b0; --h2: #f7b267; --h3: #ee7f4a; --h4: #d3472f; --h5: #8f1d21;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ink: #e8eaed; --soft: #a9b1ba; --line: #3a4149; --paper: #14171a; --panel: #1e2328;
    --bad: #ff8f85; --bad-soft: #4a1f1c; --warn: #f0bd5a; --warn-soft: #43330f; --good: #7fd6a0; --good-soft: #143524; --link: #8ec1f5;
    --c1: #6fb1f0; --c2: #ff8f85; --c3: #7fd6a0; --c4: #f0bd5a; --c5: #c3a1f2; --c6: #68cdd6; --c7: #f09bc9; --c8: #a9b6c2;
    --h1: #4a3a1c; --h2: #7a4f1e; --h3: #a85a2a; --h4: #d3603a; --h5: #ff8a70;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 22px; margin: 48px 0 12px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 17px; margin: 28px 0 8px; }
p { margin: 8px 0; max-width: 76ch; }
h1, h2, h3, h4, p, li, summary, figcaption { overflow-wrap: anywhere; }
a { color: var(--link); overflow-wrap: anywhere; }
small, .soft { color: var(--soft); }
code, pre { font: 13.5px/1.45 ui-monospace, "SFMono-Regular", Menlo, "Liberation Mono", monospace; }
pre { background: var(--panel); padding: 12px 14px; border-radius: 6px; overflow-x: auto; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; padding: 0; list-style: none; }
.figures li { background: var(--panel); border-radius: 8px; padding: 14px 16px; }
.figures strong { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures span { color: var(--soft); font-size: 14px; }
ol.story { list-style: none; margin: 12px 0; padding: 0; }
ol.story li { display: grid; grid-template-columns: 150px 12px 1fr; gap: 12px; padding: 5px 0; }
ol.story time { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
ol.story i { width: 10px; height: 10px; border-radius: 50%; margin-top: 7px; background: var(--c8); }
ol.story .error i, ol.story .damage i { background: var(--bad); }
ol.story .decision i { background: var(--warn); }
ol.story .guard i, ol.story .recovery i, ol.story .calm i { background: var(--good); }
ol.story .change i { background: var(--c1); }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; margin: 12px 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 6px; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
td.t { white-space: nowrap; }
td.n, th.n { text-align: right; padding-right: 16px; }
.scroll { overflow-x: auto; }
.bad { color: var(--bad); } .good { color: var(--good); } .warn { color: var(--warn); }
.tag { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 13px; background: var(--panel); }
.tag.bad { background: var(--bad-soft); } .tag.good { background: var(--good-soft); } .tag.warn { background: var(--warn-soft); }
figure { margin: 20px 0; }
figure svg { max-width: 100%; height: auto; display: block; }
figcaption { color: var(--soft); font-size: 14px; margin-top: 6px; max-width: 86ch; }
details { border: 1px solid var(--line); border-radius: 8px; margin: 10px 0; padding: 8px 16px; }
summary { cursor: pointer; font-weight: 600; }
footer { margin-top: 56px; padding-bottom: 40px; color: var(--soft); font-size: 14px; }
@media (max-width: 640px) { ol.story li { grid-template-columns: 12px 1fr; } ol.story time { grid-column: 2; text-align: left; } ol.story i { grid-row: 1 / 3; } }
${printStyle}
${whatIfStyle}`;
