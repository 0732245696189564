/**
 * Generators of others, after their authors' programs, as luck that has nothing in common with our own: what holds
 * under Threefry only would be a fault of Threefry. Uniforms lie strictly between 0 and 1.
 */

const mask = (1n << 64n) - 1n;
const rotl64 = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (64n - k))) & mask;
const unit = (bits: bigint): number => (Number(bits >> 11n) + 0.5) / 9007199254740992;

/** SplitMix64 (Vigna). */
export function splitmix64(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    return z ^ (z >> 31n);
  };
}

/** xoshiro256** 1.0 (Blackman and Vigna). */
export function xoshiro256starstar(seed: readonly [bigint, bigint, bigint, bigint]): () => bigint {
  let [a, b, c, d] = seed;
  return () => {
    const result = (rotl64((b * 5n) & mask, 7n) * 9n) & mask;
    const shifted = (b << 17n) & mask;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotl64(d, 45n);
    return result;
  };
}

/** xoshiro128** 1.1 (Blackman and Vigna), as uint32. */
export function xoshiro128starstar(seed: readonly [number, number, number, number]): () => number {
  const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  let [a, b, c, d] = seed;
  return () => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotl(d, 11);
    return result;
  };
}

/** MRG32k3a (L'Ecuyer 1999): uniforms; all products stay below 2^53. */
export function mrg32k3a(seed: number): () => number {
  const [m1, m2] = [4294967087, 4294944443];
  const one = [seed, seed, seed] as [number, number, number];
  const two = [seed, seed, seed] as [number, number, number];
  return () => {
    let p = (1403580 * one[1] - 810728 * one[0]) % m1;
    if (p < 0) p += m1;
    one.push(p);
    one.shift();
    let q = (527612 * two[2] - 1370589 * two[0]) % m2;
    if (q < 0) q += m2;
    two.push(q);
    two.shift();
    return (p > q ? p - q : p - q + m1) / (m1 + 1);
  };
}

/** PCG32 XSH-RR (O'Neill), as uint32. */
export function pcg32(initState: bigint, initSequence: bigint): () => number {
  const increment = ((initSequence << 1n) | 1n) & mask;
  let state = 0n;
  const next = (): number => {
    const old = state;
    state = (old * 6364136223846793005n + increment) & mask;
    const xored = Number((((old >> 18n) ^ old) >> 27n) & 0xffffffffn);
    const turn = Number(old >> 59n);
    return ((xored >>> turn) | (xored << (-turn & 31))) >>> 0;
  };
  next();
  state = (state + initState) & mask;
  next();
  return next;
}

/** Uniforms of each, by name, from fixed seeds. */
export const referenceUniforms: Readonly<Record<string, () => () => number>> = {
  splitmix64: () => {
    const next = splitmix64(20250213n);
    return () => unit(next());
  },
  "xoshiro256**": () => {
    const seed = splitmix64(1n);
    const next = xoshiro256starstar([seed(), seed(), seed(), seed()]);
    return () => unit(next());
  },
  "xoshiro128**": () => {
    const next = xoshiro128starstar([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x0badcafe]);
    return () => (next() + 0.5) / 4294967296;
  },
  MRG32k3a: () => mrg32k3a(12345),
  PCG32: () => {
    const next = pcg32(42n, 54n);
    return () => (next() + 0.5) / 4294967296;
  },
};
