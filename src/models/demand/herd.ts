/**
 * The herd: users who could not log in during an outage, and come back when it ends. Rates in requests a second, times
 * in ms.
 */
import { exp, expm1 } from "../../base/math.js";
import type { LoadPolicy } from "./load-policy.js";

/** How far apart clients come that do not spread their retries: as good as at once. */
const atOnceMs = 1_000;

/**
 * Users who wait after `ms` more of an outage, of `waiting` before. Each session ends once in its lifetime, so there are
 * never more than the users themselves; who loses patience (exponential) is no longer among them.
 */
export function waitingAfter(
  waiting: number,
  ratePerSecond: number,
  ms: number,
  { sessionLifetimeMs, patienceMs }: Pick<LoadPolicy, "sessionLifetimeMs" | "patienceMs">,
): number {
  const users = (ratePerSecond * sessionLifetimeMs) / 1000;
  const grown = Number.isFinite(patienceMs)
    ? waiting * exp(-ms / patienceMs) - (ratePerSecond / 1000) * patienceMs * expm1(-ms / patienceMs)
    : waiting + (ratePerSecond * ms) / 1000;
  return Math.min(grown, Math.max(users, waiting));
}

/**
 * The time over which those who wait come back. With full jitter each is somewhere in its longest wait; without it
 * those who failed together come together.
 */
export const returnWindowMs = ({ retry }: Pick<LoadPolicy, "retry">): number =>
  retry.jitter === "full" ? Math.max(atOnceMs, retry.backoff.capMs) : atOnceMs;

/** Smallest window over which `users` can come back on top of the usual rate; null: there is no room for anybody. */
export const safeWindowMs = (users: number, capacity: number, usual: number): number | null =>
  usual < capacity ? (1000 * users) / (capacity - usual) : null;

/** Requests that wait when `users` have come back evenly over a window. */
export const herdBacklog = (users: number, windowMs: number, capacity: number, usual: number): number =>
  Math.max(0, users - ((capacity - usual) * windowMs) / 1000);
