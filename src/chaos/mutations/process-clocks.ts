/** Clocks that jump, and what runs out by them: P17. */
import { processOperator, type Variation } from "./process-operator.js";
import { afterLastChange, deliver, managersOf, minuteMs, soonMs } from "./process-places.js";

/** Longer than the default quarantine and any window of a budget. */
const dayMs = 25 * 60 * minuteMs;

export const clockSkew = processOperator({
  id: "P17",
  name: "clock-skew",
  about: "A clock jumps by a day, or the tickets of the removals expire while they are still needed.",
  precondition: "a manager, or a ticket",
  incident: "leases, tombstones and quarantines that run out early: what expired is taken for absent",
  variations: (material) => {
    const skews = managersOf(material).flatMap(({ spec: { name: of } }) =>
      ([1, -1] as const).map((sign): Variation => {
        const atMs = afterLastChange(material, soonMs);
        return {
          site: `${of} ${sign > 0 ? "ahead" : "behind"}`,
          label: `the clock of ${of} jumps 25 hours ${sign > 0 ? "ahead" : "back"}`,
          events: [{ e: "skew", of, atMs, byMs: sign * dayMs }],
        };
      }),
    );
    const { run } = material.base;
    if (run.changes.every((change) => change.ticket.removes.length === 0)) return skews;
    const expired = [1, 5].map(
      (minutes): Variation => ({
        site: `tickets expire after ${minutes}m`,
        label: `the ledger of tickets is empty ${minutes} min after the last change`,
        events: deliver({
          atMs: afterLastChange(material, minutes * minuteMs),
          version: material.version,
          as: "old",
          withoutTickets: true,
          text: "the tickets have expired",
        }),
      }),
    );
    return [...skews, ...expired];
  },
});
