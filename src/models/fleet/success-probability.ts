/**
 * The probability that a request succeeds, exactly: what several branches share is conditioned on, not multiplied
 * twice. Multiplying through a shared network would say 0.993 where 0.959 is right.
 */

/**
 * One thing that has to work for a request. Children come before their parents in the array that holds the nodes.
 * It works with its own availability, if every `hard` child works, every `soft` child works or is not asked for
 * (it is with probability `weight`), and at least `k` children of every set work. With `ways`, at least one of those
 * has to work too; each is open to a user with probability `open`, independently.
 */
export interface RequestNode {
  readonly hard: readonly number[];
  readonly soft: readonly { readonly child: number; readonly weight: number }[];
  readonly sets: readonly { readonly k: number; readonly of: readonly number[] }[];
  readonly ways: readonly { readonly child: number; readonly open: number }[];
}

/** More shared uncertain nodes than this are multiplied as if independent: 2^12 cases is where exactness stops paying. */
export const conditionedMax = 12;

/**
 * Probabilities of the `roots`. `availability[i]` is the chance (0..1) that node i itself works when everything it
 * needs does. Children are shared when more than one need names them.
 */
export function successProbability(
  nodes: readonly RequestNode[],
  availability: ArrayLike<number>,
  roots: readonly number[],
): number[] {
  const parents = countParents(nodes);
  const works = new Float64Array(nodes.length);
  const result = roots.map(() => 0);
  /** Works upwards from `from`; where a shared node may or may not work, both cases are followed. */
  const follow = (from: number, probability: number, conditioned: number): void => {
    for (let i = from; i < nodes.length; i++) {
      const p = availability[i]! * nodeGivenChildren(nodes[i]!, works);
      if (p > 0 && p < 1 && parents[i]! > 1 && conditioned < conditionedMax) {
        works[i] = 1;
        follow(i + 1, probability * p, conditioned + 1);
        works[i] = 0;
        follow(i + 1, probability * (1 - p), conditioned + 1);
        return;
      }
      works[i] = p;
    }
    for (let r = 0; r < roots.length; r++) result[r]! += probability * works[roots[r]!]!;
  };
  follow(0, 1, 0);
  return result;
}

function countParents(nodes: readonly RequestNode[]): Int32Array {
  const count = new Int32Array(nodes.length);
  for (const node of nodes) {
    for (const child of node.hard) count[child]!++;
    for (const { child } of node.soft) count[child]!++;
    for (const { of } of node.sets) for (const child of of) count[child]!++;
    for (const { child } of node.ways) count[child]!++;
  }
  return count;
}

function nodeGivenChildren(node: RequestNode, works: Float64Array): number {
  let p = 1;
  for (const child of node.hard) p *= works[child]!;
  for (const { child, weight } of node.soft) p *= 1 - weight * (1 - works[child]!);
  for (const { k, of } of node.sets) p *= atLeast(k, of, works);
  if (node.ways.length > 0) {
    let none = 1;
    for (const { child, open } of node.ways) none *= 1 - open * works[child]!;
    p *= 1 - none;
  }
  return p;
}

/** Tail of the Poisson-binomial law: at least k of independent events. */
function atLeast(k: number, of: readonly number[], works: Float64Array): number {
  const exactly = new Float64Array(of.length + 1);
  exactly[0] = 1;
  of.forEach((child, seen) => {
    const p = works[child]!;
    for (let n = seen + 1; n > 0; n--) exactly[n] = exactly[n]! * (1 - p) + exactly[n - 1]! * p;
    exactly[0]! *= 1 - p;
  });
  let tail = 0;
  for (let n = of.length; n >= k; n--) tail += exactly[n]!;
  return tail;
}
