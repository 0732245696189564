/** One way of making a subject smaller. */
import type { Subject } from "./subject.js";

export interface Pass {
  readonly name: string;
  /** Smaller subjects, the most promising first. `texts`: documents before the case, by id, at the last version. */
  readonly candidates: (subject: Subject, texts: ReadonlyMap<string, string>) => Iterable<Subject>;
}

/** Drop one thing of a list. */
export function* eachWithout<T>(items: readonly T[]): Iterable<readonly T[]> {
  for (let k = 0; k < items.length; k++) yield items.filter((_, j) => j !== k);
}

/** Halves first, then one at a time. */
export function* fewer<T>(items: readonly T[]): Iterable<readonly T[]> {
  if (items.length > 3) {
    const half = Math.ceil(items.length / 2);
    yield items.slice(0, half);
    yield items.slice(half);
  }
  if (items.length > 1) yield* eachWithout(items);
}
