/** Our strongly connected components against those of graphology, over random graphs. */
import fc from "fast-check";
import { DirectedGraph } from "graphology";
import { stronglyConnectedComponents as reference } from "graphology-components";
import { expect, it } from "vitest";
import { stronglyConnectedComponents } from "../../../src/models/fleet/components.js";

const graphs = fc
  .integer({ min: 0, max: 12 })
  .chain((size) =>
    fc.tuple(
      fc.constant(size),
      size === 0
        ? fc.constant([])
        : fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 3 * size }),
    ),
  );

const sorted = (components: readonly (readonly string[])[]): readonly string[] =>
  components.map((names) => [...names].sort().join(" ")).sort();

it("are the same sets, and what a component needs comes before it", () => {
  fc.assert(
    fc.property(graphs, ([size, edges]) => {
      const graph = new Map<string, string[]>();
      const other = new DirectedGraph();
      for (let k = 0; k < size; k++) {
        graph.set(`n${k}`, []);
        other.addNode(`n${k}`);
      }
      for (const [from, to] of edges) {
        graph.get(`n${from}`)!.push(`n${to}`);
        other.mergeDirectedEdge(`n${from}`, `n${to}`);
      }
      const found = stronglyConnectedComponents(graph);
      expect(sorted(found)).toEqual(sorted(reference(other)));
      const place = new Map(found.flatMap((names, k) => names.map((name) => [name, k] as const)));
      for (const [from, to] of edges) expect(place.get(`n${to}`)).toBeLessThanOrEqual(place.get(`n${from}`)!);
    }),
    { seed: 1, numRuns: 500 },
  );
});

it("follow chains that are longer than a call stack", () => {
  const size = 50_000;
  const graph = new Map(
    Array.from({ length: size }, (_, k) => [`n${k}`, k + 1 < size ? [`n${k + 1}`] : []] as const),
  );
  const found = stronglyConnectedComponents(graph);
  expect(found.length).toBe(size);
  expect(found[0]).toEqual([`n${size - 1}`]);
});
