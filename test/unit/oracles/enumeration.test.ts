/** How many small cases there are (e-*): counted one by one, and by the formulas that larger sizes rely on. */
import { describe, expect, it } from "vitest";
import { findCycles } from "../../../src/models/fleet/cycles.js";
import type { FleetSpec } from "../../../src/models/fleet/spec.js";
import { exactly } from "../../helpers/exactly.js";
import { scenarioOf } from "../../helpers/scenario.js";

const choose = (n: number, k: number): number => {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
};

const expectedLabelled = [1, 3, 25, 543, 29281, 3781503, 1138779265];

/** A graph as rows of bits: bit j of row i is an edge from i to j. */
type Graph = readonly number[];

/** Every order of 0 .. n-1 that keeps the classes, which come as lists of nodes, one after the other. */
function* orders(classes: readonly (readonly number[])[]): Generator<number[]> {
  const [first, ...rest] = classes;
  if (first === undefined) yield [];
  else for (const head of permutations(first)) for (const tail of orders(rest)) yield [...head, ...tail];
}
function* permutations(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const item of items) {
    for (const rest of permutations(items.filter((other) => other !== item))) yield [item, ...rest];
  }
}

/** The same text for two graphs exactly if one is the other with its nodes renamed. */
function canonical(graph: Graph): string {
  const n = graph.length;
  const has = (i: number, j: number): boolean => ((graph[i]! >> j) & 1) === 1;
  // Nodes that differ by the colours of their neighbours cannot change places: only the rest is tried.
  let colours = graph.map(() => "");
  for (let round = 0; round < 3; round++) {
    const seen = graph.map((_, i) => {
      const of = (edge: (j: number) => boolean): string =>
        colours
          .filter((_, j) => edge(j))
          .sort()
          .join();
      return `${colours[i]}<${of((j) => has(j, i))}>${of((j) => has(i, j))}`;
    });
    const ranked = [...new Set(seen)].sort();
    colours = seen.map((text) => String(ranked.indexOf(text)).padStart(2, "0"));
  }
  const classes = [...new Set(colours)]
    .sort()
    .map((colour) => colours.flatMap((other, i) => (other === colour ? [i] : [])));
  let best = "";
  for (const order of orders(classes)) {
    let text = "";
    for (const i of order) for (const j of order) text += has(i, j) ? "1" : "0";
    if (text > best) best = text;
  }
  return `${n} ${classes.map((nodes) => nodes.length).join()} ${colours.slice().sort().join()} ${best}`;
}

/** One graph of every shape with one node more: a DAG has a node without edges out; it is the new one. */
function grown(graphs: readonly Graph[]): Graph[] {
  const found = new Map<string, Graph>();
  for (const graph of graphs) {
    const n = graph.length;
    for (let into = 0; into < 1 << n; into++) {
      const next = [...graph.map((row, i) => row | (((into >> i) & 1) << n)), 0];
      found.set(canonical(next), next);
    }
  }
  return [...found.values()];
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/**
 * DAGs that a permutation with these cycle lengths maps to themselves. Some whole cycles have no edges in; over which
 * they are the sum is by inclusion and exclusion, as Robinson does for the identity; edges from one cycle to another
 * come in gcd orbits.
 */
function fixedBy(cycles: readonly number[]): number {
  let sum = cycles.length === 0 ? 1 : 0;
  for (let set = 1; set < 1 << cycles.length; set++) {
    const inside = cycles.filter((_, i) => (set >> i) & 1);
    const outside = cycles.filter((_, i) => !((set >> i) & 1));
    const orbits = inside.reduce((all, a) => all + outside.reduce((some, b) => some + gcd(a, b), 0), 0);
    sum += (inside.length % 2 === 1 ? 1 : -1) * 2 ** orbits * fixedBy(outside);
  }
  return sum;
}

/** All ways to write n as a sum, falling. */
function partitions(n: number, largest = n): number[][] {
  if (n === 0) return [[]];
  return Array.from({ length: Math.min(n, largest) }, (_, i) => i + 1).flatMap((first) =>
    partitions(n - first, first).map((rest) => [first, ...rest]),
  );
}

/** Permutations of n things with these cycle lengths. */
function permutationsWith(cycles: readonly number[]): number {
  const n = cycles.reduce((sum, length) => sum + length, 0);
  const sizes = [...new Set(cycles)].map((length) => {
    const times = cycles.filter((other) => other === length).length;
    return length ** times * factorial(times);
  });
  return factorial(n) / sizes.reduce((product, size) => product * size, 1);
}

describe("e-dags: what may need what", () => {
  it("the recurrence (Robinson) gives the number of labelled DAGs", () => {
    const count = [1];
    for (let n = 1; n <= 7; n++) {
      let sum = 0;
      for (let k = 1; k <= n; k++) {
        sum += (k % 2 === 1 ? 1 : -1) * choose(n, k) * 2 ** (k * (n - k)) * count[n - k]!;
      }
      count.push(sum);
    }
    expect(count.slice(1)).toEqual(expectedLabelled);
  });

  it("of all ways to need each other these have no cycle", () => {
    const { fleet } = scenarioOf(
      "{ fleetquake: 1, title: t, regions: { a: { members: [r] } }, services: { s0: {}, s1: {}, s2: {}, s3: {} } }",
    ).variants[0]!.spec;
    const counts = [1, 2, 3, 4].map((n) => {
      let acyclic = 0;
      for (let bits = 0; bits < 2 ** (n * (n - 1)); bits++) {
        let left = bits;
        const services = fleet.services.slice(0, n).map((service, i) => ({
          ...service,
          needs: fleet.services.slice(0, n).flatMap((other, j) => {
            if (i === j) return [];
            const needed = left % 2 === 1;
            left = Math.floor(left / 2);
            return needed ? [{ kind: "hard" as const, service: other.name, graceMs: 0, in: null }] : [];
          }),
        }));
        const spec: FleetSpec = { ...fleet, services };
        if (findCycles(spec).length === 0) acyclic++;
      }
      return acyclic;
    });
    expect(counts).toEqual(expectedLabelled.slice(0, 4));
  });

  it("up to names there are far fewer", () => {
    const counts: number[] = [];
    let graphs: Graph[] = [[0]];
    for (let n = 1; n <= 6; n++) {
      counts.push(graphs.length);
      if (n < 6) graphs = grown(graphs);
    }
    expect(counts).toEqual([1, 2, 6, 31, 302, 5984]);
    exactly(expectedLabelled[4]! / counts[4]!, 96.95695364238411);
  });

  it("up to names, by counting what each renaming leaves as it is (Burnside)", () => {
    const counts = [1, 2, 3, 4, 5, 6, 7].map((n) => {
      const sum = partitions(n).reduce((all, cycles) => all + permutationsWith(cycles) * fixedBy(cycles), 0);
      return sum / factorial(n);
    });
    expect(counts).toEqual([1, 2, 6, 31, 302, 5984, 243668]);
  });
});

describe("e-mutseq: sequences of up to three of 40 mutations", () => {
  it("in order, and whatever the order", () => {
    const ordered: number[] = [];
    const unordered: number[] = [];
    let all = 0;
    const multisets = new Set<string>();
    let longest: number[][] = [[]];
    for (let k = 1; k <= 3; k++) {
      longest = longest.flatMap((sequence) => Array.from({ length: 40 }, (_, m) => [...sequence, m]));
      all += longest.length;
      for (const sequence of longest) multisets.add([...sequence].sort((a, b) => a - b).join());
      ordered.push(all);
      unordered.push(multisets.size);
    }
    expect(ordered).toEqual([40, 1640, 65640]);
    expect(unordered).toEqual([40, 860, 12340]);
    expect([1, 2, 3].map((k) => choose(40 + k, k) - 1)).toEqual(unordered);
    // Two different ones: what covering all pairs has to meet.
    expect(choose(40, 2)).toBe(780);
    expect([...multisets].filter((text) => /^(\d+),(?!\1$)\d+$/.test(text))).toHaveLength(780);
  });
});
