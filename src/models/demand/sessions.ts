/**
 * Sessions stay valid, so an outage hurts only those whose session ends meanwhile. Times in ms; shares of all users who
 * are logged in when it begins; ages of sessions are uniform, as they are when logins come evenly. (o-sessions)
 */
import { assert } from "../../base/assert.js";
import { expm1 } from "../../base/math.js";

/** Share that has to log in again while the outage lasts, sessions of one fixed lifetime. */
export function shareToLogIn(outageMs: number, lifetimeMs: number): number {
  assert(outageMs >= 0 && lifetimeMs > 0, "an outage of 0 or more, a lifetime above 0");
  return Math.min(1, outageMs / lifetimeMs);
}

/** The same for sessions that end at random, exponential with this mean. */
export const shareToLogInMemoryless = (outageMs: number, meanMs: number): number =>
  -expm1(-outageMs / meanMs);

/** Mean wait over all users, those who wait not at all included, for sessions of one fixed lifetime. */
export function meanWaitMs(outageMs: number, lifetimeMs: number): number {
  const share = shareToLogIn(outageMs, lifetimeMs);
  return share * (outageMs - (share * lifetimeMs) / 2);
}
