/** The report on paper: always the light theme, nothing cut, nothing folded, nothing that waits for a hand. */
export const printStyle = `@page { size: A4; margin: 14mm 13mm; }
@media print {
  :root { color-scheme: light; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { font-size: 10pt; } main, header, footer { max-width: none; padding: 0; }
  h1, h2, h3, h4, caption, summary { break-after: avoid; }
  h2 { margin-top: 28px; }
  p, li { orphans: 3; widows: 3; }
  figure, tr, li { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { overflow-wrap: break-word; padding: 4px 6px 4px 0; }
  td { overflow-wrap: anywhere; }
  td.n, td.t, .tag { white-space: nowrap; }
  .tag { font-size: inherit; }
  th, summary, b, figure text[font-weight="600"] { font-weight: 700; }
  .figures { grid-template-columns: repeat(3, 1fr); }
  ol.story li { grid-template-columns: 96px 12px 1fr; padding: 3px 0; }
  code { font-size: inherit; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8.5pt; }
  figure svg { max-width: 100%; max-height: 235mm; }
  details { border: 0; padding: 0; margin: 14px 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  summary { list-style: none; }
}
`;
