/**
 * What workers tell each other: texts by key, in memory that all threads see, so that none works out what another one
 * has. It only saves work: a text follows from its key, so it does not matter who wrote it, or when. Once it is full it
 * takes nothing more.
 */
import { longHashOf } from "../base/hash.js";
import type { Memo } from "../chaos/memo.js";

const slots = 1 << 16;
const slotInts = 6;
/** A slot: its state, 106 bits of hash in four halves, start of the text; the text begins with its length. */
const empty = 0;
const written = 2;
const bytesMax = 1 << 25;
const heads = 4;

export const newMemory = (): SharedArrayBuffer =>
  new SharedArrayBuffer(4 * (heads + slots * slotInts) + bytesMax);

export class SharedMemo implements Memo {
  /** The first one is the number of bytes that are taken. */
  private readonly ints: Int32Array;
  private readonly bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    const intsCount = heads + slots * slotInts;
    this.ints = new Int32Array(memory, 0, intsCount);
    this.bytes = new Uint8Array(memory, 4 * intsCount);
  }

  get(key: string): string | null {
    const hash = hashOf(key);
    for (let k = 0; k < slots; k++) {
      const at = this.slot(hash, k);
      const state = Atomics.load(this.ints, at);
      if (state === empty) return null;
      if (state === written && this.has(at, hash)) return this.textAt(this.ints[at + 5]!);
    }
    return null;
  }

  set(key: string, text: string): void {
    const encoded = new TextEncoder().encode(text);
    const start = Atomics.add(this.ints, 0, encoded.length + 4);
    if (start + encoded.length + 4 > bytesMax) {
      // What the counter says from now on only has to stay too large.
      Atomics.sub(this.ints, 0, encoded.length + 4);
      return;
    }
    new DataView(this.bytes.buffer, this.bytes.byteOffset + start).setUint32(0, encoded.length);
    this.bytes.set(encoded, start + 4);
    const hash = hashOf(key);
    for (let k = 0; k < slots / 2; k++) {
      const at = this.slot(hash, k);
      if (Atomics.compareExchange(this.ints, at, empty, 1) !== empty) continue;
      hash.forEach((half, n) => {
        this.ints[at + 1 + n] = half;
      });
      this.ints[at + 5] = start;
      Atomics.store(this.ints, at, written);
      return;
    }
  }

  private slot(hash: readonly number[], k: number): number {
    return heads + (((hash[0]! >>> 0) + k) % slots) * slotInts;
  }

  private has(at: number, hash: readonly number[]): boolean {
    return hash.every((half, n) => this.ints[at + 1 + n] === half);
  }

  private textAt(start: number): string {
    const length = new DataView(this.bytes.buffer, this.bytes.byteOffset + start).getUint32(0);
    // A decoder takes no shared memory.
    return new TextDecoder().decode(this.bytes.slice(start + 4, start + 4 + length));
  }
}

const hashOf = (key: string): readonly number[] =>
  longHashOf(key).flatMap((hash) => [hash | 0, Math.floor(hash / 0x1_0000_0000) | 0]);
