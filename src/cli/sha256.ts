import { createHash } from "node:crypto";

/** Hex digest of some pieces of text, in order. */
export function sha256(pieces: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}
