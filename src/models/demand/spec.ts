/** Logins that arrive, and how long a session lasts. Active sessions stay valid: only new logins are hurt. */
export interface DemandSpec {
  /** Logins a second over all regions. */
  readonly loginsPerSecond: number;
  /** A user logs in again after this long. */
  readonly sessionLifetimeMs: number;
}
