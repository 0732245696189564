/** A bug of ours: the message says which assumption broke. The cli adds seed and replay command and exits 70. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Stops the run when an assumption of ours does not hold. Never used for wrong input: that is an Issue. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new AssertionError(why);
}
