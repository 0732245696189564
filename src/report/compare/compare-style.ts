/** What a comparison adds to the style sheet that all pages share. */
import { style } from "../style.js";

export const compareStyle = `${style}
td, li, code, b { unicode-bidi: isolate; }
td { max-width: 60ch; overflow-wrap: break-word; }
td.n { white-space: nowrap; }
td.name { min-width: 130px; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); gap: 12px; margin: 16px 0; padding: 0; list-style: none; }
.sides li { padding: 12px 16px; border-radius: 8px; background: var(--panel); }
.sides p { margin: 2px 0; font-size: 14.5px; }
.note { padding: 8px 14px; border-left: 4px solid var(--warn); background: var(--warn-soft); }
summary { padding: 4px 0; }
@media screen and (max-width: 640px) { caption { max-width: calc(100vw - 32px); } figure svg { min-width: 600px; } }
@media (max-width: 640px) { main, header, footer { padding-left: 16px; padding-right: 16px; } }
`;
