/** Which guard matters: its average contribution over all orders in which guards could be added. */
import { type Family, sizeOf } from "./subsets.js";

/** Shapley values of the game in which a safe set is worth 1; they add up to v(all) - v(none). */
export function shapleyValues(guards: number, safe: Family): readonly number[] {
  // A set of size s before guard g comes counts s! (n - s - 1)! times of n!. Up to 16! these are exact whole numbers.
  const factorial = [1];
  for (let k = 1; k <= guards; k++) factorial.push(factorial[k - 1]! * k);
  return Array.from({ length: guards }, (_, guard) => {
    const bit = 1 << guard;
    let orders = 0;
    for (let set = 0; set < safe.length; set++) {
      const change = safe[set | bit]! - safe[set]!;
      if (change === 0) continue;
      const before = sizeOf(set);
      orders += change * factorial[before]! * factorial[guards - before - 1]!;
    }
    return orders / factorial[guards]!;
  });
}
