/** A bounded sample of what was asked and answered, to ask it again in another order. */
import { fingerprint } from "../base/hash.js";

export class Sample<T> {
  private items: T[] = [];
  private seen = 0;
  private stride = 1;

  constructor(private readonly limit: number) {}

  /** Keeps every item first, then every second, every fourth: spread over the whole run, whatever its length. */
  offer(item: () => T): void {
    if (this.seen++ % this.stride !== 0) return;
    this.items.push(item());
    if (this.items.length <= this.limit) return;
    this.items = this.items.filter((_, k) => k % 2 === 0);
    this.stride *= 2;
  }

  clear(): void {
    this.items = [];
    this.seen = 0;
    this.stride = 1;
  }

  /**
   * In an order that has nothing to do with that of the asking, and is the same every time. The first comes once more at
   * the end: even of a single question one that counts is found out.
   */
  shuffled(): readonly T[] {
    const order = this.items
      .map((item, k) => ({ item, key: fingerprint(`shuffle ${k * 2654435761}`) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ item }) => item);
    return [...order, ...order.slice(0, 1)];
  }
}
