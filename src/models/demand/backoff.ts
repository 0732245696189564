/**
 * How often one client tries again during an outage, with exponential backoff: before attempt i it waits up to
 * min(cap, base 2^i), all of it or, with full jitter, uniformly between nothing and that (Brooker, "Exponential Backoff
 * And Jitter", 2015). Jitter spreads the herd, but halves the mean wait, so there are more attempts. (o-fulljitter)
 */
import { assert } from "../../base/assert.js";

/** Whole ms, base at most cap. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Largest wait before attempt i, from 0. */
export function backoffMs({ baseMs, capMs }: Backoff, attempt: number): number {
  let wait = baseMs;
  for (let i = 0; i < attempt && wait < capMs; i++) wait *= 2;
  return Math.min(wait, capMs);
}

/** Attempts after the first that fails, within the outage, without jitter. */
export function attemptsWithoutJitter(backoff: Backoff, outageMs: number): number {
  checked(backoff, outageMs);
  let attempts = 0;
  for (let at = backoffMs(backoff, 0); at <= outageMs; at += backoffMs(backoff, attempts)) attempts++;
  return attempts;
}

/** Attempts a second of one client in an outage without end, with full jitter: one a mean wait of half the cap. */
export const longRunAttemptsPerSecond = ({ capMs }: Backoff): number => 2000 / capMs;

/**
 * Expected attempts within the outage with full jitter: the sum over i of P(the first i waits fit). The distribution
 * function of their sum is averaged over the next wait, on a grid of `stepMs` that divides every wait; the error falls
 * with its square (1e-6 of an attempt for waits of 1 to 60 s in 10 minutes, by steps of 100 ms).
 */
export function expectedAttempts(backoff: Backoff, outageMs: number, stepMs: number): number {
  checked(backoff, outageMs);
  assert(
    [backoff.baseMs, backoff.capMs, outageMs].every((ms) => ms % stepMs === 0),
    "the grid divides base, cap and outage",
  );
  const cells = outageMs / stepMs;
  let fits = new Float64Array(cells + 1).fill(1);
  const area = new Float64Array(cells + 1);
  let expected = 0;
  for (let attempt = 0; ; attempt++) {
    const width = backoffMs(backoff, attempt) / stepMs;
    for (let k = 1; k <= cells; k++) area[k] = area[k - 1]! + (fits[k - 1]! + fits[k]!) / 2;
    const next = new Float64Array(cells + 1);
    for (let k = 0; k <= cells; k++) next[k] = (area[k]! - (k > width ? area[k - width]! : 0)) / width;
    fits = next;
    expected += fits[cells]!;
    if (fits[cells]! < 1e-12) return expected;
  }
}

function checked({ baseMs, capMs }: Backoff, outageMs: number): void {
  assert(baseMs > 0 && baseMs <= capMs && outageMs >= 0, "0 < base <= cap, an outage of 0 or more");
}
