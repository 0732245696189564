/** Hashes of texts. The goal: different texts of the kind that a search makes do not share one. */
import { expect, it } from "vitest";
import { wideHash } from "../../../src/base/hash.js";

it("a wide hash is a whole number in 53 bits, and differs for texts that differ in one place", () => {
  const long = "x".repeat(300);
  const texts = Array.from(
    { length: 100_000 },
    (_, k) => `${long.slice(0, k % 300)}${k}${long.slice(k % 300)}`,
  );
  const hashes = new Set(texts.map(wideHash));
  expect(hashes.size).toBe(texts.length);
  for (const hash of hashes) {
    if (!Number.isSafeInteger(hash) || hash < 0) throw new Error(`${hash} is none`);
  }
  expect(wideHash("")).toBe(wideHash(""));
});
