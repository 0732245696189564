/**
 * Queues of impatient and of persistent customers, exactly: what the simulation of single requests is held against.
 * Rates in the same unit of time throughout.
 */
import { assert } from "../../base/assert.js";

/** States beyond which nothing that counts is left. */
const negligible = 1e-15;
/** Probabilities are in proportion to the state that is looked at, since they may grow for thousands of states. */
const large = 1e100;

/**
 * Share of the customers who leave before they are served, in an M/M/c queue where each that waits leaves at the rate
 * `impatience` (Erlang-A, Palm 1957). By the stationary probabilities of the birth-death process.
 */
export function abandonment(arrivals: number, service: number, servers: number, impatience: number): number {
  assert(arrivals > 0 && service > 0 && servers > 0 && impatience > 0, "all rates are above 0");
  let weight = 1;
  let total = 1;
  let waiting = 0;
  for (let n = 1; ; n++) {
    const busy = Math.min(n, servers);
    weight *= arrivals / (busy * service + Math.max(0, n - servers) * impatience);
    total += weight;
    waiting += Math.max(0, n - servers) * weight;
    if (weight > large) [weight, total, waiting] = [1, total / weight, waiting / weight];
    const falling = arrivals < busy * service + Math.max(0, n - servers) * impatience;
    if (falling && n > servers && weight < negligible * total) break;
  }
  return (impatience * waiting) / total / arrivals;
}

/**
 * Mean number of customers who wait to try again, in an M/M/1 system without a queue where each tries again at the rate
 * `retrial` until it is served (Falin 1990).
 */
export function meanOrbit(arrivals: number, service: number, retrial: number): number {
  const load = arrivals / service;
  assert(load < 1, "more is served than arrives");
  return (load / (1 - load)) * (load + arrivals / retrial);
}
