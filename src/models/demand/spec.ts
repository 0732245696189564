/** What users ask for, and what they and the services do when there is more of it than can be served. */
import type { Backoff } from "./backoff.js";

/** What a client does when it gets no answer. */
export interface RetrySpec {
  /** Attempts after the first. */
  readonly max: number;
  /** After this long the client takes a request for failed. */
  readonly timeoutMs: number;
  /** Waits between attempts; its cap is also how far apart those come who wait for the end of an outage. */
  readonly backoff: Backoff;
  readonly jitter: "full" | "none";
  /** Retries a request at most, on average over all clients; null: no budget. */
  readonly budget: number | null;
}

/** What an instance does with requests that have to wait. */
export interface QueueSpec {
  /** Requests that wait at most; null: all of them. */
  readonly bound: number | null;
  readonly order: "fifo" | "lifo";
  /** Requests whose client has given up are thrown away unserved. */
  readonly dropExpired: boolean;
}

/**
 * Logins that arrive, and how long a session lasts. Active sessions stay valid: only new logins are hurt. Keys that a
 * scenario does not give are absent.
 */
export interface DemandSpec {
  /** Logins a second over all regions. */
  readonly loginsPerSecond: number;
  /** A user logs in again after this long. */
  readonly sessionLifetimeMs: number;
  readonly retry?: RetrySpec;
  readonly queue?: QueueSpec;
  /** An instance admits requests up to this share (0..1) of its capacity and turns the others away at once. */
  readonly admission?: number;
  /** Mean time (exponential) for which a user who cannot log in keeps trying. */
  readonly patienceMs?: number;
}
