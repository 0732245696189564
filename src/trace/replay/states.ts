/** What a service at a place, and a capability in a region, can be at an instant of a replay. */

/**
 * removed: gone though nobody asked, or stopped. hurt: there, and down (what it needs is gone, it crashed, it is being
 * updated). recovering: being deployed. degraded: serves, and fewer than 95 % of the requests of a capability that it
 * carries succeed. asked: gone, or not there yet, as asked. Everything else is healthy, which is not counted.
 */
export const serviceStates = ["recovering", "removed", "hurt", "degraded", "asked"] as const;
export type ServiceStateNow = (typeof serviceStates)[number] | "healthy";

/**
 * down: no request succeeds. recovering: so too, but one of its services has been brought back or is being brought back.
 * impaired: fewer than 95 % of the requests succeed. Everything else works, which is not counted.
 */
export const cellStates = ["down", "recovering", "impaired"] as const;
export type CellStateNow = (typeof cellStates)[number] | "works";

/** Figures of the whole fleet at an instant, beside the cells. */
export const fleetFigures = ["regionsDown", "cellsDown", "cellsImpaired"] as const;
