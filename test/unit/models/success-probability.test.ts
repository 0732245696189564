import { describe, expect, it } from "vitest";
import { type RequestNode, successProbability } from "../../../src/models/fleet/success-probability.js";

const node = (part: Partial<RequestNode> = {}): RequestNode => ({
  hard: [],
  soft: [],
  sets: [],
  ways: [],
  ...part,
});

/** The same by brute force: every combination of what may fail. */
function bruteForce(nodes: readonly RequestNode[], availability: readonly number[], root: number): number {
  const coins: { p: number }[] = [...availability.map((p) => ({ p }))];
  const softAt = nodes.map((item) => item.soft.map(({ weight }) => coins.push({ p: weight }) - 1));
  const wayAt = nodes.map((item) => item.ways.map(({ open }) => coins.push({ p: open }) - 1));
  let total = 0;
  for (let bits = 0; bits < 2 ** coins.length; bits++) {
    let probability = 1;
    for (const [k, { p }] of coins.entries()) probability *= (bits >> k) & 1 ? p : 1 - p;
    if (probability === 0) continue;
    const on = (k: number): boolean => ((bits >> k) & 1) === 1;
    const works: boolean[] = [];
    nodes.forEach((item, i) => {
      works[i] =
        on(i) &&
        item.hard.every((child) => works[child]) &&
        item.soft.every(({ child }, k) => !on(softAt[i]![k]!) || works[child]) &&
        item.sets.every(({ k, of }) => of.filter((child) => works[child]).length >= k) &&
        (item.ways.length === 0 || item.ways.some(({ child }, k) => on(wayAt[i]![k]!) && works[child]));
    });
    if (works[root]) total += probability;
  }
  return total;
}

describe("successProbability", () => {
  // r-shared-fallback: D is needed by all; a login needs K, or else N with P or T.
  const fallback = [
    node(), // 0 D
    node(), // 1 P
    node(), // 2 T
    node({ sets: [{ k: 1, of: [1, 2] }] }), // 3 N with one of P, T
    node(), // 4 K
    node({
      hard: [0],
      ways: [
        { child: 4, open: 1 },
        { child: 3, open: 1 },
      ],
    }),
  ];
  const a = [0.999, 0.99, 0.95, 0.9, 0.6, 1];

  it("r-shared-fallback: 0.95886018", () => {
    expect(successProbability(fallback, a, [5])[0]).toBeCloseTo(0.95886018, 10);
  });

  it("conditions on what is shared instead of multiplying it twice", () => {
    // Both branches need the same network: two ways over it are no better than one.
    const nodes = [
      node(),
      node({ hard: [0] }),
      node({ hard: [0] }),
      node({
        ways: [
          { child: 1, open: 1 },
          { child: 2, open: 1 },
        ],
      }),
    ];
    expect(successProbability(nodes, [0.9, 1, 1, 1], [3])[0]).toBeCloseTo(0.9, 12);
  });

  it("is the sum over all combinations, for random structures", () => {
    let state = 7;
    const random = (n: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return (state >>> 8) % n;
    };
    for (let round = 0; round < 60; round++) {
      const nodes: RequestNode[] = [];
      for (let i = 0; i < 6; i++) {
        const children = [...Array(i).keys()].filter(() => random(3) === 0);
        const kind = random(4);
        if (children.length === 0 || i < 2) nodes.push(node());
        else if (kind === 0) nodes.push(node({ hard: children }));
        else if (kind === 1) nodes.push(node({ soft: children.map((child) => ({ child, weight: 0.3 })) }));
        else if (kind === 2) nodes.push(node({ sets: [{ k: 1 + random(children.length), of: children }] }));
        else nodes.push(node({ ways: children.map((child) => ({ child, open: 0.7 })) }));
      }
      const availability = nodes.map(() => [0, 0.4, 0.9, 1][random(4)]!);
      const [exact] = successProbability(nodes, availability, [5]);
      expect(exact).toBeCloseTo(bruteForce(nodes, availability, 5), 10);
    }
  });
});
