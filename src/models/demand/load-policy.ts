/** What clients and services do under load, with what a scenario leaves open filled in. */
import type { DemandSpec, QueueSpec, RetrySpec } from "./spec.js";

export interface LoadPolicy {
  readonly retry: RetrySpec;
  readonly queue: QueueSpec;
  /** Share of the capacity that is admitted; null: nobody is turned away. */
  readonly admission: number | null;
  /** Mean; Infinity: users never give up. */
  readonly patienceMs: number;
  readonly sessionLifetimeMs: number;
}

/** Without the keys nobody retries, and requests wait in order of arrival as long as it takes. */
export const noRetry: RetrySpec = {
  max: 0,
  timeoutMs: 10_000,
  backoff: { baseMs: 1_000, capMs: 60_000 },
  jitter: "full",
  budget: null,
};
export const plainQueue: QueueSpec = { bound: null, order: "fifo", dropExpired: false };

export const loadPolicyOf = (demand: DemandSpec): LoadPolicy => ({
  retry: demand.retry ?? noRetry,
  queue: demand.queue ?? plainQueue,
  admission: demand.admission ?? null,
  patienceMs: demand.patienceMs ?? Number.POSITIVE_INFINITY,
  sessionLifetimeMs: demand.sessionLifetimeMs,
});

/** Retries of a request that fails throughout; what `hiddenCapacity` divides by is one more. */
export const retriesOf = ({ max, budget }: RetrySpec): number =>
  budget === null ? max : Math.min(max, budget);

/**
 * Overload costs only what is too much: the newest requests are served first, those that expired are dropped, or what
 * is too much is turned away before it costs anything. Such a service never collapses.
 */
export const shedsByItself = ({ queue, admission }: LoadPolicy): boolean =>
  queue.order === "lifo" || queue.dropExpired || admission !== null;

/** Requests in the queue whose wait is as long as clients wait: from there on only stale requests are served. */
export const staleFrom = ({ retry, queue }: LoadPolicy, capacityPerSecond: number): number => {
  const waiting = (capacityPerSecond * retry.timeoutMs) / 1000;
  // A full queue that is still shorter than that turns requests away, and serves the others in time.
  return queue.bound !== null && capacityPerSecond > 0 && queue.bound <= waiting
    ? Number.POSITIVE_INFINITY
    : waiting;
};
