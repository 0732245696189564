/**
 * When retries keep an overload alive after its trigger is gone: work that timed out still takes capacity, so a system
 * that is healthy at a rate can stay collapsed at the same rate (Bronson et al., HotOS 2021; Huang et al., OSDI 2022).
 * Closed forms for a queue in order of arrival that holds more than a timeout's worth of work; rates in requests a second.
 */
import { assert } from "../../base/assert.js";

/**
 * The rate below which a collapse always ends: capacity / (1 + retries). `retries` are attempts after the first of a
 * request that fails throughout; a retry budget b (retries a request, on average) counts as b. (meta-threshold)
 */
export function hiddenCapacity(capacity: number, retries: number): number {
  assert(capacity > 0 && retries >= 0, "a capacity above 0 and no negative retries");
  return capacity / (1 + retries);
}

/** What arrives while everything fails: every request with all its retries. */
export const offeredWhenCollapsed = (rate: number, retries: number): number => rate * (1 + retries);

/**
 * `stable`: a collapse ends by itself once its trigger is gone. `vulnerable`: healthy until something triggers it, then
 * collapsed until somebody sheds load. `overloaded`: collapsed anyway.
 */
export function loadState(
  rate: number,
  capacity: number,
  retries: number,
): "stable" | "vulnerable" | "overloaded" {
  if (rate >= capacity) return "overloaded";
  return rate < hiddenCapacity(capacity, retries) ? "stable" : "vulnerable";
}

/** Seconds until a queue of `waiting` requests is served while `admitted` a second still come; null: it never is. */
export const drainSeconds = (waiting: number, capacity: number, admitted: number): number | null =>
  admitted < capacity ? waiting / (capacity - admitted) : null;
