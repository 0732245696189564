/** How charts of rows look, with their keys and the figures beside them, on every page that has them. */
export const rowStyle = `
td small { display: block; }
ul.keys { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0; padding: 0; list-style: none; font-size: 14px; }
i.key { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; }
i.k1 { background: var(--c1); } i.k2 { background: var(--c2); } i.k3 { background: var(--c3); } i.k4 { background: var(--c4); }
i.k5 { background: var(--c5); } i.k6 { background: var(--c6); } i.k7 { background: var(--c7); } i.k8 { background: var(--c8); }
figure .narrow { display: none; }
@media screen and (max-width: 860px) {
  figure .wide { display: none; } figure .narrow { display: block; }
  figure .narrow svg { width: 100%; max-width: 340px; }
}
`;
