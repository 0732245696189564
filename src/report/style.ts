/** The style sheet of the report: one for screen (light and dark) and paper. */
import { darkPalette, declared, lightPalette } from "./palette.js";
import { printStyle } from "./print-style.js";
import { whatIfStyle } from "./what-if/what-if-style.js";

export const style = `
:root { color-scheme: light dark; ${declared(lightPalette)} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${declared(darkPalette)} }
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
ol.story time small { display: block; font-size: 13px; line-height: 1.2; }
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
