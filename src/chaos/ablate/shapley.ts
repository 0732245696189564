/** Which guard matters: its average contribution over all orders in which guards could be added. */
import { type Family, sizeOf } from "./subsets.js";

/** Shapley values of the game in which a safe set is worth 1; they add up to v(all) - v(none). */
export function shapleyValues(guards: number, safe: Family): readonly number[] {
  // Weight of a set of size s before guard g comes: s! (n - s - 1)! / n!, by the recurrence w(s) = w(s-1) s / (n - s).
  const weights: number[] = [];
  for (let s = 0; s < guards; s++) {
    weights.push(s === 0 ? 1 / guards : (weights[s - 1]! * s) / (guards - s));
  }
  return Array.from({ length: guards }, (_, guard) => {
    const bit = 1 << guard;
    // Whole numbers first: a sum of thousands of small weights would lose its last digits.
    const contributions = new Array<number>(guards).fill(0);
    for (let set = 0; set < safe.length; set++) {
      if ((set & bit) === 0) contributions[sizeOf(set)]! += safe[set | bit]! - safe[set]!;
    }
    return contributions.reduce((sum, count, s) => sum + count * weights[s]!, 0);
  });
}
