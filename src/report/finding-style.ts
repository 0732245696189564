/** How differences between documents and findings look, on every page that has them. */
export const findingStyle = `
details.finding { padding: 0; }
details.finding > summary { padding: 12px 16px; font-weight: 400; }
details.finding > summary b { font-weight: 600; }
details.finding > summary small { display: block; padding-left: 20px; font-size: 14px; }
details.finding[open] > summary { border-bottom: 1px solid var(--line); }
details.finding > div { padding: 4px 16px 16px; }
@media (min-width: 641px) { .finding ol.story li { grid-template-columns: 64px 12px 1fr; } }
details.inner { margin: 16px 0 0; }
details.inner > summary { font-weight: 400; }
ul.causes { margin: 4px 0; padding-left: 20px; }
.diff { padding: 8px 0; tab-size: 2; }
.diff code { display: block; width: max-content; min-width: 100%; }
.diff code > span { display: block; padding: 0 14px; border-left: 4px solid transparent; white-space: pre; }
.diff .file { color: var(--soft); padding-bottom: 4px; }
.diff .removed { background: var(--bad-soft); }
.diff .added { background: var(--good-soft); }
.diff .guilty { border-left-color: var(--bad); font-weight: 700; }
.diff i { display: inline-block; width: 5ch; margin-right: 2ch; text-align: right; font-style: normal; color: var(--soft); user-select: none; }
.diff .removed i, .diff .added i { color: var(--ink); }
.diff em { margin-left: 3ch; font-style: normal; color: var(--bad); }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
pre.file { max-height: 480px; overflow: auto; }
`;
