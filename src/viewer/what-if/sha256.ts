/** SHA-256 (FIPS 180-4) of some pieces of text in order, as hex. A worker's own is asynchronous, and absent where a page is no secure context. */

/** Fractional parts of the square roots of the first 8 primes, and of the cube roots of the first 64, in 32 bits. */
const { initial, constants } = fractions();

function fractions(): { readonly initial: Uint32Array; readonly constants: Uint32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return {
    initial: Uint32Array.from(primes.slice(0, 8), (prime) => rootBits(prime, 2n)),
    constants: Uint32Array.from(primes, (prime) => rootBits(prime, 3n)),
  };
}

/** The first 32 bits behind the point of a root: the integer root of n * 2^(32 * degree), in integers alone. */
function rootBits(n: number, degree: bigint): number {
  const target = BigInt(n) << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    const power = degree === 2n ? middle * middle : middle * middle * middle;
    if (power <= target) low = middle;
    else high = middle - 1n;
  }
  return Number(low & 0xffffffffn);
}

const turn = (value: number, by: number): number => (value >>> by) | (value << (32 - by));

class Hash {
  private readonly state = Uint32Array.from(initial);
  private readonly block = new Uint8Array(64);
  private readonly words = new Uint32Array(64);
  private filled = 0;
  private bytes = 0;

  add(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const take = Math.min(64 - this.filled, bytes.length - at);
      this.block.set(bytes.subarray(at, at + take), this.filled);
      at += take;
      this.filled += take;
      if (this.filled === 64) this.mix();
    }
  }

  hex(): string {
    const bits = BigInt(this.bytes) * 8n;
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, bits);
    this.add(Uint8Array.of(0x80));
    this.add(new Uint8Array((120 - this.filled) % 64));
    this.add(length);
    return [...this.state].map((word) => word.toString(16).padStart(8, "0")).join("");
  }

  private mix(): void {
    const { words, state } = this;
    const view = new DataView(this.block.buffer);
    for (let k = 0; k < 16; k++) words[k] = view.getUint32(4 * k);
    for (let k = 16; k < 64; k++) {
      const a = words[k - 15]!;
      const b = words[k - 2]!;
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words[k] = words[k - 16]! + s0 + words[k - 7]! + s1;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let k = 0; k < 64; k++) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const first = (h + s1 + ((e & f) ^ (~e & g)) + constants[k]! + words[k]!) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    for (const [k, value] of [a, b, c, d, e, f, g, h].entries()) state[k] = state[k]! + value;
    this.filled = 0;
  }
}

export function sha256(pieces: Iterable<string>): string {
  const hash = new Hash();
  const encoder = new TextEncoder();
  for (const piece of pieces) hash.add(encoder.encode(piece));
  return hash.hex();
}
